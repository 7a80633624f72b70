"""Simulated annealing over timetables, compiled.

S. Kirkpatrick, C. D. Gelatt, M. P. Vecchi: Optimization by simulated annealing. Science 220 (1983).
Sessions and whole forums are moved, swapped and put in another order; hard rules may be broken on
the way, at a price that nothing soft is worth. What a step changes is counted over the sessions,
groups and forums that it touches.
"""

from math import exp
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from shulian.congress.rules.compiled import kernel, part
from shulian.congress.rules.timetable.search.arrays import Arrays, Ints
from shulian.congress.rules.timetable.search.costs import Whole, of_all, of_sessions
from shulian.congress.rules.timetable.search.steps import EXCHANGE, choose, move, random


class Desk(NamedTuple):
    """Room for what a step takes in its hands."""

    free: NDArray[np.bool_]
    """(n,) whether there is any choice for a session."""
    moved: NDArray[np.bool_]
    """(n,)"""
    chosen: Ints
    halls: Ints
    times: Ints
    """Where what was chosen was before."""
    stamps: Ints
    """(3, *) in which step a group and a forum was last counted, and the number of this one."""
    room: Ints
    """(3, *) for the sessions of a group, in order."""


def anneal(
    told: Arrays,
    hall: Ints,
    time: Ints,
    best: NDArray[np.int64],
    seed: NDArray[np.uint64],
    heat: tuple[float, float],
    steps: int,
) -> int:
    """Make a timetable better in `steps` steps, from the first to the last temperature of `heat`.

    hall, time  (n,)     where it is, changed in place
    best        (2, n)   halls and times of the best, set on return
    seed        (1,)     of the numbers that are drawn, never 0
    return               what the best costs
    """
    return int(_walk(told, _desk(told, len(hall)), hall, time, best, seed, heat, steps))


def _desk(told: Arrays, count: int) -> Desk:
    size = max(count, len(told.group.first), len(told.forum.first)) + 1
    return Desk(
        free=(np.diff(told.halls_of.first) > 1) | (np.diff(told.times.first) > 1),
        moved=np.zeros(count, np.bool_),
        chosen=np.zeros(2 * count + 2, np.int64),
        halls=np.zeros(2 * count + 2, np.int64),
        times=np.zeros(2 * count + 2, np.int64),
        stamps=np.zeros((3, size), np.int64),
        room=np.zeros((3, count + 1), np.int64),
    )


@part
def _keep(best: NDArray[np.int64], hall: Ints, time: Ints) -> None:
    """Remember halls and times."""
    for one in range(len(hall)):
        best[0, one], best[1, one] = hall[one], time[one]


@kernel
def _walk(
    told: Arrays,
    desk: Desk,
    hall: Ints,
    time: Ints,
    best: NDArray[np.int64],
    seed: NDArray[np.uint64],
    heat: tuple[float, float],
    steps: Whole,
) -> Whole:
    """Take so many steps; what the best costs."""
    free, moved, chosen, halls, times, stamps, room = desk
    cost = of_all(told, hall, time, chosen, moved, stamps, room)
    least = cost
    _keep(best, hall, time)
    warm, cooling = heat[0], (heat[1] / heat[0]) ** (1.0 / max(1, steps))
    for _ in range(steps):
        warm *= cooling
        step = choose(told, seed, free, time, chosen)
        number = step[1] + step[2]
        if step[1] == 0 or (step[2] == 0 and step[0] == EXCHANGE):
            continue
        for index in range(number):
            one = chosen[index]
            moved[one], halls[one], times[one] = True, hall[one], time[one]
        before = of_sessions(told, hall, time, chosen, number, moved, stamps, room)
        after = -1
        if move(told, seed, hall, time, chosen, step):
            after = of_sessions(told, hall, time, chosen, number, moved, stamps, room)
        worse = after - before
        taken = after >= 0 and (
            worse <= 0 or (random(seed, 1 << 30) + 0.5) / (1 << 30) < exp(-worse / warm)
        )
        if taken:
            cost += worse
        for index in range(number):
            one = chosen[index]
            moved[one] = False
            if not taken:
                hall[one], time[one] = halls[one], times[one]
        if taken and cost < least:
            least = cost
            _keep(best, hall, time)
    return least
