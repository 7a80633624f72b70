"""Bookings as a file that calendars read: iCalendar (RFC 5545)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from shulian.booking.types import Span

_LONGEST_LINE = 75
"""Bytes of a line (§3.1)."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a calendar."""

    id: str
    span: Span
    title: str
    place: str
    link: str
    certain: bool
    """Whether it is for good, and not held for a while."""


def written(entries: Sequence[Entry], now: datetime, name: str = "") -> str:
    """The entries as a file, made at `now`; with a `name` as what a calendar goes on to follow."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Shulian//Booking//ZH",
        "CALSCALE:GREGORIAN",
        *(_followed(name) if name else ()),
        *(line for one in entries for line in _lines(one, now)),
        "END:VCALENDAR",
    ]
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line))


def _followed(name: str) -> Iterable[str]:
    """What it is called and how often to ask (RFC 7986), also as older calendars know it."""
    yield f"NAME:{_escaped(name)}"
    yield f"X-WR-CALNAME:{_escaped(name)}"
    yield "REFRESH-INTERVAL;VALUE=DURATION:PT1H"
    yield "X-PUBLISHED-TTL:PT1H"


def _lines(one: Entry, now: datetime) -> Iterable[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{one.id}"
    yield f"DTSTAMP:{_stamp(now)}"
    yield f"DTSTART:{_stamp(one.span.start)}"
    if one.span.end is not None:
        yield f"DTEND:{_stamp(one.span.end)}"
    yield f"SUMMARY:{_escaped(one.title)}"
    yield f"LOCATION:{_escaped(one.place)}"
    yield f"URL:{one.link}"
    yield f"STATUS:{'CONFIRMED' if one.certain else 'TENTATIVE'}"
    yield "END:VEVENT"


def _stamp(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _escaped(text: str) -> str:
    """A text as a value (§3.3.11), on one line."""
    for plain, told in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\r", ""), ("\n", "\\n")):
        text = text.replace(plain, told)
    return "".join(one for one in text if one.isprintable())


def _folded(line: str) -> Iterable[str]:
    """A line in pieces that are not too long, and that cut no character in two."""
    piece, size = "", 0
    for one in line:
        width = len(one.encode())
        if size + width > _LONGEST_LINE:
            yield piece
            piece, size = " ", 1
        piece, size = piece + one, size + width
    yield piece
