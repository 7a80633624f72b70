"""The search: rounds of annealing, each from the best so far, until somebody says it is enough."""

from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np

from shulian.congress.rules.timetable.problem import Place, Problem
from shulian.congress.rules.timetable.search.arrays import Arrays, Ints, arrays, places, state
from shulian.congress.rules.timetable.search.kernel import anneal

STEPS = 20_000
"""Between two looks at the clock."""
ROUND = 1_500_000
"""Steps of a round for a hundred sessions; fewer for fewer."""
COLD = 2.0
COOL = 10.0
WARM = 40.0
HOT = 100.0
"""Temperatures, as costs: where a round ends, and where it begins, in turn."""
Found = tuple[int, Mapping[str, Place]]


def search(
    problem: Problem,
    start: Mapping[str, Place],
    offered: Callable[[], Sequence[Mapping[str, Place]]] = tuple,
    *,
    seed: int,
) -> Iterator[Found | None]:
    """Better and better timetables from `start`, with their costs; none where nothing is new.

    It never ends: whoever takes from it stops. What costs as much as a hard rule breaks one. The
    same problem, start and seed give the same. A round begins at what is `offered` as soon as there
    is more of that, whatever it costs. Nothing is given where a session has no place.
    """
    hard = 2 * max(200, problem.weights.move, problem.weights.alone)
    told = arrays(problem, hard)
    seeds = np.random.SeedSequence(seed).generate_state(1, np.uint64) | np.uint64(1)
    hall, time = state(problem, told, start)
    if not _filled(told, hall, time, np.random.default_rng(seed)):
        return
    best = np.stack([hall, time])
    least: int | None = None
    settled = any(one.placed is not None and not one.pinned for one in problem.sessions)
    number, begun = 0, 0
    while True:
        hot = HOT if number % 2 and not settled else WARM
        if len(offered()) > begun:
            begun, hot = len(offered()), COOL
            hall, time = state(problem, told, offered()[-1])
        for heat, steps in _cooling(hot, len(problem.sessions)):
            found = np.zeros_like(best)
            cost = anneal(told, hall, time, found, seeds, heat, steps)
            if least is None or cost < least:
                least, best = cost, found
                yield int(cost), places(problem, told, *best)
            else:
                yield None
            if len(offered()) > begun:
                break
        hall, time = best.copy()
        number += 1


def _cooling(hot: float, sessions: int) -> Iterator[tuple[tuple[float, float], int]]:
    """The pieces of a round: from which temperature to which, in how many steps."""
    pieces = max(5, ROUND * sessions // 100 // STEPS)
    warm = hot * (COLD / hot) ** (np.arange(pieces + 1) / pieces)
    for first, last in zip(warm.tolist(), warm[1:].tolist(), strict=False):
        yield (first, last), STEPS


def _filled(told: Arrays, hall: Ints, time: Ints, rng: np.random.Generator) -> bool:
    """Put those that have no place anywhere; whether there is anywhere for all."""
    for one in range(len(hall)):
        halls = told.halls_of.items[told.halls_of.first[one] : told.halls_of.first[one + 1]]
        first, last = told.times.first[one : one + 2].tolist()
        by_time = told.by_time[first:last][:, told.hall_class[halls]]
        open_ = np.argwhere(by_time >= 0)
        if not len(open_):
            return False
        if hall[one] < 0:
            at, where = open_[rng.integers(len(open_))].tolist()
            hall[one], time[one] = halls[where], first + at
    return True
