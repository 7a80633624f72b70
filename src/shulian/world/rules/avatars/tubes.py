"""Grids that are laid round the body, hem and hair; coarser meshes leave out lines of the grid."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from shulian.world.rules.avatars.source import Array, Index


def grid(
    columns: int, rows: int, first: int, *, skip: int = 1, kept: Sequence[int] | None = None
) -> Index:
    """(t, 3) triangles of a closed tube, row by row from its top, counter-clockwise from outside.

    Columns run from the front to the left, z to x; each `skip`-th and the rows `kept` are used.
    """
    lines = list(kept) if kept is not None else list(range(rows))
    found: list[tuple[int, int, int]] = []
    for upper, lower in pairwise(lines):
        for left in range(0, columns, skip):
            right = (left + skip) % columns
            a, b = first + upper * columns + left, first + upper * columns + right
            c, d = first + lower * columns + left, first + lower * columns + right
            found += [(a, c, d), (a, d, b)]
    return np.array(found, np.int64)


def normals(vertices: Array, triangles: Index) -> Array:
    """(v, 3) of a surface, weighted by area; upwards where there is none."""
    corners = vertices[triangles]
    each = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    found = np.zeros_like(vertices)
    for corner in range(3):
        np.add.at(found, triangles[:, corner], each)
    lengths = np.linalg.norm(found, axis=1, keepdims=True)
    return np.where(lengths > 0.0, found / np.maximum(lengths, 1e-12), (0.0, 1.0, 0.0))
