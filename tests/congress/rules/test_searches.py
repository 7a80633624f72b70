"""What is kept and shown of a search: its course, what it misses, what it moves, its curves."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from tests.congress.gatherings import (
    FAR,
    FORUMS,
    HALLS,
    MODELS_1,
    MODELS_2,
    NOW,
    PLENARY,
    SESSIONS,
    SILICON_1,
    SMALL,
    SPEAKERS,
    THEMES,
    at,
)

from shulian.congress.rules.searches import (
    LONGEST_COURSE,
    Curve,
    drawn,
    further,
    missed,
    shifts,
    strangers,
)
from shulian.congress.rules.timetable.problem import Demand, Fault
from shulian.congress.types import (
    Back,
    Congress,
    CongressId,
    Programme,
    SessionId,
    Shortfall,
    Solve,
    SolveId,
    SolveState,
    Step,
)
from shulian.identity.types import OrganizationId
from shulian.kit.text import Text
from shulian.park.types import SpaceId

DAY = date(2026, 12, 7)
ID = UUID(int=1)
CONGRESS = Congress(
    CongressId(ID), OrganizationId(ID), SpaceId("yq"), Text(), Text(), DAY, DAY, "UTC", "sample"
)
PROGRAMME = Programme(CONGRESS, THEMES, HALLS, FORUMS, SESSIONS, SPEAKERS)
VERSIONS = dict.fromkeys((PLENARY, MODELS_1, MODELS_2, SILICON_1), 0)
SOLVE = Solve(SolveId(ID), CONGRESS.id, None, 30, 0, SolveState.DONE, NOW, NOW, versions=VERSIONS)


def moved(solve: Solve, programme: Programme = PROGRAMME) -> list[tuple[SessionId, object, bool]]:
    """What a search would move, where to, and whether it stays all the same."""
    return [(one.session.id, one.after, one.stays) for one in shifts(programme, solve)]


def test_a_course_keeps_what_is_new() -> None:
    first, same, better = Step(1.0, 9, 1), Step(2.0, 9, 1), Step(3.0, 8, 1)

    assert further(further(further((), first), same), better) == (first, better)


def test_a_long_course_is_thinned_out_and_keeps_its_ends() -> None:
    course: tuple[Step, ...] = ()
    steps = [Step(float(one), 5000 - one, 0) for one in range(3000)]
    for one in steps:
        course = further(course, one)

    kept = list(course)
    assert len(kept) <= LONGEST_COURSE
    assert (kept[0], kept[-1]) == (steps[0], steps[-1])
    assert [one.seconds for one in kept] == sorted({one.seconds for one in kept})


def test_soft_faults_are_told_by_demand_the_dearest_first() -> None:
    faults = (
        Fault(Demand.GAP, ("a", "b"), "f", 30, 30),
        Fault(Demand.MOVE, ("a",), cost=300),
        Fault(Demand.GAP, ("c", "d"), "g", 15, 15),
        Fault(Demand.PLACED, ("e",), hard=True),
    )

    assert missed(faults) == (Shortfall("move", 1, 1, 300), Shortfall("gap", 2, 45, 45))


def test_what_would_move_comes_by_its_new_place() -> None:
    places = {MODELS_2: at(25), MODELS_1: at(2), PLENARY: at(0), SILICON_1: at(1, SMALL)}

    assert moved(replace(SOLVE, places=places)) == [
        (SILICON_1, at(1, SMALL), False),
        (MODELS_1, at(2), False),
        (MODELS_2, at(25), False),
    ]


def test_what_was_changed_since_or_has_lost_its_hall_stays() -> None:
    changed = replace(SESSIONS[1], version=1)
    programme = replace(
        PROGRAMME,
        sessions=(SESSIONS[0], changed, *SESSIONS[2:]),
        halls=tuple(one for one in HALLS if one.space != FAR),
    )
    solve = replace(SOLVE, places={MODELS_1: at(2), MODELS_2: at(3, FAR)})

    assert moved(solve, programme) == [(MODELS_1, at(2), True), (MODELS_2, at(3, FAR), True)]


def test_what_is_no_more_moves_nowhere() -> None:
    programme = replace(PROGRAMME, sessions=SESSIONS[:1])

    assert moved(replace(SOLVE, places={MODELS_1: at(2)}), programme) == []


def test_one_that_was_applied_tells_what_it_moved() -> None:
    undo = {MODELS_1: Back(at(1.5), 1)}
    applied = replace(SOLVE, places={MODELS_1: at(2), PLENARY: at(0)}, undo=undo, applied=NOW)
    there = replace(SESSIONS[1], placed=at(2), version=1)
    programme = replace(PROGRAMME, sessions=(SESSIONS[0], there, *SESSIONS[2:]))

    found = shifts(programme, applied)

    assert [(one.session, one.before, one.after) for one in found] == [(there, at(1.5), at(2))]


def test_what_came_later_is_a_stranger() -> None:
    versions = {one: 0 for one in VERSIONS if one != MODELS_2}

    assert strangers(PROGRAMME, replace(SOLVE, versions=versions)) == (MODELS_2,)
    assert strangers(PROGRAMME, SOLVE) == ()


def test_the_curves_are_stairs_from_left_to_right() -> None:
    course = (Step(0.0, None, 0), Step(2.0, 100, 0), Step(5.0, 60, 40))

    assert drawn(course, 10, width=100, height=70) == Curve(
        width=100,
        height=70,
        best="20,0 50,0 50,40 100,40",
        bound="0,70 20,70 20,70 50,70 50,60 100,60",
        highest=100,
        lowest=30,
        seconds=10,
    )


def test_before_anything_is_found_there_is_a_bound_alone() -> None:
    found = drawn((Step(1.0, None, 0), Step(2.0, None, 50)), 4, width=100, height=50)

    assert found is not None
    assert (found.best, found.bound) == ("", "25,50 50,50 50,0 100,0")


def test_the_curves_last_as_long_as_their_last_step() -> None:
    found = drawn((Step(1.0, 7, 7), Step(4.0, 7, 7)), 2, width=10, height=10)

    assert found is not None
    assert (found.seconds, found.best) == (4.0, "2.5,0 10,0 10,0 10,0")


def test_of_nothing_there_is_no_curve() -> None:
    assert drawn((), 30, width=10, height=10) is None
    assert drawn((Step(1.0, None, 0),), 30, width=10, height=10) is None
