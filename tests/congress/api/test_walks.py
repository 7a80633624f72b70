"""Who has too little time to walk from one hall to the next is told so, by the twin as it is."""

from dataclasses import replace

from tests.congress.gatherings import (
    ANN,
    BIG,
    FAR,
    NOW,
    PLENARY,
    SILICON_1,
    SMALL,
    Gathering,
    at,
    grounds,
)
from tests.park.plans import box, imported, in_plan, with_spaces

from shulian.congress import api
from shulian.congress.types import Conflict, Level, Rule


def too_far(made: Gathering) -> list[Conflict]:
    return [one for one in made.draft().conflicts if one.rule is Rule.TOO_FAR]


def test_a_speaker_who_has_no_time_to_walk_is_named(gathering: Gathering) -> None:
    gathering.place(SILICON_1, at(1, FAR))

    assert too_far(gathering) == [
        Conflict(Rule.TOO_FAR, Level.WARN, (PLENARY, SILICON_1), speaker=ANN, needed=2, there=0)
    ]


def test_who_has_the_time_is_not(gathering: Gathering) -> None:
    gathering.place(SILICON_1, at(1.05, FAR))

    assert too_far(gathering) == []


def test_ways_are_measured_anew_when_the_park_is_another(gathering: Gathering) -> None:
    gathering.place(SILICON_1, at(1, FAR))
    plan = grounds()
    moved = replace(in_plan(plan, "plaza"), shape=box(460, 0, 30, 30, 0, 0))
    imported(gathering.db, with_spaces(plan, moved))

    assert [one.needed for one in too_far(gathering)] == [9]


def test_where_nobody_asks_no_way_is_measured(gathering: Gathering) -> None:
    made = gathering
    made.place(SILICON_1, at(1, SMALL))
    api.put_level(
        made.db, made.bus, made.planner, made.congress, Rule.TOO_FAR, Level.IGNORE, now=NOW
    )

    assert BIG != SMALL
    assert too_far(made) == []
