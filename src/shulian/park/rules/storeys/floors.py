"""What is level on a level: its floors, the slab under them and the roof where nothing is above."""

import numpy as np
import shapely
from shapely import Polygon

from shulian.park.rules.storeys.levels import FACADE, SLAB, Level, Locator
from shulian.park.rules.storeys.pieces import Part, Piece, cover, joined, owner, solid, upright
from shulian.park.rules.storeys.plane import GRID, Area, edges, filled, grown, meet, parts, without

PARAPET = 0.4
"""Height of the wall around a roof [m]."""
_SLIVER = 0.1
"""What the storey above leaves bare in a strip narrower than twice this gets no roof [m]."""


def build_floors(level: Level, locator: Locator, wells: Area) -> Piece:
    """The floor of each space and of the rest, and the slab that carries them, without wells."""
    cells = _cells(level, wells)
    points = shapely.get_coordinates(shapely.point_on_surface(cells)).reshape(-1, 2)
    floors = locator.rows(points) * owner(1, Part.FLOOR) + Part.FLOOR
    slab = without(level.outline, wells)
    bottom, part = level.base - SLAB, owner(0, Part.SLAB)
    return joined(
        [
            cover(cells, level.base, floors, up=True),
            cover(parts(slab), bottom, part, up=False),
            upright(edges([slab]), bottom, level.base, part),
        ]
    )


def _cells(level: Level, wells: Area) -> list[Polygon]:
    """The floor, cut along the outlines of all spaces."""
    if not level.rooms and wells.is_empty:
        return parts(level.outline)
    areas = np.array([level.outline, wells, *(room.area for room in level.rooms)])
    lines = shapely.union_all(shapely.boundary(areas), grid_size=GRID)
    cells = shapely.get_parts(shapely.polygonize([lines]))
    points = shapely.get_coordinates(shapely.point_on_surface(cells))
    floor = without(level.outline, wells)
    shapely.prepare(floor)
    kept = cells[shapely.contains_xy(floor, points[:, 0], points[:, 1])]
    return list(shapely.orient_polygons(kept))


def build_roof(level: Level, above: Area) -> Piece:
    """The roof over what `above`, the outline of the storeys on top, leaves bare.

    An atrium that goes on upwards stays open.
    """
    bare = without(level.outline, filled(above))
    if not above.is_empty:
        bare = grown(grown(bare, -_SLIVER), _SLIVER)
    if bare.is_empty:
        return joined([])
    part, top = owner(0, Part.SLAB), level.upper
    rim = without(level.outline, grown(level.outline, -FACADE))
    return joined(
        [
            solid(bare, top - SLAB, top, part),
            solid(meet(bare, rim), top, top + PARAPET, part),
        ]
    )
