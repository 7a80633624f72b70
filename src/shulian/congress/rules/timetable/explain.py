"""Why a problem cannot be solved: demands that cannot hold together, and the cheapest to give up.

Each hard demand stands under a literal. A core that CP-SAT proves is thinned out by leaving out
one demand after the other as long as the rest still cannot be (a deletion filter: J. W. Chinneck,
Feasibility and Infeasibility in Optimization, 2008). What is cheapest to give up is a weighted
MaxSAT: of all sets of demands whose loss lets everything else hold, the cheapest.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import NamedTuple

from ortools.sat.python.cp_model import (
    FEASIBLE,
    INFEASIBLE,
    OPTIMAL,
    BoolVarT,
    CpModel,
    LinearExpr,
)

from shulian.congress.rules.timetable.model.build import build
from shulian.congress.rules.timetable.model.variables import Variables
from shulian.congress.rules.timetable.problem import Demand, Problem
from shulian.congress.rules.timetable.run import Limits, run

_PRICES = {
    Demand.PLACED: 100,
    Demand.OUTSIDE: 60,
    Demand.SPEAKER_TWICE: 40,
    Demand.HALL_TAKEN: 40,
    Demand.SPEAKER_AWAY: 20,
    Demand.WITHIN: 15,
    Demand.ELSEWHERE: 12,
    Demand.NOT_ALONE: 12,
    Demand.HALL_CLOSED: 10,
    Demand.PINNED: 8,
    Demand.TOO_SMALL: 5,
}
"""How dear it is to give up one: people who cannot come cost more than doors that open longer."""
_USUAL = 3


class Ask(NamedTuple):
    """A demand about something: a session, a hall, a speaker, a theme, an organizer."""

    demand: Demand
    about: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a problem cannot be solved."""

    clash: tuple[Ask, ...]
    """They cannot hold together; without any one of them the others can, if `minimal`."""
    minimal: bool
    """Whether there was time to leave out all that can be left out."""
    relax: tuple[Ask, ...]
    """Without these everything else holds; none: there was no time to find any."""
    cheapest: bool
    """Whether no others are cheaper to give up."""


class _Asked:
    """A problem of which each hard demand stands under a literal."""

    def __init__(self, problem: Problem) -> None:
        self.literals: dict[Ask, BoolVarT] = {}
        self.model: Variables = build(problem, self._grant)

    def _grant(self, cp: CpModel, demand: Demand, about: str) -> BoolVarT:
        literal = cp.new_bool_var(f"{demand} {about}")
        self.literals[Ask(demand, about)] = literal
        return literal


def explain(
    problem: Problem,
    limits: Limits,
    *,
    clock: Callable[[], float],
    stop: Callable[[], bool] | None = None,
) -> Explanation | None:
    """Why `problem` cannot be solved; none: it can, or that was not found out within `limits`.

    Half of the time goes to what clashes, the rest to what is cheapest to give up.
    """
    end = clock() + limits.seconds

    def left(share: float = 1.0) -> Limits:
        return Limits(max(0.1, (end - clock()) * share), limits.workers, limits.seed)

    asked = _Asked(problem)
    core = _core(asked, list(asked.literals), left(0.3), stop)
    if core is None:
        return None
    half = clock() + left(0.5).seconds
    kept, number = list(core), 0
    while number < len(kept) and clock() < half and not (stop is not None and stop()):
        without = kept[:number] + kept[number + 1 :]
        found = _core(_Asked(problem), without, left(0.1), stop)
        if found is None:
            number += 1
        else:  # what was found necessary before still is: a core of less holds no more
            kept = [one for one in without if one in found]
    relax, cheapest = _cheapest(_Asked(problem), left(), stop)
    return Explanation(tuple(sorted(kept)), number >= len(kept), relax, cheapest)


def _core(
    asked: _Asked, asks: Collection[Ask], limits: Limits, stop: Callable[[], bool] | None
) -> set[Ask] | None:
    """Demands among `asks` that cannot hold together; none: they can, or nobody knows."""
    cp = asked.model.cp
    by_index = {asked.literals[one].index: one for one in asks}
    cp.add_assumptions([asked.literals[one] for one in asks])
    # one worker: others may prove it without saying from what
    status, solver = run(cp, Limits(limits.seconds, 1, limits.seed), stop=stop)
    if status != INFEASIBLE:
        return None
    return {by_index[index] for index in solver.sufficient_assumptions_for_infeasibility()}


def _cheapest(
    asked: _Asked, limits: Limits, stop: Callable[[], bool] | None
) -> tuple[tuple[Ask, ...], bool]:
    """The cheapest demands to give up so that all others hold; whether none are cheaper."""
    cp = asked.model.cp
    cp.minimize(
        LinearExpr.sum(
            [_PRICES.get(ask.demand, _USUAL) * ~one for ask, one in asked.literals.items()]
        )
    )
    status, solver = run(cp, limits, stop=stop)
    if status not in {OPTIMAL, FEASIBLE}:
        return (), False
    given_up = [ask for ask, one in asked.literals.items() if not solver.value(one)]
    return tuple(sorted(given_up)), status == OPTIMAL
