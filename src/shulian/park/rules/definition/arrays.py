"""Seats, booths and tables: many small spaces in rows, in the frame of the room they stand in."""

from collections.abc import Iterator
from dataclasses import dataclass
from string import ascii_uppercase

from shulian.kit.text import Text
from shulian.park.rules.definition.placement import Placement
from shulian.park.rules.definition.schema import Booths, Seats, Tables
from shulian.park.types import Point, Ring, SpaceKind

HEIGHTS = {
    SpaceKind.SEAT: 0.9,
    SpaceKind.TABLE: 0.75,
    SpaceKind.BOOTH: 2.5,
    SpaceKind.STAGE: 0.9,
}
"""How high furniture is that does not say [m]."""

Array = Seats | Booths | Tables

_CHAIR = 0.5


@dataclass(frozen=True, slots=True)
class Piece:
    """One seat, booth or table."""

    suffix: str
    """What its id adds to the room's: `r05-s12`."""
    kind: SpaceKind
    name: Text
    capacity: int | None
    ring: Ring
    """In the frame of the room [m]."""


@dataclass(frozen=True, slots=True)
class Block:
    """The rectangle that an array needs, around its middle."""

    width: float
    """[m]."""
    depth: float
    """[m]."""

    def corners(self, at: Point, turn: float) -> Ring:
        """Its corners in the frame of the room."""
        frame = Placement().within(at, turn)
        return frame.ring(_rectangle(0.0, 0.0, self.width, self.depth))


def count(array: Array) -> int:
    """How many spaces it makes."""
    return array.rows * array.per_row


def block(array: Array) -> Block:
    """The room it needs."""
    columns, rows = _columns(array), _rows(array)
    size = _size(array)
    return Block(columns[-1] - columns[0] + size[0], rows[0] - rows[-1] + size[1])


def pieces(array: Array) -> Iterator[Piece]:
    """Its spaces, row after row from the front."""
    frame = Placement().within(array.at, array.turn)
    width, depth = _size(array)
    columns, rows = _columns(array), _rows(array)
    for row, y in enumerate(rows, start=1):
        for place, x in enumerate(columns, start=1):
            ring = frame.ring(_rectangle(x, y, width, depth))
            yield _piece(array, row, place, ring)


def _piece(array: Array, row: int, place: int, ring: Ring) -> Piece:
    if isinstance(array, Seats):
        across, along = len(str(array.per_row)), len(str(array.rows))
        suffix = f"r{row:0{max(2, along)}}-s{place:0{max(2, across)}}"
        name = Text(f"{row}排{place}座", f"Row {row} Seat {place}")
        return Piece(suffix, SpaceKind.SEAT, name, 1, ring)
    if isinstance(array, Booths):
        letter = ascii_uppercase[row - 1]
        label = f"{letter}{place:0{max(2, len(str(array.per_row)))}}"
        name = Text(f"{label}展位", f"Booth {label}")
        return Piece(label.lower(), SpaceKind.BOOTH, name, None, ring)
    number = (row - 1) * array.per_row + place
    suffix = f"t{number:0{max(2, len(str(count(array))))}}"
    name = Text(f"{number}号桌", f"Table {number}")
    return Piece(suffix, SpaceKind.TABLE, name, array.seats, ring)


def _size(array: Array) -> tuple[float, float]:
    if isinstance(array, Seats):
        return min(_CHAIR, array.pitch[0]), min(_CHAIR, array.pitch[1])
    return array.size


def _columns(array: Array) -> list[float]:
    """Middles of the places of a row, from the west."""
    pitch = array.size[0] if isinstance(array, Booths) else array.pitch[0]
    aisles = () if isinstance(array, Tables) else array.aisles
    aisle = 0.0 if isinstance(array, Tables) else array.aisle
    places = [
        place * pitch + aisle * sum(1 for after in aisles if after <= place)
        for place in range(array.per_row)
    ]
    return [x - places[-1] / 2 for x in places]


def _rows(array: Array) -> list[float]:
    """Middles of the rows, from the north; booths stand back to back in pairs."""
    if isinstance(array, Booths):
        depth = array.size[1]
        rows = [row * depth + row // 2 * array.aisle for row in range(array.rows)]
    else:
        rows = [row * array.pitch[1] for row in range(array.rows)]
    return [rows[-1] / 2 - y for y in rows]


def _rectangle(x: float, y: float, width: float, depth: float) -> Ring:
    west, east = round(x - width / 2, 3), round(x + width / 2, 3)
    south, north = round(y - depth / 2, 3), round(y + depth / 2, 3)
    return ((west, south), (east, south), (east, north), (west, north))
