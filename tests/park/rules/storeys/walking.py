"""Where a person can walk: triangles in, the places one reaches from a start out.

The person is a capsule of radius 0.3 m that steps up and down at most 0.35 m and needs 1.9 m of
height. Triangles are marked in a grid of small cells; a place is the top of a marked cell.
"""

from collections import deque
from dataclasses import dataclass
from typing import cast

import numpy as np
from numpy.typing import NDArray

RADIUS, STEP, CLEARANCE = 0.3, 0.35, 1.9
CELL, RISE = 0.1, 0.1
"""Width and height of a cell [m]."""


@dataclass(frozen=True)
class Reached:
    """The places one reaches."""

    places: NDArray[np.float64]
    """(n, 3) [m]."""

    def at(self, east: float, north: float, up: float) -> bool:
        """Whether one reaches a place within 0.15 m of a point, 0.1 m up or down."""
        off = np.abs(self.places - np.array([east, north, up]))
        return bool(((off[:, :2] < 0.15).all(axis=1) & (off[:, 2] < 0.1)).any())


def walk(triangles: NDArray[np.float64], start: tuple[float, float, float]) -> Reached:
    """All places one reaches from a start [m] over and between triangles (n, 3, 3) [m]."""
    corners, steps = triangles.reshape(-1, 3), np.array([CELL, CELL, RISE])
    low = corners.min(axis=0) - np.array([0.5, 0.5, 0.25])
    size = np.ceil((corners.max(axis=0) + np.array([0.5, 0.5, 2.5]) - low) / steps)
    solid = np.zeros(size.astype(int), bool)
    for triangle in triangles:
        points = _points(triangle)
        solid[tuple(np.floor((points - low) / steps).astype(int).T)] = True
    cells = np.argwhere(solid[:, :, :-1] & ~solid[:, :, 1:])
    cells = cells[_fits(solid, cells)]
    begin = int(np.abs(cells - np.floor((np.array(start) - low) / steps)).sum(axis=1).argmin())
    reached = _flood(cells, begin)
    return Reached(low + (cells[reached] + [0.5, 0.5, 1.0]) * steps)


def _points(triangle: NDArray[np.float64]) -> NDArray[np.float64]:
    """(n, 3) points on a triangle (3, 3) [m], half a cell from one another, its edges included."""
    gap = CELL / 2
    normal = np.abs(np.cross(triangle[1] - triangle[0], triangle[2] - triangle[0]))
    flat = np.delete(np.arange(3), normal.argmax())
    low, high = triangle[:, flat].min(axis=0), triangle[:, flat].max(axis=0)
    grid = np.meshgrid(*(np.arange(a, b + gap, gap) for a, b in zip(low, high, strict=True)))
    spots = np.stack([each.ravel() for each in grid], axis=1) - triangle[0, flat]
    sides = (triangle[1:] - triangle[0])[:, flat].T
    thin = abs(float(np.linalg.det(sides))) < 1e-9
    sides, spots = (np.eye(2), spots[:0]) if thin else (sides, spots)
    shares = spots @ cast("NDArray[np.float64]", np.linalg.inv(sides)).T
    shares = shares[(shares >= 0).all(axis=1) & (shares.sum(axis=1) <= 1)]
    found: list[NDArray[np.float64]] = [triangle[0] + shares @ (triangle[1:] - triangle[0])]
    for begin, end in zip(triangle, np.roll(triangle, -1, axis=0), strict=True):
        count = int(np.linalg.norm(end - begin) / gap) + 2
        found.append(begin + np.linspace(0, 1, count)[:, None] * (end - begin))
    return np.concatenate(found)


def _fits(solid: NDArray[np.bool_], cells: NDArray[np.int64]) -> NDArray[np.bool_]:
    """On which cells (n, 3) a person can stand."""
    filled = np.zeros((*solid.shape[:2], solid.shape[2] + 1), np.int16)
    np.cumsum(solid, axis=2, out=filled[:, :, 1:])
    fits = np.ones(len(cells), bool)
    reach = int(RADIUS / CELL)
    for dx in range(-reach, reach + 1):
        for dy in range(-reach, reach + 1):
            off = CELL * float(np.hypot(dx, dy))
            if off > RADIUS:
                continue
            foot = STEP + RADIUS - np.sqrt(RADIUS**2 - off**2)
            x = (cells[:, 0] + dx).clip(0, solid.shape[0] - 1)
            y = (cells[:, 1] + dy).clip(0, solid.shape[1] - 1)
            bottom = (cells[:, 2] + 1 + int(np.ceil(foot / RISE))).clip(0, solid.shape[2])
            top = (cells[:, 2] + 1 + int(CLEARANCE / RISE)).clip(0, solid.shape[2])
            fits &= filled[x, y, top] == filled[x, y, bottom]
    return fits


def _flood(cells: NDArray[np.int64], begin: int) -> list[int]:
    """The cells one reaches from one of them."""
    columns: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for index, (x, y, z) in enumerate(cells.tolist()):
        columns.setdefault((x, y), []).append((z, index))
    places = cells.tolist()
    seen, waiting = {begin}, deque([begin])
    while waiting:
        x, y, z = places[waiting.popleft()]
        for side in ((x + 1, y), (x - 1, y), (x, y + 1), (x, y - 1)):
            for other, index in columns.get(side, ()):
                if index not in seen and abs(other - z) * RISE <= STEP + 1e-9:
                    seen.add(index)
                    waiting.append(index)
    return sorted(seen)
