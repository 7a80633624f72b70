"""Timetables of our own format."""

from collections.abc import Iterable
from dataclasses import replace

from shulian.cli.timetables.formats import Checked, Orders, Solved
from shulian.cli.words import say
from shulian.congress.rules.timetable import files
from shulian.congress.rules.timetable.check import check as check_solution
from shulian.congress.rules.timetable.explain import Ask, Explanation, explain
from shulian.congress.rules.timetable.problem import Fault, Problem, Solution
from shulian.congress.rules.timetable.run import Limits
from shulian.congress.rules.timetable.solve import Outcome, Status
from shulian.congress.rules.timetable.solve import solve as solve_problem

_EXPLAINING = 20.0
"""[s] that may go into saying why there is no solution."""


def solve(content: bytes, orders: Orders) -> Solved:
    """Solve a problem; where that is not possible, say why."""
    problem = files.read(content)
    limits = Limits(orders.seconds, orders.workers, orders.seed)
    found = solve_problem(
        problem,
        limits,
        clock=orders.clock,
        on_progress=lambda one: orders.on_progress(one.cost, one.bound),
        stop=orders.stop,
    )
    if found.solution is not None:
        return _solved(problem, found)
    if found.status is not Status.IMPOSSIBLE:
        return Solved(found.status, found.seconds, bound=found.bound)
    explained = explain(
        problem, replace(limits, seconds=_EXPLAINING), clock=orders.clock, stop=orders.stop
    )
    if explained is None:
        return Solved(found.status, found.seconds)
    return Solved(
        found.status,
        found.seconds,
        rows={
            "clash": _rows(explained.clash),
            "minimal": explained.minimal,
            "relax": _rows(explained.relax),
            "cheapest": explained.cheapest,
        },
        lines=_reasons(problem, explained),
    )


def check(content: bytes, solution: bytes) -> Checked:
    """Check a solution."""
    problem = files.read(content)
    report = check_solution(problem, files.read_solution(solution, problem))
    return Checked(
        [_words(problem, one) for one in report.broken],
        report.cost,
        {str(demand): cost for demand, cost in report.costs.items()},
        {"faults": [_row(one) for one in report.faults]},
    )


def _solved(problem: Problem, found: Outcome) -> Solved:
    solution = found.solution or Solution({})
    report = check_solution(problem, solution)
    return Solved(
        found.status,
        found.seconds,
        found.cost,
        found.bound,
        files.write_solution(solution, cost=found.cost, bound=found.bound),
        rows={
            "costs": {str(demand): cost for demand, cost in report.costs.items()},
            "places": [
                {"session": session, "hall": place.hall, "start": place.start}
                for session, place in solution.places.items()
            ],
        },
        table=_table(problem, solution),
        lines=[
            f"{say(f'cli.timetable.cost.{name}')}: {cost}" for name, cost in report.costs.items()
        ],
    )


def _table(problem: Problem, solution: Solution) -> list[list[str]]:
    """The sessions by start and hall."""
    halls = {hall.id: hall.name or hall.id for hall in problem.halls}
    placed = sorted(
        (solution.places[one.id].start, halls[solution.places[one.id].hall], one)
        for one in problem.sessions
    )
    head = [say(f"cli.timetable.{column}") for column in ("start", "end", "hall", "session")]
    return [
        head,
        *(
            [_time(problem, start), _time(problem, start + one.minutes), hall, one.title or one.id]
            for start, hall, one in placed
        ),
    ]


def _time(problem: Problem, minute: int) -> str:
    """The number of the day and the time of day."""
    number, midnight = max(
        (number, day.start) for number, day in enumerate(problem.days, 1) if day.start <= minute
    )
    hours, minutes = divmod(minute - midnight, 60)
    return f"{number} · {hours:02}:{minutes:02}"


def _reasons(problem: Problem, explained: Explanation) -> list[str]:
    """Why there is no solution, and what to give up, a line each."""
    lines = [say("cli.timetable.clash")]
    lines += [f"  {_asked(problem, one)}" for one in explained.clash]
    if explained.relax:
        lines.append(say("cli.timetable.relax"))
        lines += [f"  {_given_up(problem, one)}" for one in explained.relax]
    return lines


def _asked(problem: Problem, one: Ask) -> str:
    return say(f"cli.timetable.demand.{one.demand}", about=_name(problem, one.about))


def _given_up(problem: Problem, one: Ask) -> str:
    return say(f"cli.timetable.without.{one.demand}", about=_name(problem, one.about))


def _words(problem: Problem, fault: Fault) -> str:
    """A hard rule that is broken, in words."""
    sessions = ", ".join(_name(problem, one) for one in fault.sessions)
    about = _name(problem, fault.about) or sessions
    return f"{sessions}: {say(f'cli.timetable.demand.{fault.demand}', about=about)}"


def _name(problem: Problem, about: str) -> str:
    """What people call a session, a hall or a speaker; other names are their own."""
    for one in problem.sessions:
        if one.id == about:
            return one.title or one.id
    for one in (*problem.halls, *problem.speakers):
        if one.id == about:
            return one.name or one.id
    return about


def _rows(asks: Iterable[Ask]) -> list[dict[str, str]]:
    return [{"demand": str(one.demand), "about": one.about} for one in asks]


def _row(fault: Fault) -> dict[str, object]:
    return {
        "demand": str(fault.demand),
        "sessions": list(fault.sessions),
        "about": fault.about,
        "amount": fault.amount,
        "cost": fault.cost,
        "hard": fault.hard,
    }
