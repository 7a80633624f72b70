"""When something takes place: in words, and as an entry for calendars (iCalendar, RFC 5545)."""

from datetime import UTC, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from babel import dates
from icalendar import Calendar, Event

from shulian.booking.types import Span
from shulian.kit.text import Language

_LOCALE = {Language.ZH: "zh_CN", Language.EN: "en_GB"}
_PROGRAM = "-//Shulian//shulian//EN"


def when(span: Span, timezone: str, language: Language) -> str:
    """`span` by the clocks of `timezone`; the day stands twice only where there are two."""
    start = _moment(span.start, timezone, language)
    if span.end is None:
        return start
    zone = ZoneInfo(timezone)
    same = span.start.astimezone(zone).date() == span.end.astimezone(zone).date()
    if same:
        return f"{start}–{_clock(span.end, timezone, language)}"
    return f"{start} – {_moment(span.end, timezone, language)}"


def entry(
    uid: UUID, span: Span, *, title: str, where: str, url: str, cancelled: bool, now: datetime
) -> bytes:
    """A calendar file with one entry, which replaces the one with the same `uid`."""
    event = Event()
    event.add("uid", f"{uid}@shulian")
    event.add("dtstamp", now.astimezone(UTC))
    event.add("dtstart", span.start.astimezone(UTC))
    if span.end is not None:
        event.add("dtend", span.end.astimezone(UTC))
    event.add("summary", title)
    event.add("location", where)
    event.add("url", url)
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    calendar = Calendar()
    calendar.add("prodid", _PROGRAM)
    calendar.add("version", "2.0")
    calendar.add_component(event)
    return calendar.to_ical()


def _moment(at: datetime, timezone: str, language: Language) -> str:
    local = at.astimezone(ZoneInfo(timezone))
    day = dates.format_date(local, format="full", locale=_LOCALE[language])
    return f"{day} {_clock(at, timezone, language)}"


def _clock(at: datetime, timezone: str, language: Language) -> str:
    zone = ZoneInfo(timezone)
    return dates.format_time(at, format="HH:mm", tzinfo=zone, locale=_LOCALE[language])
