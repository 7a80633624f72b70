"""Every rule that a timetable may break, told with what one has to know about it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.congress.gatherings import (
    ANN,
    BIG,
    BO,
    FAR,
    FIRST,
    FORUMS,
    HALLS,
    MODELS_1,
    MODELS_2,
    MORNING,
    PLENARY,
    SESSIONS,
    SILICON_1,
    SMALL,
    SPEAKERS,
    THEMES,
    at,
    hours,
)
from tests.identity.accounts import NOWHERE

from shulian.congress.rules import days
from shulian.congress.rules.conflicts import conflicts, of_session
from shulian.congress.types import (
    LEVELS,
    Conflict,
    Congress,
    CongressId,
    Level,
    Minutes,
    Placement,
    Presence,
    Programme,
    Rule,
    SessionId,
    SessionKind,
    Surroundings,
)
from shulian.identity.types import OrganizationId
from shulian.kit.text import Text
from shulian.park.types import SpaceId

CONGRESS = Congress(
    id=CongressId(NOWHERE),
    organizer=OrganizationId(NOWHERE),
    park=SpaceId("yq"),
    title=Text(en="Sample"),
    about=Text(),
    first=FIRST,
    last=FIRST + timedelta(days=1),
    timezone="Asia/Shanghai",
    slug="sample",
)
WARN, BLOCK = Level.WARN, Level.BLOCK


def programme(**placed: Placement | None) -> Programme:
    """The draft of the tests, with some of its sessions elsewhere."""
    names = {
        "plenary": PLENARY,
        "models_1": MODELS_1,
        "models_2": MODELS_2,
        "silicon": SILICON_1,
    }
    moved = {names[name]: where for name, where in placed.items()}
    return Programme(
        CONGRESS,
        THEMES,
        HALLS,
        FORUMS,
        tuple(replace(one, placed=moved.get(one.id, one.placed)) for one in SESSIONS),
        SPEAKERS,
    )


def changed(draft: Programme, which: SessionId, **fields: object) -> Programme:
    """A draft of which one session is another one."""
    sessions = tuple(
        replace(one, **fields) if one.id == which else one  # pyright: ignore[reportArgumentType]
        for one in draft.sessions
    )
    return replace(draft, sessions=sessions)


def found(draft: Programme, around: Surroundings | None = None) -> tuple[Conflict, ...]:
    return conflicts(draft, around or Surroundings())


def test_a_timetable_that_fits_has_none() -> None:
    assert found(programme()) == ()


def test_two_sessions_in_one_hall() -> None:
    draft = programme(models_2=at(3), silicon=None)

    assert found(draft) == (
        Conflict(Rule.HALL_TAKEN, BLOCK, (MODELS_1, MODELS_2), hall=BIG),
        Conflict(Rule.THEME_CLASH, WARN, (MODELS_1, MODELS_2)),
    )


def test_one_that_begins_as_the_other_ends_is_in_nobody_s_way() -> None:
    assert found(programme(models_2=at(3.5), silicon=None)) == ()


def test_something_else_holds_the_hall() -> None:
    around = Surroundings(taken={SMALL: (hours(4.5, 6),), BIG: (hours(6, 7),)})

    assert found(programme(), around) == (
        Conflict(Rule.HALL_TAKEN, BLOCK, (SILICON_1,), hall=SMALL),
    )


@pytest.mark.parametrize(
    "where",
    [
        pytest.param(at(-1.5), id="before it opens"),
        pytest.param(at(8), id="until after it closes"),
        pytest.param(at(10), id="at night"),
        pytest.param(at(25, FAR), id="on a day on which it is closed"),
    ],
)
def test_the_hall_is_closed(where: Placement) -> None:
    assert found(programme(models_2=where)) == (
        Conflict(Rule.HALL_CLOSED, BLOCK, (MODELS_2,), hall=where.hall),
    )


def test_a_hall_without_hours_is_closed_always() -> None:
    draft = replace(programme(), halls=tuple(replace(one, hours=()) for one in HALLS))

    assert [(one.rule, one.sessions) for one in found(draft)] == [
        (Rule.HALL_CLOSED, (PLENARY,)),
        (Rule.HALL_CLOSED, (MODELS_1,)),
        (Rule.HALL_CLOSED, (SILICON_1,)),
    ]


def test_a_hall_that_is_too_small() -> None:
    assert found(programme(models_1=at(1.5, SMALL))) == (
        Conflict(Rule.TOO_SMALL, WARN, (MODELS_1,), hall=SMALL, needed=200, there=40),
    )


def test_somebody_speaks_twice_at_a_time() -> None:
    draft = changed(programme(silicon=at(2, SMALL)), MODELS_1, speakers=(ANN,))

    assert Conflict(Rule.SPEAKER_TWICE, BLOCK, (MODELS_1, SILICON_1), speaker=ANN) in found(draft)


def test_somebody_who_speaks_in_a_talk_is_needed_too() -> None:
    draft = changed(programme(silicon=at(2, SMALL)), SILICON_1, speakers=(BO,))

    assert Conflict(Rule.SPEAKER_TWICE, BLOCK, (MODELS_1, SILICON_1), speaker=BO) in found(draft)


def test_somebody_is_away() -> None:
    ann = replace(SPEAKERS[0], available=(hours(0, 2), hours(24, 33)))
    draft = replace(programme(), speakers=(ann, SPEAKERS[1]))

    assert found(draft) == (Conflict(Rule.SPEAKER_AWAY, BLOCK, (SILICON_1,), speaker=ANN),)


def test_a_speaker_who_is_everywhere() -> None:
    both = programme(models_2=at(2, SMALL), silicon=at(2, FAR))
    sessions = tuple(replace(one, speakers=(ANN,), talks=()) for one in both.sessions)

    twice = [one.sessions for one in found(replace(both, sessions=sessions)) if one.speaker == ANN]

    assert twice == [(MODELS_1, SILICON_1), (MODELS_1, MODELS_2), (SILICON_1, MODELS_2)]


def test_two_of_a_theme_at_a_time_unless_one_is_beside_the_congress() -> None:
    draft = programme(models_2=at(2, SMALL))

    assert found(draft) == (Conflict(Rule.THEME_CLASH, WARN, (MODELS_1, MODELS_2)),)
    assert found(changed(draft, MODELS_2, kind=SessionKind.SIDE)) == ()


def test_an_organization_is_needed_in_two_forums() -> None:
    assert found(programme(silicon=at(2, SMALL))) == (
        Conflict(
            Rule.ORGANIZER_TWICE,
            WARN,
            (MODELS_1, SILICON_1),
            name=Text("示例大学", "Sample University"),
        ),
    )


@pytest.mark.parametrize(
    ("walk", "seen"), [(30.0, ()), (30.5, ((PLENARY, SILICON_1, 31, 30),)), (0.0, ())]
)
def test_too_little_time_to_walk(
    walk: float, seen: tuple[tuple[SessionId, SessionId, int, int], ...]
) -> None:
    around = Surroundings(walks={(BIG, SMALL): walk})
    draft = programme(silicon=at(1.5, SMALL), models_1=at(5))

    assert [
        (*one.sessions, one.needed, one.there)
        for one in found(draft, around)
        if one.rule is Rule.TOO_FAR
    ] == list(seen)


def test_who_speaks_from_afar_does_not_walk() -> None:
    around = Surroundings(walks={(BIG, SMALL): 60.0})
    draft = programme(silicon=at(1.5, SMALL), models_1=at(5))
    ann = replace(SPEAKERS[0], presence=Presence.ONLINE)

    assert found(replace(draft, speakers=(ann, SPEAKERS[1])), around) == ()


def test_nothing_takes_place_during_a_plenary_but_what_is_beside_the_congress() -> None:
    draft = programme(models_2=at(0.5, SMALL), models_1=None)

    assert found(draft) == (Conflict(Rule.NOT_ALONE, WARN, (PLENARY, MODELS_2)),)
    assert found(changed(draft, MODELS_2, kind=SessionKind.SIDE)) == ()


def test_outside_of_the_days_of_the_congress() -> None:
    whole = tuple(replace(one, hours=(hours(-100, 100),)) for one in HALLS)
    early = replace(programme(models_2=at(-9.5)), halls=whole)
    late = replace(programme(models_2=at(38)), halls=whole)

    assert found(early) == (Conflict(Rule.OUTSIDE, BLOCK, (MODELS_2,)),)
    assert found(late) == (Conflict(Rule.OUTSIDE, BLOCK, (MODELS_2,)),)


def test_a_session_longer_than_its_day_does_not_fit_its_hall() -> None:
    draft = changed(programme(models_2=at(24)), MODELS_2, minutes=Minutes(10 * 60))

    assert found(draft) == (Conflict(Rule.HALL_CLOSED, BLOCK, (MODELS_2,), hall=BIG),)


@pytest.mark.parametrize("rule", list(Rule))
def test_what_is_ignored_is_not_looked_for(rule: Rule) -> None:
    levels: Mapping[Rule, Level] = {**LEVELS, rule: Level.IGNORE}
    draft = programme(models_2=at(1.5), silicon=at(2, SMALL), models_1=at(0.5, SMALL))

    assert rule not in {one.rule for one in found(draft, Surroundings(levels=levels))}


def test_what_blocks_comes_first_then_what_is_first() -> None:
    draft = programme(models_1=at(0.5, SMALL), models_2=at(10))

    assert [(one.level, one.rule) for one in found(draft)] == [
        (BLOCK, Rule.HALL_CLOSED),
        (WARN, Rule.NOT_ALONE),
        (WARN, Rule.TOO_SMALL),
    ]


def test_those_of_one_session() -> None:
    draft = programme(models_1=at(0.5, SMALL), models_2=at(10))

    assert [one.rule for one in of_session(found(draft), MODELS_2)] == [Rule.HALL_CLOSED]


STARTS = st.none() | st.builds(
    Placement,
    st.sampled_from([BIG, SMALL, FAR]),
    st.sampled_from([MORNING + timedelta(minutes=30 * half) for half in range(-20, 100)]),
)


@given(st.tuples(STARTS, STARTS, STARTS, STARTS))
def test_two_are_in_each_other_s_way_exactly_where_they_share_a_moment(
    wanted: tuple[Placement | None, ...],
) -> None:
    sessions = [replace(one, placed=where) for one, where in zip(SESSIONS, wanted, strict=True)]
    draft = replace(programme(), sessions=tuple(sessions))
    placed = [(one, one.placed) for one in sessions if one.placed is not None]
    expected = {
        frozenset({one.id, other.id})
        for number, (one, here) in enumerate(placed)
        for other, there in placed[number + 1 :]
        if here.hall == there.hall
        and here.start < there.start + timedelta(minutes=other.minutes)
        and there.start < here.start + timedelta(minutes=one.minutes)
    }

    taken = [one for one in found(draft) if one.rule is Rule.HALL_TAKEN]

    assert {frozenset(one.sessions) for one in taken} == expected
    assert len(taken) == len(expected)


def test_days_begin_and_end_on_the_park_s_clocks() -> None:
    """Of two days in spring, one of which is an hour short."""
    first = date(2026, 3, 28)
    summer = replace(
        CONGRESS, timezone="Europe/Berlin", first=first, last=first + timedelta(days=1)
    )

    whole = days.whole(summer)

    assert whole.end is not None
    assert whole.end - whole.start == timedelta(hours=47)
    assert days.days_of(summer) == (summer.first, summer.last)
