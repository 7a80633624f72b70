"""What the engine finds, beside what trying everything finds."""

from collections.abc import Callable
from dataclasses import replace
from threading import active_count
from time import monotonic

import pytest
from hypothesis import HealthCheck, given, settings
from tests.congress.rules.timetable.problems import (
    LARGE,
    NINE,
    SECOND,
    SMALL,
    cheapest,
    problems,
    two_days,
)

from shulian.congress.rules.timetable import start
from shulian.congress.rules.timetable.bounds import certain, parts
from shulian.congress.rules.timetable.check import check
from shulian.congress.rules.timetable.problem import (
    DAY,
    Hall,
    Place,
    Problem,
    Session,
    Solution,
    Speaker,
    Stretch,
)
from shulian.congress.rules.timetable.run import Limits, run
from shulian.congress.rules.timetable.solve import Outcome, Progress, Status, solve

PLENTY = Limits(120.0, workers=1)
_SLOW = settings(deadline=None, max_examples=20, suppress_health_check=[HealthCheck.too_slow])


def solved(
    problem: Problem,
    limits: Limits = PLENTY,
    tell: Callable[[Progress], None] | None = None,
    stop: Callable[[], bool] | None = None,
) -> Outcome:
    """What is found of `problem` where time stands still."""
    return solve(problem, limits, clock=lambda: 0.0, on_progress=tell, stop=stop)


@_SLOW
@given(problems())
def test_the_engine_finds_the_best_and_proves_it(problem: Problem) -> None:
    found = solved(problem)

    best = cheapest(problem)
    expected = Status.IMPOSSIBLE if best is None else Status.OPTIMAL
    assert (found.status, found.cost) == (expected, best)
    if found.solution is not None:
        report = check(problem, found.solution)
        assert (report.broken, report.cost, found.bound) == ((), best, best)


@_SLOW
@given(problems())
def test_the_parts_cost_no_more_than_the_whole(problem: Problem) -> None:
    best = cheapest(problem)
    bound = certain(problem)
    for part in parts(problem):
        _, solver = run(part().cp, PLENTY)
        bound += round(solver.best_objective_bound)

    assert best is None or bound <= best


def test_the_parts_see_a_forum_that_is_pinned_in_two_halls() -> None:
    first = Session("a", 60, forum="f", pinned=True, placed=Place("large", NINE))
    last = Session("b", 60, forum="f", pinned=True, placed=Place("small", NINE + 60))
    problem = two_days(first, last)

    told = [run(part().cp, PLENTY)[1].best_objective_bound for part in parts(problem)]

    assert sum(map(round, told)) == cheapest(problem) == problem.weights.halls


@given(problems())
def test_what_is_placed_at_first_breaks_no_hard_rule(problem: Problem) -> None:
    report = check(problem, Solution(start.first(problem)))

    assert {one.demand for one in report.broken} <= {"placed"}


def congress(forums: int, *, present: bool = False) -> Problem:
    """Forums of three sessions of two themes in three halls on two days."""
    days = (Stretch(NINE, NINE + 480), Stretch(DAY + NINE, DAY + NINE + 480))
    halls = tuple(Hall(f"h{one}", 100 * (one + 1), days) for one in range(3))
    sessions = tuple(
        Session(
            f"f{forum}-{one}",
            45,
            forum=f"f{forum}",
            theme=f"t{forum % 2}",
            attendance=50 + 40 * (forum % 6),
            speakers=(f"p{forum}", f"p{forum}-{one}"),
            organizers=(f"o{forum % 4}",),
            placed=Place(f"h{forum % 3}", days[forum % 2].start + 60 * one) if present else None,
        )
        for forum in range(forums)
        for one in range(3)
    )
    names = sorted({name for one in sessions for name in one.speakers})
    return Problem(
        halls,
        sessions,
        tuple(Speaker(name) for name in names),
        days=(Stretch(0, DAY), Stretch(DAY, 2 * DAY)),
        buffer=15,
        walks={("h0", "h1"): 10, ("h0", "h2"): 20},
    )


