"""Ways over the ground: distance fields to a few goals, and smooth ways down them.

Symbols: k cells of the raster, row by row.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot
from typing import cast

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csgraph, csr_array

from shulian.park.types import Point
from shulian.world.rules.paths.ground import CELL, Ground

_STEPS = ((0, 1), (1, 0), (1, 1), (1, -1))
"""Row and column to half of the neighbours; the others are the same the other way round."""
_FAR = (24, 12, 6, 3)
"""Cells ahead that a straight piece of a way is tried over, the longest first."""
_DETOUR = 1.06
"""So much dearer a straight piece may be than the cells it replaces: nobody walks in zigzag."""
_REACH = 40.0
"""[m] from the goal within which a way turns to the spot it is meant for."""
_ARRIVED = -1
_ROUNDS = 2
"""So often the corners of a way are cut."""


@dataclass(frozen=True, slots=True, eq=False)
class Net:
    """The steps that can be taken on a ground, found once for all fields."""

    ground: Ground
    graph: csr_array


@dataclass(frozen=True, slots=True, eq=False)
class Field:
    """The cheapest ways from everywhere to one goal."""

    goal: Point
    step: NDArray[np.int32]
    """(k,) the next cell on the way; -1: the goal is here; less: there is no way."""


def net(ground: Ground) -> Net:
    """All steps between neighbouring cells; none cuts the corner of a cell that is closed."""
    cost = ground.cost
    numbers = np.arange(cost.size, dtype=np.int32).reshape(cost.shape)
    starts: list[NDArray[np.int32]] = []
    ends: list[NDArray[np.int32]] = []
    prices: list[NDArray[np.float64]] = []
    rows, columns = cost.shape
    for row, column in _STEPS:
        low, high = slice(0, rows - row), slice(row, rows)
        left = slice(max(0, -column), columns - max(0, column))
        right = slice(max(0, column), columns + min(0, column))
        corners = cost[high, left] + cost[low, right]
        price = (cost[low, left] + cost[high, right]) / 2 * CELL * hypot(row, column)
        fine = np.isfinite(price) & np.isfinite(corners)
        one, other = numbers[low, left][fine], numbers[high, right][fine]
        starts += [one, other]
        ends += [other, one]
        prices += [price[fine]] * 2
    places = (np.concatenate(starts), np.concatenate(ends))
    graph = csr_array((np.concatenate(prices), places), shape=(cost.size, cost.size))
    return Net(ground, graph)


def field(over: Net, goal: Point) -> Field | None:
    """The ways to the open cell nearest to `goal`; none where nothing is open."""
    number = nearest_open(over.ground, goal)
    if number is None:
        return None
    _, step = cast(
        "tuple[NDArray[np.float64], NDArray[np.int32]]",
        csgraph.dijkstra(over.graph, indices=number, return_predecessors=True),
    )
    step[number] = _ARRIVED
    return Field(_middle(over.ground, number), step)


def nearest_open(ground: Ground, point: Point) -> int | None:
    """The number of the open cell nearest to `point`."""
    rows, columns = np.nonzero(np.isfinite(ground.cost))
    if not len(rows):
        return None
    row, column = ground.cell(point)
    nearest = int(np.argmin((rows - row) ** 2 + (columns - column) ** 2))
    return int(rows[nearest]) * ground.cost.shape[1] + int(columns[nearest])


def reaches(ground: Ground, down: Field, point: Point) -> bool:
    """Whether there is a way to the goal from `point`."""
    number = _number(ground, point)
    return number is not None and bool(down.step[number] >= _ARRIVED)


def way(
    ground: Ground, down: Field, start: Point, spot: Point | None = None, *, aside: float = 0.0
) -> tuple[Point, ...]:
    """The corners of a smooth way from `start` to the goal, or to `spot` near it.

    aside   [m] to the right of the cheapest line that one walks, where there is room
    return  `start` first; empty: there is no way
    """
    cells = _descend(ground, down, start)
    if not cells:
        return ()
    corners = _moved(ground, _straightened(ground, (start, *cells[1:]), spot), aside)
    for _ in range(_ROUNDS):
        corners = _rounded(ground, corners)
    return tuple(corners)


def _descend(ground: Ground, down: Field, start: Point) -> list[Point]:
    """The middles of the cells from `start` to the goal."""
    number = _number(ground, start)
    if number is None or down.step[number] < _ARRIVED:
        return []
    found: list[Point] = []
    while number >= 0:
        found.append(_middle(ground, number))
        number = int(down.step[number])
    return found


def _straightened(ground: Ground, cells: Sequence[Point], spot: Point | None) -> tuple[Point, ...]:
    """The same way in straight pieces, as long as they cost hardly more; at its end to `spot`."""
    found, here = [cells[0]], 0
    while here < len(cells) - 1:
        if spot is not None and _sees(ground, cells[here], cells[-1], spot):
            return (*found, spot)
        there = _furthest(ground, cells, here)
        found.append(cells[there])
        here = there
    if spot is not None and _sees(ground, cells[-1], cells[-1], spot):
        found.append(spot)
    return tuple(found)


def _sees(ground: Ground, here: Point, goal: Point, spot: Point) -> bool:
    near = hypot(here[0] - goal[0], here[1] - goal[1]) < _REACH
    return near and bool(np.isfinite(ground.price(here, spot)))


def _furthest(ground: Ground, cells: Sequence[Point], here: int) -> int:
    """The place of the last cell that a straight piece from the one at `here` may lead to."""
    last = len(cells) - 1
    for ahead in _FAR:
        there = min(last, here + ahead)
        pieces = zip(cells[here:there], cells[here + 1 : there + 1], strict=True)
        if ground.price(cells[here], cells[there]) <= _DETOUR * sum(
            ground.price(one, other) for one, other in pieces
        ):
            return there
    return here + 1


def _moved(ground: Ground, corners: Sequence[Point], aside: float) -> list[Point]:
    """The corners between the first and the last to the right by `aside`, where there is room."""
    found = list(corners)
    for place in range(1, len(corners) - 1):
        (west, south), (east, north) = corners[place - 1], corners[place + 1]
        length = hypot(east - west, north - south) or 1.0
        right = ((north - south) / length, (west - east) / length)
        for share in (1.0, 0.5):
            there = (
                corners[place][0] + right[0] * aside * share,
                corners[place][1] + right[1] * aside * share,
            )
            if _joins(ground, found[place - 1], there, found[place + 1]):
                found[place] = there
                break
    return found


def _rounded(ground: Ground, corners: Sequence[Point]) -> list[Point]:
    """The way with its corners cut (Chaikin 1974), where the ground is open there."""
    found = [*corners[:1]]
    for before, corner, after in zip(corners, corners[1:], corners[2:], strict=False):
        one, other = _between(corner, before), _between(corner, after)
        found += [one, other] if np.isfinite(ground.price(one, other)) else [corner]
    return [*found, *corners[1:][-1:]]


def _between(corner: Point, other: Point) -> Point:
    """A quarter of the way from a corner, three metres at the most."""
    length = hypot(other[0] - corner[0], other[1] - corner[1])
    share = min(0.25, 3.0 / length) if length else 0.0
    return (
        corner[0] + (other[0] - corner[0]) * share,
        corner[1] + (other[1] - corner[1]) * share,
    )


def _joins(ground: Ground, before: Point, there: Point, after: Point) -> bool:
    return bool(np.isfinite(ground.price(before, there) + ground.price(there, after)))


def _number(ground: Ground, point: Point) -> int | None:
    row, column = ground.cell(point)
    rows, columns = ground.cost.shape
    if not (0 <= row < rows and 0 <= column < columns):
        return None
    return row * columns + column


def _middle(ground: Ground, number: int) -> Point:
    return ground.middle(*divmod(number, ground.cost.shape[1]))
