"""Roads, paths, railways, brooks and hedges: lines widened by class and joined by name."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import blake2b

import numpy as np
import shapely

from shulian.kit.text import Text
from shulian.park.rules.geojson.areas import Geometries, array_of, polygons_of, rings
from shulian.park.rules.geojson.classes import KINDS
from shulian.park.rules.geojson.items import Item
from shulian.park.rules.geojson.materials import Materials
from shulian.park.rules.geojson.roles import Role
from shulian.park.types import Scenery, SceneryId, SceneryKind, SpaceId

_DRAWN = frozenset((Role.WAY, Role.STREAM, Role.HEDGE))
_HARD = frozenset((SceneryKind.ROAD, SceneryKind.RAIL, SceneryKind.PATH))
_BANK = 15.0
"""[m] the middle line of a river this near to its water is not drawn."""
_STRETCH = 64
"""Positions of a line that are widened in one go; more would cost their square."""
_MOST = 4000
"""Positions that are joined in one go."""
_STRAIGHT = 0.05
"""[m] a corner may lie off the line between its neighbours and still be left out."""
_HOLE = 4.0
"""[m²] smaller gaps between ways are filled."""


@dataclass(slots=True)
class Strand:
    """Lines that become one piece of scenery."""

    kind: SceneryKind
    name: Text
    key: str
    """Its class and name, or its class and square of ground."""
    first: Item
    """Its first line."""
    lines: dict[float, list[shapely.Geometry]] = field(
        default_factory=dict[float, list[shapely.Geometry]]
    )
    """By their width [m]."""


@dataclass(frozen=True, slots=True)
class Ways:
    """Ways as scenery, and their polygons once more for whoever keeps away from them."""

    scenery: list[Scenery]
    hard: Geometries


def ways(park: SpaceId, stuff: Materials, water: Geometries) -> Ways:
    """Ways of one class and name as one piece of scenery; nameless ones by square of ground."""
    result: list[Scenery] = []
    hard = [array_of([])]
    banks = _banks(stuff, water)
    for strand in _strands(stuff):
        river = strand.kind is SceneryKind.WATER
        polygons = _widened(strand, stuff, without=banks if river else None)
        if not len(polygons):
            continue
        if strand.kind in _HARD:
            hard.append(polygons)
        mark = blake2b(strand.key.encode(), digest_size=6).hexdigest()
        identity = SceneryId(f"{park}.{strand.kind}.{mark}")
        result.append(Scenery(identity, park, strand.kind, strand.name, tuple(rings(polygons))))
    return Ways(result, np.concatenate(hard))


def _banks(stuff: Materials, water: Geometries) -> shapely.Geometry | None:
    """Where the middle line of a river is not drawn."""
    if not len(water) or not stuff.effort.affords(water):
        return None
    return shapely.union_all(shapely.buffer(water, _BANK))


def _strands(stuff: Materials) -> list[Strand]:
    result: dict[str, Strand] = {}
    for line, owner in stuff.lines.pairs():
        item = stuff.items[owner]
        if item.role not in _DRAWN:
            continue
        words = item.name
        key = f"{item.kind} {words.zh} {words.en} {'' if words else stuff.square(owner)}"
        if key not in result:
            result[key] = Strand(KINDS[item.kind], words, key, item)
        result[key].lines.setdefault(item.width, []).append(line)
    return list(result.values())


def _widened(strand: Strand, stuff: Materials, *, without: shapely.Geometry | None) -> Geometries:
    """The polygons of a strand, its lines joined end to end and round at the ends.

    without  ground that the lines do not cross
    """
    found = [array_of([])]
    for broad, same in strand.lines.items():
        for batch in _batches(same):
            if not stuff.effort.affords(array_of(batch)):
                stuff.report.say_of("tangled", strand.first, "crosses others too often; left out")
                continue
            merged = shapely.line_merge(shapely.union_all(array_of(batch)))
            if without is not None:
                merged = shapely.difference(merged, without)
            found.append(shapely.buffer(_stretches(merged), broad / 2, quad_segs=2))
    whole = shapely.union_all(np.concatenate(found), grid_size=0.001)
    return _smooth(polygons_of(shapely.simplify(whole, _STRAIGHT)))


def _batches(lines: Iterable[shapely.Geometry]) -> Iterable[list[shapely.Geometry]]:
    batch: list[shapely.Geometry] = []
    size = 0
    for line in lines:
        count = int(shapely.get_num_coordinates(line))
        if batch and size + count > _MOST:
            yield batch
            batch, size = [], 0
        batch.append(line)
        size += count
    if batch:
        yield batch


def _stretches(merged: shapely.Geometry) -> Geometries:
    """Lines cut into stretches that share their end positions."""
    result: list[shapely.Geometry] = []
    for line in shapely.get_parts(shapely.get_parts(merged)):
        corners = shapely.get_coordinates(line)
        result.extend(
            shapely.LineString(corners[start : start + _STRETCH + 1])
            for start in range(0, max(1, len(corners) - 1), _STRETCH)
        )
    return array_of(result)


def _smooth(polygons: Geometries) -> Geometries:
    """The same polygons without tiny holes."""
    for place in np.flatnonzero(shapely.get_num_interior_rings(polygons)):
        shell, *holes = shapely.get_rings([polygons[place]]).tolist()
        kept = [hole for hole in holes if shapely.area(shapely.Polygon(hole)) >= _HOLE]
        polygons[place] = shapely.Polygon(shell, kept)
    return polygons
