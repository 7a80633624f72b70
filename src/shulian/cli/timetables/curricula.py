"""Course timetables of ITC-2007, track 3: `.ctt`."""

from collections.abc import Iterator
from dataclasses import asdict

from shulian.cli.timetables.formats import Checked, Orders, Solved
from shulian.cli.words import say
from shulian.congress.errors import CurriculaInfeasible
from shulian.congress.rules.curricula.check import Costs
from shulian.congress.rules.curricula.check import check as count
from shulian.congress.rules.curricula.ctt import read, read_solution, write
from shulian.congress.rules.curricula.instance import Instance, Solution
from shulian.congress.rules.curricula.solve import Limits, Outcome
from shulian.congress.rules.curricula.solve import solve as search

_HARD = ("lectures", "conflicts", "availability", "occupancy")
_SOFT = ("capacity", "working_days", "compactness", "stability")


def solve(content: bytes, orders: Orders) -> Solved:
    """Solve an instance; where counting or a proof says that it cannot be, say so."""
    instance = read(content)
    begun = orders.clock()
    try:
        found = search(
            instance,
            Limits(orders.seconds, orders.workers, orders.seed),
            clock=orders.clock,
            on_progress=lambda one: orders.on_progress(one.cost, one.bound),
            stop=orders.stop,
        )
    except CurriculaInfeasible as why:
        reason = say(f"error.{why.code}", **why.params)
        seconds = orders.clock() - begun
        return Solved("impossible", seconds, rows={"reason": reason}, lines=[reason])
    if found.solution is None or found.costs is None:
        return Solved(found.status, found.seconds, bound=found.bound)
    return _solved(instance, found, found.solution, found.costs)


def check(content: bytes, solution: bytes) -> Checked:
    """Check a solution."""
    instance = read(content)
    costs = count(instance, read_solution(instance, solution))
    return Checked(list(_broken(costs)), costs.cost, _soft(costs), {"violations": _hard(costs)})


def _solved(instance: Instance, found: Outcome, solution: Solution, costs: Costs) -> Solved:
    written = write(instance, solution)
    lectures = [line.split() for line in written.splitlines()]
    head = [say(f"cli.timetable.{column}") for column in ("course", "room", "day", "period")]
    return Solved(
        found.status,
        found.seconds,
        costs.cost,
        found.bound,
        written.encode(),
        rows={
            "costs": _soft(costs),
            "lectures": [
                {"course": course, "room": room, "day": int(day), "period": int(period)}
                for course, room, day, period in lectures
            ],
        },
        table=[head, *lectures],
        lines=[
            f"{say(f'cli.timetable.cost.{name}')}: {cost}" for name, cost in _soft(costs).items()
        ],
    )


def _soft(costs: Costs) -> dict[str, float]:
    return {name: cost for name, cost in asdict(costs).items() if name in _SOFT}


def _hard(costs: Costs) -> dict[str, int]:
    return {name: number for name, number in asdict(costs).items() if name in _HARD}


def _broken(costs: Costs) -> Iterator[str]:
    """A line for each hard rule that is broken, however often it is."""
    for name, number in _hard(costs).items():
        if number:
            yield f"{say(f'cli.timetable.violations.{name}')}: {number}"
