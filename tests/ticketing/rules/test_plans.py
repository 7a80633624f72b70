"""The plan of a hall from which seats are picked."""

from uuid import UUID

import numpy as np
import pytest
from tests.ticketing.rules.halls import straight

from shulian.kit.text import Text
from shulian.park.types import Point, Prism, Shape, Space, SpaceId, SpaceKind
from shulian.ticketing.rules.halls import seating_of
from shulian.ticketing.rules.plans import SeatPlan, draw
from shulian.ticketing.types import Seat, SeatState, TicketTypeId

TYPE = TicketTypeId(UUID(int=1))


def chair(at: Point, row: int, number: int, name: str = "{row}排{number}座") -> Space:
    """A seat as a definition makes it."""
    east, north = at
    ring = tuple((east + x, north + y) for x, y in ((-0.2, -0.2), (0.2, -0.2), (0.2, 0.2)))
    called = Text(name.format(row=row, number=number))
    shape = Shape((Prism((ring,), 0.0, 0.9),))
    return Space(SpaceId(f"r{row}-s{number}"), None, SpaceKind.SEAT, called, shape=shape)


def stage(*ring: Point) -> Space:
    """What is looked at."""
    shape = Shape((Prism((ring,), 0.0, 0.9),))
    return Space(SpaceId("stage"), None, SpaceKind.STAGE, Text(), shape=shape)


NORTH = stage((-5, 4), (5, 4), (5, 9), (-5, 9))
EAST = stage((6, -5), (11, -5), (11, 5), (6, 5))
CHAIRS = [
    chair((float(x), float(y)), number // 4 + 1, number % 4 + 1)
    for number, (x, y) in enumerate(straight(3, 4, aisles=(2,)))
]


def plan(chairs: list[Space], *stages: Space, without: int | None = None) -> SeatPlan:
    """The plan of seats that are all for sale, but for one."""
    sold = {
        one.id: Seat(one.id, TYPE, SeatState.FREE)
        for number, one in enumerate(chairs)
        if number != without
    }
    return draw(seating_of(chairs, stages), chairs, stages, sold)


def test_rows_are_told_as_their_seats_are_called() -> None:
    drawn = plan(CHAIRS, NORTH)

    assert [row.label for row in drawn.rows] == ["1", "2", "3"]
    assert [[mark.label for mark in row.marks] for row in drawn.rows] == [list("1234")] * 3
    assert [mark.gap for mark in drawn.rows[0].marks] == [True, False, True, False]


def test_rows_without_numbers_are_counted() -> None:
    chairs = [chair((x * 0.5, -y * 1.0), y, x, "{number}") for y in (1, 2) for x in (1, 2)]

    assert [row.label for row in plan(chairs, NORTH).rows] == ["1", "2"]


@pytest.mark.parametrize("looked_at", [NORTH, EAST])
def test_the_stage_is_above_wherever_it_stands(looked_at: Space) -> None:
    drawn = plan(CHAIRS, looked_at)
    (_, _, y) = drawn.stages[0]

    assert all(y < mark.y for row in drawn.rows for mark in row.marks)
    assert [row.marks[0].y for row in drawn.rows] == sorted(row.marks[0].y for row in drawn.rows)


def test_a_stage_takes_little_of_the_plan() -> None:
    _, _, width, height = plan(CHAIRS, NORTH).box

    # seats, the stage a metre wider on both sides, and a margin; seats, a gap, a strip, margins
    assert width == pytest.approx(3 * 0.55 + 1.2 + 2 * 1.0 + 2 * 1.2, abs=0.01)
    assert height == pytest.approx(2 * 0.95 + 1.6 + 1.6 + 2 * 1.2, abs=0.01)


def test_a_seat_that_is_not_for_sale_is_left_out_and_parts_its_neighbours() -> None:
    drawn = plan(CHAIRS, NORTH, without=0)

    assert [mark.id for mark in drawn.rows[0].marks] == ["r1-s2", "r1-s3", "r1-s4"]
    assert [mark.gap for mark in drawn.rows[0].marks] == [True, True, False]


def test_seats_without_a_stage_look_where_the_first_ones_are() -> None:
    assert [row.label for row in plan(CHAIRS).rows] == ["1", "2", "3"]


def test_seats_without_a_body_stand_alone_behind_the_others() -> None:
    lost = Space(SpaceId("lost"), None, SpaceKind.SEAT, Text("补1座"))

    drawn = plan([*CHAIRS, lost], NORTH)

    assert drawn.rows[-1].marks[-1].id == "lost"
    assert len(drawn.rows[-1].marks) == 1


def test_a_hall_without_seats_has_an_empty_plan() -> None:
    drawn = draw(seating_of([], [NORTH]), [], [NORTH], {})

    assert drawn.rows == ()
    assert np.isfinite(drawn.box).all()
