"""What the checker finds wrong with a timetable, fault by fault, and what it costs."""

from dataclasses import replace

import pytest
from tests.congress.rules.timetable.problems import LARGE, MORNING, NINE, SECOND, SMALL, two_days

from shulian.congress.rules.timetable.check import check
from shulian.congress.rules.timetable.problem import (
    DAY,
    Demand,
    Fault,
    Place,
    Problem,
    Session,
    Solution,
    Speaker,
    Stretch,
)
from shulian.congress.types import Level, Rule

ANN = Speaker("ann")
IN_LARGE, IN_SMALL = Place("large", NINE), Place("small", NINE)
LATER = Place("large", NINE + 60)
A, B = Session("a", 60), Session("b", 60)


def faults(problem: Problem, **places: Place) -> list[Fault]:
    """What is wrong where sessions are in `places`."""
    return list(check(problem, Solution(places)).faults)


def test_a_timetable_may_have_nothing_wrong() -> None:
    assert faults(two_days(A, B), a=IN_LARGE, b=LATER) == []


def test_a_session_without_a_place_a_hall_or_a_name_is_told() -> None:
    assert faults(two_days(A, B), b=Place("cellar", NINE), c=IN_LARGE) == [
        Fault(Demand.PLACED, ("a",), hard=True),
        Fault(Demand.PLACED, ("b",), hard=True),
        Fault(Demand.PLACED, ("c",), hard=True),
    ]


@pytest.mark.parametrize(
    ("session", "place", "fault"),
    [
        (replace(A, placed=LATER), IN_LARGE, Fault(Demand.MOVE, ("a",), cost=300)),
        (replace(A, placed=LATER, pinned=True), IN_LARGE, Fault(Demand.PINNED, ("a",), hard=True)),
        (replace(A, halls=("small",)), LATER, Fault(Demand.ELSEWHERE, ("a",), "large", hard=True)),
        (replace(A, within=(SECOND,)), IN_LARGE, Fault(Demand.WITHIN, ("a",), hard=True)),
        (A, Place("large", NINE + 30), Fault(Demand.OFF_GRID, ("a",), hard=True)),
        (
            replace(A, attendance=13),
            IN_SMALL,
            Fault(Demand.TOO_SMALL, ("a",), "small", amount=3, cost=3),
        ),
        (A, Place("small", SECOND.start), Fault(Demand.HALL_CLOSED, ("a",), "small", hard=True)),
    ],
)
def test_what_a_session_does_not_meet_by_itself(
    session: Session, place: Place, fault: Fault
) -> None:
    assert faults(two_days(session), a=place) == [fault]


def test_a_session_that_is_placed_off_the_grid_may_stay_there() -> None:
    session = replace(A, placed=Place("large", NINE + 7))

    assert faults(two_days(session), a=Place("large", NINE + 7)) == []


def test_a_session_beyond_its_day_is_outside_and_in_a_closed_hall() -> None:
    assert faults(two_days(A), a=Place("large", DAY - 30)) == [
        Fault(Demand.OFF_GRID, ("a",), hard=True),
        Fault(Demand.OUTSIDE, ("a",), hard=True),
        Fault(Demand.HALL_CLOSED, ("a",), "large", hard=True),
    ]


def test_a_hall_that_something_else_holds_is_taken() -> None:
    problem = replace(two_days(A), halls=(replace(LARGE, taken=(Stretch(NINE + 59, 700),)),))

    assert faults(problem, a=IN_LARGE) == [Fault(Demand.HALL_TAKEN, ("a",), "large", hard=True)]


def test_two_sessions_in_a_hall_at_a_time_are_one_too_many() -> None:
    assert faults(two_days(A, replace(B, minutes=120)), a=LATER, b=IN_LARGE) == [
        Fault(Demand.HALL_TAKEN, ("b", "a"), "large", hard=True)
    ]


@pytest.mark.parametrize(("rests", "cost"), [(True, 0), (False, 30)])
def test_a_hall_should_rest_between_two_sessions(*, rests: bool, cost: int) -> None:
    problem = replace(two_days(A, B), buffer=15, rests=rests)

    assert faults(problem, a=IN_LARGE, b=LATER) == [
        Fault(Demand.BUFFER, ("a", "b"), "large", cost=cost, hard=rests)
    ]


def test_speakers_are_there_when_they_can_and_rather_when_they_wish() -> None:
    speaker = Speaker("ann", available=(SECOND,), wished=(SECOND,))
    problem = two_days(replace(A, speakers=("ann",)), speakers=(speaker,))

    assert faults(problem, a=IN_LARGE) == [
        Fault(Demand.SPEAKER_AWAY, ("a",), "ann", hard=True),
        Fault(Demand.WISH, ("a",), "ann", cost=15),
    ]


