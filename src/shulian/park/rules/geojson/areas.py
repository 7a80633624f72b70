"""Polygons: built from runs, made valid, joined across tile edges, and turned into rings."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import Geometry, GeometryType

from shulian.kit.geometry import Array
from shulian.park.rules.geojson.columns import Flags, Ints, Run, Runs
from shulian.park.rules.geojson.effort import Effort
from shulian.park.rules.geojson.items import Item
from shulian.park.rules.geojson.report import Report
from shulian.park.types import Ring

Geometries = NDArray[np.object_]
"""Shapely geometries."""

SMALLEST = 0.1
"""[m²] less is no area."""
_SEAM = 0.3
"""[m] the pieces of one thing may lie apart where a tile's edge cut it."""
_STRAIGHT = 0.02
"""[m] a corner may lie off the line between its neighbours and still be left out at a seam."""
_DECIMALS = 3
_CORNERS = 3


def array_of(geometries: Sequence[Geometry]) -> Geometries:
    """(n,) the same geometries as an array."""
    return np.fromiter(geometries, dtype=object, count=len(geometries))


@dataclass(frozen=True, slots=True)
class Areas:
    """Valid polygons, and the item each belongs to, ascending."""

    polygons: Geometries
    owners: Ints


def areas(runs: Runs, items: Sequence[Item], effort: Effort, report: Report) -> Areas:
    """The polygons of `runs`, which hold positions in metres; what is none is noted."""
    rings = _rings(runs)
    shells = np.flatnonzero(rings.kinds == Run.SHELL)
    owners = rings.owners[shells]
    polygons: Geometries = shapely.from_ragged_array(
        GeometryType.POLYGON,
        rings.positions,
        (np.append(0, np.cumsum(rings.sizes)), np.append(shells, len(rings.sizes))),
    )
    polygons = _valid(polygons, owners, items, effort, report)
    kept = shapely.area(polygons) >= SMALLEST
    tangled = owners[shapely.is_missing(polygons)]
    drawn = runs.owners[runs.kinds == Run.SHELL]
    empty: list[int] = np.setdiff1d(drawn, np.append(owners[kept], tangled)).tolist()
    for owner in empty:
        report.say_of("no_area", items[owner], "has no area; left out")
    return Areas(polygons[kept], owners[kept])


def _rings(runs: Runs) -> Runs:
    """The rings with corners enough, to the millimetre, and no corner twice in a row.

    Holes go with their shell.
    """
    rings = runs.only(runs.kinds <= Run.HOLE)
    positions = np.round(rings.positions, _DECIMALS)
    ring = np.repeat(np.arange(len(rings.sizes)), rings.sizes)
    east, north = positions.T
    moving = np.ones(len(ring), dtype=bool)
    moving[:-1] = (east[1:] != east[:-1]) | (north[1:] != north[:-1]) | (ring[1:] != ring[:-1])
    sizes = np.bincount(ring[moving], minlength=len(rings.sizes))
    good: Flags = sizes > _CORNERS
    shell = rings.kinds == Run.SHELL
    good &= good[shell][np.cumsum(shell) - 1]
    return Runs(positions[moving], sizes, rings.kinds, rings.owners).only(good)


def _valid(
    polygons: Geometries, owners: Ints, items: Sequence[Item], effort: Effort, report: Report
) -> Geometries:
    """The same polygons; of one that crosses itself the largest part of its repair, if any."""
    wrong = np.flatnonzero(~shapely.is_valid(polygons))
    if not len(wrong):
        return polygons
    result = polygons.copy()
    for place in wrong.tolist():
        item = items[int(owners[place])]
        if not effort.affords(polygons[place : place + 1]):
            result[place] = None
            report.say_of("tangled", item, "crosses itself too often to be repaired; left out")
            continue
        polygon: Geometry = polygons[place]
        repaired = shapely.make_valid(polygon, method="structure", keep_collapsed=False)
        result[place] = largest(repaired)
        if shapely.area(result[place]) >= SMALLEST:
            report.say_of("self_crossing", item, "crosses itself; its largest part is kept")
    return result


