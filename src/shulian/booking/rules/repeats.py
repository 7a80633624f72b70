"""What comes again every week at the same time by the clocks of a place."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from shulian.booking.rules.spans import end_of, instant
from shulian.booking.types import Span

_WEEK = timedelta(days=7)
MOST = 1_000
"""Times beyond which no more are counted."""


def weekly(first: Span, until: date, zone: ZoneInfo) -> tuple[Span, ...]:
    """`first` and the same in each week after it, the last one beginning on the day `until`.

    Each begins and ends when a clock in `zone` shows what it showed at first, also where clocks
    were put forward or back in between. Of a time that is skipped that day it is the instant at
    which it would have been, for as long as at first where nothing would be left of it; of one
    that comes twice it is the first.
    """
    length = end_of(first) - first.start
    start, end = _local(first.start, zone), _local(end_of(first), zone)
    found = [first]
    while (start + _WEEK).date() <= until and len(found) <= MOST:
        start, end = start + _WEEK, end + _WEEK
        begins, ends = _at(start, zone), _at(end, zone)
        found.append(Span(begins, ends if ends > begins else begins + length))
    return tuple(found) if _local(first.start, zone).date() <= until else ()


def _local(at: datetime, zone: ZoneInfo) -> datetime:
    return at.astimezone(zone).replace(tzinfo=None, fold=0)


def _at(local: datetime, zone: ZoneInfo) -> datetime:
    """The instant that a clock shows; of what it skips, when it would have been."""
    return instant(local, zone) or local.replace(tzinfo=zone).astimezone(UTC)
