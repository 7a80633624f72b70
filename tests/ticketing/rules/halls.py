"""Halls for tests, drawn as architects do."""

import numpy as np

from shulian.ticketing.rules.rows import Floats
from shulian.ticketing.rules.seating import Point, Seating, arrange

STAGE: tuple[tuple[Point, ...], ...] = (((-6.0, 4.0), (6.0, 4.0), (6.0, 8.0), (-6.0, 8.0)),)
"""North of all seats, 12 m wide."""


def straight(
    rows: int,
    across: int,
    *,
    pitch: float = 0.55,
    behind: float = 0.95,
    aisles: tuple[int, ...] = (),
) -> Floats:
    """Rows from the north to the south, each from the west, an aisle after some of its seats."""
    columns = np.array(
        [
            place * pitch + 1.2 * sum(1 for after in aisles if after <= place)
            for place in range(across)
        ]
    )
    columns -= columns.mean()
    return np.array([(x, -row * behind) for row in range(rows) for x in columns]).reshape(-1, 2)


def curved(rows: int, spread: float, *, radius: float = 8.0, pitch: float = 0.55) -> Floats:
    """Rows on arcs around a point north of them, each as full as `spread` [°] allows."""
    found: list[Point] = []
    for row in range(rows):
        away = radius + row * 0.95
        count = int(np.radians(spread) * away / pitch)
        for place in range(count):
            angle = (place - (count - 1) / 2) * pitch / away
            found.append((float(away * np.sin(angle)), float(-away * np.cos(angle))))
    return np.array(found)


def line(*lengths: int) -> Seating:
    """Rows behind each other, of so many seats, the first in front."""
    seats = [
        ((place - (length - 1) / 2) * 0.55, -row * 0.95)
        for row, length in enumerate(lengths)
        for place in range(length)
    ]
    return arrange(np.array(seats).reshape(-1, 2), STAGE)


def free(pattern: str) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Which seats are free: `.` is, `x` is not; blanks count for nothing."""
    return np.array([one == "." for one in pattern if not one.isspace()], bool)
