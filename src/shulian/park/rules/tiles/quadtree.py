"""A balanced quadtree over the boxes of features: no cell holds many, few cells hold few.

A cell is divided at the feature in the middle, first from west to east, then each half from south
to north. A feature wider than half its cell stays there, so that the cells below, and the steps
their positions are rounded to, do not grow with it.
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


@dataclass(frozen=True, slots=True, eq=False)
class Cell:
    """A part of the plane with the features of its content and up to four parts of it."""

    path: str
    """`r`, then a digit a division: 0 south-west, 1 north-west, 2 south-east, 3 north-east; `w`
    begins the numbers of cells that deal out features too wide for those."""
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
    middles = (bounds[:, :2] + bounds[:, 3:5]) / 2
    return _cell(bounds, middles, np.arange(len(bounds)), "r")


def _cell(bounds: Floats, middles: Floats, rows: Rows, path: str) -> Cell:
    low, high = bounds[rows, :2], bounds[rows, 3:5]
    width = float((high.max(axis=0) - low.min(axis=0)).max())
    if len(rows) == 1 or (len(rows) <= MOST and width <= WIDEST):
        return Cell(path, np.sort(rows))
    wide = (high - low).max(axis=1) > width / 2
    quarters = [
        quarter
        for half in _halves(rows[~wide], middles[:, 0])
        for quarter in _halves(half, middles[:, 1])
    ]
    children = [
        _cell(bounds, middles, quarter, f"{path}{digit}")
        for digit, quarter in enumerate(quarters)
        if len(quarter)
    ]
    parts = np.array_split(rows[wide], -(-int(wide.sum()) // MOST) or 1)
    if len(parts) == 1:
        return Cell(path, np.sort(parts[0]), tuple(children))
    dealt = [Cell(f"{path}w{number}", np.sort(part)) for number, part in enumerate(parts)]
    return Cell(path, rows[:0], (*children, *dealt))


def _halves(rows: Rows, along: Floats) -> tuple[Rows, Rows]:
    """The rows below and above the middle one along an axis."""
    order = np.argsort(along[rows], kind="stable")
    half = (len(rows) + 1) // 2
    return rows[order[:half]], rows[order[half:]]
