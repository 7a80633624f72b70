"""Frames within frames, on the plane and on the earth."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shulian.kit.geometry import Frame
from shulian.park.rules.definition.placement import Placement, anchored

METRES = st.floats(-5_000, 5_000)
DEGREES = st.floats(-360, 360)


def test_what_is_neither_moved_nor_turned_stays_as_written() -> None:
    assert Placement().within((0.0, 0.0), 0.0).point((0.1234567, 1e-9)) == (0.1234567, 1e-9)


def test_a_frame_is_moved_then_turned_counter_clockwise() -> None:
    assert Placement().within((10, 20), 90).point((3, 1)) == (9.0, 23.0)


def test_frames_nest() -> None:
    outer = Placement().within((10, 20), 90)

    assert outer.within((5, 0), 90).point((1, 0)) == (9.0, 25.0)


@given(METRES, METRES, DEGREES, METRES, METRES)
def test_back_undoes_a_placement(e: float, n: float, turn: float, x: float, y: float) -> None:
    frame = Placement().within((e, n), turn)

    assert frame.back(frame.point((x, y))) == pytest.approx((x, y), abs=1.5e-3)


@pytest.mark.parametrize("corner", [(0.0, 0.0), (700.0, -640.0), (-2_000.0, 2_000.0)])
def test_a_site_lies_where_its_own_plane_says(corner: tuple[float, float]) -> None:
    park, site = Frame(121.6, 31.203), (121.571, 31.158)
    anchor = anchored(park, site)
    exact = park.to_plane(Frame(*site).to_lonlat(np.array([corner])))[0]

    assert anchor is not None
    assert anchor.point(corner) == pytest.approx(tuple(exact), abs=2e-3)


@pytest.mark.parametrize("lonlat", [(-60.0, 0.0), (121.0, -31.0), (180.0, 85.0), (121.6, 36.0)])
def test_a_site_far_away_has_no_place_in_the_park(lonlat: tuple[float, float]) -> None:
    assert anchored(Frame(121.6, 31.2), lonlat) is None
