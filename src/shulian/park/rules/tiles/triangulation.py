"""Triangles of many polygons: a fan where a polygon is convex, ear clipping where it is not."""

import numpy as np
from mapbox_earcut import triangulate_float64
from numpy.typing import NDArray

from shulian.park.rules.tiles.bodies import Bodies, Floats, Rows, following, spread

FLAT = 1e-6
"""Twice the area below which a triangle is dropped [m²]."""


def triangulate(bodies: Bodies) -> Rows:
    """Triangles over the polygon of every prism.

    return  (t, 3) corners of each triangle, counter-clockwise
    """
    convex = _convex(bodies)
    triangles = np.concatenate([_fans(bodies, convex), _ears(bodies, np.flatnonzero(~convex))])
    doubled = _doubled_areas(bodies.corners, triangles)
    backward = doubled < 0
    triangles[backward] = triangles[backward][:, ::-1]
    return triangles[np.abs(doubled) > FLAT]


def _convex(bodies: Bodies) -> NDArray[np.bool_]:
    """(p,) whether each prism is a single convex ring."""
    if not len(bodies.corners):
        return np.zeros(0, bool)
    after = following(bodies.ring_firsts, len(bodies.corners))
    edges = bodies.corners[after] - bodies.corners
    ahead = edges[after]
    turns = edges[:, 0] * ahead[:, 1] - edges[:, 1] * ahead[:, 0]
    lowest = np.minimum.reduceat(turns, bodies.ring_firsts[:-1])
    return (np.diff(bodies.prism_firsts) == 1) & (lowest[bodies.prism_firsts[:-1]] >= 0)


def _fans(bodies: Bodies, convex: NDArray[np.bool_]) -> Rows:
    """(t, 3) triangles from the first corner of each convex ring."""
    ring = bodies.prism_firsts[:-1][convex]
    first = bodies.ring_firsts[ring]
    counts = bodies.ring_firsts[ring + 1] - first - 2
    second = spread(first + 1, counts)
    return np.column_stack([np.repeat(first, counts), second, second + 1])


def _ears(bodies: Bodies, prisms: Rows) -> Rows:
    """(t, 3) triangles of polygons with bays or holes, by ear clipping (Mapbox earcut)."""
    first, past = bodies.prism_firsts[prisms], bodies.prism_firsts[prisms + 1]
    begins, ends = bodies.ring_firsts[first], bodies.ring_firsts[past]
    rings = spread(first, past - first)
    ring_ends = bodies.ring_firsts[rings + 1] - np.repeat(begins, past - first)
    places = np.cumsum(past - first)
    spans = (begins, ends, places - (past - first), places)
    ring_ends = ring_ends.astype(np.uint32)
    found = [
        triangulate_float64(bodies.corners[begin:end], ring_ends[place:stop])
        for begin, end, place, stop in zip(*(span.tolist() for span in spans), strict=True)
    ]
    if not found:
        return np.zeros((0, 3), np.intp)
    counts = np.fromiter(map(len, found), np.intp, len(found))
    indices = np.concatenate(found).astype(np.intp) + np.repeat(begins, counts)
    return indices.reshape(-1, 3)


def _doubled_areas(corners: Floats, triangles: Rows) -> Floats:
    a, b, c = (corners[triangles[:, side]] for side in range(3))
    ab, ac = b - a, c - a
    return ab[:, 0] * ac[:, 1] - ab[:, 1] * ac[:, 0]
