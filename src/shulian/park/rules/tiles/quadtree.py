"""A quadtree over the boxes of features, each in the smallest cell that is not too small for it.

A feature wider than half its cell stays there, so that cells further down, and the steps their
positions are rounded to, do not grow with it.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from shulian.park.rules.tiles.bodies import Floats, Rows

MOST = 500
"""Features in one cell's content."""
WIDEST = 1200.0
"""Width of a cell that is not divided however little it holds [m]; a step of its positions is
then below 2 cm."""
DEEPEST = 20
"""Divisions after which features that still share a cell are dealt out in order."""


@dataclass(frozen=True, slots=True, eq=False)
class Cell:
    """A square of the plane with the features of its content and up to four smaller squares."""

    path: str
    """`r`, then a digit a division: 0 south-west, 1 south-east, 2 north-west, 3 north-east."""
    rows: Rows
    """Features of its own content."""
    children: tuple["Cell", ...] = ()

    def cells(self) -> Iterator["Cell"]:
        """Itself and all below."""
        yield self
        for child in self.children:
            yield from child.cells()


def divide(bounds: Floats) -> Cell:
    """The quadtree of features by their boxes, bounds (f, 6) [m] as `Bodies.bounds` gives them."""
    low, high = bounds[:, :2], bounds[:, 3:5]
    corner = low.min(axis=0)
    side = float((high.max(axis=0) - corner).max())
    return _Square(low, high, (low + high) / 2).cell(
        np.arange(len(bounds)), "r", (float(corner[0]), float(corner[1])), side
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Square:
    low: Floats
    high: Floats
    center: Floats

    def cell(self, rows: Rows, path: str, corner: tuple[float, float], side: float) -> Cell:
        size = self.high[rows] - self.low[rows]
        extent = self.high[rows].max(axis=0) - self.low[rows].min(axis=0)
        few = len(rows) <= MOST and (extent.max() <= WIDEST or len(rows) == 1)
        if few or len(path) > DEEPEST:
            return _dealt(rows, path)
        half = side / 2
        wide = size.max(axis=1) > half
        east = self.center[rows, 0] >= corner[0] + half
        north = self.center[rows, 1] >= corner[1] + half
        quarter = np.where(wide, 4, east + 2 * north)
        children = [
            self.cell(
                rows[quarter == digit],
                f"{path}{digit}",
                (corner[0] + half * (digit & 1), corner[1] + half * (digit >> 1)),
                half,
            )
            for digit in range(4)
            if (quarter == digit).any()
        ]
        own = _dealt(rows[wide], f"{path}w")
        if own.children:
            return Cell(path, rows[:0], (*children, own))
        return Cell(path, own.rows, tuple(children))


def _dealt(rows: Rows, path: str) -> Cell:
    """A leaf, or where it would hold too many, leaves of equal parts below one cell."""
    if len(rows) <= MOST:
        return Cell(path, rows)
    parts = np.array_split(rows, -(-len(rows) // MOST))
    return Cell(
        path, rows[:0], tuple(Cell(f"{path}-{number}", part) for number, part in enumerate(parts))
    )
