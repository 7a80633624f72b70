"""Why there is no timetable, and what is the cheapest to give up."""

from dataclasses import replace

import pytest
from tests.congress.rules.timetable.problems import LARGE, NINE, SECOND, two_days

from shulian.congress.rules.timetable.explain import Ask, Explanation, explain
from shulian.congress.rules.timetable.problem import Demand, Place, Problem, Session, Speaker
from shulian.congress.rules.timetable.run import Limits
from shulian.congress.types import Level, Rule

LIMITS = Limits(120.0, workers=1)
A, B = Session("a", 60), Session("b", 60)
PINNED = tuple(replace(one, placed=Place("large", NINE), pinned=True) for one in (A, B))


def explained(problem: Problem) -> Explanation | None:
    """Why `problem` cannot be solved, where time stands still."""
    return explain(problem, LIMITS, clock=lambda: 0.0)


def test_what_can_be_solved_needs_no_explanation() -> None:
    assert explained(two_days(A, B)) is None


@pytest.mark.parametrize(
    ("problem", "clash", "relax"),
    [
        (
            two_days(Session("a", 24 * 60 + 1), B),
            (Ask(Demand.PLACED, "a"),),
            (Ask(Demand.PLACED, "a"),),
        ),
        (
            replace(two_days(A), halls=(replace(LARGE, hours=()),)),
            (Ask(Demand.HALL_CLOSED, "large"), Ask(Demand.PLACED, "a")),
            (Ask(Demand.HALL_CLOSED, "large"),),
        ),
        (
            two_days(*PINNED),
            (
                Ask(Demand.PINNED, "a"),
                Ask(Demand.PINNED, "b"),
                Ask(Demand.PLACED, "a"),
                Ask(Demand.PLACED, "b"),
            ),
            None,
        ),
        (
            two_days(
                replace(A, speakers=("ann",)),
                replace(B, speakers=("ann",)),
                speakers=(Speaker("ann", available=(SECOND,)),),
            ),
            (
                Ask(Demand.PLACED, "a"),
                Ask(Demand.PLACED, "b"),
                Ask(Demand.SPEAKER_AWAY, "ann"),
                Ask(Demand.SPEAKER_TWICE, "ann"),
                Ask(Demand.HALL_CLOSED, "small"),
            ),
            None,
        ),
        (
            replace(two_days(replace(A, attendance=999), B), levels={Rule.TOO_SMALL: Level.BLOCK}),
            (Ask(Demand.PLACED, "a"), Ask(Demand.TOO_SMALL, "a")),
            (Ask(Demand.TOO_SMALL, "a"),),
        ),
    ],
    ids=["too long", "no hours", "pinned on each other", "away", "too small"],
)
def test_what_cannot_hold_together_is_told_and_the_cheapest_to_give_up(
    problem: Problem, clash: tuple[Ask, ...], relax: tuple[Ask, ...] | None
) -> None:
    found = explained(problem)

    assert found is not None
    assert (set(found.clash) <= set(clash), found.minimal, found.cheapest) == (True, True, True)
    assert relax is None or found.relax == relax
    assert len(found.relax) == 1
