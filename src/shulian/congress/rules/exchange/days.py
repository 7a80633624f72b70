"""The days of a view with the rooms of each: the frame of `schedule.xml` and `schedule.json`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from shulian.congress.rules.exchange.drafts import begin, zone_of
from shulian.congress.rules.exchange.views import Entry, View

_SHORTEST = 4
"""Letters of an acronym (`schedule.xml.xsd`)."""
_NUMBERS = 2**31 - 1
"""Programs keep the numbers of events in 32 bits."""


@dataclass(frozen=True, slots=True)
class Day:
    """A day, from its beginning by the congress's clocks to that of the next, and what it has."""

    index: int
    """From 1."""
    date: date
    start: datetime
    end: datetime
    rooms: Mapping[str, tuple[Entry, ...]]


def days_of(view: View) -> tuple[Day, ...]:
    """The days of the congress, and others on which something is; what starts on a day is its."""
    zone = zone_of(view.timezone)
    clocks = zone if zone is not None else UTC
    count = (view.last - view.first).days + 1
    found: dict[date, dict[str, list[Entry]]] = {
        view.first + timedelta(one): {} for one in range(count)
    }
    for one in view.entries:
        rooms = found.setdefault(one.start.astimezone(clocks).date(), {})
        rooms.setdefault(one.room, []).append(one)
    return tuple(
        Day(
            index,
            day,
            begin(day, clocks),
            begin(day + timedelta(1), clocks),
            {room: _sorted(entries) for room, entries in found[day].items()},
        )
        for index, day in enumerate(sorted(found), start=1)
    )


def numbers(view: View) -> dict[object, int]:
    """A number for each entry, which stays the same from file to file: some programs want one."""
    found: dict[object, int] = {}
    taken: set[int] = set()
    for guid in sorted(one.guid for one in view.entries):
        number = guid.int % _NUMBERS + 1
        while number in taken:
            number = number % _NUMBERS + 1
        taken.add(number)
        found[guid] = number
    return found


def acronym(slug: str) -> str:
    """The short name as both schemas allow it: small letters, digits and `_`, four or more."""
    return slug.lower().replace("-", "_").ljust(_SHORTEST, "_")


def duration(minutes: int) -> str:
    """`hh:mm`."""
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _sorted(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    return tuple(sorted(entries, key=lambda one: (one.start, str(one.guid))))
