"""Calendars that come in (RFC 5545): their entries, or what is wrong with each."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any, cast
from uuid import UUID
from zoneinfo import ZoneInfo

from icalendar import Calendar, Component, Event

from shulian.congress.errors import ExchangeTooMany, ExchangeUnreadable, ExchangeUnsafe
from shulian.congress.rules.exchange import own_words
from shulian.congress.rules.exchange.calendars import DOMAIN, OWN, own_of, shown
from shulian.congress.rules.exchange.drafts import (
    DEEPEST,
    MOST_SESSIONS,
    NOTHING,
    Draft,
    Given,
    Remark,
    check_size,
    named,
    zone_of,
)
from shulian.congress.rules.exchange.own_words import OwnWords
from shulian.congress.rules.exchange.reading import draft, fault, settled, twice, twins
from shulian.congress.rules.exchange.views import Entry, Room, View, clean, line
from shulian.congress.types import LONGEST_SESSION

FORM = "iCalendar"
_FRAME = re.compile(rb"(?im)^(BEGIN|END):")
_MOST_PARTS = 4 * MOST_SESSIONS
"""Entries, alarms, zones …"""
_REPEATED = ("RRULE", "RDATE", "EXRULE")
_NOTICES = frozenset({"cancelled", "time_twice"})
"""What is said of an entry that is no fault of it."""


def read(content: bytes, given: Given = NOTHING) -> Draft:
    """What a file would make of a congress."""
    check_size(content)
    _check_frame(content)
    try:
        told = Calendar.from_ical(content.decode("utf-8-sig"))
    except (ValueError, KeyError, TypeError, IndexError, AttributeError) as error:
        raise ExchangeUnreadable(format=FORM, where=line(str(error))[:80]) from error
    return read_calendar(told, given, FORM)


def read_calendar(told: Component, given: Given, form: str) -> Draft:
    """What a calendar would make of a congress."""
    if told.name != "VCALENDAR":
        raise ExchangeUnreadable(format=form, where=line(str(told.name))[:80])
    events = [one for one in told.walk("VEVENT") if isinstance(one, Event)]
    if len(events) > MOST_SESSIONS:
        raise ExchangeTooMany(limit=MOST_SESSIONS)
    own = own_of(_text(told, OWN))
    words = own_words.from_text(own, form) if own else None
    name = _clocks(told, words, given)
    zone = zone_of(name or "UTC")
    if zone is None:
        return Draft(None, len(events), faults=(fault("zone_unknown", form, zone=line(name)[:80]),))
    notes = [] if name else [fault("zone_missing", form)]
    told_of = [one for event in events for one in _read(event, zone)]
    entries = [one for one in told_of if isinstance(one, Entry)]
    remarks = [one for one in told_of if isinstance(one, Remark)]
    notes += [one for one in remarks if one.code in _NOTICES]
    faults = [one for one in remarks if one.code not in _NOTICES]
    faults += twins(entries)
    if faults:
        return Draft(None, len(events), notices=tuple(notes), faults=tuple(faults))
    days = [one.start.astimezone(zone).date() for one in entries]
    if not days and words is None and given.congress is None:
        raise ExchangeUnreadable(format=form, where="VEVENT")
    view = View(
        title=line(_text(told, "NAME") or _text(told, "X-WR-CALNAME")),
        slug="",
        timezone=zone.key,
        first=min(days, default=date.min),
        last=max(days, default=date.min),
        rooms=tuple(
            Room(named("room-name", one), one) for one in dict.fromkeys(e.room for e in entries)
        ),
        entries=tuple(entries),
    )
    return draft(view, words, given, notes, shown)


def _check_frame(content: bytes) -> None:
    """Refuse what is built too deep or of too many parts, before it is built."""
    depth = parts = 0
    for found in _FRAME.finditer(content):
        begins = found[1].upper() == b"BEGIN"
        depth += 1 if begins else -1
        parts += begins
        if depth > DEEPEST:
            raise ExchangeUnsafe(format=FORM)
        if parts > _MOST_PARTS:
            raise ExchangeTooMany(limit=_MOST_PARTS)


def _clocks(told: Component, words: OwnWords | None, given: Given) -> str:
    """The zone by which times without one are meant; empty: nobody says."""
    if given.congress is not None:
        return given.congress.timezone
    if words is not None:
        return words.programme.congress.timezone
    return _zone_name(told) or given.timezone


def _zone_name(told: Component) -> str:
    """The clocks of a calendar: as it says, or those of its only zone."""
    said = _text(told, "X-WR-TIMEZONE")
    zones = [_text(one, "TZID") for one in told.walk("VTIMEZONE")]
    return said or (zones[0] if len(zones) == 1 and zone_of(zones[0]) else "")


def _read(event: Event, zone: ZoneInfo) -> Iterator[Entry | Remark]:
    """The session that an entry tells, or what is wrong with it."""
    where = _where(event)
    if _text(event, "STATUS").upper() == "CANCELLED":
        yield fault("cancelled", where)
        return
    repeated = [name for name in _REPEATED if name in event]
    if repeated:
        yield fault("recurrence", where, name=repeated[0])
        return
    broken = [name for name, _ in event.errors if name in {"DTSTART", "DTEND", "DURATION"}]
    start = None if broken else _instant(event, "DTSTART", zone)
    if not isinstance(start, datetime):
        yield start or fault("start_unreadable", where, value=_text(event, "DTSTART")[:80])
        return
    at = _value(event, "DTSTART")
    if isinstance(at, datetime) and at.tzinfo is None and twice(at, zone):
        yield fault("time_twice", where, value=f"{at:%Y-%m-%d %H:%M}", zone=zone.key)
    length = _length(event, start, zone)
    if isinstance(length, Remark):
        yield length
        return
    minutes = length // timedelta(minutes=1)
    if not 0 <= minutes <= LONGEST_SESSION:
        code = "ends_before" if minutes < 0 else "session_too_long"
        yield fault(code, where, minutes=str(minutes), most=str(LONGEST_SESSION))
        return
    title, room = line(_text(event, "SUMMARY")), line(_text(event, "LOCATION"))
    if not title or not room:
        yield fault("room_missing" if title else "title_missing", where)
        return
    yield Entry(
        guid=_guid(event),
        title=title,
        start=start,
        minutes=minutes,
        room=room,
        track=_track(event),
        abstract=clean(_text(event, "DESCRIPTION")),
        link=line(_text(event, "CONFERENCE") or ("" if _ours(event) else _text(event, "URL"))),
    )


def _instant(event: Event, name: str, zone: ZoneInfo) -> datetime | Remark | None:
    """An instant of an entry: with its own zone, or by the clocks of the calendar."""
    at = _value(event, name)
    if not isinstance(at, date):
        return None
    if not isinstance(at, datetime):
        at = datetime.combine(at, time())
    known = _parameter(event, name, "TZID")
    clocks: tzinfo = zone
    if at.tzinfo is None and known:
        named_zone = zone_of(known)
        if named_zone is None:
            return fault("zone_unknown", _where(event), zone=line(known)[:80])
        clocks = named_zone
    elif isinstance(at.tzinfo, ZoneInfo):
        at, clocks = at.replace(tzinfo=None), at.tzinfo
    elif at.tzinfo is not None:
        return at.astimezone(UTC)
    try:
        found = settled(at, clocks)
    except OverflowError:
        return None
    if found is None:
        return fault("time_skipped", _where(event), value=f"{at:%Y-%m-%d %H:%M}", zone=str(clocks))
    return found


def _length(event: Event, start: datetime, zone: ZoneInfo) -> timedelta | Remark:
    """How long it is: to its end, or its duration; a date alone lasts that day."""
    if "DTEND" in event:
        end = _instant(event, "DTEND", zone)
        if isinstance(end, datetime):
            return end - start
        return end or fault("end_unreadable", _where(event), value=_text(event, "DTEND")[:80])
    told = _value(event, "DURATION")
    if isinstance(told, timedelta):
        return told
    whole = not isinstance(_value(event, "DTSTART"), datetime)
    return timedelta(days=1) if whole else timedelta()


def _guid(event: Event) -> UUID:
    """The id of the session: the UID where it holds one; one of a series has the series's."""
    uid, instance = _text(event, "UID"), event.get("RECURRENCE-ID")
    told = uid.removesuffix(DOMAIN).removeprefix("urn:uuid:").split("@")[0]
    if instance is None:
        try:
            return UUID(told)
        except ValueError:
            pass
    again = instance.to_ical().decode() if instance is not None else ""
    words = (uid,) if uid else (_text(event, "SUMMARY"), _text(event, "DTSTART"))
    return named("uid", *words, again)


def _ours(event: Event) -> bool:
    """Whether its address is that of a page of ours, which is no link to follow it."""
    return _text(event, "UID").endswith(DOMAIN)


def _where(event: Event) -> str:
    return line(_text(event, "SUMMARY") or _text(event, "UID"))[:120] or "VEVENT"


def _track(event: Event) -> str:
    names = getattr(_first(event, "CATEGORIES"), "cats", None)
    return line(str(names[0])) if names else ""


def _text(part: Component, name: str) -> str:
    """A property as words: the first of several; of dates, as they are written."""
    first = _first(part, name)
    if first is None:
        return ""
    return str(first) if isinstance(first, str | int) else str(first.to_ical().decode())


def _first(part: Component, name: str) -> Any:  # icalendar's properties have no common type
    """A property, the first of several; none: there is none."""
    found: object = part.get(name)
    return next(iter(cast("list[object]", found)), None) if isinstance(found, list) else found


def _value(part: Component, name: str) -> object:
    return getattr(_first(part, name), "dt", None)


def _parameter(part: Component, name: str, parameter: str) -> str:
    found = _first(part, name)
    return str(getattr(found, "params", {}).get(parameter, ""))
