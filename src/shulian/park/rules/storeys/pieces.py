"""Flat faces with hard edges: the material all parts of a storey are made of.

Corners are metres east, north, up. A face belongs to an owner: the row of a space in its level
(0 is the storey itself) and a part of it, as one number: `owner(row, part)`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from shapely import Polygon

from shulian.park.rules.storeys.plane import Area, Floats, Ints, edges, parts, triangulate


class Part(IntEnum):
    """What a face is of its space; the number is the one in the file."""

    FLOOR = 0
    WALL = 1
    FACADE = 2
    SLAB = 3
    STAIRS = 4
    FURNITURE = 5


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """Some faces; corners run counter-clockwise seen from outside, no two faces share one."""

    corners: Floats
    """(n, 3) [m] east, north, up."""
    normals: Floats
    """(n, 3) unit vectors."""
    owners: Ints
    """(n,) owner of the face that each corner belongs to."""
    triangles: Ints
    """(m, 3) corners."""
    wall: Floats
    """(n, 4) [m] along the wall, above its base, length and height of the wall; else zeros."""


def owner(row: int, part: Part) -> int:
    """The number of a part of the space in `row`."""
    return row * len(Part) + part


def rows_and_parts(owners: Ints) -> tuple[Ints, Ints]:
    """The rows and parts that owners stand for, each (n,)."""
    return np.divmod(owners, len(Part))


def joined(pieces: Sequence[Piece]) -> Piece:
    """All faces of the pieces in one."""
    starts = np.cumsum([0, *(len(piece.corners) for piece in pieces)])
    shifted = [piece.triangles + start for piece, start in zip(pieces, starts, strict=False)]
    return Piece(
        corners=np.concatenate([np.empty((0, 3)), *(piece.corners for piece in pieces)]),
        normals=np.concatenate([np.empty((0, 3)), *(piece.normals for piece in pieces)]),
        owners=np.concatenate([np.empty(0, np.int64), *(piece.owners for piece in pieces)]),
        triangles=np.concatenate([np.empty((0, 3), np.int64), *shifted]),
        wall=np.concatenate([np.empty((0, 4)), *(piece.wall for piece in pieces)]),
    )


def quads(corners: Floats, owners: Ints | int, wall: Floats | None = None) -> Piece:
    """Flat faces of four corners.

    corners  (n, 4, 3) [m]  counter-clockwise seen from outside
    owners   (n,)           or one for all
    wall     (n, 4, 4) [m]  as in `Piece`
    """
    across, upon = corners[:, 2] - corners[:, 0], corners[:, 3] - corners[:, 1]
    normals = np.cross(across, upon)
    normals /= np.maximum(np.linalg.norm(normals, axis=1), 1e-12)[:, None]
    count = len(corners)
    first = 4 * np.arange(count)[:, None, None]
    return Piece(
        corners=corners.reshape(-1, 3),
        normals=np.repeat(normals, 4, axis=0),
        owners=np.repeat(np.broadcast_to(owners, count), 4),
        triangles=(first + np.array([[0, 1, 2], [0, 2, 3]])).reshape(-1, 3),
        wall=np.zeros((4 * count, 4)) if wall is None else wall.reshape(-1, 4),
    )


_SIDES = np.array(
    [[3, 2, 1, 0], [4, 5, 6, 7], [0, 1, 5, 4], [1, 2, 6, 5], [2, 3, 7, 6], [3, 0, 4, 7]]
)


def blocks(corners: Floats, owners: Ints | int) -> Piece:
    """Solids of eight corners.

    corners  (n, 8, 3) [m]  four below, counter-clockwise seen from above, then those above them
    owners   (n,)           or one for all
    """
    each = np.repeat(np.broadcast_to(owners, len(corners)), len(_SIDES))
    return quads(corners[:, _SIDES].reshape(-1, 4, 3), each)


def upright(
    lines: Floats, low: float, high: float, owners: Ints | int, wall: Floats | None = None
) -> Piece:
    """Vertical faces over lines; seen from outside they run from left to right.

    lines    (n, 2, 2) [m]  from → to; outside lies to the right
    low      [m]            where the faces begin, `high` where they end
    wall     (n, 4, 4) [m]  as in `Piece`, for low from, low to, high to, high from
    """
    corners = np.empty((len(lines), 4, 3))
    corners[:, [0, 3], :2] = lines[:, :1]
    corners[:, [1, 2], :2] = lines[:, 1:]
    corners[:, :2, 2] = low
    corners[:, 2:, 2] = high
    return quads(corners, owners, wall)


def cover(polygons: Sequence[Polygon], height: float, owners: Ints | int, *, up: bool) -> Piece:
    """Level faces over polygons, seen from above (`up`) or from below.

    height  [m]
    owners  (polygons,) or one for all
    """
    points, polygon, triangles = triangulate(polygons)
    normals = np.zeros((len(points), 3))
    normals[:, 2] = 1.0 if up else -1.0
    return Piece(
        corners=np.column_stack([points, np.full(len(points), height)]),
        normals=normals,
        owners=np.broadcast_to(owners, len(polygons))[polygon],
        triangles=triangles if up else triangles[:, ::-1],
        wall=np.zeros((len(points), 4)),
    )


def lids(polygons: Sequence[Polygon], low: float, high: float, part: int) -> Piece:
    """Level faces under and over polygons, at `low` and `high` [m], for the owner `part`."""
    under = cover(polygons, low, part, up=False)
    over = Piece(
        corners=under.corners + np.array([0.0, 0.0, high - low]),
        normals=-under.normals,
        owners=under.owners,
        triangles=under.triangles[:, ::-1],
        wall=under.wall,
    )
    return joined([under, over])


def solid(area: Area, low: float, high: float, part: int) -> Piece:
    """An area raised from `low` to `high` [m], closed above and below, for the owner `part`."""
    return joined([upright(edges([area]), low, high, part), lids(parts(area), low, high, part)])
