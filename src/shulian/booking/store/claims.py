"""The pieces that the claims of a booking are put together from, and what they come to."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise

from shulian.booking.types import Claim, ResourceId, Span

_NEVER = datetime.max.replace(tzinfo=UTC)
"""The end of what has none."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Units of a resource that a claim takes: those from `low` to before `high`."""

    resource: ResourceId
    span: Span
    low: int
    high: int


def fewer(pieces: Sequence[Piece], units: int) -> list[Piece]:
    """What is left of `pieces`, of one resource, that never are more than `units` at a time."""
    left: list[Piece] = []
    for start, end in pairwise(_edges([one.span for one in pieces])):
        missing, span = units, Span(start, None if end == _NEVER else end)
        there = [one for one in pieces if one.span.start <= start < _end(one.span)]
        for one in sorted(there, key=lambda one: one.low):
            high = min(one.high, one.low + missing)
            if high > one.low:
                missing -= high - one.low
                left.append(Piece(one.resource, span, one.low, high))
    return left


def joined(pieces: Iterable[Claim]) -> tuple[Claim, ...]:
    """Of each resource the parts of time in which as many units are held, the first first."""
    by_resource: dict[ResourceId, list[Claim]] = {}
    for one in pieces:
        by_resource.setdefault(one.resource, []).append(one)
    found = [part for some in by_resource.values() for part in _joined(some)]
    return tuple(sorted(found, key=lambda one: (one.span.start, one.resource)))


def _joined(pieces: Sequence[Claim]) -> Iterator[Claim]:
    edges = _edges([one.span for one in pieces])
    last: Claim | None = None
    for start, end in pairwise(edges):
        units = sum(one.units for one in pieces if one.span.start <= start < _end(one.span))
        span = Span(start, None if end == _NEVER else end)
        if last and last.units == units:
            last = Claim(last.resource, Span(last.span.start, span.end), units)
            continue
        if last and last.units:
            yield last
        last = Claim(pieces[0].resource, span, units)
    if last and last.units:
        yield last


def _edges(spans: Iterable[Span]) -> list[datetime]:
    return sorted({at for one in spans for at in (one.start, _end(one))})


def _end(span: Span) -> datetime:
    return _NEVER if span.end is None else span.end
