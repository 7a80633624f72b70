"""A programme as a calendar: iCalendar (RFC 5545, with names and conferences of RFC 7986).

Calendars know titles in one language, times, places and links. What else there is stands in our
own words in `X-SHULIAN-PROGRAMME`, unless it is one person's selection.
"""

from base64 import b64decode, b64encode
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

from shulian.congress.rules.exchange import own_words
from shulian.congress.rules.exchange.drafts import begin, zone_of
from shulian.congress.rules.exchange.timezones import component
from shulian.congress.rules.exchange.views import PLAIN, Entry, Telling, View, clean, line, view_of
from shulian.congress.types import Programme, Session, SessionId

PROGRAM = "-//Shulian//Congress//ZH"
DOMAIN = "@shulian"
"""Behind the guid of a session in a UID."""
OWN = "X-SHULIAN-PROGRAMME"
_REFRESH = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Selection:
    """What of a programme goes into a calendar, and what was in it once."""

    sessions: Collection[SessionId] | None = None
    """None: all that are placed, and our own words beside them."""
    dropped: Sequence[Session] = ()
    """They were in it, at the place that they have here: now they are cancelled."""
    base: str = ""
    """The address below which each session has a page, `sessions/<guid>`; none: no pages."""
    versions: Mapping[SessionId, int] = field(
        default_factory=lambda: MappingProxyType[SessionId, int]({}), hash=False
    )
    """How often each was changed, where it is not as often as its draft."""


EVERYTHING = Selection()


def calendar(
    programme: Programme,
    now: datetime,
    selection: Selection = EVERYTHING,
    telling: Telling = PLAIN,
) -> Calendar:
    """The programme as a calendar, made at `now`."""
    view = shown(programme, telling)
    zone = zone_of(programme.congress.timezone) or ZoneInfo("UTC")
    made = Calendar()
    for name, value in (
        ("prodid", PROGRAM),
        ("version", "2.0"),
        ("calscale", "GREGORIAN"),
        ("method", "PUBLISH"),
        ("name", view.title),
        ("x-wr-calname", view.title),
        ("x-wr-timezone", zone.key),
        ("x-published-ttl", "PT1H"),
    ):
        made.add(name, value)
    made.add("refresh-interval", _REFRESH, parameters={"VALUE": "DURATION"})
    if selection.sessions is None:
        made.add(OWN, b64encode(own_words.text(programme, telling).encode()).decode())
    if zone.key != "UTC":
        made.add_component(component(zone, *_range(view, selection.dropped, zone)))
    told = {one.id: one for one in programme.sessions}
    wanted = told if selection.sessions is None else set(selection.sessions)
    for one in view.entries:
        if one.guid in wanted:
            event = _event(one, told[SessionId(one.guid)], zone, now, selection)
            event.add("status", "CONFIRMED")
            made.add_component(_worded(event, one, telling))
    gone = replace(programme, sessions=tuple(selection.dropped))
    former = {one.id: one for one in selection.dropped}
    for one in shown(gone, telling).entries:
        event = _event(one, former[SessionId(one.guid)], zone, now, selection)
        event.add("status", "CANCELLED")
        made.add_component(_worded(event, one, telling))
    return made


def write(
    programme: Programme,
    now: datetime,
    selection: Selection = EVERYTHING,
    telling: Telling = PLAIN,
) -> bytes:
    """The same as a file."""
    return calendar(programme, now, selection, telling).to_ical()


def shown(programme: Programme, telling: Telling) -> View:
    """What a calendar shows of a programme: no subtitles, kinds and people of their own."""
    view = view_of(programme, telling)
    return replace(view, tracks=(), entries=tuple(map(_plain, view.entries)))


def _plain(one: Entry) -> Entry:
    """What is said about a session, and who speaks, in one text; calendars count seconds."""
    people = ", ".join(voice.name for voice in one.voices)
    about = "\n\n".join(filter(None, (one.subtitle, one.abstract, one.description, people)))
    return Entry(
        guid=one.guid,
        title=one.title,
        start=one.start.replace(microsecond=0),
        minutes=one.minutes,
        room=one.room,
        track=one.track,
        abstract=clean(about),
        link=one.link,
    )


def _event(
    one: Entry, session: Session, zone: ZoneInfo, now: datetime, selection: Selection
) -> Event:
    """When it is, where, and which version of it this is."""
    event = Event()
    event.add("uid", f"{one.guid}{DOMAIN}")
    event.add("dtstamp", now.astimezone(UTC))
    event.add("last-modified", now.astimezone(UTC))
    event.add("sequence", selection.versions.get(session.id, session.version))
    event.add("dtstart", _local(one.start, zone))
    if one.minutes:  # an end has to be after its start
        event.add("dtend", _local(one.start + timedelta(minutes=one.minutes), zone))
    event.add("location", one.room)
    if selection.base:
        event.add("url", f"{selection.base}sessions/{one.guid}")
    return event


def _worded(event: Event, one: Entry, telling: Telling) -> Event:
    """What it is called, what it is about, and how to follow it from afar."""
    event.add("summary", one.title, parameters={"LANGUAGE": telling.language.value})
    if one.abstract:
        event.add("description", one.abstract)
    if one.track:
        event.add("categories", [one.track])
    if one.link:
        event.add("conference", one.link, parameters={"VALUE": "URI"})
    return event


def _local(at: datetime, zone: ZoneInfo) -> datetime:
    """An instant by clocks of `zone`; in UTC where they show the same time once more.

    A time that clocks show twice means the first of the two (§3.3.5).
    """
    local = at.astimezone(zone).replace(microsecond=0)
    return local if local.fold == 0 else at.astimezone(UTC).replace(microsecond=0)


def _range(view: View, dropped: Iterable[Session], zone: ZoneInfo) -> tuple[datetime, datetime]:
    """From before anything that is in a calendar to after all of it."""
    starts = [one.start for one in view.entries]
    starts += [one.placed.start for one in dropped if one.placed is not None]
    starts += [begin(view.first, zone), begin(view.last, zone)]
    return min(starts) - timedelta(days=1), max(starts) + timedelta(days=3)


def own_of(told: str) -> str:
    """Our own words out of what a calendar says; empty where it is none of ours."""
    try:
        return b64decode(line(told), validate=True).decode()
    except ValueError:
        return ""
