"""How good a timetable can be, from its blocks; and where to begin to find one as good."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from ortools.sat.python.cp_model import FEASIBLE, INFEASIBLE, OPTIMAL, CpSolver, IntVar

from shulian.congress.rules.timetable.blocks.choices import choices
from shulian.congress.rules.timetable.blocks.model import Model, build
from shulian.congress.rules.timetable.blocks.own import Costs
from shulian.congress.rules.timetable.blocks.placing import Piece, places
from shulian.congress.rules.timetable.blocks.pricing import Prices, kept, priced
from shulian.congress.rules.timetable.problem import Place, Problem
from shulian.congress.rules.timetable.run import Limits, run

MOST = 400
"""What choices may cost beyond the cheapest; what costs more is known to cost more."""
NEAR = 30
"""What choices may add where one looks for a timetable."""
ROUNDING = 0.01
"""Prices are broken numbers: the error of their sums is far below this."""


@dataclass(frozen=True, slots=True)
class Priced:
    """A model, its prices, and the cost that nothing is said beyond."""

    model: Model
    prices: Prices
    costs: Costs
    ceiling: int

    @property
    def bound(self) -> int:
        """What every timetable costs at least."""
        return max(0, min(self.ceiling, ceil(self.prices.bound - ROUNDING)))


def price(problem: Problem, cost: int | None) -> Priced | None:
    """Prices for what is scarce in a problem; `cost` is that of the best timetable so far.

    None: blocks say nothing of it.
    """
    if not problem.sessions or not problem.halls:
        return None
    costs = Costs(problem)
    told = choices(problem, costs, spare=MOST)
    if told is None:
        return None
    least = sum(one.least for one in told)
    if cost is not None and cost - least < MOST:
        told = choices(problem, costs, spare=max(0, cost - least)) or told
    spare = MOST if cost is None else min(MOST, max(0, cost - least))
    model = build(problem, told)
    prices = priced(model)
    return None if prices is None else Priced(model, prices, costs, least + spare + 1)


def good(
    told: Priced, limits: Limits, cost: int | None, stop: Callable[[], bool]
) -> Mapping[str, Place] | None:
    """Places for a good choice of windows, as one can have them; none: none was found."""
    model = told.model
    left = kept(model, told.prices, NEAR if cost is None else min(NEAR, cost - told.bound))
    for number, apart in model.apart.items():
        if any(left[variable] for variable, _ in model.windows[number]):
            left[[apart, *(one for its in model.pieces[number] for one, _ in its)]] = False
    program, variables = model.model(left)
    status, solver = run(program, limits, stop=stop)
    if status not in {OPTIMAL, FEASIBLE}:
        return None
    return places(model.problem, told.costs, list(_chosen(model, variables, solver)), limits)


def proven(
    told: Priced,
    limits: Limits,
    cost: int,
    stop: Callable[[], bool],
    on_bound: Callable[[float], None],
) -> None:
    """Raise the bound until a timetable of `cost` is known to be the best, or it is enough."""
    most = cost - told.bound
    program, _ = told.model.model(kept(told.model, told.prices, most))
    ceiling = min(told.ceiling, cost)
    status, solver = run(
        program, limits, on_bound=lambda bound: on_bound(min(bound, ceiling)), stop=stop
    )
    if status == INFEASIBLE:
        on_bound(ceiling)
    elif status in {OPTIMAL, FEASIBLE}:
        on_bound(min(solver.best_objective_bound, ceiling))


def _chosen(model: Model, variables: Sequence[IntVar | None], solver: CpSolver) -> Iterator[Piece]:
    """The windows that are chosen."""
    for number, told in enumerate(model.told):
        alone = [
            (its, (one,))
            for its, one in zip(model.pieces[number], told.block.sessions, strict=False)
        ]
        for its, sessions in ((model.windows[number], told.block.sessions), *alone):
            for variable, window in its:
                at = variables[variable]
                if at is not None and solver.value(at):
                    yield sessions, window
