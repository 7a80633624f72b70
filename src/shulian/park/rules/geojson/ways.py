"""Roads, paths, railways, brooks and hedges: lines widened by class and joined by name."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
import shapely
from shapely import GeometryType

from shulian.kit.text import Text
from shulian.park.rules.geojson.areas import Geometries, polygons_of
from shulian.park.rules.geojson.classes import WIDTHS, flow_width, way_class, width
from shulian.park.rules.geojson.columns import Ints, Item, Run, Runs
from shulian.park.rules.geojson.roles import Role
from shulian.park.rules.geojson.words import name
from shulian.park.types import SceneryKind

CELL = 400.0
"""[m] nameless ways are joined within squares of this side, named ones along their whole length."""

_STRETCH = 64
"""Positions of a line that are widened in one go; more would cost their square."""
_MOST = 4000
"""Positions that are joined in one go."""
_STRAIGHT = 0.05
_HOLE = 4.0
"""[m²] smaller gaps between ways are filled."""
_HEDGE = 1.0


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines in metres, and the item each belongs to, ascending."""

    lines: Geometries
    owners: Ints


@dataclass(slots=True)
class Strand:
    """Lines that become one piece of scenery."""

    kind: SceneryKind
    name: Text
    key: str
    """Its class and name, or its class and square of ground."""
    lines: list[shapely.Geometry] = field(default_factory=list[shapely.Geometry])
    widths: list[float] = field(default_factory=list[float])


def lines(runs: Runs) -> Lines:
    """The lines of `runs`."""
    wanted = runs.kinds == Run.LINE
    sizes = runs.sizes[wanted]
    positions = np.round(runs.positions[np.repeat(wanted, runs.sizes)], 3)
    ends = np.concatenate([[0], np.cumsum(sizes)])
    found = shapely.from_ragged_array(GeometryType.LINESTRING, positions, (ends,))
    return Lines(found, runs.owners[wanted])


def square(cell: Ints) -> str:
    """The name of a square of ground, (2,) counted from 0° east and north."""
    east, north = cell.tolist()
    return f"c{east}_{north}"


def strands(found: Lines, items: Sequence[Item], cells: Ints) -> list[Strand]:
    """Lines of one class and name together; nameless ones by the square their item begins in.

    cells  (n, 2)  the square of ground each item begins in
    """
    result: dict[tuple[SceneryKind, str, Text, str], Strand] = {}
    owners: list[int] = found.owners.tolist()
    for line, owner in zip(found.lines, owners, strict=True):
        item = items[owner]
        kind, broad, sort = _drawn(item)
        words = name(item.tags)
        cell = "" if words else square(cells[owner])
        key = (kind, sort, words, cell)
        if key not in result:
            result[key] = Strand(kind, words, f"{sort} {words.zh} {words.en} {cell}")
        result[key].lines.append(line)
        result[key].widths.append(broad)
    return list(result.values())


def _drawn(item: Item) -> tuple[SceneryKind, float, str]:
    """What a line becomes, how wide it is [m], and its class."""
    if item.role is Role.STREAM:
        return SceneryKind.WATER, flow_width(item.tags), "stream"
    if item.role is Role.HEDGE:
        return SceneryKind.GREEN, _HEDGE, "hedge"
    sort = way_class(item.tags)
    kind, usual = WIDTHS[sort]
    return kind, width(item.tags, usual), sort


def widened(strand: Strand, *, without: shapely.Geometry | None = None) -> Geometries:
    """The polygons of a strand, its lines joined end to end and round at the ends.

    without  ground that the lines do not cross
    """
    found: list[Geometries] = []
    by_width: dict[float, list[shapely.Geometry]] = {}
    for line, broad in zip(strand.lines, strand.widths, strict=True):
        by_width.setdefault(broad, []).append(line)
    for broad, same in by_width.items():
        for batch in _batches(same):
            merged = shapely.line_merge(shapely.union_all(np.array(batch)))
            if without is not None:
                merged = shapely.difference(merged, without)
            found.append(shapely.buffer(_stretches(merged), broad / 2, quad_segs=2))
    whole = shapely.union_all(np.concatenate(found), grid_size=0.001)
    return _smooth(polygons_of(shapely.simplify(whole, _STRAIGHT)))


def _batches(all_lines: Iterable[shapely.Geometry]) -> Iterable[list[shapely.Geometry]]:
    batch: list[shapely.Geometry] = []
    size = 0
    for line in all_lines:
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
    return np.array(result, dtype=object)


def _smooth(polygons: Geometries) -> Geometries:
    """The same polygons without tiny holes."""
    for place in np.flatnonzero(shapely.get_num_interior_rings(polygons)):
        shell, *holes = shapely.get_rings([polygons[place]]).tolist()
        kept = [hole for hole in holes if shapely.area(shapely.Polygon(hole)) >= _HOLE]
        polygons[place] = shapely.Polygon(shell, kept)
    return polygons
