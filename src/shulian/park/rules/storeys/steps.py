"""The body of a stair: steps, landing, handrails, and the rails around its opening above."""

from collections.abc import Sequence

import numpy as np

from shulian.park.rules.storeys.flights import GAP, Flight
from shulian.park.rules.storeys.frames import Frame
from shulian.park.rules.storeys.pieces import Part, Piece, blocks, joined, owner
from shulian.park.rules.storeys.plane import Floats
from shulian.park.rules.storeys.shafts import Shaft

WAIST = 0.2
"""How far the underside of a stair lies below the corner between two of its steps [m]."""
RAIL = 1.0
"""Height of rails, above the floor or above the edges of the steps [m]."""
_RAIL_THICKNESS = 0.05
_PANEL = 0.03
"""Thickness of the handrail between two runs [m]."""


def build_steps(shafts: Sequence[Shaft], level: int) -> Piece:
    """All stairs that go up from a level, and the rails around those that come up to it."""
    pieces: list[Piece] = []
    for shaft in shafts:
        row = shaft.rooms[level].row if level in shaft.rooms else 0
        corners = [_flight(shaft.frame, shaft.flights[level])] if level in shaft.flights else []
        if level in shaft.arrivals:
            corners.append(_rails(shaft, level))
        pieces += [blocks(shaft.frame.place(each), owner(row, Part.STAIRS)) for each in corners]
    return joined(pieces)


def _flight(frame: Frame, flight: Flight) -> Floats:
    """Corners (n, 8, 3) [m] of a flight's solids in its frame."""
    near, far, base = flight.near, flight.far, flight.base
    if flight.runs == 1:
        return _run(flight, near, base, 0.0, frame.width)
    lane = (frame.width - GAP) / 2
    middle = base + (flight.treads + 1) * flight.riser
    landing = _box([far, 0.0, middle - WAIST], [frame.length, frame.width, middle])
    side = lane + (GAP / 2 - _PANEL) / 2
    return np.concatenate(
        [
            _run(flight, near, base, 0.0, lane),
            landing[None],
            _run(flight, far, middle, frame.width - lane, frame.width),
            _panel(flight, near, base, side)[None],
            _panel(flight, far, middle, frame.width - side - _PANEL)[None],
        ]
    )


def _way(flight: Flight, start: float) -> float:
    """1 for a run that leaves the near side, -1 for one that comes back to it."""
    return 1.0 if start <= flight.near else -1.0


def _run(flight: Flight, start: float, floor: float, right: float, left: float) -> Floats:
    """The steps (n, 8, 3) [m] of a run that begins at `start` along the frame on `floor`."""
    steps = np.arange(flight.treads)
    ends = np.stack([steps, steps + 1]) * flight.going
    under = floor - WAIST + ends * (flight.riser / flight.going)
    places = start + _way(flight, start) * ends
    order = np.argsort(places, axis=0)
    places, under = (np.take_along_axis(each, order, axis=0) for each in (places, under))
    corners = np.empty((flight.treads, 8, 3))
    corners[:, [0, 3, 4, 7], 0] = places[0][:, None]
    corners[:, [1, 2, 5, 6], 0] = places[1][:, None]
    corners[:, [0, 1, 4, 5], 1] = right
    corners[:, [2, 3, 6, 7], 1] = left
    corners[:, [0, 3], 2] = under[0][:, None]
    corners[:, [1, 2], 2] = under[1][:, None]
    corners[:, 4:, 2] = (floor + (steps + 1) * flight.riser)[:, None]
    return corners


def _panel(flight: Flight, start: float, floor: float, right: float) -> Floats:
    """The handrail (8, 3) [m] beside a run, from its underside to above its steps."""
    length, way = flight.treads * flight.going, _way(flight, start)
    rise = flight.treads * flight.riser
    first, last = sorted([(start, floor), (start + way * length, floor + rise)])
    panel = _box([first[0], right, 0.0], [last[0], right + _PANEL, 0.0])
    for place, height in (([0, 3], first[1]), ([1, 2], last[1])):
        panel[place, 2] = height - WAIST
        panel[np.array(place) + 4, 2] = height + flight.riser + RAIL - 0.1
    return panel


def _rails(shaft: Shaft, level: int) -> Floats:
    """The rails (n, 8, 3) [m] around the opening of a stair that nothing else closes."""
    frame, flight = shaft.frame, shaft.arrivals[level]
    goes_on, walled = level in shaft.flights, level in shaft.rooms
    near, far = flight.near, flight.far if flight.runs == 1 else frame.length
    base = flight.base + (flight.treads + 1) * flight.runs * flight.riser
    thick, wide = _RAIL_THICKNESS, frame.width
    before = (near - thick, 0.0, near, wide if flight.runs == 1 else (wide - GAP) / 2)
    rails = [] if goes_on else [before]
    if not walled:
        rails += [(near, -thick, far, 0.0), (near, wide, far, wide + thick)]
        rails += [(far, -thick, far + thick, wide + thick)] if flight.runs > 1 else []
    boxes = [_box([x, y, base], [end, top, base + RAIL]) for x, y, end, top in rails]
    return np.array(boxes).reshape(-1, 8, 3)


def _box(low: Sequence[float], high: Sequence[float]) -> Floats:
    """The corners (8, 3) [m] of an upright box."""
    (a, b, c), (x, y, z) = low, high
    ground = [(a, b), (x, b), (x, y), (a, y)]
    return np.array([(*point, height) for height in (c, z) for point in ground])
