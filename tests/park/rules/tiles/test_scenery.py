"""Scenery lies flat in its order; trees stand where they are."""

import numpy as np
import pytest

from shulian.kit.text import Text
from shulian.park.rules.tiles.massing import ground
from shulian.park.rules.tiles.scenery import LEVELS, bodies, trees
from shulian.park.types import Point, Scenery, SceneryId, SceneryKind, SpaceId


def piece(kind: SceneryKind, *points: Point) -> Scenery:
    square = ((0.0, 0.0), (20.0, 0.0), (20.0, 10.0), (0.0, 10.0))
    hole = ((2.0, 2.0), (2.0, 4.0), (4.0, 4.0), (4.0, 2.0))
    rings = () if points else ((square, hole), (((30.0, 0.0), (40.0, 0.0), (35.0, 10.0)),))
    return Scenery(SceneryId(kind.value), SpaceId("park"), kind, Text(), rings, points)


def test_every_kind_has_a_level() -> None:
    assert set(LEVELS) == set(SceneryKind)


def test_what_lies_on_another_is_centimetres_above_it() -> None:
    kinds = ["green", "water", "paved", "path", "road", "rail"]
    levels = [LEVELS[SceneryKind(kind)] for kind in kinds]

    assert min(levels) > 0
    assert np.diff(levels).min() >= 0.02


def test_ground_is_flat_at_its_level_and_looks_up() -> None:
    surface = ground(bodies([piece(SceneryKind.ROAD), piece(SceneryKind.GREEN)]))
    a, b, c = np.moveaxis(surface.positions[surface.indices].reshape(-1, 3, 3), 1, 0)

    assert surface.wall is None
    assert set(surface.normals[:, 2].tolist()) == {1.0}
    assert np.cross(b - a, c - a)[:, 2].sum() / 2 == pytest.approx(2 * (200 - 4 + 50))
    assert {
        (int(feature), round(float(height), 6))
        for feature, height in zip(surface.features, surface.positions[:, 2], strict=True)
    } == {(0, LEVELS[SceneryKind.ROAD]), (1, LEVELS[SceneryKind.GREEN])}


def test_trees_stand_where_they_are_and_differ_in_height() -> None:
    scenery = [
        piece(SceneryKind.GREEN),
        piece(SceneryKind.TREE, (1, 2), (3, 4)),
        piece(SceneryKind.GREEN, (-5, 6)),
    ]
    found = trees(scenery)

    assert found.dtype == np.dtype("<f4")
    assert found[:, :2].tolist() == [[1, 2], [3, 4], [-5, 6]]
    assert len(set(found[:, 2].tolist())) == 3
    assert found[:, 2].min() >= 5
    assert found[:, 2].max() <= 12
    assert (trees(scenery) == found).all()


def test_no_trees_are_no_numbers() -> None:
    assert trees([piece(SceneryKind.GREEN)]).tobytes() == b""
