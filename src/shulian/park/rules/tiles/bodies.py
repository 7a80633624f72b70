"""The shapes of many features as a few flat arrays, cleaned, so that numpy can work on all at once.

Rings stand one after another in `corners`, shell first, then the holes; `firsts` arrays hold
where each ring, prism and feature begins in the level below, with one entry past the end.

Symbols: f features, p prisms, r rings, c corners, t triangles.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from operator import attrgetter

import numpy as np
from numpy.typing import NDArray

from shulian.park.types import Mesh, Prism, Ring, Shape

Floats = NDArray[np.float64]
Rows = NDArray[np.intp]

TRIANGLE = 3
"""A ring needs as many corners."""
NEAR = 1e-3
"""Corners closer than this are one corner [m]."""
THIN = 1e-4
"""A ring that encloses less than this is nothing one could see [m²]."""


@dataclass(frozen=True, slots=True, eq=False)
class Bodies:
    """Prisms and meshes of f features; every ring has three corners at least and an area."""

    corners: Floats
    """(c, 2) [m] east, north; shells run counter-clockwise, holes clockwise."""
    ring_firsts: Rows
    """(r + 1,) first corner of each ring."""
    prism_firsts: Rows
    """(p + 1,) first ring of each prism."""
    feature_firsts: Rows
    """(f + 1,) first prism of each feature."""
    base: Floats
    """(p,) [m]."""
    top: Floats
    """(p,) [m]."""
    meshes: Mapping[int, Floats]
    """(t, 3, 3) [m] triangles, their corners, east, north, up; by feature."""

    @property
    def count(self) -> int:
        """How many features it holds, those without a body included."""
        return len(self.feature_firsts) - 1

    def take(self, features: Rows) -> "Bodies":
        """The bodies of some features, in that order."""
        prisms, feature_firsts = _gather(self.feature_firsts, features)
        rings, prism_firsts = _gather(self.prism_firsts, prisms)
        corners, ring_firsts = _gather(self.ring_firsts, rings)
        meshes: dict[int, Floats] = {}
        if self.meshes:
            places = enumerate(features.tolist())
            meshes = {new: self.meshes[old] for new, old in places if old in self.meshes}
        return Bodies(
            self.corners[corners],
            ring_firsts,
            prism_firsts,
            feature_firsts,
            self.base[prisms],
            self.top[prisms],
            meshes,
        )

    def bounds(self) -> Floats:
        """Smallest and largest coordinate of each feature; NaN where it has no body.

        return  (f, 6) [m] east, north, up, then the same
        """
        found = np.tile([np.inf] * 3 + [-np.inf] * 3, (self.count, 1))
        owner = np.repeat(np.arange(self.count), np.diff(self.feature_firsts))
        if len(owner):
            begins = self.ring_firsts[self.prism_firsts[:-1]]
            low = np.column_stack([np.minimum.reduceat(self.corners, begins), self.base])
            high = np.column_stack([np.maximum.reduceat(self.corners, begins), self.top])
            np.minimum.at(found[:, :3], owner, low)
            np.maximum.at(found[:, 3:], owner, high)
        for feature, mesh in self.meshes.items():
            points = mesh.reshape(-1, 3)
            found[feature, :3] = np.minimum(found[feature, :3], points.min(axis=0))
            found[feature, 3:] = np.maximum(found[feature, 3:], points.max(axis=0))
        found[np.isinf(found[:, 0])] = np.nan
        return found


def from_shapes(shapes: Sequence[Shape]) -> Bodies:
    """The bodies of shapes, one feature each."""
    prisms = list(chain.from_iterable(map(attrgetter("prisms"), shapes)))
    bodies = from_prisms(prisms, _lengths([shape.prisms for shape in shapes]))
    meshes = {
        feature: faces
        for feature, shape in enumerate(shapes)
        if shape.mesh is not None and len(faces := _faces(shape.mesh))
    }
    return replace(bodies, meshes=meshes)


def from_prisms(prisms: Sequence[Prism], counts: Rows) -> Bodies:
    """The bodies of features that have `counts` (f,) of `prisms` each."""
    polygons = [prism.rings for prism in prisms]
    heights = np.array(
        [
            np.fromiter(map(attrgetter("base"), prisms), np.float64, len(prisms)),
            np.fromiter(map(attrgetter("top"), prisms), np.float64, len(prisms)),
        ]
    )
    rings: list[Ring] = list(chain.from_iterable(polygons))
    lengths = _lengths(rings)
    flat = chain.from_iterable(chain.from_iterable(rings))
    bodies = Bodies(
        np.fromiter(flat, np.float64, 2 * int(lengths.sum())).reshape(-1, 2),
        _firsts(lengths),
        _firsts(_lengths(polygons)),
        _firsts(counts),
        heights.min(axis=0),
        heights.max(axis=0),
        {},
    )
    return _cleaned(bodies)


def spread(firsts: Rows, counts: Rows) -> Rows:
    """The runs first, first + 1, … of `counts` items each, one after another."""
    total = int(counts.sum())
    ends = np.cumsum(counts)
    return np.repeat(firsts - ends + counts, counts) + np.arange(total)


def following(ring_firsts: Rows, corners: int) -> Rows:
    """(c,) the corner after each corner along its ring."""
    after = np.arange(1, corners + 1)
    after[ring_firsts[1:] - 1] = ring_firsts[:-1]
    return after


def ring_areas(corners: Floats, ring_firsts: Rows) -> Floats:
    """(r,) [m²] area of each ring, positive where it runs counter-clockwise."""
    # relative to the ring's own first corner: far from the origin the products lose centimetres
    lengths = np.diff(ring_firsts)
    here = corners - np.repeat(corners[ring_firsts[:-1]], lengths, axis=0)
    there = here[following(ring_firsts, len(corners))]
    parts = here[:, 0] * there[:, 1] - here[:, 1] * there[:, 0]
    return np.add.reduceat(parts, ring_firsts[:-1]) / 2 if len(parts) else np.zeros(0)


def _faces(mesh: Mesh) -> Floats:
    """(t, 3, 3) [m] the triangles of a mesh that enclose an area."""
    faces = np.array(mesh.corners, np.float64).reshape(-1, 3, 3)
    across = np.cross(faces[:, 1] - faces[:, 0], faces[:, 2] - faces[:, 0])
    return faces[np.linalg.norm(across, axis=1) > THIN]


def _lengths(items: Sequence[Sequence[object]]) -> Rows:
    return np.fromiter(map(len, items), np.intp, len(items))


def _firsts(counts: Rows) -> Rows:
    firsts = np.zeros(len(counts) + 1, np.intp)
    np.cumsum(counts, out=firsts[1:])
    return firsts


def _gather(firsts: Rows, chosen: Rows) -> tuple[Rows, Rows]:
    """The items below the chosen ones, and where each chosen one's items now begin."""
    counts = firsts[chosen + 1] - firsts[chosen]
    return spread(firsts[chosen], counts), _firsts(counts)


