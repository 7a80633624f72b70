"""A first timetable, or why there is none."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from tests.congress.rules.curricula.instances import instances
from tests.congress.rules.curricula.samples import SMALL

from shulian.congress.errors import (
    CourseOverfull,
    CurriculaInfeasible,
    CurriculumOverfull,
    RoomsOverfull,
    TeacherOverfull,
)
from shulian.congress.rules.curricula.check import check
from shulian.congress.rules.curricula.instance import Course, Curriculum, Instance, Room
from shulian.congress.rules.curricula.start import first, refuse
from shulian.kit.errors import Failure

TWO, THREE = Course("two", "cy", 2, 1, 5), Course("three", "di", 3, 1, 5)

OVERFULL = [
    (
        replace(SMALL, courses=(Course("long", "cy", 7, 1, 5),), curricula=(), closed=frozenset()),
        CourseOverfull(name="long", needed=7, there=6),
    ),
    (
        replace(SMALL, closed=frozenset((1, period) for period in range(5))),
        CourseOverfull(name="rendering", needed=2, there=1),
    ),
    (
        replace(
            SMALL,
            courses=(Course("one", "cy", 4, 1, 5), Course("two", "cy", 3, 1, 5)),
            curricula=(),
            closed=frozenset(),
        ),
        TeacherOverfull(name="cy", needed=7, there=6),
    ),
    (
        replace(SMALL, slots=1, courses=(TWO, TWO), curricula=(), closed=frozenset()),
        TeacherOverfull(name="cy", needed=4, there=2),
    ),
    (
        replace(
            SMALL,
            slots=2,
            courses=(TWO, THREE),
            curricula=(Curriculum("both", (0, 1)),),
            closed=frozenset(),
        ),
        CurriculumOverfull(name="both", needed=5, there=4),
    ),
    (replace(SMALL, rooms=()), RoomsOverfull(needed=6, there=0)),
    (
        replace(SMALL, slots=2, rooms=SMALL.rooms[:1], curricula=(), closed=frozenset()),
        RoomsOverfull(needed=6, there=4),
    ),
]


@pytest.mark.parametrize(("instance", "error"), OVERFULL, ids=range(len(OVERFULL)))
def test_too_many_lectures_are_named(instance: Instance, error: Failure) -> None:
    with pytest.raises(type(error)) as raised:
        first(instance, seconds=10)

    assert raised.value.params == error.params


def test_what_counting_does_not_show_is_proved() -> None:
    # three courses that cannot meet, each with one lecture in two periods: two at a time at least
    crowded = replace(
        SMALL,
        slots=1,
        courses=tuple(Course(name, name, 1, 1, 5) for name in "abc"),
        curricula=tuple(Curriculum(str(pair), pair) for pair in ((0, 1), (1, 2), (0, 2))),
        closed=frozenset(),
    )
    refuse(crowded)

    with pytest.raises(CurriculaInfeasible):
        first(crowded, seconds=10)


def test_the_largest_lecture_has_the_largest_room() -> None:
    both = replace(
        SMALL,
        days=1,
        slots=1,
        courses=(Course("few", "cy", 1, 1, 20), Course("many", "di", 1, 1, 40)),
        rooms=(Room("small", 20), Room("large", 40), Room("middle", 30)),
        curricula=(),
        closed=frozenset(),
    )
    found = first(both, seconds=10)

    assert found is not None
    assert [(one.course, one.room) for one in found] == [(0, 2), (1, 1)]


def test_an_instance_without_lectures_has_an_empty_timetable() -> None:
    empty = replace(SMALL, courses=(), rooms=(), curricula=(), closed=frozenset())

    assert first(empty, seconds=10) == ()


@given(instances())
@settings(deadline=None)
def test_what_is_found_breaks_no_hard_rule(instance: Instance) -> None:
    try:
        found = first(instance, seconds=10)
    except CurriculaInfeasible:
        return  # that it is so is proved: other tests ask for the proof

    assert found is not None
    assert check(instance, found).violations == 0


@given(instances())
@settings(deadline=None)
def test_what_is_too_large_for_a_model_breaks_no_hard_rule_either(instance: Instance) -> None:
    found = first(instance, seconds=10, largest=0)

    assert found is None or check(instance, found).violations == 0


def test_what_is_too_large_for_a_model_begins_with_those_that_have_the_least_choice() -> None:
    # twins could be in any period but the only one in which rendering can
    tight = replace(SMALL, closed=frozenset((1, period) for period in range(4)))

    assert first(tight, seconds=10, largest=0) is not None
