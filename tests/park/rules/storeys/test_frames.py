"""The largest rectangle in an area, whatever its form."""

from math import cos, pi, sin

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely import Polygon

from shulian.park.rules.storeys.frames import around, inscribed


@given(
    angle=st.floats(0, 6.3),
    length=st.floats(0.5, 40),
    width=st.floats(0.5, 40),
    clockwise=st.booleans(),
)
def test_a_rectangle_is_its_own(
    angle: float, length: float, width: float, *, clockwise: bool
) -> None:
    corners = np.array([[0, 0], [length, 0], [length, width], [0, width]])
    turn = np.array([[cos(angle), sin(angle)], [-sin(angle), cos(angle)]])
    area = Polygon((corners @ turn)[:: -1 if clockwise else 1])

    frame = inscribed(area)

    assert frame is not None
    assert sorted([length, width]) == pytest.approx(sorted([frame.length, frame.width]))
    assert shapely.area(frame.area().intersection(area, grid_size=1e-6)) == pytest.approx(
        length * width, rel=1e-4
    )


def test_a_rectangle_lies_along_its_longer_side() -> None:
    frame = around(Polygon([(0, 0), (2, 0), (2, 5), (0, 5)]))

    assert (frame.length, frame.width, abs(frame.along[1])) == (5, 2, 1)


def test_the_largest_rectangle_of_an_ell_is_its_longer_arm() -> None:
    frame = inscribed(Polygon([(0, 0), (5, 0), (5, 2), (3, 2), (3, 7), (0, 7)]))

    assert frame is not None
    assert (frame.length, frame.width) == (pytest.approx(7), pytest.approx(3))


def test_a_round_area_holds_a_large_rectangle() -> None:
    disc = Polygon([(4 * cos(pi * k / 20), 4 * sin(pi * k / 20)) for k in range(40)])

    frame = inscribed(disc)

    assert frame is not None
    assert disc.buffer(1e-6).covers(frame.area())
    assert frame.length * frame.width > 0.5 * disc.area


@pytest.mark.parametrize("area", [Polygon(), Polygon([(0, 0), (1e-4, 0), (0, 1e-4)])])
def test_nothing_lies_in_nothing(area: Polygon) -> None:
    assert inscribed(area) is None
