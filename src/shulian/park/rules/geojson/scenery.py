"""What lies between the buildings: ground, ways and trees as pieces of scenery."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
import shapely

from shulian.kit.geometry import Array
from shulian.kit.text import Text
from shulian.park.rules.geojson import trees
from shulian.park.rules.geojson.areas import Areas, Geometries, polygons_of, rings, shapes
from shulian.park.rules.geojson.columns import Ints, Item
from shulian.park.rules.geojson.elements import tags_of
from shulian.park.rules.geojson.roles import GROUND, Role
from shulian.park.rules.geojson.ways import Lines, square, strands, widened
from shulian.park.rules.geojson.words import NAMELESS, name
from shulian.park.types import Scenery, SceneryId, SceneryKind, SpaceId

CELL = 0.004
"""[°] nameless ways and single trees are gathered within squares of this side."""

_MARGIN = 500.0
"""[m] beyond the outermost building or way, ground is cut off."""
_BANK = 15.0
"""[m] the middle line of a river this near to its water is not drawn."""
_HARD = frozenset((SceneryKind.ROAD, SceneryKind.RAIL, SceneryKind.PATH))


@dataclass(frozen=True, slots=True)
class Patch:
    """A piece of ground."""

    key: str
    role: Role
    name: Text
    polygons: Geometries


def patches(
    groups: Mapping[str, Sequence[int]], items: Sequence[Item], found: Areas, box: Array | None
) -> list[Patch]:
    """Ground of items grouped by key, cut off where it leaves `box`.

    box  (4,) [m]  west, south, east, north
    """
    result: list[Patch] = []
    polygons = shapes(found, list(groups.values()), len(items))
    for (key, group), mine in zip(groups.items(), polygons, strict=True):
        inside = mine if box is None else _cut(mine, box)
        if len(inside):
            words = name(tags_of(group, items))
            result.append(Patch(key, items[group[0]].role, words, inside))
    return result


def box_around(*geometries: Geometries) -> Array | None:
    """The box of ground worth showing around buildings and ways; none if there are none."""
    everything = np.concatenate(geometries)
    if not len(everything):
        return None
    return shapely.total_bounds(everything) + np.array([-1.0, -1.0, 1.0, 1.0]) * _MARGIN


def _cut(polygons: Geometries, box: Array) -> Geometries:
    bounds = shapely.bounds(polygons)
    inside = (bounds[:, :2] >= box[:2]).all(axis=1) & (bounds[:, 2:] <= box[2:]).all(axis=1)
    if inside.all():
        return polygons
    west, south, east, north = box.tolist()
    cut = shapely.intersection(
        polygons[~inside], shapely.Polygon.from_bounds(west, south, east, north)
    )
    return np.concatenate([polygons[inside], *(polygons_of(piece) for piece in cut.tolist())])


def ground(park: SpaceId, all_patches: Sequence[Patch]) -> list[Scenery]:
    """Each patch as a piece of scenery."""
    return [
        Scenery(
            id=SceneryId(f"{park}.{GROUND[patch.role]}.{patch.key}"),
            park=park,
            kind=GROUND[patch.role],
            name=patch.name,
            rings=tuple(rings(patch.polygons)),
        )
        for patch in all_patches
    ]


@dataclass(frozen=True, slots=True)
class Ways:
    """Ways as scenery, and their polygons once more for whoever keeps away from them."""

    scenery: list[Scenery]
    hard: Geometries


def ways(
    park: SpaceId, found: Lines, items: Sequence[Item], cells: Ints, water: Geometries
) -> Ways:
    """Ways of one class and name as one piece of scenery.

    cells  (n, 2)  the square of ground each item begins in, counted in `CELL`
    """
    drawn = np.array([items[owner].role in _DRAWN for owner in found.owners.tolist()], dtype=bool)
    result: list[Scenery] = []
    hard: list[Geometries] = [np.empty(0, dtype=object)]
    banks = shapely.union_all(shapely.buffer(water, _BANK)) if len(water) else None
    for strand in strands(Lines(found.lines[drawn], found.owners[drawn]), items, cells):
        river = strand.kind is SceneryKind.WATER
        polygons = widened(strand, without=banks if river else None)
        if not len(polygons):
            continue
        if strand.kind in _HARD:
            hard.append(polygons)
        mark = blake2b(strand.key.encode(), digest_size=6).hexdigest()
        identity = SceneryId(f"{park}.{strand.kind}.{mark}")
        result.append(Scenery(identity, park, strand.kind, strand.name, tuple(rings(polygons))))
    return Ways(result, np.concatenate(hard))


_DRAWN = frozenset((Role.WAY, Role.STREAM, Role.HEDGE))


def planted(
    park: SpaceId,
    items: Sequence[Item],
    found: Lines,
    cells: Ints,
    all_patches: Sequence[Patch],
    first: Array,
    keep_off: shapely.STRtree,
) -> list[Scenery]:
    """Trees: single ones by square of ground, rows by their key, woods and parks by theirs.

    cells  (n, 2)  the square of ground each item begins in, counted in `CELL`
    first  (n, 2) [m]  the first position of each item
    """
    single: dict[str, list[int]] = {}
    for index, item in enumerate(items):
        if item.role is Role.TREE:
            single.setdefault(square(cells[index]), []).append(index)
    stands: list[tuple[str, Text, Array]] = [
        (key, NAMELESS, first[indices]) for key, indices in single.items()
    ]
    owners: list[int] = found.owners.tolist()
    for line, owner in zip(found.lines, owners, strict=True):
        if items[owner].role is Role.TREE_ROW:
            row = trees.clear(trees.along(line), keep_off)
            stands.append((items[owner].key, NAMELESS, row))
    woods = [patch for patch in all_patches if patch.role in trees.SPACING]
    wider = trees.widening(
        [(float(shapely.area(w.polygons).sum()), trees.SPACING[w.role]) for w in woods]
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
