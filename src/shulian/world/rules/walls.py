"""The walls of a park, laid out so that those near a step are found at once.

Lengths are whole centimetres here: whether two lines cross is then decided without rounding.
Symbols: w walls, c cells that have walls, r rows of their index.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from shapely import STRtree, linestrings

from shulian.world.wire.frames import CM

KNEE = 50
"""[cm] One steps over what is lower, and stands on a floor that is so much off …"""
BREAST = 150
"""[cm] … and passes below what is higher."""

CELL = 800
"""[cm] of a side of a cell of the grid."""
LINES = 1 << 28
"""Cells of a row of the grid, more than the plane is wide: a cell's number is row × LINES + column,
both counted from the origin."""

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Walls:
    """Upright faces that stop who walks."""

    lines: Ints
    """(w, 4) east and north of both ends."""
    span: Ints
    """(w, 2) lowest and highest feet that are stopped."""
    cells: Ints
    """(c,) numbers of cells, in order."""
    first: NDArray[np.int32]
    """(c + 1,) where each cell's walls begin in `index`."""
    index: NDArray[np.int32]
    """(r,) walls, cell by cell."""
    tree: STRtree
    """Of the lines as well, for who cannot use the grid."""


def lay_walls(lines: ArrayLike, low: ArrayLike, high: ArrayLike) -> Walls:
    """The walls over `lines` (w, 2, 2) from `low` (w,) to `high` (w,) [m]."""
    whole = np.rint(np.asarray(lines, float).reshape(-1, 4) * CM).astype(np.int64)
    heights = np.rint(np.column_stack([low, high]).reshape(-1, 2) * CM).astype(np.int64)
    ends = whole.reshape(-1, 2, 2)
    pairs = _touched(ends)
    cells, first = np.unique(pairs[:, 0], return_index=True)
    return Walls(
        lines=whole,
        span=heights - np.array([BREAST, KNEE]),
        cells=cells,
        first=np.append(first, len(pairs)).astype(np.int32),
        index=pairs[:, 1].astype(np.int32),
        tree=STRtree(np.asarray(linestrings(ends.astype(float)), object)),
    )


def no_walls() -> Walls:
    """An open field."""
    return lay_walls(np.zeros((0, 2, 2)), np.zeros(0), np.zeros(0))


def _touched(ends: Ints) -> Ints:
    """(r, 2) which cell is touched by which wall, in order.

    A long wall is cut into pieces of a cell's length, so that it touches few cells beside it.
    """
    pieces = np.abs(ends[:, 1] - ends[:, 0]).max(1, initial=0) // CELL + 1
    wall, order = _repeated(pieces)
    share = np.stack([order, order + 1], axis=1) / pieces[wall, None]
    way = (ends[:, 1] - ends[:, 0])[wall]
    cuts = ends[wall, 0][:, None] + way[:, None] * share[:, :, None]
    # a rounded cut lies at most one centimetre off: the box around it makes up for that
    lowest = (np.floor(cuts.min(1)).astype(np.int64) - 1) // CELL
    spread = (np.ceil(cuts.max(1)).astype(np.int64) + 1) // CELL - lowest + 1
    piece, inside = _repeated(spread[:, 0] * spread[:, 1])
    column = lowest[piece, 0] + inside % spread[piece, 0]
    row = lowest[piece, 1] + inside // spread[piece, 0]
    return np.unique(np.stack([row * LINES + column, wall[piece]], axis=1), axis=0)


def _repeated(counts: Ints) -> tuple[Ints, Ints]:
    """Each place of `counts` as often as it says, and a number for each time, from 0."""
    place = np.repeat(np.arange(len(counts)), counts)
    return place, np.arange(len(place)) - np.repeat(np.cumsum(counts) - counts, counts)
