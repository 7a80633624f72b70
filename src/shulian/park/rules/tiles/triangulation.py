"""Triangles of many polygons: a fan where a polygon is convex, ear clipping where it is not."""

import numpy as np
from mapbox_earcut import triangulate_float64
from numpy.typing import NDArray

from shulian.park.rules.tiles.bodies import Bodies, Floats, Rows, following, spread

FLAT = 1e-6
"""Twice the area below which a triangle is dropped [m²]."""


def triangulate(bodies: Bodies) -> Rows:
    """Triangles over the polygon of every prism; none is left without.

    return  (t, 3) corners of each triangle, counter-clockwise
    """
    convex = _convex(bodies)
    triangles = np.concatenate([_fans(bodies, convex), _ears(bodies, np.flatnonzero(~convex))])
    found = _upward(bodies.corners, triangles, FLAT)
    begins = bodies.ring_firsts[bodies.prism_firsts]
    bare = np.ones(len(bodies.base), bool)
    bare[np.searchsorted(begins, found[:, 0], side="right") - 1] = False
    if not bare.any():
        return found
    # a hole as large as its shell, or rings that cross: the shell is what one can still show
    return np.concatenate([found, _upward(bodies.corners, _fans(bodies, bare), 0.0)])


def _convex(bodies: Bodies) -> NDArray[np.bool_]:
    """(p,) whether each prism is a single convex ring."""
    after = following(bodies.ring_firsts, len(bodies.corners))
    edges = bodies.corners[after] - bodies.corners
    ahead = edges[after]
    turns = edges[:, 0] * ahead[:, 1] - edges[:, 1] * ahead[:, 0]
    lowest = np.minimum.reduceat(turns, bodies.ring_firsts[:-1])
    return (np.diff(bodies.prism_firsts) == 1) & (lowest[bodies.prism_firsts[:-1]] >= 0)


def _fans(bodies: Bodies, chosen: NDArray[np.bool_]) -> Rows:
    """(t, 3) triangles from the first corner of the shell of each chosen prism."""
    ring = bodies.prism_firsts[:-1][chosen]
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


def _upward(corners: Floats, triangles: Rows, flat: float) -> Rows:
    """The triangles of more than an area, all counter-clockwise; `flat` is twice that area [m²]."""
    a, b, c = (corners[triangles[:, side]] for side in range(3))
    ab, ac = b - a, c - a
    doubled = ab[:, 0] * ac[:, 1] - ab[:, 1] * ac[:, 0]
    turned = np.where((doubled < 0)[:, None], triangles[:, ::-1], triangles)
    return turned[np.abs(doubled) > flat]
