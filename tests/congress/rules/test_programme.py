"""What visitors find in a programme: by day, theme, hall and words; a timetable; now and next."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.congress.gatherings import (
    AI,
    ANN,
    BIG,
    BO,
    CHIPS,
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
from tests.park.plans import PARK

from shulian.congress.rules import days
from shulian.congress.rules.programme import (
    Cell,
    Row,
    Wanted,
    by_day,
    days_shown,
    grid,
    index,
    matching,
    now_and_next,
    people,
    talk_starts,
)
from shulian.congress.types import (
    Congress,
    CongressId,
    Minutes,
    Placement,
    Programme,
    Session,
    SessionId,
    SessionKind,
    Talk,
    TalkId,
)
from shulian.identity.types import OrganizationId
from shulian.kit.text import Text
from shulian.park.types import SpaceId

ZONE = "Asia/Shanghai"
CONGRESS = Congress(
    CongressId(UUID(int=1)),
    OrganizationId(UUID(int=2)),
    PARK,
    Text("示例大会", "Sample Congress"),
    Text(),
    FIRST,
    FIRST + timedelta(days=1),
    ZONE,
    "sample-2026",
)
PLACED = tuple(one for one in SESSIONS if one.placed)
PROGRAMME = Programme(CONGRESS, THEMES, HALLS, FORUMS, PLACED, SPEAKERS)


def ids(sessions: Sequence[Session]) -> list[SessionId]:
    return [one.id for one in sessions]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Wanted(), [PLENARY, MODELS_1, SILICON_1]),
        (Wanted(day=FIRST), [PLENARY, MODELS_1, SILICON_1]),
        (Wanted(day=FIRST + timedelta(days=1)), []),
        (Wanted(theme=AI), [MODELS_1]),
        (Wanted(theme=CHIPS), [SILICON_1]),
        (Wanted(hall=SMALL), [SILICON_1]),
        (Wanted(hall=FAR), []),
        (Wanted(words="大模型"), [MODELS_1]),
        (Wanted(words="MODELS"), [MODELS_1]),
        (Wanted(words="ｍｏｄｅｌｓ"), [MODELS_1]),
        (Wanted(words="ann sample"), [PLENARY, SILICON_1]),
        (Wanted(words="柏示例 演讲"), [MODELS_1]),
        (Wanted(words="sample university", theme=CHIPS), [SILICON_1]),
        (Wanted(words="f2"), [SILICON_1]),
        (Wanted(words="room silicon"), [SILICON_1]),
        (Wanted(words="芯片 大模型"), []),
    ],
)
def test_sessions_are_found_by_all_that_is_asked_for(
    wanted: Wanted, found: list[SessionId]
) -> None:
    assert ids(matching(PROGRAMME, wanted)) == found


def test_what_is_not_placed_is_not_found() -> None:
    draft = replace(PROGRAMME, sessions=SESSIONS)

    assert MODELS_2 not in ids(matching(draft, Wanted()))


def test_people_are_found_by_name_and_position() -> None:
    assert [one.id for one in people(PROGRAMME, "professor")] == [ANN]
    assert [one.id for one in people(PROGRAMME, "")] == [ANN, BO]


def test_the_days_are_those_of_the_congress_and_others_on_which_something_is() -> None:
    eve = replace(PLACED[0], placed=at(-10))

    assert days_shown(replace(PROGRAMME, sessions=(eve, *PLACED[1:]))) == (
        date(2026, 12, 6),
        date(2026, 12, 7),
        date(2026, 12, 8),
    )


def test_the_day_is_that_of_the_parks_clocks() -> None:
    late = replace(PLACED[0], placed=Placement(BIG, datetime(2026, 12, 6, 16, 30, tzinfo=UTC)))

    assert [day for day, _ in by_day([late], ZONE)] == [date(2026, 12, 7)]


def test_a_timetable_has_a_row_for_each_beginning_and_a_column_for_each_hall_in_use() -> None:
    made = grid(PROGRAMME, PLACED)
    plenary, models, silicon = PLACED

    assert [one.space for one in made.halls] == [BIG, SMALL]
    assert made.rows == (
        Row(MORNING, (Cell((plenary,)), Cell(()))),
        Row(MORNING + timedelta(hours=1.5), (Cell((models,)), Cell(()))),
        Row(MORNING + timedelta(hours=4), (Cell(()), Cell((silicon,)))),
    )


def test_a_long_session_goes_over_the_rows_of_others() -> None:
    long = replace(PLACED[0], minutes=Minutes(300))
    models = replace(PLACED[1], placed=at(2, SMALL))
    made = grid(PROGRAMME, [long, models, replace(PLACED[2], placed=at(5, SMALL))])

    assert [row.cells[0] for row in made.rows] == [Cell((long,), 2), None, Cell(())]


def test_what_overlaps_in_one_hall_stands_in_one_cell() -> None:
    first, second = PLACED[0], replace(PLACED[1], placed=at(0.5))
    made = grid(PROGRAMME, [first, second])

    assert [row.cells[0] for row in made.rows] == [Cell((first, second), 2), None]


def test_a_day_without_sessions_has_no_timetable() -> None:
    assert grid(PROGRAMME, []).rows == ()


@given(
    st.lists(
        st.tuples(
            st.sampled_from([BIG, SMALL, FAR]),
            st.integers(0, 600),
            st.integers(1, 300),
        ),
        max_size=12,
    )
)
def test_every_session_stands_once_and_every_row_is_full(
    drawn: list[tuple[SpaceId, int, int]],
) -> None:
    sessions = [
        Session(
            SessionId(UUID(int=place + 1)),
            FORUMS[0].id,
            SessionKind.TALK,
            Text("示例"),
            Minutes(minutes),
            placed=Placement(hall, MORNING + timedelta(minutes=start)),
        )
        for place, (hall, start, minutes) in enumerate(drawn)
    ]
    made = grid(PROGRAMME, sessions)

    cells = [cell for row in made.rows for cell in row.cells if cell is not None]
    shown = Counter(one.id for cell in cells for one in cell.sessions)
    assert shown == Counter(one.id for one in sessions)
    for place in range(len(made.halls)):
        column = [row.cells[place] for row in made.rows]
        assert sum(cell.rows for cell in column if cell) == len(made.rows)


@pytest.mark.parametrize(
    ("hour", "now", "next_"),
    [
        (-24, [], [PLENARY]),
        (-1, [], [PLENARY]),
        (0, [PLENARY], [MODELS_1]),
        (0.99, [PLENARY], [MODELS_1]),
        (1, [], [MODELS_1]),
        (1.5, [MODELS_1], []),
        (2.5, [MODELS_1], [SILICON_1]),
        (4, [SILICON_1], []),
        (5, [], []),
        (40, [], []),
    ],
)
def test_now_and_next(hour: float, now: list[SessionId], next_: list[SessionId]) -> None:
    found = now_and_next(PROGRAMME, MORNING + timedelta(hours=hour))

    assert (ids(found.now), ids(found.next)) == (now, next_)


def test_of_each_hall_only_the_first_is_next() -> None:
    sessions = (PLACED[0], replace(PLACED[1], placed=at(1)), replace(PLACED[2], placed=at(1.5)))
    found = now_and_next(replace(PROGRAMME, sessions=sessions), MORNING - timedelta(hours=0.4))

    assert ids(found.next) == [PLENARY]


@given(st.floats(-48, 48))
def test_nothing_is_both_now_and_next(hour: float) -> None:
    moment = MORNING + timedelta(hours=hour)
    found = now_and_next(PROGRAMME, moment)

    spans = [days.span_of(one) for one in found.now]
    assert all(one and one.end and one.start <= moment < one.end for one in spans)
    assert all(one.placed and one.placed.start > moment for one in found.next)


def test_talks_follow_each_other_while_each_says_how_long_it_is() -> None:
    talks = tuple(
        Talk(TalkId(UUID(int=place)), Text("示例"), minutes=Minutes(minutes))
        for place, minutes in enumerate((30, 15, 0, 20))
    )

    assert talk_starts(replace(PLACED[0], talks=talks)) == (
        MORNING,
        hours(0.5, 1).start,
        None,
        None,
    )
    assert talk_starts(replace(PLACED[0], talks=talks[:1], placed=None)) == (None,)


def test_who_speaks_is_told_once_chairs_first() -> None:
    known = index(PROGRAMME)
    session = replace(PLACED[1], speakers=(ANN, BO))

    assert [one.id for one in known.speaking(session)] == [ANN, BO]
    assert known.hall(replace(session, placed=None)) == Text()
    assert known.theme(PLACED[0]) is None
