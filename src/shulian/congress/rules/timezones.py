"""The clocks of a zone as calendars are told them: VTIMEZONE (RFC 5545, §3.6.5)."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

_STEP = timedelta(days=7)
"""No zone changes its clocks twice within a week but in a few years that are long past."""


def component(zone: ZoneInfo, first: datetime, last: datetime) -> Timezone:
    """The clocks of `zone` from `first` to `last`, each change of them as it is.

    A change begins at the time that clocks show just before it, by the offset from which they go.
    """
    made = Timezone()
    made.add("tzid", zone.key)
    begin = first.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
    offset = _offset(zone, begin)
    made.add_component(_observance(zone, begin, offset))
    for at in _changes(zone, begin, last.astimezone(UTC)):
        made.add_component(_observance(zone, at, offset))
        offset = _offset(zone, at)
    return made


def _observance(
    zone: ZoneInfo, at: datetime, before: timedelta
) -> TimezoneStandard | TimezoneDaylight:
    local = at.astimezone(zone)
    made = TimezoneDaylight() if local.dst() else TimezoneStandard()
    made.add("dtstart", (at + before).replace(tzinfo=None))
    made.add("tzoffsetfrom", before)
    made.add("tzoffsetto", _offset(zone, at))
    made.add("tzname", local.tzname() or zone.key)
    return made


def _changes(zone: ZoneInfo, first: datetime, last: datetime) -> Iterator[datetime]:
    """The instants at which clocks are put forward or back."""
    at = first
    while at < last:
        after = min(at + _STEP, last)
        if _offset(zone, at) != _offset(zone, after):
            yield _change(zone, at, after)
        at = after


def _change(zone: ZoneInfo, before: datetime, after: datetime) -> datetime:
    """The second at which the offset changes, between two instants of which it differs."""
    offset = _offset(zone, before)
    while after - before > timedelta(seconds=1):
        middle = before + timedelta(seconds=(after - before).total_seconds() // 2)
        if _offset(zone, middle) == offset:
            before = middle
        else:
            after = middle
    return after


def _offset(zone: ZoneInfo, at: datetime) -> timedelta:
    return at.astimezone(zone).utcoffset() or timedelta()
