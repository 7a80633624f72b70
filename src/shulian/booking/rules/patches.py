"""A claim from several units, one after the other: where none is free all the time that is wanted.

Units are numbered only so that the database can keep them apart; nobody minds which one they have,
or that it is another one after lunch. So what is refused is what exceeds the capacity, and nothing
else.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from shulian.booking.rules.spans import FAR_FUTURE, end_of, meet
from shulian.booking.types import Span

Range = tuple[int, int]
"""The first unit, and the one after the last."""
Patch = tuple[Range, Span]
"""Units, and when they are taken."""


@dataclass(frozen=True, slots=True)
class _Cell:
    """Units that are taken at the same times."""

    units: Range
    busy: tuple[Span, ...]

    def free_until(self, at: datetime) -> datetime:
        """When they are taken next; `at` itself where they are taken then."""
        later = [one.start for one in self.busy if end_of(one) > at]
        return max(at, min(later, default=FAR_FUTURE))


@dataclass(frozen=True, slots=True)
class _Held:
    """Units that are taken for a while."""

    units: Range
    since: datetime
    until: datetime
    """When others have them."""

    @property
    def size(self) -> int:
        """How many they are."""
        return self.units[1] - self.units[0]


def patches(
    taken: Sequence[Patch], capacity: int, units: int, span: Span
) -> tuple[Patch, ...] | None:
    """Units for all of `span`, with as few changes as can be; None where `units` are never free.

    taken  what others have of the resource in that time
    """
    cells = _cells([one for one in taken if meet(one[1], span)], capacity)
    held: list[_Held] = []
    found: list[Patch] = []
    at, end = span.start, end_of(span)
    while at < end:
        found += [(one.units, Span(one.since, at)) for one in held if one.until <= at]
        held = [one for one in held if one.until > at]
        held += _longest_free(cells, held, at, units - sum(one.size for one in held))
        if sum(one.size for one in held) < units:
            return None
        at = min(one.until for one in held)
    found += [(one.units, Span(one.since, span.end)) for one in held]
    return tuple(sorted(found, key=lambda one: (one[1].start, one[0])))


def _cells(taken: Sequence[Patch], capacity: int) -> list[_Cell]:
    edges = {0, capacity}
    for (low, high), _ in taken:
        edges |= {low, min(high, capacity)}
    rows = sorted(edges)
    busy: list[list[Span]] = [[] for _ in rows]
    for (low, high), span in taken:
        for place in range(bisect_left(rows, low), bisect_left(rows, min(high, capacity))):
            busy[place].append(span)
    return [_Cell(units, tuple(busy[place])) for place, units in enumerate(pairwise(rows))]


def _longest_free(
    cells: Sequence[_Cell], held: Sequence[_Held], at: datetime, most: int
) -> Iterator[_Held]:
    """Up to `most` units that are free at an instant, those first that stay so longest."""
    free = [(cell.free_until(at), -place) for place, cell in enumerate(cells)]
    for until, place in sorted(free, reverse=True):
        if most <= 0 or until <= at:
            return
        low, high = cells[-place].units
        low += sum(one.size for one in held if low <= one.units[0] < high)
        size = min(high - low, most)
        if size > 0:
            most -= size
            yield _Held((low, low + size), at, until)
