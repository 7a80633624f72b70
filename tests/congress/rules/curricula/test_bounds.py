"""Bounds by counting."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.congress.rules.curricula.instances import instances
from tests.congress.rules.curricula.samples import SMALL
from tests.congress.rules.curricula.states import begun

from shulian.congress.rules.curricula.arrays import solution_of
from shulian.congress.rules.curricula.bounds import bound_of
from shulian.congress.rules.curricula.check import check
from shulian.congress.rules.curricula.instance import Course, Curriculum, Instance, Room
from shulian.congress.rules.curricula.moves import anneal


def test_what_need_not_cost_anything_is_bounded_by_nothing() -> None:
    assert bound_of(SMALL) == 0


def test_students_who_cannot_be_seated_are_counted() -> None:
    # of 4 lectures with 50, two are in the room with 45 and two in that with 30
    full = replace(
        SMALL,
        days=1,
        slots=2,
        courses=(Course("a", "a", 2, 1, 50), Course("b", "b", 2, 1, 50)),
        rooms=(Room("large", 45), Room("small", 30)),
        curricula=(),
        closed=frozenset(),
    )

    assert bound_of(full) == 2 * 5 + 2 * 20


def test_days_that_cannot_be_reached_are_counted() -> None:
    # the first has one lecture for three days; the teacher of the second is there on one day
    short = replace(
        SMALL,
        days=3,
        slots=1,
        courses=(Course("a", "a", 1, 3, 5), Course("b", "b", 1, 1, 5), Course("c", "c", 2, 2, 5)),
        curricula=(),
        closed=frozenset({(1, 0), (1, 1), (2, 0)}),
    )

    assert bound_of(short) == 10


def test_the_only_lecture_of_a_curriculum_is_counted() -> None:
    alone = replace(SMALL, curricula=(Curriculum("one", (2,)), Curriculum("some", (1,))))

    assert bound_of(alone) == 2


def test_days_of_one_period_isolate_every_lecture() -> None:
    days = replace(SMALL, days=6, slots=1, closed=frozenset())

    assert bound_of(days) == 2 * (5 + 3)


@given(instances(), st.integers(0, 3))
@settings(deadline=None)
def test_no_timetable_costs_less_than_the_bound(instance: Instance, seed: int) -> None:
    data, state = begun(instance, seed)
    anneal(data, state, 1.0, 500)

    assert bound_of(instance) <= check(instance, solution_of(state.best_holder)).cost
