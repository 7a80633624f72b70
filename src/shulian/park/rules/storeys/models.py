"""The storeys of a building as files one can walk through: the door of this engine."""

from collections.abc import Iterable, Sequence

import numpy as np
import shapely

from shulian.park.rules.storeys.floors import build_floors, build_roof
from shulian.park.rules.storeys.furniture import build_furniture
from shulian.park.rules.storeys.levels import Level, Locator, beyond, read_levels
from shulian.park.rules.storeys.pieces import Piece, joined, rows_and_parts
from shulian.park.rules.storeys.shafts import Shaft, find_shafts
from shulian.park.rules.storeys.steps import build_steps
from shulian.park.rules.storeys.walls import build_walls, find_walls
from shulian.park.rules.tiles.gltf import Surface, Table, write_glb
from shulian.park.rules.tiles.storeys import StoreyModel
from shulian.park.types import Notice, Space, SpaceId, SpaceKind

_KINDS = {kind: place for place, kind in enumerate(SpaceKind)}
_DECIMETRES = 10.0
_MOST = 65_535


def storey_models(
    building: Space, below: Iterable[Space]
) -> tuple[tuple[StoreyModel, ...], tuple[Notice, ...]]:
    """The storeys of a building from the lowest up, and what of it was cut, moved or left out.

    below  all spaces below the building at any depth, in any order: its storeys, their rooms,
           what stands in the rooms

    The table of a file is of class `space` and has a row for each part of each space that is
    drawn: id, kind (its place in `SpaceKind`), part (the number of `pieces.Part`), zh, en.
    """
    levels, notices = read_levels(building, below)
    shafts, trouble = find_shafts(levels)
    notices += trouble
    models: list[StoreyModel] = []
    for index, level in enumerate(levels):
        piece, trouble = build_level(levels, index, shafts)
        notices += trouble
        models.append(_model(building.id, level, piece))
    return tuple(models), tuple(notices)


def build_level(
    levels: Sequence[Level], index: int, shafts: Sequence[Shaft]
) -> tuple[Piece, list[Notice]]:
    """All faces of one level, and what was wrong with its doors."""
    level, locator = levels[index], Locator(levels[index])
    walls, notices = find_walls(levels, index, shafts)
    faces = [
        build_floors(level, locator, walls.wells),
        build_walls(level, walls, locator),
        build_steps(shafts, index),
        build_furniture(level, locator),
        build_roof(level, beyond(level, levels)),
    ]
    return joined(faces), notices


def _model(building: SpaceId, level: Level, piece: Piece) -> StoreyModel:
    storey, outline = level.storey, level.outline
    inside = shapely.point_on_surface(outline)
    east, north, far_east, far_north = outline.bounds
    return StoreyModel(
        building=building,
        storey=storey.id,
        name=storey.name,
        order=storey.order,
        base=level.base,
        height=level.upper - level.base,
        center=(float(inside.x), float(inside.y)),
        bounds=(east, north, far_east, far_north),
        glb=write_glb(*surface(piece, level.spaces)),
    )


def surface(piece: Piece, spaces: Sequence[Space]) -> tuple[Surface, Table]:
    """The faces as a surface whose features are parts of spaces, and the table of those."""
    owners, features = np.unique(piece.owners, return_inverse=True)
    rows, numbers = rows_and_parts(owners)
    named: list[Space] = [spaces[row] for row in rows]
    table = Table(
        "space",
        {
            "id": [space.id for space in named],
            "kind": np.array([_KINDS[space.kind] for space in named], np.uint8),
            "part": numbers.astype(np.uint8),
            "zh": [space.name.zh for space in named],
            "en": [space.name.en for space in named],
        },
    )
    wall = np.rint(piece.wall * _DECIMETRES).clip(0, _MOST).astype(np.uint16)
    drawn = Surface(
        positions=piece.corners.astype(np.float32),
        normals=piece.normals.astype(np.float32),
        features=features.astype(np.uint16),
        indices=piece.triangles.reshape(-1).astype(np.uint32),
        wall=wall,
    )
    return drawn, table
