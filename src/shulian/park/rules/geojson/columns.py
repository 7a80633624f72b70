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
    Tags,
    lines,
    points,
    polygons,
)
from shulian.park.rules.geojson.roles import Form, Role

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

_CORNERS = 3


class Run(IntEnum):
    """What a run of positions is."""

    SHELL = 0
    HOLE = 1
    LINE = 2
    POINT = 3


@dataclass(slots=True)
class Item:
    """What an import keeps of a feature besides its positions."""

    role: Role
    key: str
    """Empty until a hash of its positions is given to it."""
    place: str
    """Where it stands: `buildings.geojson#12`."""
    file: int
    """Index of the file."""
    tags: Tags


class UnreadableError(Exception):
    """A position with fewer than two numbers."""


@dataclass(slots=True)
class Columns:
    """Filled feature by feature; read as arrays."""

    items: list[Item] = field(default_factory=list[Item])
    numbers: "array[float]" = field(default_factory=lambda: array("d"))
    """Longitude and latitude in turn."""
    sizes: "array[int]" = field(default_factory=lambda: array("q"))
    """Positions of each run."""
    kinds: "array[int]" = field(default_factory=lambda: array("b"))
    """What each run is."""
    owners: "array[int]" = field(default_factory=lambda: array("q"))
    """The index of the item each run belongs to."""
    opened: list[int] = field(default_factory=list[int])
    """Items with a ring that was not closed."""

    def add(self, item: Item, geometry: Geometry, form: Form) -> bool:
        """Keep a feature; whether anything was left of it.

        Raises UnreadableError, and then keeps nothing of it.
        """
        before = len(self.numbers), len(self.sizes), len(self.opened)
        try:
            self._put(geometry, form)
        except UnreadableError:
            del self.numbers[before[0] :]
            del self.sizes[before[1] :], self.kinds[before[1] :], self.owners[before[1] :]
            del self.opened[before[2] :]
            raise
        if len(self.sizes) == before[1]:
            return False
        self.items.append(item)
        return True

    def _put(self, geometry: Geometry, form: Form) -> None:
        if form is Form.AREA and isinstance(geometry, LineString):
            self._polygon([geometry.coordinates])
        elif form is Form.AREA:
            for rings in polygons(geometry):
                self._polygon(rings)
        elif form is Form.LINE:
            for line in lines(geometry):
                if len(line) > 1:
                    self._run(line, Run.LINE)
        else:
            for point in points(geometry):
                self._run([point], Run.POINT)

    def _polygon(self, rings: Sequence[list[Position]]) -> None:
        for index, ring in enumerate(rings):
            if len(ring) > _CORNERS or (len(ring) == _CORNERS and ring[0] != ring[-1]):
                self._ring(ring, Run.HOLE if index else Run.SHELL)
            elif index == 0:
                return

    def _ring(self, ring: list[Position], kind: Run) -> None:
        if ring[0][:2] != ring[-1][:2]:
            self.opened.append(len(self.items))
            ring = [*ring, ring[0]]
        self._run(ring, kind)

    def _run(self, positions: list[Position], kind: Run) -> None:
        lengths = set(map(len, positions))
        if lengths == {2}:
            self.numbers.extend(chain.from_iterable(positions))
        elif min(lengths) > 1:
            self.numbers.extend(chain.from_iterable(position[:2] for position in positions))
        else:
            raise UnreadableError
        self.sizes.append(len(positions))
        self.kinds.append(kind)
        self.owners.append(len(self.items))


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
        np.array(columns.owners, dtype=np.int64),
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
