"""The plane of a park: true lengths near its origin, and back to the same degrees."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod

from shulian.kit.geometry import Frame

SHANGHAI = Frame(121.6, 31.2)
METRES = st.floats(-20_000, 20_000)


def test_the_origin_is_nought() -> None:
    assert np.allclose(SHANGHAI.to_plane(np.array([[121.6, 31.2]])), [[0.0, 0.0]], atol=1e-6)


@given(METRES, METRES)
def test_there_and_back_is_the_same_point(east: float, north: float) -> None:
    point = np.array([[east, north]])

    assert np.allclose(SHANGHAI.to_plane(SHANGHAI.to_lonlat(point)), point, atol=1e-4)


@given(METRES, METRES)
def test_lengths_are_true_within_20_km(east: float, north: float) -> None:
    ends = SHANGHAI.to_lonlat(np.array([[east, north], [east + 60.0, north + 80.0]]))
    length = Geod(ellps="WGS84").inv(*ends[0], *ends[1])[2]

    assert abs(length - 100.0) < 100.0 * 6e-6
