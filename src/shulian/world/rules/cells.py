"""Squares of ground that lie wholly in the same zones: who walks within one needs no search.

Large squares are soon known where the ground is open, small ones fill in along walls and edges.

Symbols: n points, r prisms, c cells.
"""

import math

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import STRtree

_MOST = 1 << 17
"""Cells of a park."""
_MARGIN = 0.001
"""A cell counts as so much larger [m]: a point on its edge is in it, however it was rounded."""
_LESSONS = 32
"""Cells that are learnt at a time."""
_UNKNOWN, _WHOLE, _CROSSED = range(3)

Point = tuple[float, float, float]
Box = tuple[Point, Point]
"""Its least and its greatest corner; what is as low as that is inside, what is as high is not."""
NO_BOX: Box = ((0.0, 0.0, 0.0), (0.0, 0.0, 0.0))
Floats = NDArray[np.float64]
Places = NDArray[np.int16]


class Cells:
    """What is known of the ground; it is learnt where people go."""

    def __init__(self, shapes: NDArray[np.object_], low: Floats, high: Floats, side: float) -> None:
        """Know nothing of `shapes` (r,), which are prepared and reach from `low` to `high` (r,).

        side  of a cell at the least [m]
        """
        self._shapes, self._heights = shapes, np.stack([low, high], axis=1)
        west, south, east, north = shapely.total_bounds(shapes) if len(shapes) else (0.0,) * 4
        self._west, self._south = float(west) - _MARGIN, float(south) - _MARGIN
        across, along = float(east) + _MARGIN - self._west, float(north) + _MARGIN - self._south
        self._side = max(side, math.sqrt(across * along / _MOST))
        self._columns = math.ceil(across / self._side)
        self._rows = math.ceil(along / self._side)
        size = self._columns * self._rows
        self._state = np.zeros(size, np.uint8)
        self._place = np.zeros(size, np.int16)
        self._low, self._high = np.zeros(size), np.zeros(size)
        self._whole: dict[int, tuple[int, float, float]] = {}
        """The same of cells that are whole, for who asks for one: place, low, high."""
        self._tree = STRtree(list(shapes))

    def recall(self, points: Floats) -> tuple[Places, NDArray[np.bool_]]:
        """The zones of `points` (n, 3) [m] as far as they are known: (n,), and where they are."""
        cells, inside = self._cells(points)
        heights = points[:, 2]
        known = self._state[cells] == _WHOLE
        known &= (self._low[cells] <= heights) & (heights < self._high[cells])
        places = np.where(inside & known, self._place[cells], 0).astype(np.int16)
        return places, known | ~inside

    def recall_one(self, point: Point) -> tuple[int, Box] | None:
        """The zone of one point, and a box around it [m] all of which is in that zone.

        Quicker than `recall` for a few. None where nothing is known; beside all shapes the box is
        empty.
        """
        east, north, height = point
        column, row = (
            math.floor((east - self._west) / self._side),
            math.floor((north - self._south) / self._side),
        )
        if not (0 <= column < self._columns and 0 <= row < self._rows):
            return 0, NO_BOX
        known = self._whole.get(row * self._columns + column)
        if known is None or not known[1] <= height < known[2]:
            return None
        place, low, high = known
        west, south = self._west + column * self._side, self._south + row * self._side
        return place, ((west, south, low), (west + self._side, south + self._side, high))

    def learn(self, points: Floats, places: Places) -> None:
        """Keep that `points` (n, 3) [m] are in the zones `places` (n,), where that says more."""
        cells, inside = self._cells(points)
        news = np.flatnonzero(inside & (self._state[cells] != _CROSSED))
        _, first = np.unique(cells[news], return_index=True)
        for row in news[first[:_LESSONS]].tolist():
            self._learn(int(cells[row]), float(points[row, 2]), int(places[row]))

    def _learn(self, cell: int, height: float, place: int) -> None:
        row, column = divmod(cell, self._columns)
        west, south = self._west + column * self._side, self._south + row * self._side
        square = shapely.box(
            west - _MARGIN,
            south - _MARGIN,
            west + self._side + _MARGIN,
            south + self._side + _MARGIN,
        )
        touched = self._tree.query(square, predicate="intersects")
        if not shapely.covers(self._shapes[touched], square).all():
            self._state[cell] = _CROSSED
            return
        # between two heights at which a prism begins or ends nothing changes
        steps = self._heights[touched].ravel()
        self._low[cell] = steps[steps <= height].max(initial=-math.inf)
        self._high[cell] = steps[steps > height].min(initial=math.inf)
        self._place[cell], self._state[cell] = place, _WHOLE
        self._whole[cell] = (place, float(self._low[cell]), float(self._high[cell]))

    def _cells(self, points: Floats) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
        """The cells of `points` (n,), and which have one."""
        column = np.floor((points[:, 0] - self._west) / self._side)
        row = np.floor((points[:, 1] - self._south) / self._side)
        inside = (column >= 0) & (column < self._columns) & (row >= 0) & (row < self._rows)
        return np.where(inside, row * self._columns + column, 0).astype(np.int64), inside
