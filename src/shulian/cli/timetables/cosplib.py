"""Conferences in the form of CoSPLib."""

from shulian.cli.timetables.formats import Checked, Orders, Solved
from shulian.cli.words import explain, say
from shulian.congress.errors import ConferenceInfeasible
from shulian.congress.rules.sessions import cosplib
from shulian.congress.rules.sessions.check import Fault, Verdict
from shulian.congress.rules.sessions.check import check as check_solution
from shulian.congress.rules.sessions.instance import Instance, Solution
from shulian.congress.rules.sessions.solving import Outcome
from shulian.congress.rules.sessions.solving import solve as solve_instance


def solve(content: bytes, orders: Orders) -> Solved:
    """Solve a conference."""
    start = orders.clock()
    instance = cosplib.read(content)
    try:
        found = solve_instance(
            instance,
            clock=orders.clock,
            deadline=start + orders.seconds,
            seed=orders.seed,
            workers=orders.workers,
            on_progress=lambda one: orders.on_progress(one.objective, one.bound),
            stop=orders.stop,
        )
    except ConferenceInfeasible as refused:
        rows = dict(refused.params)
        return Solved("impossible", orders.clock() - start, rows=rows, lines=[explain(refused)])
    if found.solution is None:
        return Solved("unknown", orders.clock() - start, bound=found.bound)
    return _solved(instance, found, found.solution, orders.clock() - start)


def check(content: bytes, solution: bytes) -> Checked:
    """Check a solution."""
    instance = cosplib.read(content)
    verdict = check_solution(instance, cosplib.read_solution(solution, instance))
    return Checked(
        [_words(one) for one in verdict.faults],
        verdict.objective,
        _costs(verdict),
        {"faults": [_row(one) for one in verdict.faults]},
    )


def _solved(instance: Instance, found: Outcome, solution: Solution, seconds: float) -> Solved:
    verdict = check_solution(instance, solution)
    return Solved(
        "optimal" if found.optimal else "feasible",
        seconds,
        verdict.objective,
        found.bound,
        cosplib.write(instance, solution, verdict),
        rows={"costs": _costs(verdict), "places": _places(instance, solution)},
        table=_table(instance, solution),
        lines=[f"{say(f'cli.timetable.cost.{one.name}')}: {one.cost}" for one in verdict.parts],
    )


def _costs(verdict: Verdict) -> dict[str, float]:
    return {one.name: one.cost for one in verdict.parts}


def _places(instance: Instance, solution: Solution) -> list[dict[str, object]]:
    """Where and when each submission is; time slots of a session count from 1."""
    found: list[dict[str, object]] = []
    for i, one in enumerate(instance.submissions):
        s, r, k = (int(axis[0]) for axis in (solution.submissions == i).nonzero())
        found.append(
            {
                "submission": one.name,
                "track": instance.tracks[one.track].name,
                "session": instance.sessions[s].name,
                "room": instance.rooms[r],
                "slot": k + 1,
                "slots": one.slots,
            }
        )
    return found


def _table(instance: Instance, solution: Solution) -> list[list[str]]:
    """The track of each room in each session."""
    return [
        [say("cli.timetable.session"), *instance.rooms],
        *(
            [session.name, *(instance.tracks[t].name if t >= 0 else "" for t in map(int, held))]
            for session, held in zip(instance.sessions, solution.tracks, strict=True)
        ),
    ]


def _words(fault: Fault) -> str:
    return say(
        f"cli.timetable.fault.{fault.kind}",
        name=fault.name,
        session=fault.session,
        room=fault.room,
        needed=fault.needed,
        there=fault.there,
    )


def _row(fault: Fault) -> dict[str, object]:
    return {
        "fault": str(fault.kind),
        "name": fault.name,
        "session": fault.session,
        "room": fault.room,
        "needed": fault.needed,
        "there": fault.there,
    }
