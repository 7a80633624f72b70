"""The bound of blocks: nothing costs less, whatever the rules; and it sees what parts do not."""

from hypothesis import HealthCheck, given, settings
from tests.congress.rules.timetable.problems import LARGE, NINE, cheapest, problems, two_days

from shulian.congress.rules.timetable.blocks.bound import price, proven
from shulian.congress.rules.timetable.problem import Problem, Session, Speaker, Stretch
from shulian.congress.rules.timetable.run import Limits

_SLOW = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
PLENTY = Limits(120.0)


@_SLOW
@given(problems())
def test_no_timetable_costs_less_than_its_blocks(problem: Problem) -> None:
    told = price(problem, None)

    best = cheapest(problem)
    assert told is None or best is None or told.bound <= best


@_SLOW
@given(problems())
def test_what_is_proven_of_a_best_timetable_is_no_more_than_it_costs(problem: Problem) -> None:
    best = cheapest(problem)
    told = price(problem, best)
    bounds: list[float] = []
    if told is not None and best is not None:
        proven(told, PLENTY, best, lambda: False, bounds.append)

    assert best is None or max(bounds, default=0) <= best


def test_a_morning_has_room_for_some_only() -> None:
    morning = (Stretch(NINE, NINE + 60),)
    problem = two_days(
        *(Session(f"s{one}", 60, attendance=50, speakers=(f"p{one}",)) for one in range(3)),
        speakers=tuple(Speaker(f"p{one}", wished=morning) for one in range(3)),
    )

    told = price(problem, None)

    wishes = 2 * problem.weights.wish
    seats = 50 - 10
    assert told is not None
    assert (told.bound, LARGE.capacity) == (min(wishes, wishes - problem.weights.wish + seats), 100)
