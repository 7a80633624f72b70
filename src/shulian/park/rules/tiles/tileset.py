"""The tileset's JSON: where each tile stands, how large it is, and when it is worth loading.

The geometric error of a tile is what is wrong as long as its children are not shown: the size of
the largest feature below it. So a tower is fetched from far away and a lane of sheds from near.
"""

from collections.abc import Sequence
from math import cos, radians, sin, sqrt

import msgspec
import numpy as np

from shulian.park.rules.tiles.bodies import Floats
from shulian.park.rules.tiles.glb import Json
from shulian.park.rules.tiles.quadtree import Cell
from shulian.park.types import Place

MARGIN = 0.02
"""What boxes are larger than their content, for the rounding of positions [m]."""

_AXIS = 6_378_137.0
_FLATTENING = 1 / 298.257223563


def tileset(place: Place, layers: Sequence[Json]) -> bytes:
    """`tileset.json` of tiles made by `layer`, its plane laid on the ellipsoid at `place`."""
    if layers:
        boxes = np.array([_corners(each["boundingVolume"]["box"]) for each in layers])
        low, high = boxes[:, 0].min(axis=0), boxes[:, 1].max(axis=0)
    else:
        low, high = np.full(3, -1.0), np.ones(3)
    error = max((float(np.max(high - low)), *(each["geometricError"] for each in layers)))
    root: Json = {
        "transform": to_earth(place.longitude, place.latitude),
        "boundingVolume": {"box": _box(low, high)},
        "geometricError": error,
        "refine": "ADD",
    }
    if layers:
        root["children"] = list(layers)
    document = {
        "asset": {"version": "1.1", "generator": "shulian"},
        "geometricError": error,
        "root": root,
    }
    return msgspec.json.encode(document)


def layer(cell: Cell, bounds: Floats, folder: str) -> Json:
    """The tile of a cell and all below it.

    bounds  (f, 6) [m] smallest and largest east, north, up of each feature
    """
    below = [each.rows for child in cell.children for each in child.cells()]
    rows = np.concatenate([cell.rows, *below])
    low = bounds[rows, :3].min(axis=0) - MARGIN
    high = bounds[rows, 3:].max(axis=0) + MARGIN
    sizes = bounds[rows[len(cell.rows) :]]
    tile: Json = {
        "boundingVolume": {"box": _box(low, high)},
        "geometricError": float((sizes[:, 3:] - sizes[:, :3]).max(initial=0.0)),
    }
    if len(cell.rows):
        tile["content"] = {"uri": f"{folder}/{cell.path}.glb"}
    if cell.children:
        tile["children"] = [layer(child, bounds, folder) for child in cell.children]
    return tile


def to_earth(longitude: float, latitude: float) -> list[float]:
    """East, north, up at a point of the ellipsoid → earth-centred metres, column by column.

    longitude, latitude [°] WGS 84; formulas of NIMA TR8350.2, chapter 4.
    """
    lon, lat = radians(longitude), radians(latitude)
    squared = _FLATTENING * (2 - _FLATTENING)
    radius = _AXIS / sqrt(1 - squared * sin(lat) ** 2)
    east = [-sin(lon), cos(lon), 0.0]
    north = [-sin(lat) * cos(lon), -sin(lat) * sin(lon), cos(lat)]
    up = [cos(lat) * cos(lon), cos(lat) * sin(lon), sin(lat)]
    origin = [radius * up[0], radius * up[1], radius * (1 - squared) * up[2]]
    return [*east, 0.0, *north, 0.0, *up, 0.0, *origin, 1.0]


def _box(low: Floats, high: Floats) -> list[float]:
    """The twelve numbers of an upright box: its centre and its three half axes."""
    center, half = ((high + low) / 2).tolist(), ((high - low) / 2).tolist()
    return [*center, half[0], 0.0, 0.0, 0.0, half[1], 0.0, 0.0, 0.0, half[2]]


def _corners(box: list[float]) -> tuple[Floats, Floats]:
    center, half = np.array(box[:3]), np.array([box[3], box[7], box[11]])
    return center - half, center + half
