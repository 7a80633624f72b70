"""Walls, roofs and undersides of prisms, and meshes, as one surface.

A wall is a quad of its own four vertices; a roof shares the vertices of its polygon. A prism that
stands on the ground has no underside, since nobody can see it; one that begins above it has.
"""

import numpy as np
from numpy.typing import NDArray

from shulian.park.rules.tiles.bodies import Bodies, Floats, Rows, following
from shulian.park.rules.tiles.gltf import Surface, join
from shulian.park.rules.tiles.triangulation import triangulate

LIFTED = 0.05
"""A prism whose base is higher than this shows its underside [m]."""
STEEP = 0.5
"""A triangle of a mesh whose normal rises less than this is a piece of wall."""

_QUAD = np.array([0, 1, 2, 0, 2, 3], np.uint32)
_DM = 10.0


def massing(bodies: Bodies) -> Surface:
    """The closed surface of every feature's prisms and meshes; features keep their numbers."""
    parts = [_mesh(feature, mesh) for feature, mesh in bodies.meshes.items()]
    if len(bodies.corners):
        triangles = triangulate(bodies)
        owner = _owners(bodies)
        lifted = bodies.base[owner] > LIFTED
        parts += [_walls(bodies, owner), caps(bodies, triangles, owner, up=True)]
        if lifted.any():
            below = triangles[lifted[triangles[:, 0]]]
            parts.append(caps(bodies, below, owner, up=False))
    return join(*parts)


def ground(bodies: Bodies) -> Surface:
    """The polygons of every feature as flat ground at the top of its prisms."""
    return caps(bodies, triangulate(bodies), _owners(bodies), up=True)


def caps(bodies: Bodies, triangles: Rows, owner: Rows, *, up: bool) -> Surface:
    """The tops of prisms, or their undersides.

    triangles (t, 3) corners, counter-clockwise from above
    owner     (c,)   prism of each corner
    """
    present = np.zeros(len(owner), bool)
    present[triangles] = True
    used = np.flatnonzero(present)
    indices = (np.cumsum(present) - 1)[triangles if up else triangles[:, ::-1]]
    height = bodies.top if up else bodies.base
    normals = np.zeros((len(used), 3), np.float32)
    normals[:, 2] = 1.0 if up else -1.0
    return Surface(
        positions=np.column_stack([bodies.corners[used], height[owner[used]]]).astype(np.float32),
        normals=normals,
        features=_feature_of(bodies, owner[used]),
        indices=indices.reshape(-1).astype(np.uint32),
    )


def _owners(bodies: Bodies) -> Rows:
    """(c,) the prism each corner belongs to."""
    begins = bodies.ring_firsts[bodies.prism_firsts]
    return np.repeat(np.arange(len(bodies.base)), np.diff(begins))


def _feature_of(bodies: Bodies, prisms: Rows) -> NDArray[np.uint16]:
    features = np.repeat(np.arange(bodies.count), np.diff(bodies.feature_firsts))
    return features[prisms].astype(np.uint16)


def _walls(bodies: Bodies, owner: Rows) -> Surface:
    """One quad for each edge of each ring: start and end below, end and start above."""
    count = len(bodies.corners)
    edges = bodies.corners[following(bodies.ring_firsts, count)] - bodies.corners
    lengths = np.hypot(edges[:, 0], edges[:, 1])
    base, top = bodies.base[owner], bodies.top[owner]
    positions = np.empty((count, 4, 3), np.float32)
    positions[:, (0, 3), :2] = bodies.corners[:, None]
    positions[:, (1, 2), :2] = (bodies.corners + edges)[:, None]
    positions[:, :2, 2] = base[:, None]
    positions[:, 2:, 2] = top[:, None]
    normals = np.zeros((count, 3), np.float32)
    normals[:, 0] = edges[:, 1] / lengths
    normals[:, 1] = -edges[:, 0] / lengths
    wall = np.zeros((count, 4, 4), np.uint16)
    wall[:, :, 2] = wall[:, 1:3, 0] = _decimetres(lengths)[:, None]
    wall[:, :, 3] = wall[:, 2:, 1] = _decimetres(top - base)[:, None]
    firsts = np.arange(0, 4 * count, 4, dtype=np.uint32)
    return Surface(
        positions=positions.reshape(-1, 3),
        normals=np.repeat(normals, 4, axis=0),
        features=np.repeat(_feature_of(bodies, owner), 4),
        indices=(firsts[:, None] + _QUAD).reshape(-1),
        wall=wall.reshape(-1, 4),
    )


def _decimetres(lengths: Floats) -> NDArray[np.uint16]:
    return np.rint(np.clip(lengths * _DM, 0, 65_535)).astype(np.uint16)


def _mesh(feature: int, mesh: Floats) -> Surface:
    """A mesh with flat faces, turned outward, its equal vertices welded.

    mesh    (t, 3, 3) [m] triangles, their corners, east, north, up
    """
    across = np.cross(mesh[:, 1] - mesh[:, 0], mesh[:, 2] - mesh[:, 0])
    inside = np.array([*mesh.reshape(-1, 3).mean(axis=0)[:2], mesh[:, :, 2].min()])
    if np.einsum("ij,ij->", mesh[:, 0] - inside, across) < 0:
        mesh, across = mesh[:, ::-1], -across
    normals = across / np.linalg.norm(across, axis=1)[:, None]
    wall = _facade(mesh, normals).reshape(-1, 4)
    rows = np.column_stack([mesh.reshape(-1, 3), np.repeat(normals, 3, axis=0), wall])
    _, kept, indices = np.unique(
        np.rint(rows * 1000), axis=0, return_index=True, return_inverse=True
    )
    return Surface(
        positions=rows[kept, :3].astype(np.float32),
        normals=rows[kept, 3:6].astype(np.float32),
        features=np.full(len(kept), feature, np.uint16),
        indices=indices.reshape(-1).astype(np.uint32),
        wall=rows[kept, 6:].astype(np.uint16),
    )


def _facade(mesh: Floats, normals: Floats) -> NDArray[np.uint16]:
    """(t, 3, 4) wall coordinates of a mesh: faces of one direction are one wall."""
    steep = np.abs(normals[:, 2]) < STEEP
    faces, facing = mesh[steep], normals[steep]
    wall = np.zeros((len(mesh), 3, 4), np.uint16)
    if not len(faces):
        return wall
    along = np.column_stack([-facing[:, 1], facing[:, 0]])
    along /= np.linalg.norm(along, axis=1)[:, None]
    u = np.einsum("tcx,tx->tc", faces[:, :, :2], along)
    _, group = np.unique(np.rint(facing * 100), axis=0, return_inverse=True)
    group = group.reshape(-1)
    low, high = np.full(group.max() + 1, np.inf), np.full(group.max() + 1, -np.inf)
    np.minimum.at(low, group, u.min(axis=1))
    np.maximum.at(high, group, u.max(axis=1))
    ground = mesh[:, :, 2].min()
    sizes = [(high - low)[group][:, None], mesh[:, :, 2].max() - ground]
    parts = np.broadcast_arrays(u - low[group][:, None], faces[:, :, 2] - ground, *sizes)
    wall[steep] = _decimetres(np.stack(parts, axis=2))
    return wall
