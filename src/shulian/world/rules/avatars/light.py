"""How much of the sky each point of a body sees: folds and hollows are darker."""

import numpy as np

from shulian.world.rules.avatars.source import Array

_CELL = 0.012
"""Width of the cells in which the nearest point hides those behind it [m]."""
_BEHIND = 0.02
_WAYS = 160


def seen(points: Array, normals: Array, about: Array) -> Array:
    """(v,) the share of light that reaches `points` past the points `about`, 0–1."""
    index = np.arange(_WAYS)
    up = 1.0 - 2.0 * (index + 0.5) / _WAYS
    turn = index * np.pi * (3.0 - 5.0**0.5)
    ways = np.column_stack(
        [np.cos(turn) * np.sqrt(1 - up**2), up, np.sin(turn) * np.sqrt(1 - up**2)]
    )
    light, most = np.zeros(len(points)), np.zeros(len(points))
    for way in ways:
        faces = np.maximum(normals @ way, 0.0) * (1.0 + 0.35 * way[1])
        light += faces * _open(points, about, way)
        most += faces
    return light / np.maximum(most, 1e-9)


def _open(points: Array, about: Array, way: Array) -> Array:
    side = np.cross(way, (0.0, 0.0, 1.0) if abs(way[2]) < 0.9 else (1.0, 0.0, 0.0))  # noqa: PLR2004
    side /= np.linalg.norm(side)
    frame = np.column_stack([side, np.cross(way, side)])
    low = (about @ frame).min(axis=0)
    cells = np.floor((about @ frame - low) / _CELL).astype(np.int64)
    width, height = cells.max(axis=0) + 3
    nearest = np.full((width, height), -np.inf)
    np.maximum.at(nearest, (cells[:, 0] + 1, cells[:, 1] + 1), about @ way)
    own = np.clip(
        np.floor((points @ frame - low) / _CELL).astype(np.int64) + 1, 0, (width - 1, height - 1)
    )
    return (points @ way > nearest[own[:, 0], own[:, 1]] - _BEHIND).astype(np.float64)
