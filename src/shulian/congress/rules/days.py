"""When sessions are: their spans, the days of a congress on the park's clocks."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from shulian.booking.types import Span
from shulian.congress.types import Congress, Placement, Programme, Session


def span_of(session: Session) -> Span | None:
    """From when to when a session is; none where it is not placed."""
    return span_at(session.placed, session.minutes) if session.placed else None


def span_at(placed: Placement, minutes: int) -> Span:
    """From when to when something of `minutes` is that begins there: minutes that really pass."""
    return Span(placed.start, placed.start + timedelta(minutes=minutes))


def midnight(day: date, zone: str) -> datetime:
    """When a day begins on the clocks of `zone`; where they skip that, when they go on."""
    return datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC)


def days_of(congress: Congress) -> tuple[date, ...]:
    """The days of a congress."""
    count = (congress.last - congress.first).days + 1
    return tuple(congress.first + timedelta(days=one) for one in range(count))


def whole(congress: Congress) -> Span:
    """From the first midnight of a congress to its last."""
    after = congress.last + timedelta(days=1)
    return Span(midnight(congress.first, congress.timezone), midnight(after, congress.timezone))


def last_day(programme: Programme) -> date:
    """The day on which a congress is over, if none of its sessions is to reach beyond that."""
    zone = ZoneInfo(programme.congress.timezone)
    spans = [span_of(one) for one in programme.sessions]
    ends = [one.end - timedelta(microseconds=1) for one in spans if one and one.end]
    return max([programme.congress.last, *(one.astimezone(zone).date() for one in ends)])


def within(span: Span, allowed: Iterable[Span]) -> bool:
    """Whether a span lies in one of those that are allowed."""
    return any(_lies_in(span, one) for one in allowed)


def overlap(one: Span, other: Span) -> bool:
    """Whether two spans share a moment."""
    return _before(one.start, other.end) and _before(other.start, one.end)


def _lies_in(span: Span, outer: Span) -> bool:
    starts = outer.start <= span.start
    return starts and (outer.end is None or (span.end is not None and span.end <= outer.end))


def _before(moment: datetime, end: datetime | None) -> bool:
    return end is None or moment < end
