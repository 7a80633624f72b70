"""Rows found in where seats stand."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from tests.ticketing.rules.halls import STAGE, curved, straight

from shulian.ticketing.rules.rows import Floats
from shulian.ticketing.rules.seating import arrange


def lengths(at: Floats, *, by_row: bool = False) -> list[int]:
    """How many seats each stretch has, or each row, from the front and from the left."""
    rows = arrange(at, STAGE).rows
    return np.bincount(rows.row if by_row else rows.segment).tolist() if len(at) else []


def test_straight_rows_are_told_from_the_front_and_from_the_left() -> None:
    at = straight(3, 4)

    rows = arrange(at, STAGE).rows

    # whoever sits looks north, to the stage: the left is the west
    assert rows.order.tolist() == list(range(12))
    assert rows.row.tolist() == [0] * 4 + [1] * 4 + [2] * 4


def test_a_hall_is_the_same_however_it_is_turned_and_listed() -> None:
    at, quarter = straight(4, 6, aisles=(2,)), np.array([[0.0, -1.0], [1.0, 0.0]])
    stage = [(float(-y), float(x)) for x, y in STAGE[0]]
    shuffled = np.random.default_rng(1).permutation(len(at))

    plain = arrange(at, STAGE).rows
    turned = arrange((at @ quarter.T)[shuffled], (stage,)).rows

    assert shuffled[turned.order].tolist() == plain.order.tolist()
    assert turned.row.tolist() == plain.row[shuffled].tolist()
    assert turned.segment.tolist() == plain.segment[shuffled].tolist()


def test_an_aisle_parts_neighbours_but_no_row() -> None:
    at = straight(2, 10, aisles=(3, 7))

    assert lengths(at) == [3, 4, 3, 3, 4, 3]
    assert lengths(at, by_row=True) == [10, 10]


def test_two_blocks_far_apart_have_rows_of_their_own() -> None:
    aside = np.array([10.0, 0.0])
    left, right = straight(2, 5) - aside, straight(2, 5) + aside

    assert lengths(np.vstack([left, right]), by_row=True) == [5, 5, 5, 5]


def test_curved_rows_are_rows() -> None:
    at = curved(6, 110)
    expected = [int(np.radians(110) * (8 + row * 0.95) / 0.55) for row in range(6)]

    assert lengths(at) == expected


def test_curved_rows_go_on_over_an_aisle() -> None:
    at = curved(5, 100, radius=12)
    at = at[np.abs(at[:, 0]) > 0.7]

    assert len(lengths(at)) == 10
    assert len(lengths(at, by_row=True)) == 5


def test_a_ring_around_a_stage_is_one_row() -> None:
    angles = np.linspace(0, 2 * np.pi, 40, endpoint=False)
    ring = np.column_stack([np.cos(angles), np.sin(angles)]) * (40 * 0.55 / (2 * np.pi))

    rows = arrange(ring, (((-1, -1), (1, -1), (1, 1), (-1, 1)),)).rows

    assert np.bincount(rows.segment).tolist() == [40]


def test_staggered_rows_and_rows_as_close_as_seats_are_rows() -> None:
    staggered = straight(4, 8)
    staggered[8:16, 0] += 0.275
    staggered[24:, 0] += 0.275

    assert lengths(staggered) == [8, 8, 8, 8]
    assert lengths(straight(5, 7, pitch=0.9, behind=0.9)) == [7] * 5


def test_wide_chairs_are_neighbours_among_wide_chairs() -> None:
    at = np.vstack([straight(2, 4, pitch=1.1, behind=1.4), straight(3, 8) - [0, 4]])

    assert lengths(at) == [4, 4, 8, 8, 8]


def test_a_place_for_a_wheelchair_behind_another_is_not_beside_it() -> None:
    alone = np.array([(6.0, 0.0), (6.0, -0.95)])

    assert lengths(np.vstack([straight(2, 8), alone])) == [8, 1, 8, 1]


def test_seats_at_one_place_and_no_seats_at_all_are_no_trouble() -> None:
    same = arrange(np.array([(1.0, 2.0), (1.0, 2.0)]), STAGE).rows

    assert sorted(same.order.tolist()) == [0, 1]
    assert lengths(np.zeros((0, 2))) == []
    assert lengths(np.zeros((1, 2))) == [1]


@given(st.lists(st.tuples(st.floats(-20, 20), st.floats(-30, 0)), max_size=30))
def test_wherever_seats_stand_each_is_told_once_and_stretches_do_not_mix(
    places: list[tuple[float, float]],
) -> None:
    rows = arrange(np.array(places).reshape(-1, 2), STAGE).rows

    assert sorted(rows.order.tolist()) == list(range(len(places)))
    assert np.all(np.diff(rows.segment[rows.order]) >= 0)
    assert np.all(np.diff(rows.row[rows.order]) >= 0)
