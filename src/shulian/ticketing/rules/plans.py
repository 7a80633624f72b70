"""The plan of a hall from which one picks seats: the stage above, rows below it.

Coordinates are metres on the sheet: x to the right as one sits, y down, away from the stage.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from shulian.kit.text import Text
from shulian.park.types import Space, SpaceId
from shulian.ticketing.rules.halls import middle, outline
from shulian.ticketing.rules.rows import Floats
from shulian.ticketing.rules.seating import Seating
from shulian.ticketing.types import Seat, SeatState, TicketTypeId

Box = tuple[float, float, float, float]
"""Left, top, width, height [m]."""

_MARGIN = 1.2
"""[m] around seats and stages; the numbers of rows stand in it."""
_BESIDE, _AWAY, _DEEP = 1.0, 1.6, 1.6
"""[m] that a stage is drawn wider than the seats, away from them, and deep, at the most."""
_LARGEST = 0.62
"""[m] of the mark of a seat, however far apart seats stand."""
_FILLS = 0.84
"""[of the usual gap] that the mark of a seat is wide."""
_ALONE = 0.6
"""[m] between seats where there is but one."""
_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Mark:
    """A seat on the plan."""

    id: SpaceId
    name: Text
    label: str
    """What tells it from the others of its row: its number."""
    type: TicketTypeId
    state: SeatState
    x: float
    y: float
    gap: bool
    """Whether an aisle, or the end of the row, is to its left."""


@dataclass(frozen=True, slots=True)
class Row:
    """Seats in a row, from the left as one sits."""

    label: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class SeatPlan:
    """What a plan of seats shows."""

    box: Box
    size: float
    """How wide the mark of a seat is [m]."""
    pitch: float
    """From seat to seat, as a rule [m]."""
    stages: tuple[tuple[str, float, float], ...]
    """Paths, and where each one's name stands."""
    rows: tuple[Row, ...]

    @property
    def tallness(self) -> int:
        """How high it is beside its width, in tenths, as a page has room for."""
        return min(max(round(10 * self.box[3] / self.box[2]), 5), 18)


def draw(
    seating: Seating,
    seats: Sequence[Space],
    stages: Sequence[Space],
    sold: Mapping[SpaceId, Seat],
) -> SeatPlan:
    """The plan of `seats`, which `seating` tells the rows of; those not in `sold` are left out."""
    turn = _turn(seating, stages)
    at = seating.at @ turn
    found: dict[int, list[Mark]] = {}
    before = -1
    for number in map(int, seating.rows.order):
        seat = sold.get(seats[number].id)
        segment = int(seating.rows.segment[number])
        if seat is not None:
            x, y = round(float(at[number, 0]), 2), round(float(at[number, 1]), 2)
            name = seats[number].name
            found.setdefault(int(seating.rows.row[number]), []).append(
                Mark(seat.space, name, _label(name), seat.type, seat.state, x, y, segment != before)
            )
        before = segment if seat is not None else -1
    rows = tuple(Row(_row_label(marks, place), tuple(marks)) for place, marks in found.items())
    pitch = _pitch(seating)
    rings = [np.array(ring) @ turn for ring in map(outline, stages) if ring]
    corners = [np.array([(one.x, one.y) for row in rows for one in row.marks]).reshape(-1, 2)]
    shown = [_near(ring, corners[0]) for ring in rings]
    return SeatPlan(
        _box(np.vstack([*corners, *shown])),
        round(min(pitch * _FILLS, _LARGEST), 2),
        round(pitch, 2),
        tuple(_stage(ring) for ring in shown),
        rows,
    )


def _near(ring: Floats, seats: Floats) -> Floats:
    """A stage as it is drawn: one before all seats as a strip close to them.

    How deep it is and how far away is nothing that one chooses by, and would make seats small.
    """
    if not len(seats) or ring[:, 1].max() > seats[:, 1].min():
        return ring
    left, right = ring[:, 0].min(), ring[:, 0].max()
    left = max(left, seats[:, 0].min() - _BESIDE)
    right = min(right, seats[:, 0].max() + _BESIDE)
    if left >= right:
        return ring
    foot = max(float(ring[:, 1].max()), float(seats[:, 1].min()) - _AWAY)
    top = max(float(ring[:, 1].min()), foot - _DEEP)
    return np.array([(left, top), (right, top), (right, foot), (left, foot)])


def _turn(seating: Seating, stages: Sequence[Space]) -> Floats:
    """(2, 2) by which points are multiplied so that the stage is above, as SVG has it."""
    middles = np.array([middle(ring) for ring in map(outline, stages) if ring])
    if not len(seating.at):
        ahead = np.zeros(2)
    elif len(middles):
        ahead = middles.mean(axis=0) - seating.at.mean(axis=0)
    else:
        first = seating.at[seating.rows.row == 0].mean(axis=0)
        ahead = first - seating.at.mean(axis=0)
    east, north = float(ahead[0]), float(ahead[1])
    length = float(np.hypot(east, north))
    east, north = (east / length, north / length) if length > 1e-6 else (0.0, 1.0)  # noqa: PLR2004
    # x along the right of who looks ahead, y against the way they look
    return np.array([[north, -east], [-east, -north]])


def _pitch(seating: Seating) -> float:
    """From seat to seat, as a rule [m]."""
    order = seating.rows.order
    same = np.diff(seating.rows.segment[order]) == 0
    gaps = np.hypot(*np.diff(seating.at[order], axis=0).T)[same]
    return float(np.median(gaps)) if len(gaps) else _ALONE


def _box(points: Floats) -> Box:
    if not len(points):
        return (-5.0, -5.0, 10.0, 10.0)
    left, top = (points.min(axis=0) - _MARGIN).tolist()
    right, foot = (points.max(axis=0) + _MARGIN).tolist()
    return (round(left, 2), round(top, 2), round(right - left, 2), round(foot - top, 2))


def _stage(ring: Floats) -> tuple[str, float, float]:
    corners = " ".join(f"{x:.2f},{y:.2f}" for x, y in ring.tolist())
    x, y = ((ring.min(axis=0) + ring.max(axis=0)) / 2).tolist()
    return (f"M{corners}z", round(x, 2), round(y, 2))


def _label(name: Text) -> str:
    """The number of a seat: the last one in its name."""
    numbers = _NUMBER.findall(name.zh or name.en)
    return numbers[-1] if numbers else (name.zh or name.en)


def _row_label(marks: Sequence[Mark], place: int) -> str:
    """The number of a row: the first in the names of all of its seats, else as it is counted."""
    numbers = {(_NUMBER.findall(one.name.zh or one.name.en) or [""])[0] for one in marks}
    two = all(len(_NUMBER.findall(one.name.zh or one.name.en)) > 1 for one in marks)
    return numbers.pop() if two and len(numbers) == 1 else str(place + 1)
