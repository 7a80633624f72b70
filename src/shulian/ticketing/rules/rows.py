"""Rows of seats, found in where the seats stand: straight or curved, with aisles, in blocks.

A seat's row runs where its nearest neighbours are: seats of a row stand closer together than rows
do. Two seats are neighbours if each is the other's next along the row, at no more than the usual
gap; a wider one is an aisle, over which a row goes on.

Symbols: n seats, k seats near one of them. Lengths are metres.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import KDTree

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_NEAR = 8
"""Seats around one among which its neighbours are looked for."""
_DEEP = 0.5
"""[of the squared depth] by which a seat in front or behind counts as further off."""
_USUAL = 1.5
"""[of the usual gap] up to which two seats are neighbours."""
_WIDEST = 1.6
"""[m] from middle to middle, above which nobody is a neighbour whatever is usual."""
_ALONG = 0.82
"""Cosine of the angle to the row within which a neighbour stands: 35°."""
_AISLE = 4.0
"""[m] from middle to middle, over which a row goes on beyond an aisle."""
_STRAIGHT = 0.94
"""Cosine of the angle by which a row turns at most in an aisle: 20°."""
_SAME = 1e-6


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """Where each of n seats stands among the others."""

    order: Ints
    """(n,) the seats, row after row from the front, each row from its left as one sits."""
    segment: Ints
    """(n,) by seat: the stretch of its row, between aisles; counted along `order`."""
    row: Ints
    """(n,) by seat: its row; the first is 0."""


def find(at: Floats, toward: Floats) -> Rows:
    """The rows of seats.

    at      (n, 2) [m] middles of the seats
    toward  (n, 2) from each seat to what it looks at, of any length
    """
    if not len(at):
        nothing = np.zeros(0, np.int64)
        return Rows(nothing, nothing, nothing)
    ahead = toward / np.maximum(np.hypot(toward[:, 0], toward[:, 1]), _SAME)[:, None]
    along, usual, near = _directions(at, ahead)
    pairs = _neighbours(at, along, usual, near)
    right = np.column_stack([ahead[:, 1], -ahead[:, 0]])
    segments = [_turned(chain, at, right) for chain in _chains(len(at), pairs)]
    lines = [
        [segments[one] for one in line]
        for line in _chains(len(segments), _over_aisles(at, along, right, segments))
    ]
    return _numbered(at, right, np.hypot(toward[:, 0], toward[:, 1]), lines)


def _directions(at: Floats, ahead: Floats) -> tuple[Floats, Floats, Ints]:
    """Along which line each row runs (n, 2), the usual gap (n,) [m], and who is near (n, k)."""
    count = min(len(at), _NEAR + 1)
    lengths, near = _nearest(at, at, count)
    ways = at[near] - at[:, None]
    depth = (ways * ahead[:, None]).sum(axis=2)
    apart = lengths > _SAME
    stretched = np.where(apart, lengths**2 + _DEEP * depth**2, np.inf)
    first = stretched.argmin(axis=1)
    rows = np.arange(len(at))
    gap = np.where(apart.any(axis=1), lengths[rows, first], np.inf)
    way = ways[rows, first]
    # directions are lines, not arrows: they are averaged by the double of their angles
    double = 2 * np.arctan2(way[:, 1], way[:, 0])
    mean = np.arctan2(np.sin(double)[near].sum(axis=1), np.cos(double)[near].sum(axis=1)) / 2
    along = np.column_stack([np.cos(mean), np.sin(mean)])
    return along, np.median(gap[near], axis=1), near


def _nearest(among: Floats, at: Floats, count: int) -> tuple[Floats, Ints]:
    """(m, count) [m] to the nearest points, and which those are."""
    near = np.asarray(KDTree(among).query(at, count)[1], np.int64).reshape(len(at), -1)
    ways = among[near] - at[:, None]
    return np.hypot(ways[..., 0], ways[..., 1]), near


def _neighbours(at: Floats, along: Floats, usual: Floats, near: Ints) -> list[tuple[int, int]]:
    """Pairs of seats of which each is the other's next along the row."""
    ways = at[near] - at[:, None]
    lengths = np.hypot(ways[..., 0], ways[..., 1])
    cosine = (ways * along[:, None]).sum(axis=2) / np.maximum(lengths, _SAME)
    limit = np.minimum(_USUAL * usual, _WIDEST)[:, None]
    fits = (lengths > _SAME) & (lengths <= limit)
    choices: list[Ints] = []
    for side in (cosine >= _ALONG, cosine <= -_ALONG):
        distance = np.where(fits & side, lengths, np.inf)
        best = distance.argmin(axis=1)
        rows = np.arange(len(at))
        choices.append(np.where(np.isfinite(distance[rows, best]), near[rows, best], -1))
    return _mutual(choices)


