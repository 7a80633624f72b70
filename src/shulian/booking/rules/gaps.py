"""When a resource is free: what is left in a span, and the next spans that would do."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from shulian.booking.rules.spans import FAR_FUTURE, end_of
from shulian.booking.types import Occupied, Span


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of a span in which the same is taken."""

    start: datetime
    end: datetime
    taken: int
    closed: bool


def left(occupied: Sequence[Occupied], capacity: int, span: Span) -> int:
    """The units that are free throughout `span`."""
    return capacity - max(part.taken for part in _parts(occupied, span))


def next_free(
    occupied: Sequence[Occupied],
    capacity: int,
    units: int,
    length: timedelta | None,
    seen: Span,
    *,
    most: int = 3,
) -> tuple[Span, ...]:
    """The next spans of `length` (none: without end) in `seen` in which `units` are free.

    At most `most`. Each begins as early as it can, and none before the one ahead of it ends.
    """
    found: list[Span] = []
    since: datetime | None = None
    for part in _parts(occupied, seen):
        if capacity - part.taken < units:
            since = None
            continue
        since = since or part.start
        if length is None:
            if part.end == FAR_FUTURE:
                return (Span(since, None),)
            continue
        while part.end - since >= length:
            found.append(Span(since, since + length))
            if len(found) == most:
                return tuple(found)
            since += length
    return tuple(found)


def timeline(occupied: Sequence[Occupied], capacity: int, span: Span) -> tuple[Occupied, ...]:
    """How many units are taken in each part of `span`: parts of one number, in order."""
    parts: list[Occupied] = []
    for one in _parts(occupied, span):
        taken = min(one.taken, capacity)
        same = bool(parts) and (parts[-1].units, parts[-1].closed) == (taken, one.closed)
        begin = parts.pop().span.start if same else one.start
        end = None if one.end == FAR_FUTURE else one.end
        parts.append(Occupied(Span(begin, end), taken, one.closed))
    return tuple(parts)


def _parts(occupied: Sequence[Occupied], span: Span) -> Iterator[_Part]:
    """`span` cut wherever something begins or ends, in order: one pass, however many there are."""
    taken, closed = Counter[datetime](), Counter[datetime]()
    for one in occupied:
        start, end = max(one.span.start, span.start), min(end_of(one.span), end_of(span))
        if start < end:
            taken[start] += one.units
            taken[end] -= one.units
            closed[start] += one.closed
            closed[end] -= one.closed
    there = shut = 0
    for start, end in pairwise(sorted({span.start, end_of(span), *taken})):
        there += taken[start]
        shut += closed[start]
        yield _Part(start, end, there, shut > 0)
