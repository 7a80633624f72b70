"""Solving an instance: a first timetable at once, then better ones until the time is over."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from shulian.congress.rules.curricula.bounds import bound_of
from shulian.congress.rules.curricula.check import Costs, check
from shulian.congress.rules.curricula.instance import Instance, Solution
from shulian.congress.rules.curricula.start import first
from shulian.congress.rules.curricula.team import Team

_AT_LEAST = 2.0
"""[s] for a first timetable: rather late with one than in time without."""


class Status(StrEnum):
    """How a search ended."""

    OPTIMAL = "optimal"
    """Nothing costs less."""
    FEASIBLE = "feasible"
    """No hard rule is broken; something may cost less."""
    UNKNOWN = "unknown"
    """Nothing that breaks no hard rule was found in the time."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a search may take."""

    seconds: float
    workers: int = 1
    """Threads."""
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a search is."""

    seconds: float
    cost: int | None
    """Of the best so far; none: there is none yet."""
    bound: int
    """Nothing costs less than this."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a search found."""

    status: Status
    seconds: float
    bound: int
    solution: Solution | None = None
    costs: Costs | None = None
    """As the checker counts them."""


def solve(
    instance: Instance,
    limits: Limits,
    *,
    clock: Callable[[], float],
    on_progress: Callable[[Progress], None] | None = None,
    stop: Callable[[], bool] | None = None,
) -> Outcome:
    """The best solution found within `limits`; `stop` is asked all the time.

    `clock` gives seconds, from several threads. The best so far is told to `on_progress` whenever
    it changes. Raises `CurriculaInfeasible` if no timetable can hold all lectures.
    """
    begun, bound = clock(), bound_of(instance)

    def left() -> float:
        return begun + limits.seconds - clock()

    def tell(cost: int) -> None:
        if on_progress:
            on_progress(Progress(clock() - begun, cost, bound))

    found = first(instance, seconds=max(left(), _AT_LEAST), seed=limits.seed, stop=stop)
    if found is None:
        return Outcome(Status.UNKNOWN, clock() - begun, bound)
    cost = check(instance, found).cost
    tell(cost)
    if cost > bound:
        team = Team(instance, workers=limits.workers, seed=limits.seed, start=found)
        ends = begun + limits.seconds
        better = team.search(clock, ends=ends, enough=bound, on_better=tell, stop=stop)
        found = better or found
    costs = check(instance, found)
    status = Status.OPTIMAL if costs.cost <= bound else Status.FEASIBLE
    return Outcome(status, clock() - begun, bound, found, costs)