def _mutual(choices: Sequence[Ints]) -> list[tuple[int, int]]:
    """Pairs that chose each other, among one choice or none (-1) a side for everyone."""
    wishes = {
        (one, int(other))
        for chosen in choices
        for one, other in enumerate(chosen.tolist())
        if other >= 0
    }
    return sorted((one, other) for one, other in wishes if one < other and (other, one) in wishes)


def _chains(count: int, pairs: Iterable[tuple[int, int]]) -> list[list[int]]:
    """Everyone in chains of those who are paired; a ring is cut before its first."""
    beside: list[list[int]] = [[] for _ in range(count)]
    for one, other in pairs:
        beside[one].append(other)
        beside[other].append(one)
    seen = [False] * count
    chains: list[list[int]] = []
    ends = (one for one in range(count) if len(beside[one]) < len("lr"))
    for start in (*ends, *range(count)):
        chain: list[int] = []
        at: int | None = start
        while at is not None and not seen[at]:
            seen[at] = True
            chain.append(at)
            at = next((one for one in beside[at] if not seen[one]), None)
        if chain:
            chains.append(chain)
    return chains


def _turned(chain: list[int], at: Floats, right: Floats) -> list[int]:
    """A chain from its left to its right, as one sits in it."""
    way = at[chain[-1]] - at[chain[0]]
    return chain if (way * right[chain].sum(axis=0)).sum() >= 0 else chain[::-1]


def _over_aisles(
    at: Floats, along: Floats, right: Floats, segments: Sequence[Sequence[int]]
) -> list[tuple[int, int]]:
    """Pairs of segments of which one goes on where the other ends, beyond an aisle."""
    if len(segments) < len("lr"):
        return []
    starts = np.array([one[0] for one in segments])
    ends = np.array([one[-1] for one in segments])
    onward = _next_over(at, along, right, ends, starts)
    back = _next_over(at, along, -right, starts, ends)
    return [
        (one, other)
        for one, other in enumerate(onward.tolist())
        if other >= 0 and other != one and back[other] == one
    ]


def _next_over(at: Floats, along: Floats, outward: Floats, tips: Ints, others: Ints) -> Ints:
    """For each tip the segment whose other tip is the nearest beyond an aisle; -1: none."""
    lengths, near = _nearest(at[others], at[tips], min(len(tips), _NEAR))
    ways = (at[others[near]] - at[tips][:, None]) / np.maximum(lengths, _SAME)[..., None]
    here = np.abs((ways * along[tips][:, None]).sum(axis=2))
    there = np.abs((ways * along[others[near]]).sum(axis=2))
    fits = (here >= _STRAIGHT) & (there >= _STRAIGHT) & (lengths <= _AISLE)
    fits &= (ways * outward[tips][:, None]).sum(axis=2) > 0
    fits &= near != np.arange(len(tips))[:, None]
    distance = np.where(fits, lengths, np.inf)
    best = distance.argmin(axis=1)
    rows = np.arange(len(tips))
    return np.where(np.isfinite(distance[rows, best]), near[rows, best], -1)


def _numbered(
    at: Floats, right: Floats, distance: Floats, lines: Sequence[Sequence[Sequence[int]]]
) -> Rows:
    """Lines of segments, numbered from the front, and those as far from it from the left."""

    def place(line: Sequence[Sequence[int]]) -> tuple[float, float]:
        seats = [seat for segment in line for seat in segment]
        aside = (at[seats].mean(axis=0) * right.mean(axis=0)).sum()
        return (round(float(distance[seats].mean()), 1), round(float(aside), 3))

    order: list[int] = []
    segment, row = np.zeros(len(at), np.int64), np.zeros(len(at), np.int64)
    number = 0
    for line_number, line in enumerate(sorted(lines, key=place)):
        forward = _forward(line, at, right)
        for stretch in forward:
            order += stretch
            segment[stretch], row[stretch] = number, line_number
            number += 1
    return Rows(np.array(order, np.int64), segment, row)


def _forward(line: Sequence[Sequence[int]], at: Floats, right: Floats) -> Sequence[Sequence[int]]:
    """The segments of a line from its left."""
    first, last = line[0], line[-1]
    way = at[last].mean(axis=0) - at[first].mean(axis=0)
    aside = (way * right[[*first, *last]].sum(axis=0)).sum()
    return line if aside >= 0 else line[::-1]
