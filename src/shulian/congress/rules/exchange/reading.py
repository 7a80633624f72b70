"""Entries out of what a schedule says of each: instants, durations and ids, or what is wrong."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from types import MappingProxyType
from uuid import UUID
from zoneinfo import ZoneInfo

from shulian.congress.errors import ExchangeTooMany, ExchangeUnreadable
from shulian.congress.rules.exchange.checking import lacks
from shulian.congress.rules.exchange.drafts import (
    MOST_SESSIONS,
    Draft,
    Given,
    Remark,
    named,
    zone_of,
)
from shulian.congress.rules.exchange.making import programme_of
from shulian.congress.rules.exchange.merging import merged
from shulian.congress.rules.exchange.own_words import OwnWords
from shulian.congress.rules.exchange.views import (
    Entry,
    Room,
    Telling,
    View,
    Voice,
    clean,
    line,
    view_of,
)
from shulian.congress.types import LONGEST_SESSION, Programme

_DURATION = re.compile(r"(?:(\d{1,4}):)?(\d{1,4}):(\d{2})")
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?")
_UNTIL = time(9)
"""A day ends before this, so that what starts earlier than the day is of its night."""


@dataclass(frozen=True, slots=True)
class Raw:
    """What a file says of one session, as it says it."""

    guid: str
    number: str
    """Its id in that file."""
    title: str
    on: str
    """Its date and time; files of old have none."""
    start: str
    duration: str
    room: str
    day: date | None
    day_start: datetime | None
    subtitle: str = ""
    kind: str = ""
    track: str = ""
    language: str = ""
    abstract: str = ""
    description: str = ""
    voices: tuple[tuple[str, str, str], ...] = ()
    """guid, name, about."""
    link: str = ""

    @property
    def where(self) -> str:
        """What names it in that file."""
        return line(self.title) or self.guid or self.number or "?"


@dataclass(frozen=True, slots=True)
class RawSchedule:
    """What a file says of a congress."""

    form: str
    title: str
    slug: str
    zone: str
    first: date | None
    last: date | None
    rooms: tuple[tuple[str, str], ...]
    """guid, name."""
    tracks: tuple[str, ...]
    events: tuple[Raw, ...]
    words: OwnWords | None
    biographies: bool = True
    """Whether the format says who people are, beside their names."""


def draft_of(raw: RawSchedule, given: Given) -> Draft:
    """What such a file makes of a congress."""
    if len(raw.events) > MOST_SESSIONS:
        raise ExchangeTooMany(limit=MOST_SESSIONS)
    zone, notes, faults = _zone(raw, given)
    read = [_entry(one, zone, raw.slug) for one in raw.events]
    entries = [one for one in read if isinstance(one, Entry)]
    faults += [one for one in read if isinstance(one, Remark)]
    faults += twins(entries)
    if faults:
        return Draft(None, len(read), notices=tuple(notes), faults=tuple(faults))
    days = [one.start.astimezone(zone).date() for one in entries]
    days += [one for one in (raw.first, raw.last) if one is not None]
    if not days and given.congress is None and raw.words is None:
        raise ExchangeUnreadable(format=raw.form, where="day")
    view = View(
        title=line(raw.title),
        slug=raw.slug,
        timezone=zone.key,
        first=raw.first or min(days, default=date.min),
        last=raw.last or max(days, default=date.min),
        rooms=_rooms(raw, entries),
        tracks=tuple(one for one in map(line, raw.tracks) if one),
        entries=tuple(entries),
    )
    return draft(view, raw.words, given, notes, view_of if raw.biographies else _names_only)


def _names_only(programme: Programme, telling: Telling) -> View:
    """What is shown of a programme where people have names only."""
    view = view_of(programme, telling)
    return replace(
        view,
        entries=tuple(
            replace(one, voices=tuple(replace(each, about="") for each in one.voices))
            for one in view.entries
        ),
    )


def draft(
    view: View,
    words: OwnWords | None,
    given: Given,
    notes: Iterable[Remark] = (),
    show: Callable[[Programme, Telling], View] = view_of,
) -> Draft:
    """The programme that a view and our own words make together.

    show     what the format shows of our own words
    """
    if words is None:
        programme, unknown = programme_of(view, given)
        more: tuple[Remark, ...] = ()
    else:
        faults = lacks(words.programme)
        if faults:
            return Draft(None, len(view.entries), notices=tuple(notes), faults=faults)
        programme, unknown, more = merged(words, view, given, show(words.programme, words.telling))
    faults = lacks(programme)
    return Draft(
        None if faults else programme,
        len(view.entries),
        halls=unknown,
        notices=(*notes, *more),
        faults=faults,
    )


def day_of(words: str) -> date | None:
    """A date as ISO 8601 writes it, maybe with a time behind it."""
    try:
        return date.fromisoformat(words.strip()[:10])
    except ValueError:
        return None


def instant(words: str) -> datetime | None:
    """A date and time as ISO 8601 writes them."""
    try:
        return datetime.fromisoformat(words.strip())
    except ValueError:
        return None


def settled(at: datetime, zone: tzinfo) -> datetime | None:
    """The instant that clocks of `zone` show as `at`, the first if twice; none: they skip it."""
    if at.tzinfo is not None:
        return at.astimezone(UTC)
    told = at.replace(tzinfo=zone, fold=0)
    found = told.astimezone(UTC)
    return found if found.astimezone(zone).replace(tzinfo=None) == at else None


def twice(at: datetime, zone: ZoneInfo) -> bool:
    """Whether clocks of `zone` show `at`, which has no zone, twice."""
    first, second = at.replace(tzinfo=zone, fold=0), at.replace(tzinfo=zone, fold=1)
    return first.utcoffset() != second.utcoffset() and settled(at, zone) is not None


def fault(code: str, where: str, **params: str) -> Remark:
    """Something that is not understood."""
    return Remark(code, where, MappingProxyType(params))


def _zone(raw: RawSchedule, given: Given) -> tuple[ZoneInfo, list[Remark], list[Remark]]:
    """The clocks of a file, what to know about them, and what is wrong with them."""
    own = raw.words.programme.congress.timezone if raw.words else ""
    told = given.congress.timezone if given.congress else own or raw.zone or given.timezone
    if not told:
        return ZoneInfo("UTC"), [fault("zone_missing", raw.form)], []
    zone = zone_of(told)
    if zone is None:
        return ZoneInfo("UTC"), [], [fault("zone_unknown", raw.form, zone=line(told)[:80])]
    return zone, [], []


def _entry(raw: Raw, zone: ZoneInfo, slug: str) -> Entry | Remark:
    start, minutes, guid = _start(raw, zone), _minutes(raw.duration), _guid(raw, slug)
    if isinstance(start, Remark):
        return start
    if minutes is None:
        return fault("duration_unreadable", raw.where, value=line(raw.duration)[:80])
    if guid is None:
        return fault("guid_unreadable", raw.where, value=line(raw.guid)[:80])
    if minutes > LONGEST_SESSION:
        return fault("session_too_long", raw.where, minutes=str(minutes), most=str(LONGEST_SESSION))
    if not (line(raw.title) and line(raw.room)):
        return fault("room_missing" if line(raw.title) else "title_missing", raw.where)
    return Entry(
        guid=guid,
        title=line(raw.title),
        start=start,
        minutes=minutes,
        room=line(raw.room),
        subtitle=line(raw.subtitle),
        kind=line(raw.kind),
        track=line(raw.track),
        language=line(raw.language),
        abstract=clean(raw.abstract),
        description=clean(raw.description),
        voices=tuple(_voice(*one) for one in raw.voices if line(one[1])),
        link=line(raw.link),
    )


def _start(raw: Raw, zone: ZoneInfo) -> datetime | Remark:
    """When it starts; files of old name the day and the time of day only."""
    at = instant(raw.on) if raw.on.strip() else _on_its_day(raw)
    if at is None:
        told = line(raw.on) or line(raw.start)
        return fault("start_unreadable", raw.where, value=told[:80])
    try:
        found = settled(at, zone)
    except OverflowError:
        return fault("start_unreadable", raw.where, value=line(raw.on)[:80])
    if found is None:
        return fault("time_skipped", raw.where, value=f"{at:%Y-%m-%d %H:%M}", zone=zone.key)
    return found


def _on_its_day(raw: Raw) -> datetime | None:
    """A time of day on the day it is listed under, or in the night that follows that day."""
    clock = _CLOCK.fullmatch(raw.start.strip())
    if clock is None or raw.day is None:
        return None
    hour, minute, second = (int(one or 0) for one in clock.groups())
    try:
        at = datetime.combine(raw.day, time(hour, minute, second))
        begins = raw.day_start.time() if raw.day_start else time()
        return at + timedelta(days=1) if at.time() < begins <= _UNTIL else at
    except (ValueError, OverflowError):
        return None


def _minutes(words: str) -> int | None:
    """A duration: `hh:mm`, `hh:mm:ss`, or `d:hh:mm` with one digit for days, as pretalx has it."""
    found = _DURATION.fullmatch(words.strip())
    if found is None:
        return None
    first, second, third = found[1], int(found[2]), int(found[3])
    if first is None:
        return second * 60 + third
    if len(first) == 1:
        return (int(first) * 24 + second) * 60 + third
    return int(first) * 60 + second


def _guid(raw: Raw, slug: str) -> UUID | None:
    """Its guid; files of old have numbers only."""
    if raw.guid.strip():
        try:
            return UUID(raw.guid.strip())
        except ValueError:
            return None
    return named("session", slug, raw.number.strip()) if raw.number.strip() else None


def _voice(guid: str, name: str, about: str) -> Voice:
    try:
        return Voice(UUID(guid.strip()), line(name), clean(about))
    except ValueError:
        return Voice(named("speaker", line(name).casefold()), line(name), clean(about))


def twins(entries: Sequence[Entry]) -> list[Remark]:
    """Guids that two have: which they are."""
    first: dict[UUID, Entry] = {}
    found: list[Remark] = []
    for one in entries:
        other = first.setdefault(one.guid, one)
        if other is not one:
            where = fault(
                "guid_twice",
                one.title,
                guid=str(one.guid),
                first=f"{other.title} ({other.room}, {other.start:%Y-%m-%d %H:%M}Z)",
                second=f"{one.title} ({one.room}, {one.start:%Y-%m-%d %H:%M}Z)",
            )
            found.append(where)
    return found


def _rooms(raw: RawSchedule, entries: Iterable[Entry]) -> tuple[Room, ...]:
    """The rooms that are named anywhere, once each."""
    found: dict[str, Room] = {}
    for guid, words in raw.rooms:
        name = line(words)
        if name and (name not in found or not found[name].guid.int):
            found[name] = Room(_uuid(guid), name)
    for one in entries:
        found.setdefault(one.room, Room(named("room-name", one.room), one.room))
    return tuple(
        one if one.guid.int else replace(one, guid=named("room-name", one.name))
        for one in found.values()
    )


def _uuid(words: str) -> UUID:
    try:
        return UUID(words.strip())
    except ValueError:
        return UUID(int=0)
