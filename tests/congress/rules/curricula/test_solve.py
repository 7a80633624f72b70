"""Whole searches: of small instances, by a clock that the test has in its hand."""

from collections.abc import Callable
from dataclasses import replace
from itertools import count
from threading import current_thread, main_thread

import pytest
from tests.congress.rules.curricula.samples import SMALL

from shulian.congress.errors import CourseOverfull
from shulian.congress.rules.curricula.check import Costs, check
from shulian.congress.rules.curricula.instance import Course, Curriculum, Instance
from shulian.congress.rules.curricula.solve import Limits, Outcome, Progress, Status, solve


def ticking() -> Callable[[], float]:
    """A clock that goes on by a fiftieth of a second whenever a thread of a search looks.

    It stands still for the one that waits, however long that waits for compiling.
    """
    ticks, now = count(1), [0.0]

    def clock() -> float:
        if current_thread() is not main_thread():
            now[0] = next(ticks) / 50
        return now[0]

    return clock


def solved(instance: Instance, *, seconds: float = 1.0, workers: int = 1) -> Outcome:
    return solve(instance, Limits(seconds, workers, seed=1), clock=ticking())


# modelling, three times on two days, and rendering, twice on two days, are side by side each day;
# twins have to be beside rendering, and modelling is in the large room for all its 30 students;
# so is rendering with 40: five lectures in the one large room, nothing has to cost anything but
# one lecture alone, of "places", on the day on which twins are not
BEST = 2


def test_a_small_instance_is_solved_as_well_as_it_can_be() -> None:
    outcome = solved(SMALL)

    assert outcome.solution is not None
    assert outcome.costs == check(SMALL, outcome.solution) == Costs(0, 0, 0, 0, 0, 0, BEST, 0)
    assert (outcome.status, outcome.bound) == (Status.FEASIBLE, 0)


def test_two_threads_find_it_too() -> None:
    outcome = solved(SMALL, workers=2)

    assert outcome.costs == Costs(0, 0, 0, 0, 0, 0, BEST, 0)


def test_what_costs_no_more_than_the_bound_is_optimal_and_ends_the_search() -> None:
    easy = replace(SMALL, curricula=(SMALL.curricula[0], Curriculum("one", (2,))))
    outcome = solved(easy, seconds=1e9)

    assert (outcome.status, outcome.bound) == (Status.OPTIMAL, 2)
    assert outcome.costs == Costs(0, 0, 0, 0, 0, 0, 2, 0)


def test_the_best_so_far_is_told_and_only_gets_better() -> None:
    told: list[Progress] = []
    outcome = solve(SMALL, Limits(1.0, seed=1), clock=ticking(), on_progress=told.append)
    costs = [one.cost for one in told if one.cost is not None]

    assert len(costs) == len(told)
    assert costs == sorted(set(costs), reverse=True)
    assert outcome.costs is not None
    assert costs[-1] == outcome.costs.cost
    assert {one.bound for one in told} == {0}


def test_a_search_that_is_stopped_answers_with_what_it_has() -> None:
    outcome = solve(SMALL, Limits(1e9, seed=1), clock=ticking(), stop=lambda: True)

    assert outcome.status is Status.FEASIBLE
    assert outcome.costs is not None
    assert outcome.costs.violations == 0


def test_without_time_there_is_the_first_timetable() -> None:
    outcome = solved(SMALL, seconds=0.0)

    assert outcome.costs is not None
    assert outcome.costs.violations == 0


def test_nothing_to_teach_is_solved() -> None:
    nothing = replace(SMALL, courses=(), curricula=(), closed=frozenset())

    assert (solved(nothing).status, solved(nothing).solution) == (Status.OPTIMAL, ())


def test_what_cannot_be_is_refused() -> None:
    long = replace(
        SMALL, courses=(Course("long", "cy", 7, 1, 5),), curricula=(), closed=frozenset()
    )

    with pytest.raises(CourseOverfull):
        solved(long)


def test_a_fault_in_a_thread_is_raised_where_one_waits() -> None:
    def broken() -> float:
        return 0.0 if current_thread() is main_thread() else 1 / 0

    with pytest.raises(ZeroDivisionError):
        solve(SMALL, Limits(1.0), clock=broken)