def test_a_speaker_is_at_one_place_at_a_time() -> None:
    both = (replace(A, speakers=("ann",)), replace(B, speakers=("ann",)))

    assert faults(two_days(*both, speakers=(ANN,)), a=IN_LARGE, b=IN_SMALL) == [
        Fault(Demand.SPEAKER_TWICE, ("a", "b"), "ann", hard=True)
    ]


def test_a_visitor_of_a_theme_misses_as_little_as_can_be() -> None:
    long = Session("long", 150, theme="t")
    short = tuple(Session(one, 60, theme="t") for one in "abc")
    places = {one: Place("small", NINE + 60 * number) for number, one in enumerate("abc")}

    assert faults(two_days(long, *short), long=IN_LARGE, **places) == [
        Fault(Demand.THEME_CLASH, ("long",), "t", amount=150, cost=150)
    ]


def test_a_theme_may_have_to_be_apart() -> None:
    both = (replace(A, theme="t"), replace(B, theme="t"))
    problem = replace(two_days(*both), levels={Rule.THEME_CLASH: Level.BLOCK})

    assert faults(problem, a=IN_LARGE, b=IN_SMALL) == [
        Fault(Demand.THEME_CLASH, ("a", "b"), "t", hard=True)
    ]


@pytest.mark.parametrize(("forum", "found"), [("f", 1), ("g", 0)])
def test_an_organizer_who_must_not_be_at_two_forums_may_be_at_two_sessions_of_one(
    forum: str, found: int
) -> None:
    both = (
        replace(A, forum="g", organizers=("org",)),
        replace(B, forum=forum, organizers=("org",)),
    )
    problem = replace(two_days(*both), levels={Rule.ORGANIZER_TWICE: Level.BLOCK})

    told = [one for one in faults(problem, a=IN_LARGE, b=IN_SMALL) if one.hard]

    assert told == [Fault(Demand.ORGANIZER_TWICE, ("a", "b"), "org", hard=True)] * found


def test_a_plenary_is_alone_but_for_what_is_aside() -> None:
    tour = Session("tour", 60, aside=True)
    problem = replace(
        two_days(replace(A, plenary=True), B, tour),
        halls=(LARGE, SMALL, replace(SMALL, id="street")),
    )

    assert faults(problem, a=IN_LARGE, b=IN_SMALL, tour=Place("street", NINE)) == [
        Fault(Demand.NOT_ALONE, ("a", "b"), cost=200)
    ]


@pytest.mark.parametrize(("online", "found"), [(False, 1), (True, 0)])
def test_a_speaker_needs_time_to_walk(*, online: bool, found: int) -> None:
    both = (replace(A, speakers=("ann",)), replace(B, speakers=("ann",)))
    speaker = Speaker("ann", online=online)
    problem = replace(two_days(*both, speakers=(speaker,)), walks={("small", "large"): 1})

    told = faults(problem, a=IN_LARGE, b=Place("small", NINE + 60))

    assert told == [Fault(Demand.TOO_FAR, ("a", "b"), "ann", cost=50)] * found


def test_forums_stay_in_one_hall_on_one_day_without_pauses() -> None:
    a, b, c = (replace(Session(one, 30), forum="f") for one in "abc")
    problem = replace(two_days(a, b, c), buffer=20)
    places = {"a": IN_LARGE, "b": Place("large", NINE + 120), "c": Place("small", SECOND.start)}

    assert faults(replace(problem, levels={Rule.HALL_CLOSED: Level.IGNORE}), **places) == [
        Fault(Demand.HALLS, ("a", "b", "c"), "f", cost=60),
        Fault(Demand.DAYS, ("a", "b", "c"), "f", cost=120),
        Fault(Demand.GAP, ("a", "b"), "f", amount=70, cost=70),
    ]


def test_rules_that_are_ignored_cost_nothing() -> None:
    both = tuple(
        replace(one, theme="t", organizers=("o",), speakers=("ann",), attendance=999, plenary=True)
        for one in (A, B)
    )
    speaker = Speaker("ann", available=(SECOND,))
    problem = replace(
        two_days(*both, speakers=(speaker,)),
        levels=dict.fromkeys(Rule, Level.IGNORE),
        walks={("large", "small"): 9},
    )

    assert faults(problem, a=IN_LARGE, b=Place("small", MORNING.start)) == []


def test_a_report_sums_up() -> None:
    problem = replace(two_days(replace(A, placed=LATER), B), buffer=15)

    report = check(problem, Solution({"a": IN_LARGE, "b": LATER}))

    assert (report.cost, report.costs, report.broken) == (
        330,
        {Demand.BUFFER: 30, Demand.MOVE: 300},
        (),
    )
