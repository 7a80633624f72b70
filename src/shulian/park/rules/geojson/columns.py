"""The features of all files as columns: one array of positions, and whose each run of it is.

A run is a ring, a line or a point. Runs of one feature stand together, a shell before its holes.
"""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from shulian.kit.geometry import Array
from shulian.park.rules.geojson.grammar import (
    Geometry,
    LineString,
    MultiPolygon,
    Polygon,
    Position,
    lines,
    points,
    polygons,
)
from shulian.park.rules.geojson.items import Item
from shulian.park.rules.geojson.roles import Form

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

_CORNERS = 3


class Run(IntEnum):
    """What a run of positions is."""

    SHELL = 0
    HOLE = 1
    LINE = 2
    POINT = 3


class UnreadableError(Exception):
    """A position with fewer than two numbers."""


@dataclass(slots=True)
class Columns:
    """Filled feature by feature; read as arrays."""

    items: list[Item] = field(default_factory=list[Item])
    numbers: "array[float]" = field(default_factory=lambda: array("d"))
    """Longitude and latitude in turn."""
    sizes: list[int] = field(default_factory=list[int])
    """Positions of each run."""
    kinds: list[Run] = field(default_factory=list[Run])
    """What each run is."""
    counts: list[int] = field(default_factory=list[int])
    """Runs of each item."""
    opened: list[int] = field(default_factory=list[int])
    """Items with a ring that was not closed."""

    def add(self, item: Item, geometry: Geometry, form: Form) -> bool:
        """Keep a feature; whether anything was left of it.

        Raises UnreadableError, and then keeps nothing of it.
        """
        numbers, runs, opened = len(self.numbers), len(self.sizes), len(self.opened)
        try:
            if form is Form.AREA:
                self._area(geometry)
            elif form is Form.LINE:
                self._lines(geometry)
            else:
                for point in points(geometry):
                    self._run([point], Run.POINT)
        except UnreadableError:
            del self.numbers[numbers:], self.sizes[runs:], self.kinds[runs:], self.opened[opened:]
            raise
        if len(self.sizes) == runs:
            return False
        self.items.append(item)
        self.counts.append(len(self.sizes) - runs)
        return True

    def _area(self, geometry: Geometry) -> None:
        if isinstance(geometry, Polygon):
            self._polygon(geometry.coordinates)
        elif isinstance(geometry, LineString):
            self._polygon([geometry.coordinates])
        else:
            for rings in polygons(geometry):
                self._polygon(rings)

    def _polygon(self, rings: Sequence[list[Position]]) -> None:
        kind = Run.SHELL
        for ring in rings:
            closed = ring
            if ring and ring[0] != ring[-1] and ring[0][:2] != ring[-1][:2]:
                self.opened.append(len(self.items))
                closed = [*ring, ring[0]]
            if len(closed) > _CORNERS:
                self._run(closed, kind)
            elif kind is Run.SHELL:
                return
            kind = Run.HOLE

    def _lines(self, geometry: Geometry) -> None:
        for line in lines(geometry):
            if len(line) > 1:
                self._run(line, Run.LINE)

    def _run(self, positions: list[Position], kind: Run) -> None:
        lengths = list(map(len, positions))
        if lengths.count(2) == len(lengths):
            self.numbers.extend(chain.from_iterable(positions))
        elif min(lengths) > 1:
            self.numbers.extend(chain.from_iterable(position[:2] for position in positions))
        else:
            raise UnreadableError
        self.sizes.append(len(positions))
        self.kinds.append(kind)


@dataclass(frozen=True, slots=True)
class Runs:
    """Runs as arrays.

    positions  (n, 2)   longitude and latitude [°], later metres east and north
    sizes      (r,)     positions of each run
    kinds      (r,)     `Run`
    owners     (r,)     item of each run, ascending
    """

    positions: Array
    sizes: Ints
    kinds: Ints
    owners: Ints

    def begins(self, count: int) -> Ints:
        """(count + 1,) where the positions of each item begin, and where those of the last end."""
        ends = np.concatenate([[0], np.cumsum(self.sizes)])
        return ends[np.searchsorted(self.owners, np.arange(count + 1))]

    def owners_of_positions(self) -> Ints:
        """(n,) item of each position."""
        return np.repeat(self.owners, self.sizes)

    def of(self, items: Flags) -> "Runs":
        """Only the runs of the items that are flagged (by item)."""
        return self.only(items[self.owners])

    def only(self, wanted: Flags) -> "Runs":
        """Only the runs that are flagged (by run)."""
        if wanted.all():
            return self
        return Runs(
            self.positions[np.repeat(wanted, self.sizes)],
            self.sizes[wanted],
            self.kinds[wanted],
            self.owners[wanted],
        )


def runs(columns: Columns) -> Runs:
    """What `columns` hold, as arrays."""
    return Runs(
        np.array(columns.numbers, dtype=np.float64).reshape(-1, 2),
        np.array(columns.sizes, dtype=np.int64),
        np.array(columns.kinds, dtype=np.int64),
        np.repeat(np.arange(len(columns.items)), columns.counts),
    )


def form_of(geometry: Geometry) -> Form:
    """Of what a geometry is made; a collection is what its largest member is."""
    if isinstance(geometry, (Polygon, MultiPolygon)) or polygons(geometry):
        return Form.AREA
    return Form.LINE if lines(geometry) else Form.POINT


def is_ring(geometry: Geometry) -> bool:
    """Whether a line returns to where it began."""
    if not isinstance(geometry, LineString):
        return False
    line = geometry.coordinates
    return len(line) > _CORNERS and line[0][:2] == line[-1][:2]
