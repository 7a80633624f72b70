"""Sessions as a file that calendars read and follow: iCalendar (RFC 5545, RFC 7986)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from icalendar import Calendar, Event

from shulian.booking.types import Span

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
    revised: datetime
    """When it became what it is: a file says the same until something changes."""
    sequence: int = 0
    """Counts its changes."""
    cancelled: bool = False


def written(entries: Sequence[Entry], name: str = "") -> bytes:
    """The entries as a file; with a `name` as what a calendar goes on to follow."""
    calendar = Calendar()
    calendar.add("prodid", _PROGRAM)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    if name:
        calendar.add("name", name)
        calendar.add("x-wr-calname", name)
        calendar.add("refresh-interval", _AGAIN, parameters={"VALUE": "DURATION"})
        calendar.add("x-published-ttl", "PT1H")
    for one in entries:
        calendar.add_component(_event(one))
    return calendar.to_ical()


def _event(one: Entry) -> Event:
    event = Event()
    event.add("uid", one.id)
    event.add("dtstamp", one.revised.astimezone(UTC))
    event.add("last-modified", one.revised.astimezone(UTC))
    event.add("sequence", one.sequence)
    event.add("dtstart", one.span.start.astimezone(UTC))
    if one.span.end is not None:
        event.add("dtend", one.span.end.astimezone(UTC))
    event.add("summary", one.title)
    if one.about:
        event.add("description", one.about.replace("\r\n", "\n"))
    event.add("location", one.place)
    event.add("url", one.link)
    event.add("status", "CANCELLED" if one.cancelled else "CONFIRMED")
    return event
