"""Sessions as a file that calendars read and follow: iCalendar (RFC 5545, RFC 7986).

The one writer of calendars: of what somebody starred, and of whole programmes (`exchange`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

from shulian.booking.types import Span
from shulian.congress.rules.timezones import component
from shulian.kit.text import Language

_PROGRAM = "-//Shulian//Congress//ZH"
_AGAIN = timedelta(hours=1)
"""After that a calendar that follows asks again."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a calendar."""

    id: str
    """The same for ever; another entry with it replaces this one."""
    span: Span
    title: str
    about: str
    place: str
    link: str
    """Of its page; empty: it has none."""
    revised: datetime
    """When it became what it is: a file says the same until something changes."""
    sequence: int = 0
    """Counts its changes."""
    cancelled: bool = False
    language: Language | None = None
    """Of its title, where that is known."""
    category: str = ""
    conference: str = ""
    """Where it is followed from afar."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What a calendar says of itself."""

    name: str = ""
    """With one it is what a calendar goes on to follow."""
    zone: ZoneInfo | None = None
    """By whose clocks it tells times; none: in UTC."""
    range: Span | None = None
    """For which it tells how those clocks go."""
    published: bool = False
    """Whether it is for everybody, and not one person's."""
    own: Mapping[str, str] = field(
        default_factory=lambda: MappingProxyType[str, str]({}), hash=False
    )
    """Properties that other programs pass over."""


def written(entries: Sequence[Entry], name: str = "") -> bytes:
    """The entries as a file; with a `name` as what a calendar goes on to follow."""
    return calendar(entries, Frame(name)).to_ical()


def calendar(entries: Sequence[Entry], frame: Frame) -> Calendar:
    """The entries as a calendar, which is written as text or as XML."""
    made = Calendar()
    made.add("prodid", _PROGRAM)
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    if frame.published:
        made.add("method", "PUBLISH")
    if frame.name:
        made.add("name", frame.name)
        made.add("x-wr-calname", frame.name)
        made.add("refresh-interval", _AGAIN, parameters={"VALUE": "DURATION"})
        made.add("x-published-ttl", "PT1H")
    for name, value in frame.own.items():
        made.add(name, value)
    zone = frame.zone or ZoneInfo("UTC")
    if frame.zone is not None:
        made.add("x-wr-timezone", zone.key)
    if zone.key != "UTC" and frame.range is not None and frame.range.end is not None:
        made.add_component(component(zone, frame.range.start, frame.range.end))
    for one in entries:
        made.add_component(_event(one, zone))
    return made


def _event(one: Entry, zone: ZoneInfo) -> Event:
    event = Event()
    event.add("uid", one.id)
    event.add("dtstamp", one.revised.astimezone(UTC))
    event.add("last-modified", one.revised.astimezone(UTC))
    event.add("sequence", one.sequence)
    event.add("dtstart", _local(one.span.start, zone))
    if one.span.end is not None:
        event.add("dtend", _local(one.span.end, zone))
    spoken = {"LANGUAGE": one.language.value} if one.language else {}
    event.add("summary", one.title, parameters=spoken)
    if one.about:
        event.add("description", one.about.replace("\r\n", "\n"))
    event.add("location", one.place)
    if one.link:
        event.add("url", one.link)
    if one.category:
        event.add("categories", [one.category])
    if one.conference:
        event.add("conference", one.conference, parameters={"VALUE": "URI"})
    event.add("status", "CANCELLED" if one.cancelled else "CONFIRMED")
    return event


def _local(at: datetime, zone: ZoneInfo) -> datetime:
    """An instant by clocks of `zone`; in UTC where they show the same time once more.

    A time that clocks show twice means the first of the two (§3.3.5).
    """
    local = at.astimezone(zone).replace(microsecond=0)
    told = local if local.fold == 0 and zone.key != "UTC" else at.astimezone(UTC)
    return told.replace(microsecond=0)
