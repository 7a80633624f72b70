"""The local search: what it counts is what the checker counts, and it only gets better."""

from itertools import islice

import numpy as np
from hypothesis import HealthCheck, assume, given, settings
from tests.congress.rules.timetable.problems import NINE, problems, two_days

from shulian.congress.rules.timetable import start
from shulian.congress.rules.timetable.check import check
from shulian.congress.rules.timetable.problem import Place, Problem, Session, Solution
from shulian.congress.rules.timetable.search.arrays import arrays, places, state
from shulian.congress.rules.timetable.search.kernel import anneal
from shulian.congress.rules.timetable.search.search import search

HARD = 1_000_000
_SLOW = settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])


@_SLOW
@given(problems())
def test_what_steps_change_is_what_the_checker_counts(problem: Problem) -> None:
    first = start.first(problem)
    assume(len(first) == len(problem.sessions))
    told = arrays(problem, HARD)
    hall, time = state(problem, told, first)
    best, seed = np.stack([hall, time]), np.array([7], np.uint64)

    cost = anneal(told, hall, time, best, seed, (50.0, 1.0), 500)

    report = check(problem, Solution(places(problem, told, best[0], best[1])))
    assert (report.broken, report.cost) == ((), cost)
    assert cost <= check(problem, Solution(first)).cost


def test_the_same_seed_finds_the_same() -> None:
    sessions = tuple(Session(f"s{one}", 30, theme="t", forum=f"f{one % 2}") for one in range(4))
    problem = two_days(*sessions)
    first = start.first(problem)

    one, other = (list(islice(search(problem, first, seed=3), 4)) for _ in range(2))

    assert one == other
    assert one[0] is not None
    assert one[0][0] == check(problem, Solution(one[0][1])).cost


def test_sessions_without_a_place_are_put_anywhere_first() -> None:
    problem = two_days(Session("a", 60), Session("b", 60))

    found = next(search(problem, {}, seed=1))

    assert found is not None
    assert check(problem, Solution(found[1])).broken == ()


def test_nothing_is_searched_where_a_session_has_no_place() -> None:
    assert list(search(two_days(Session("long", 1441)), {}, seed=1)) == []


def test_what_is_offered_is_where_it_begins_anew() -> None:
    problem = two_days(Session("a", 60, attendance=50), Session("b", 60))
    offered = {"a": Place("large", NINE), "b": Place("small", NINE)}
    begun = {"a": Place("small", NINE), "b": Place("large", NINE)}
    given: list[dict[str, Place]] = []

    rounds = search(problem, begun, lambda: given, seed=1)
    next(rounds)
    given.append(offered)
    costs = [found[0] for found in islice(rounds, 8) if found is not None]

    assert min(costs, default=0) == 0
