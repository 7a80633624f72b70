"""What lies between the buildings: ground, ways and trees as pieces of scenery."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from shulian.kit.geometry import Array
from shulian.kit.text import Text
from shulian.park.rules.geojson import trees
from shulian.park.rules.geojson.areas import Geometries, array_of, polygons_of, rings, shapes
from shulian.park.rules.geojson.items import together
from shulian.park.rules.geojson.materials import Materials
from shulian.park.rules.geojson.roles import GROUND, Role
from shulian.park.rules.geojson.ways import ways
from shulian.park.rules.geojson.words import NAMELESS
from shulian.park.types import Scenery, SceneryId, SceneryKind, SpaceId

_MARGIN = 500.0
"""[m] beyond the outermost building or way, ground is cut off."""


@dataclass(frozen=True, slots=True)
class Patch:
    """A piece of ground."""

    key: str
    role: Role
    name: Text
    polygons: Geometries


def scenery(park: SpaceId, stuff: Materials, footprints: Geometries) -> list[Scenery]:
    """Ground, ways and trees.

    footprints  of buildings, on which no tree stands
    """
    patches = _patches(stuff, footprints)
    water, paved = (
        np.concatenate([array_of([]), *(one.polygons for one in patches if one.role is role)])
        for role in (Role.WATER, Role.PAVED)
    )
    lanes = ways(park, stuff, water)
    keep_off = shapely.STRtree(np.concatenate([footprints, water, paved, lanes.hard]))
    return [*_ground(park, patches), *lanes.scenery, *_planted(park, stuff, patches, keep_off)]


def _patches(stuff: Materials, footprints: Geometries) -> list[Patch]:
    groups = stuff.groups(*GROUND)
    polygons = shapes(stuff.areas, groups.values(), len(stuff.items), stuff.effort)
    box = _box(np.concatenate([footprints, stuff.lines.lines]))
    result: list[Patch] = []
    for (key, group), mine in zip(groups.items(), polygons, strict=True):
        inside = mine if box is None else _cut(mine, box)
        if len(inside):
            whole = together([stuff.items[index] for index in group])
            result.append(Patch(key, whole.role, whole.name, inside))
    return result


def _box(shown: Geometries) -> Array | None:
    """(4,) [m] the box of ground that is worth showing; none if nothing stands on it."""
    if not len(shown):
        return None
    return shapely.total_bounds(shown) + np.array([-1.0, -1.0, 1.0, 1.0]) * _MARGIN


def _cut(polygons: Geometries, box: Array) -> Geometries:
    """What of `polygons` lies in a box.

    box  (4,) [m]  west, south, east, north
    """
    bounds = shapely.bounds(polygons)
    inside = (bounds[:, :2] >= box[:2]).all(axis=1) & (bounds[:, 2:] <= box[2:]).all(axis=1)
    if inside.all():
        return polygons
    west, south, east, north = box.tolist()
    frame = shapely.Polygon.from_bounds(west, south, east, north)
    cut = shapely.intersection(polygons[~inside], frame)
    return np.concatenate([polygons[inside], *(polygons_of(piece) for piece in cut.tolist())])


def _ground(park: SpaceId, patches: Sequence[Patch]) -> list[Scenery]:
    return [
        Scenery(
            id=SceneryId(f"{park}.{GROUND[patch.role]}.{patch.key}"),
            park=park,
            kind=GROUND[patch.role],
            name=patch.name,
            rings=tuple(rings(patch.polygons)),
        )
        for patch in patches
    ]


def _planted(
    park: SpaceId, stuff: Materials, patches: Sequence[Patch], keep_off: shapely.STRtree
) -> list[Scenery]:
    """Trees: single ones by square of ground, rows by their key, woods and parks by theirs."""
    stands: list[tuple[str, Text, Array]] = []
    single: list[int] = stuff.point_owners.tolist()
    for place, owner in enumerate(single):
        if stuff.items[owner].role is Role.TREE:
            stands.append((stuff.square(owner), NAMELESS, stuff.points[place : place + 1]))
    for line, owner in stuff.lines.pairs():
        if stuff.items[owner].role is Role.TREE_ROW:
            row = trees.clear(trees.along(line), keep_off)
            stands.append((stuff.items[owner].key, NAMELESS, row))
    woods = [patch for patch in patches if patch.role in trees.SPACING]
    wider = trees.widening(
        [(float(shapely.area(one.polygons).sum()), trees.SPACING[one.role]) for one in woods]
    )
    for wood in woods:
        spacing = trees.SPACING[wood.role] * wider
        grown = [
            trees.scattered(polygon, spacing, f"{wood.key} {number}")
            for number, polygon in enumerate(wood.polygons)
        ]
        stands.append((wood.key, wood.name, trees.clear(np.concatenate(grown), keep_off)))
    return _stands(park, stands)


def _stands(park: SpaceId, stands: Sequence[tuple[str, Text, Array]]) -> list[Scenery]:
    """Trees by key: those that share one stand together."""
    together: dict[str, tuple[Text, list[Array]]] = {}
    for key, words, points in stands:
        if len(points):
            together.setdefault(key, (words, []))[1].append(points)
    return [
        Scenery(
            id=SceneryId(f"{park}.trees.{key}"),
            park=park,
            kind=SceneryKind.TREE,
            name=words,
            points=trees.standing(np.unique(np.concatenate(points), axis=0)),
        )
        for key, (words, points) in together.items()
    ]