def largest(geometry: Geometry) -> Geometry:
    """The largest polygon in `geometry`; an empty one if there is none."""
    parts = polygons_of(geometry)
    return parts[np.argmax(shapely.area(parts))] if len(parts) else shapely.Polygon()


def polygons_of(geometry: Geometry) -> Geometries:
    """All polygons in `geometry` that have an area."""
    parts: Geometries = shapely.get_parts(shapely.get_parts(geometry))
    kinds = shapely.get_type_id(parts)
    return parts[(kinds == GeometryType.POLYGON) & (shapely.area(parts) >= SMALLEST)]


def joined(pieces: Geometries) -> Geometry:
    """One polygon, or several that lie apart, from pieces that overlap or meet at a tile's edge.

    Gaps up to `_SEAM` between pieces are closed; corners that a cut left on a straight wall go.
    """
    if len(pieces) == 1:
        return pieces[0]
    if shapely.equals(pieces[1:], pieces[0]).all():
        return pieces[0]
    grown = shapely.buffer(pieces, _SEAM / 2, join_style="mitre", mitre_limit=10.0)
    whole = shapely.buffer(
        shapely.union_all(grown), -_SEAM / 2, join_style="mitre", mitre_limit=10.0
    )
    everything = array_of([whole, *pieces.tolist()])
    whole = shapely.union_all(everything, grid_size=10.0**-_DECIMALS)
    return shapely.simplify(whole, _STRAIGHT)


def shapes(
    found: Areas, groups: Iterable[Sequence[int]], count: int, effort: Effort
) -> list[Geometries]:
    """The polygons of each group of items: as they are, or joined where there are several.

    groups  indices of items that are one thing
    count   how many items there are
    """
    starts = np.searchsorted(found.owners, np.arange(count + 1)).tolist()
    result: list[Geometries] = []
    for group in groups:
        item = group[0]
        whole = found.polygons[starts[item] : starts[item + 1]]
        if len(group) > 1:
            rest = [found.polygons[starts[item] : starts[item + 1]] for item in group[1:]]
            whole = np.concatenate([whole, *rest])
        if len(whole) > 1 and effort.affords(whole):
            whole = polygons_of(joined(whole))
        result.append(whole)
    return result


def rings(polygons: Geometries) -> list[tuple[Ring, ...]]:
    """The rings of each polygon: shell counter-clockwise, holes clockwise, nothing repeated."""
    holes: list[int] = shapely.get_num_interior_rings(polygons).tolist()
    lines = shapely.get_rings(polygons) if any(holes) else polygons
    sizes = shapely.get_num_coordinates(lines).astype(np.int64)
    corners = np.round(shapely.get_coordinates(lines), _DECIMALS)
    found = _turned(corners, sizes)
    if not any(holes):
        return [(ring,) for ring in found]
    result: list[tuple[Ring, ...]] = []
    end = 0
    for count in holes:
        start, end = end, end + 1 + count
        inner = tuple(ring[::-1] for ring in found[start + 1 : end])
        result.append((found[start], *inner))
    return result


def _turned(corners: Array, sizes: Ints) -> list[Ring]:
    """Each closed line without its last corner, counter-clockwise.

    corners  (n, 2) [m]  of all lines
    sizes    (r,)        corners of each
    """
    if not len(sizes):
        return []
    ends = np.cumsum(sizes)
    near = corners - np.repeat(corners[ends - sizes], sizes, axis=0)
    east, north = near.T
    cross = np.append(east[:-1] * north[1:] - east[1:] * north[:-1], 0.0)
    cross[ends - 1] = 0.0
    backwards: list[bool] = (np.add.reduceat(cross, ends - sizes) < 0).tolist()
    eastings: list[float] = corners[:, 0].tolist()
    points = list(zip(eastings, corners[:, 1].tolist(), strict=True))
    result: list[Ring] = []
    end = 0
    for size, back in zip(sizes.tolist(), backwards, strict=True):
        start, end = end, end + size
        ring = tuple(points[start : end - 1])
        result.append(ring[::-1] if back else ring)
    return result
