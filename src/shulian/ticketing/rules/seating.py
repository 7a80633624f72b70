"""Who sits where: the best seats for a party, and the lonely seats that a choice would leave.

A party sits together, in one stretch of a row without an aisle; where it cannot, in as few parts
as will do, close to each other. Of the ways to do so those are better that leave fewer lonely
seats, and of those the ones with a better view: near the middle, and neither too near to the stage
nor too far.

A free seat is lonely if no free one is beside it; that it was so before is no choice's fault.

Symbols: n seats, in the order of `Rows.order` where it says line. Lengths are metres.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, cast

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.spatial import KDTree

from shulian.ticketing.rules import rows
from shulian.ticketing.rules.rows import Floats, Ints, Rows

Bools = NDArray[np.bool_]
Point = tuple[float, float]

_GOOD = 0.35
"""[of the depth of the hall] behind the first seats, where the view is best."""
_FAR, _NEAR = 0.6, 0.9
"""What a metre too far and a metre too near count beside a metre off the axis."""
_ROUND = 1.0
"""[m] between the middles of stage and seats, below which the hall has no axis."""
_BESIDE = 2.5
"""[m] between two parts of a party that sit one behind the other or over an aisle, and a bit."""
_APART = 0.5
"""What a metre between the parts of a party counts beside a metre off the axis."""
_UNEVEN = 0.1
"""What it counts that one part has one more than the other."""
_FIRST = 400
"""Stretches, the best ones, beside which the rest of a party is looked for."""
_STARTS = 48
"""Places around which a party in several parts is gathered."""


@dataclass(frozen=True, slots=True, eq=False)
class Seating:
    """The seats of a hall: which are beside each other, and how well one sees from them."""

    at: Floats
    """(n, 2) [m] middles."""
    rows: Rows
    cost: Floats
    """(n,) [m] how far each is from the best place: the less, the better."""


@dataclass(frozen=True, slots=True)
class Party:
    """Seats for a party."""

    seats: tuple[int, ...]
    """In the order of the rows."""
    parts: tuple[int, ...]
    """How many sit together in each part."""
    lonely: tuple[int, ...]
    """The seats that it leaves alone."""


@dataclass(frozen=True, slots=True, eq=False)
class _Line:
    """The seats in the order of their rows."""

    seating: Seating
    order: Ints
    segment: Ints
    free: Bools
    wanted: Bools
    """Those of the free ones that may be chosen."""
    at: Floats
    cost: Floats


@dataclass(frozen=True, slots=True, eq=False)
class _Windows:
    """All stretches of one length that a party could have."""

    size: int
    starts: Ints
    """Where on the line each begins."""
    cost: Floats
    """Of a seat, on average."""
    lonely: Ints
    """How many seats each leaves alone."""
    middles: Floats
    """(m, 2) [m]."""


def arrange(at: Floats, stage: Sequence[Sequence[Point]] = ()) -> Seating:
    """The seats of a hall before its stage.

    at     (n, 2) [m] middles of the seats, those in front first where there is no stage
    stage  outlines of what one looks at
    """
    if not len(at):
        return Seating(at, rows.find(at, at), np.zeros(0))
    target = shapely.union_all([shapely.Polygon(ring) for ring in stage])
    if target.is_empty:
        target = _in_front(at)
    lines = shapely.shortest_line(shapely.points(at), target)
    toward = shapely.get_coordinates(lines).reshape(-1, 2, 2)
    toward = toward[:, 1] - toward[:, 0]
    found = rows.find(at, toward)
    return Seating(at, found, _cost(at, target, np.hypot(toward[:, 0], toward[:, 1])))


def choose(
    seating: Seating, free: Bools, count: int, *, among: Bools | None = None
) -> Party | None:
    """The best seats for a party of `count`; none where there are not so many.

    free   (n,) which seats are free
    among  (n,) which of them may be chosen, such as those of one price; None: all
    """
    line = _line(seating, free, among)
    if count < 1 or int(line.wanted.sum()) < count:
        return None
    together = _windows(line, count)
    if len(together.starts):
        best = np.lexsort((together.cost, together.lonely))[0]
        return _party(line, [(int(together.starts[best]), count)])
    found = _in_two(line, count)
    if found is None or min(found.parts) == 1:
        found = _better(line, [*([found] if found else []), *_gathered(line, count)])
    return found


def lonely(seating: Seating, free: Bools, chosen: Sequence[int]) -> tuple[int, ...]:
    """The free seats that would be left alone if `chosen` were taken, and are not now."""
    line = _line(seating, free, None)
    taken = np.zeros(len(free), bool)
    taken[list(chosen)] = True
    taken = taken[line.order]
    left = line.free & ~taken
    single = left & ~_beside(line, left) & _beside(line, taken & line.free)
    return tuple(int(seat) for seat in line.order[single])


def instead(
    seating: Seating, free: Bools, chosen: Sequence[int], *, among: Bools | None = None
) -> Party | None:
    """Seats close to `chosen` that leave fewer alone; none where there are no such together."""
    if not chosen:
        return None
    line = _line(seating, free, among)
    windows = _windows(line, len(chosen))
    fewer = windows.lonely < len(lonely(seating, free, chosen))
    if not fewer.any():
        return None
    middle = seating.at[list(chosen)].mean(axis=0)
    ways = windows.middles - middle
    away = np.hypot(ways[:, 0], ways[:, 1]).round(2)
    best = np.lexsort((windows.cost, away, windows.lonely, ~fewer))[0]
    return _party(line, [(int(windows.starts[best]), windows.size)])


def _in_front(at: Floats) -> shapely.Geometry:
    """What one looks at where there is no stage: a place before the first seats."""
    first = at[: max(1, round(len(at) ** 0.5))].mean(axis=0)
    middle = at.mean(axis=0)
    return shapely.Point(middle + 1.5 * (first - middle))


def _cost(at: Floats, target: shapely.Geometry, distance: Floats) -> Floats:
    """(n,) [m] how far each seat is from the best place before `target`."""
    stage = shapely.get_coordinates(shapely.centroid(target))[0]
    axis = at.mean(axis=0) - stage
    length = float(np.hypot(*axis))
    aside = np.zeros(len(at))
    if length > _ROUND:
        away = at - stage
        aside = (away[:, 0] * axis[1] - away[:, 1] * axis[0]) / length
    good = distance.min() + _GOOD * (distance.max() - distance.min())
    depth = (distance - good) * np.where(distance > good, _FAR, _NEAR)
    return np.hypot(aside, depth)


def _line(seating: Seating, free: Bools, among: Bools | None) -> _Line:
    order = seating.rows.order
    wanted = free if among is None else free & among
    return _Line(
        seating,
        order,
        seating.rows.segment[order],
        free[order],
        wanted[order],
        seating.at[order],
        seating.cost[order],
    )


def _beside(line: _Line, which: Bools) -> Bools:
    """(n,) whether one of `which` is beside each seat."""
    same = line.segment[1:] == line.segment[:-1]
    found = np.zeros(len(which), bool)
    found[1:] |= which[:-1] & same
    found[:-1] |= which[1:] & same
    return found


def _windows(line: _Line, size: int) -> _Windows:
    """All stretches of `size` wanted seats without an aisle."""
    count = len(line.order)
    starts = np.arange(max(count - size + 1, 0))
    whole = _sums(line.wanted, size) == size
    starts = starts[whole & (line.segment[starts] == line.segment[starts + size - 1])]
    alone = np.zeros(len(starts), np.int64)
    for near, beyond in ((starts - 1, starts - 2), (starts + size, starts + size + 1)):
        alone += _free(line, near, starts) & ~_free(line, beyond, starts)
    return _Windows(
        size,
        starts,
        _sums(line.cost, size)[starts] / size,
        alone,
        np.column_stack([_sums(column, size)[starts] for column in line.at.T]) / size,
    )


def _free(line: _Line, places: Ints, beside: Ints) -> Bools:
    """Whether there is a free seat at each of `places`, in the stretch of `beside`."""
    inside = (places >= 0) & (places < len(line.order))
    places = np.where(inside, places, 0)
    return inside & line.free[places] & (line.segment[places] == line.segment[beside])


def _sums(values: NDArray[np.generic], size: int) -> Floats:
    """Sums of `size` values on end, from each place on."""
    sums = np.concatenate([[0.0], np.cumsum(values, dtype=np.float64)])
    return sums[size:] - sums[:-size] if size < len(sums) else np.zeros(0)


def _in_two(line: _Line, count: int) -> Party | None:
    """The best seats in two parts close to each other; none where there are none."""
    best: tuple[tuple[bool, int, float], list[tuple[int, int]]] | None = None
    for less in range(1, count // 2 + 1):
        some, rest = _best(_windows(line, count - less)), _windows(line, less)
        if not len(some.starts):
            continue
        one, other, away = _close(line, some, rest)
        if not len(one):
            continue
        shared = (some.cost[one] * some.size + rest.cost[other] * less) / count
        cost = shared + _APART * away + _UNEVEN * (some.size - less)
        alone = some.lonely[one] + rest.lonely[other]
        first = np.lexsort((cost, alone))[0]
        score = (less == 1, int(alone[first]), float(cost[first]))
        if best is None or score < best[0]:
            ends = (int(some.starts[one[first]]), int(rest.starts[other[first]]))
            best = (score, [(ends[0], some.size), (ends[1], less)])
    return _party(line, best[1]) if best else None


def _best(windows: _Windows) -> _Windows:
    """The best of many stretches, or all of a few."""
    if len(windows.starts) <= _FIRST:
        return windows
    first = np.lexsort((windows.cost, windows.lonely))[:_FIRST]
    return _Windows(
        windows.size,
        windows.starts[first],
        windows.cost[first],
        windows.lonely[first],
        windows.middles[first],
    )


def _close(line: _Line, some: _Windows, rest: _Windows) -> tuple[Ints, Ints, Floats]:
    """Pairs of stretches that are close to each other and of different runs; and how close [m]."""
    gaps = np.hypot(*np.diff(line.at, axis=0).T)[line.segment[1:] == line.segment[:-1]]
    pitch = float(np.median(gaps)) if len(gaps) else 0.0
    reach = _BESIDE + pitch * (some.size + rest.size - 2) / 2
    trees = KDTree(some.middles), KDTree(rest.middles)
    found = cast(
        "Any",  # scipy has no stubs
        trees[0].sparse_distance_matrix(trees[1], reach, output_type="ndarray"),
    )
    one, other = np.asarray(found["i"], np.int64), np.asarray(found["j"], np.int64)
    away = np.asarray(found["v"], np.float64)
    runs = _runs(line)
    apart = runs[some.starts[one]] != runs[rest.starts[other]]
    return one[apart], other[apart], away[apart]


def _runs(line: _Line) -> Ints:
    """(n,) the number of the run of wanted seats that each stands in, or after which it stands."""
    begins = line.wanted.copy()
    begins[1:] &= ~(line.wanted[:-1] & (line.segment[1:] == line.segment[:-1]))
    return np.cumsum(begins) - 1


def _gathered(line: _Line, count: int) -> Iterator[Party]:
    """Parties around the best places, each of as many parts as it takes there."""
    wanted = np.flatnonzero(line.wanted)
    runs = _runs(line)[wanted]
    begins = np.flatnonzero(np.diff(runs, prepend=-1))
    ends = np.append(begins[1:], len(wanted))
    stretches = [
        (int(wanted[low]), int(high - low)) for low, high in zip(begins, ends, strict=True)
    ]
    sizes = (ends - begins).astype(np.float64)
    at = line.at
    for start in wanted[np.argsort(line.cost[wanted], kind="stable")[:: _step(len(wanted))]]:
        away = np.hypot(*(at[wanted] - at[start]).T)
        nearest = np.minimum.reduceat(away, begins)
        worth = nearest - np.minimum(sizes, count) / count * _BESIDE
        turns = np.argsort(worth, kind="stable").tolist()
        yield _party(line, list(_filled(line, count, stretches, turns, at[start])))


def _step(count: int) -> int:
    return max(1, count // _STARTS)


def _filled(
    line: _Line,
    count: int,
    stretches: Sequence[tuple[int, int]],
    turns: Sequence[int],
    around: Floats,
) -> Iterator[tuple[int, int]]:
    """Parts of `stretches` in their turns until all have a seat, each close to `around`."""
    left = count
    for place, turn in enumerate(turns):
        begin, length = stretches[turn]
        size = min(left, length)
        if left - size == 1 and size > 2 and _has_two(stretches, turns[place + 1 :]):  # noqa: PLR2004
            size -= 1  # the last one would sit alone
        columns = line.at[begin : begin + length].T
        middles = np.column_stack([_sums(column, size) for column in columns]) / size
        yield begin + int(np.hypot(*(middles - around).T).argmin()), size
        left -= size
        if not left:
            return


def _has_two(stretches: Sequence[tuple[int, int]], turns: Sequence[int]) -> bool:
    """Whether two can sit together in one of those to come."""
    return any(stretches[turn][1] > 1 for turn in turns)


def _better(line: _Line, parties: Sequence[Party]) -> Party | None:
    """The best of parties in several parts: few alone, few parts, few lonely seats, close."""

    def score(one: Party) -> tuple[int, int, int, float]:
        seats = list(one.seats)
        at = line.seating.at[seats]
        spread = float(np.hypot(*(at - at.mean(axis=0)).T).mean())
        cost = float(line.seating.cost[seats].mean())
        return (one.parts.count(1), len(one.parts), len(one.lonely), cost + _APART * spread)

    return min(parties, key=score, default=None)


def _party(line: _Line, parts: Sequence[tuple[int, int]]) -> Party:
    """The seats of stretches, each told by where it starts and how long it is."""
    ordered = sorted(parts)
    places = [place for start, size in ordered for place in range(start, start + size)]
    seats = tuple(int(seat) for seat in line.order[places])
    free = np.zeros(len(line.order), bool)
    free[line.order] = line.free
    return Party(seats, tuple(size for _, size in ordered), lonely(line.seating, free, seats))
