"""Where a tileset stands on the earth, and when its tiles are worth loading."""

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Transformer

from shulian.park.rules.tiles.document import Tileset
from shulian.park.rules.tiles.quadtree import Cell
from shulian.park.rules.tiles.tileset import MARGIN, layer, tileset, to_earth
from shulian.park.types import Place, SpaceId

PLACE = Place(SpaceId("park"), 121.59, 31.2)
GEOCENTRIC = Transformer.from_crs("EPSG:4979", "EPSG:4978", always_xy=True)

BOUNDS = np.array(
    [[0, 0, 0, 10, 20, 30], [100, 0, 5, 110, 20, 45], [0, 200, 0, 300, 280, 8]], np.float64
)
ROOT = Cell("r", np.array([2]), (Cell("r0", np.array([0])), Cell("r1", np.array([1]))))


@settings(deadline=None)
@given(st.floats(-179, 179), st.floats(-89, 89))
def test_the_origin_is_where_the_earth_has_it(longitude: float, latitude: float) -> None:
    expected = GEOCENTRIC.transform(longitude, latitude, 0.0)

    assert to_earth(longitude, latitude)[12:15] == pytest.approx(expected, abs=1e-4)


@settings(deadline=None)
@given(st.floats(-179, 179), st.floats(-85, 85))
def test_east_north_and_up_point_where_they_say(longitude: float, latitude: float) -> None:
    matrix = np.array(to_earth(longitude, latitude)).reshape(4, 4).T
    for axis, moved in ((0, (1e-6, 0, 0)), (1, (0, 1e-6, 0)), (2, (0, 0, 1.0))):
        there = GEOCENTRIC.transform(longitude + moved[0], latitude + moved[1], moved[2])
        step = np.array(there) - matrix[:3, 3]

        assert step / np.linalg.norm(step) @ matrix[:3, axis] == pytest.approx(1, abs=1e-5)


def test_boxes_hold_all_below_and_errors_are_the_largest_feature_below() -> None:
    tile = layer(ROOT, BOUNDS, "exterior")
    half = [150 + MARGIN, 140 + MARGIN, 22.5 + MARGIN]
    box = [150, 140, 22.5, half[0], 0, 0, 0, half[1], 0, 0, 0, half[2]]

    assert tile["boundingVolume"]["box"] == pytest.approx(box)
    assert tile["geometricError"] == 40.0
    assert tile["content"] == {"uri": "exterior/r.glb"}
    assert [child["geometricError"] for child in tile["children"]] == [0.0, 0.0]
    assert [child["content"]["uri"] for child in tile["children"]] == [
        "exterior/r0.glb",
        "exterior/r1.glb",
    ]


def test_layers_stand_side_by_side_below_the_root() -> None:
    layers = [layer(ROOT, BOUNDS, "exterior"), layer(Cell("r", np.array([0])), BOUNDS, "scenery")]
    found = msgspec.json.decode(tileset(PLACE, layers), type=Tileset)

    assert found.asset.version == "1.1"
    assert found.root.refine == "ADD"
    assert found.root.transform == to_earth(121.59, 31.2)
    assert [child.content and child.content.uri for child in found.root.children] == [
        "exterior/r.glb",
        "scenery/r.glb",
    ]
    assert found.geometric_error == found.root.geometric_error >= 300


def test_a_park_of_nothing_has_a_root_alone() -> None:
    found = msgspec.json.decode(tileset(PLACE, []), type=Tileset)

    assert found.root.children == []
    assert found.root.bounding_volume.box == [0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1]