def _cleaned(bodies: Bodies) -> Bodies:
    bodies = _keep(bodies, np.diff(bodies.ring_firsts) >= TRIANGLE)
    bodies = _without_repeats(bodies)
    bodies = _keep(bodies, np.diff(bodies.ring_firsts) >= TRIANGLE)
    bodies = _keep(bodies, np.abs(ring_areas(bodies.corners, bodies.ring_firsts)) >= THIN)
    return _turned(bodies)


def _keep(bodies: Bodies, good: NDArray[np.bool_]) -> Bodies:
    """Drop all rings but the good ones, and whole prisms whose shell is not good."""
    rings = np.diff(bodies.prism_firsts)
    shell = rings > 0
    shell[shell] = good[bodies.prism_firsts[:-1][shell]]
    good = good & np.repeat(shell, rings)
    if good.all() and shell.all():
        return bodies
    lengths = np.diff(bodies.ring_firsts)
    owner = np.repeat(np.arange(len(rings)), rings)[good]
    feature = np.repeat(np.arange(bodies.count), np.diff(bodies.feature_firsts))[shell]
    return replace(
        bodies,
        corners=bodies.corners[np.repeat(good, lengths)],
        ring_firsts=_firsts(lengths[good]),
        prism_firsts=_firsts(np.bincount(owner, minlength=len(rings))[shell]),
        feature_firsts=_firsts(np.bincount(feature, minlength=bodies.count)),
        base=bodies.base[shell],
        top=bodies.top[shell],
    )


def _without_repeats(bodies: Bodies) -> Bodies:
    """Drop corners that lie on the next corner of their ring."""
    after = following(bodies.ring_firsts, len(bodies.corners))
    away = np.abs(bodies.corners[after] - bodies.corners).max(axis=1, initial=0) >= NEAR
    if away.all():
        return bodies
    rings = len(bodies.ring_firsts) - 1
    ring = np.repeat(np.arange(rings), np.diff(bodies.ring_firsts))
    firsts = _firsts(np.bincount(ring[away], minlength=rings))
    return replace(bodies, corners=bodies.corners[away], ring_firsts=firsts)


def _turned(bodies: Bodies) -> Bodies:
    """Let every shell run counter-clockwise and every hole clockwise."""
    wanted = np.full(len(bodies.ring_firsts) - 1, -1.0)
    wanted[bodies.prism_firsts[:-1]] = 1.0
    wrong = ring_areas(bodies.corners, bodies.ring_firsts) * wanted < 0
    if not wrong.any():
        return bodies
    lengths = np.diff(bodies.ring_firsts)
    places = np.arange(len(bodies.corners))
    mirrored = np.repeat(bodies.ring_firsts[:-1] + bodies.ring_firsts[1:] - 1, lengths) - places
    order = np.where(np.repeat(wrong, lengths), mirrored, places)
    return replace(bodies, corners=bodies.corners[order])