@pytest.mark.parametrize("workers", [1, 2])
def test_a_congress_is_solved_as_well_as_time_allows(workers: int) -> None:
    problem = congress(9)

    found = solve(problem, Limits(4.0, workers), clock=monotonic)

    assert found.solution is not None
    assert found.cost is not None
    report = check(problem, found.solution)
    assert (report.broken, report.cost, found.bound <= report.cost) == ((), found.cost, True)
    assert found.cost <= check(problem, Solution(start.first(problem))).cost


def test_with_one_worker_the_same_seed_finds_the_same() -> None:
    first, second = (solved(congress(3), Limits(120.0, 1, 7)) for _ in range(2))

    assert first == second


def test_progress_tells_of_ever_better_timetables_and_bounds() -> None:
    told: list[Progress] = []

    found = solved(congress(3), tell=told.append)

    costs = [one.cost for one in told if one.cost is not None]
    bounds = [one.bound for one in told]
    assert (costs, bounds) == (sorted(costs, reverse=True), sorted(bounds))
    assert (costs[-1], bounds[-1]) == (found.cost, found.bound)
    assert told[-1].places == (found.solution and found.solution.places)


@pytest.mark.parametrize("workers", [1, 2])
def test_who_stops_a_search_gets_the_best_so_far(workers: int) -> None:
    problem = congress(9)

    found = solved(problem, Limits(120.0, workers), stop=lambda: True)

    assert found.solution is not None
    assert check(problem, found.solution).broken == ()


def test_a_search_that_is_killed_leaves_nothing_running() -> None:
    class Killed(BaseException):
        pass

    def kill() -> bool:
        raise Killed

    before = active_count()
    with pytest.raises(Killed):
        solved(congress(8), Limits(120.0, 1), stop=kill)

    assert active_count() == before


def test_a_speaker_who_drops_out_moves_their_session_alone() -> None:
    first = solved(congress(3, present=True))
    assert first.solution is not None
    problem = congress(3)
    now = tuple(replace(one, placed=first.solution.places[one.id]) for one in problem.sessions)
    away = "p0-1"
    free = Stretch(DAY, 2 * DAY) if first.solution.places["f0-1"].start < DAY else Stretch(0, DAY)
    speakers = tuple(
        replace(one, available=(free,)) if one.id == away else one for one in problem.speakers
    )

    found = solved(replace(problem, sessions=now, speakers=speakers))

    assert found.solution is not None
    moved = [one.id for one in now if found.solution.places[one.id] != one.placed]
    assert moved == ["f0-1"]


@pytest.mark.parametrize(
    "problem",
    [
        two_days(Session("long", 24 * 60 + 1)),
        replace(two_days(Session("a", 60)), halls=()),
        replace(two_days(Session("a", 60)), halls=(replace(LARGE, hours=()),)),
        two_days(*(Session(f"s{one}", 60) for one in range(8))),
    ],
    ids=["longer than a day", "no halls", "a hall without hours", "too much"],
)
def test_what_cannot_be_is_impossible(problem: Problem) -> None:
    assert solved(problem) == Outcome(Status.IMPOSSIBLE, 0.0, 0)


def test_nothing_to_place_is_solved() -> None:
    assert solved(two_days()) == Outcome(Status.OPTIMAL, 0.0, 0, Solution({}), 0)


def test_a_speaker_who_is_everywhere_is_put_one_after_the_other() -> None:
    sessions = tuple(Session(f"s{one}", 60, speakers=("ann",)) for one in range(4))
    problem = two_days(*sessions, speakers=(Speaker("ann"),))

    found = solved(problem)

    assert found.solution is not None
    assert sorted(one.start for one in found.solution.places.values()) == [
        NINE,
        NINE + 60,
        NINE + 120,
        SECOND.start,
    ]
    assert SMALL.id not in {
        one.hall for one in found.solution.places.values() if one.start == SECOND.start
    }
