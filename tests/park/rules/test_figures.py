"""Outlines of a drawing: short, closed, exact to a step."""

import re

from hypothesis import given
from hypothesis import strategies as st

from shulian.park.rules.figures import grain, north_up, path, spot

COORDINATES = st.floats(-1e5, 1e5)


def test_tells_corners_by_their_distance_from_the_one_before() -> None:
    assert path(((0, 0), (10.04, 0), (10, 5.57)), north_up, 0.1) == "M0,0l10,0 0,-5.6z"


def test_leaves_out_corners_that_fall_together() -> None:
    assert path(((0, 0), (0.2, 0), (10, 0), (10, 5)), north_up, 1) == "M0,0l10,0 0,-5z"


def test_what_falls_together_is_no_outline() -> None:
    assert path(((0, 0), (0.1, 0), (0.1, 0.1)), north_up, 1) == ""


@given(
    st.lists(st.tuples(COORDINATES, COORDINATES), min_size=3, max_size=30),
    st.sampled_from([0.1, 0.5]),
)
def test_steps_do_not_add_up_to_an_error(ring: list[tuple[float, float]], step: float) -> None:
    told = path(ring, north_up, step)
    numbers = [float(word) for word in re.findall(r"-?[\d.]+", told)]
    x, y = sum(numbers[0::2]), sum(numbers[1::2])

    near = [point for point in ring if abs(point[0] - x) <= step and abs(-point[1] - y) <= step]
    assert near or not told


def test_a_wide_drawing_is_less_exact() -> None:
    assert (grain(1000.0), grain(3000.0)) == (0.1, 0.5)


def test_the_middle_is_the_place_of_a_name_where_it_lies_inside() -> None:
    assert spot([((0, 0), (10, 0), (10, 4), (0, 4))]) == (5, 2)


def test_a_name_stays_out_of_the_hollow_of_an_angle() -> None:
    x, y = spot([((0, 0), (10, 0), (10, 1), (1, 1), (1, 10), (0, 10))])

    assert (0 < x < 10 and 0 < y < 1) or (0 < x < 1 and 0 < y < 10)
