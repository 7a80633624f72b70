"""A balanced quadtree over the boxes of features: no cell holds many, few cells hold few.

A cell that holds too many is divided at the feature in the middle, first from west to east, then
each half that needs it from south to north; one that is only too wide, at its middle. A feature
wider than half its cell stays there, so that the cells below, and the steps their positions are
rounded to, do not grow with it.
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
    """`r`, then a digit a division, counted from the south to the north, then from the west to the
    east; `w` and a number for cells that deal out features too wide for those."""
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
    return _Plane(bounds, (bounds[:, :2] + bounds[:, 3:5]) / 2).cell(np.arange(len(bounds)), "r")


@dataclass(frozen=True, slots=True, eq=False)
class _Plane:
    bounds: Floats
    middles: Floats
    """(f, 2) [m]."""

    def cell(self, rows: Rows, path: str) -> Cell:
        if self._fits(rows):
            return Cell(path, np.sort(rows))
        size = self.bounds[rows, 3:5] - self.bounds[rows, :2]
        wide = size.max(axis=1) > self._width(rows) / 2
        children = [
            self.cell(part, f"{path}{digit}") for digit, part in enumerate(self._parts(rows[~wide]))
        ]
        own = np.array_split(rows[wide], -(-int(wide.sum()) // MOST) or 1)
        if len(own) == 1:
            return Cell(path, np.sort(own[0]), tuple(children))
        dealt = [Cell(f"{path}w{number}", np.sort(part)) for number, part in enumerate(own)]
        return Cell(path, rows[:0], (*children, *dealt))

    def _width(self, rows: Rows) -> float:
        low, high = self.bounds[rows, :2], self.bounds[rows, 3:5]
        return float((high.max(axis=0) - low.min(axis=0)).max())

    def _fits(self, rows: Rows) -> bool:
        return len(rows) == 1 or (len(rows) <= MOST and self._width(rows) <= WIDEST)

    def _parts(self, rows: Rows) -> Iterator[Rows]:
        """Two to four parts; a half that needs no dividing is left whole."""
        halves = [rows] if not len(rows) else self._halves(rows, 0)
        for half in halves:
            if len(half) and self._fits(half):
                yield half
            elif len(half):
                yield from (quarter for quarter in self._halves(half, 1) if len(quarter))

    def _halves(self, rows: Rows, axis: int) -> tuple[Rows, Rows]:
        """The rows on either side of the middle one, or where they are few, of the middle."""
        places = self.middles[rows, axis]
        if len(rows) <= MOST:
            above = places > (places.min() + places.max()) / 2
            return rows[~above], rows[above]
        order = np.argsort(places, kind="stable")
        half = (len(rows) + 1) // 2
        return rows[order[:half]], rows[order[half:]]
