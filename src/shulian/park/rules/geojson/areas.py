"""Polygons: built from runs, made valid, joined across tile edges, and turned into rings."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import Geometry, GeometryType

from shulian.kit.geometry import Array
from shulian.park.rules.geojson.columns import Flags, Ints, Item, Run, Runs
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
_EFFORT = 40_000_000
"""Squared corners that repairs may cost in all; beyond it a tangle is left out."""
_DECIMALS = 3
_REPEATED = 0.005
"""[m] corners nearer than this are one."""


def array_of(geometries: Sequence[Geometry]) -> Geometries:
    """(n,) the same geometries as an array."""
    return np.fromiter(geometries, dtype=object, count=len(geometries))


@dataclass(frozen=True, slots=True)
class Areas:
    """Valid polygons, and the item each belongs to, ascending."""

    polygons: Geometries
    owners: Ints


def areas(runs: Runs, items: Sequence[Item], report: Report) -> Areas:
    """The polygons of `runs`, which hold positions in metres; what is none is noted."""
    rings = runs.kinds <= Run.HOLE
    shells = runs.kinds[rings] == Run.SHELL
    sizes = runs.sizes[rings]
    positions = runs.positions[np.repeat(rings, runs.sizes)]
    if not len(sizes):
        return Areas(np.empty(0, dtype=object), np.empty(0, dtype=np.int64))
    first = np.flatnonzero(shells)
    polygons: Geometries = shapely.from_ragged_array(
        GeometryType.POLYGON,
        np.round(positions, _DECIMALS),
        (_offsets(sizes), np.append(first, len(sizes))),
    )
    owners = runs.owners[rings][first]
    polygons = _valid(_without_repeats(polygons, positions, sizes, shells), owners, items, report)
    kept = shapely.area(polygons) >= SMALLEST
    _say_empty(owners, kept, items, report)
    return Areas(polygons[kept], owners[kept])


def _without_repeats(
    polygons: Geometries, positions: Array, sizes: Ints, shells: Flags
) -> Geometries:
    """The same polygons; where a corner stands twice in a row it stands once."""
    east, north = np.abs(np.diff(positions, axis=0)).T
    within = np.ones(len(east), dtype=bool)
    within[(np.cumsum(sizes) - 1)[:-1]] = False
    still: Flags = within & (east < _REPEATED) & (north < _REPEATED)
    if not still.any():
        return polygons
    ring_of = np.repeat(np.arange(len(sizes)), sizes)[:-1][still]
    mine = np.unique((np.cumsum(shells) - 1)[ring_of])
    result = polygons.copy()
    result[mine] = shapely.remove_repeated_points(polygons[mine], _REPEATED)
    return result


def _offsets(sizes: Ints) -> Ints:
    return np.concatenate([[0], np.cumsum(sizes)])


def _say_empty(owners: Ints, kept: Flags, items: Sequence[Item], report: Report) -> None:
    empty: list[int] = np.setdiff1d(owners[~kept], owners[kept]).tolist()
    for owner in empty:
        report.say("no_area", items[owner].place, "has no area; left out")


def _valid(polygons: Geometries, owners: Ints, items: Sequence[Item], report: Report) -> Geometries:
    """The same polygons; of one that crosses itself the largest part of its repair."""
    wrong = np.flatnonzero(~shapely.is_valid(polygons))
    if not len(wrong):
        return polygons
    effort = np.cumsum(shapely.get_num_coordinates(polygons[wrong]).astype(np.float64) ** 2)
    result = polygons.copy()
    for place, cost in zip(wrong.tolist(), effort.tolist(), strict=True):
        feature = items[int(owners[place])].place
        if cost > _EFFORT:
            result[place] = shapely.Polygon()
            report.say("tangled", feature, "crosses itself too often to be repaired; left out")
            continue
        polygon: Geometry = polygons[place]
        repaired = shapely.make_valid(polygon, method="structure", keep_collapsed=False)
        result[place] = largest(repaired)
        if shapely.area(result[place]) >= SMALLEST:
            report.say("self_crossing", feature, "crosses itself; its largest part is kept")
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


def shapes(found: Areas, groups: Sequence[Sequence[int]], count: int) -> list[Geometries]:
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
        result.append(polygons_of(joined(whole)) if len(whole) > 1 else whole)
    return result


def rings(polygons: Geometries) -> list[tuple[Ring, ...]]:
    """The rings of each polygon: shell counter-clockwise, holes clockwise, nothing repeated."""
    if not len(polygons):
        return []
    turned = shapely.orient_polygons(polygons)
    holes = shapely.get_num_interior_rings(turned)
    lines = shapely.get_rings(turned) if holes.any() else turned
    sizes = shapely.get_num_coordinates(lines).tolist()
    east, north = np.round(shapely.get_coordinates(lines), _DECIMALS).T.tolist()
    points = list(zip(east, north, strict=True))
    found: list[Ring] = []
    end = 0
    for size in sizes:
        start, end = end, end + size
        found.append(tuple(points[start : end - 1]))
    if not holes.any():
        return [(ring,) for ring in found]
    counts = (holes + 1).tolist()
    result: list[tuple[Ring, ...]] = []
    end = 0
    for count in counts:
        start, end = end, end + count
        result.append(tuple(found[start:end]))
    return result
