"""Hair: a cap laid over the head with a fringe and a fall, and a tail; styles shape the same grids.

Symbols: r rows from the crown down, c columns from the front to the left and round.
"""

from typing import NamedTuple

import numpy as np
from scipy.spatial import KDTree

from shulian.world.rules.avatars.source import Array

COLUMNS = 24
CAP = 8
"""Rows that lie on the head."""
FALL = 4
"""Rows that hang from its edge."""
TAIL_COLUMNS = 8
TAIL_ROWS = 6


class Style(NamedTuple):
    """How hair is worn; lengths in metres."""

    top: float = 0.022
    side: float = 0.012
    back: float = 0.015
    front: float = 0.008
    """Volume over the brow."""
    brow: float = 47.0
    """How far the hairline lies from the crown at the front [°]."""
    temple: float = 72.0
    ear: float = 90.0
    nape: float = 122.0
    fall: float = 0.0
    """How far it hangs below its line at sides and back."""
    open_: float = 80.0
    """The face is free of the fall so far to each side [°]."""
    part: float = 0.0
    """How much higher the left side of the top stands than the right."""
    rough: float = 0.0
    tail: str = ""


STYLES: tuple[Style, ...] = (
    Style(),
    Style(top=0.030, front=0.022, part=0.014, side=0.013),
    Style(top=0.028, front=0.014, brow=57.0, side=0.018, rough=0.004, ear=96.0),
    Style(
        top=0.026, side=0.026, back=0.028, front=0.012, brow=56.0, ear=100.0, fall=0.075, open_=86.0
    ),
    Style(
        top=0.024, side=0.018, back=0.022, front=0.010, ear=100.0, fall=0.27, open_=92.0, part=0.006
    ),
    Style(
        top=0.024, side=0.020, back=0.022, front=0.013, brow=58.0, ear=100.0, fall=0.23, open_=90.0
    ),
    Style(top=0.018, side=0.010, back=0.014, front=0.010, brow=44.0, tail="pony"),
    Style(top=0.018, side=0.010, back=0.014, front=0.010, brow=44.0, tail="bun"),
    Style(top=0.052, side=0.040, back=0.044, front=0.026, brow=46.0, ear=96.0, rough=0.008),
    Style(top=0.006, side=0.009, back=0.010, front=0.002, brow=24.0, temple=58.0),
    Style(top=-0.02, side=-0.02, back=-0.02, front=-0.02),
)


class Head:
    """How far the head reaches in each direction from its middle."""

    def __init__(self, vertices: Array) -> None:
        top = vertices[:, 1].max()
        skull = vertices[vertices[:, 1] > top - 0.09, 2]
        self.middle = np.array([0.0, top - 0.118, (skull.min() + skull.max()) / 2.0])
        ways = vertices - self.middle
        self._far = np.linalg.norm(ways, axis=1)
        self._tree = KDTree(ways / self._far[:, None])

    def reach(self, ways: Array) -> Array:
        """(n,) along unit directions (n, 3)."""
        near = np.asarray(self._tree.query(ways, k=6)[1], np.int64)
        return np.asarray(np.median(self._far[near], axis=1), np.float64)


def _blend(
    style: Style, turn: float, front: float, temple: float, ear: float, back: float
) -> float:
    """A value round the head, given at the front, at the temples, over the ears and behind."""
    del style
    return float(
        np.interp(
            turn,
            (0.0, 0.75, 1.35, 1.75, 2.3, np.pi),
            (front, front * 0.6 + temple * 0.4, temple, ear, (ear + back) / 2.0, back),
        )
    )


def cap(style: Style, head: Head) -> Array:
    """((CAP + FALL) × c, 3) the cap and what falls from it."""
    found = np.zeros((CAP + FALL, COLUMNS, 3))
    for column in range(COLUMNS):
        angle = column * 2.0 * np.pi / COLUMNS
        turn = min(angle, 2.0 * np.pi - angle)
        line = np.radians(_blend(style, turn, style.brow, style.temple, style.ear, style.nape))
        rim = _blend(style, turn, style.front, style.side, style.side, style.back)
        steps = np.arange(CAP) / (CAP - 1)
        polar = steps * line
        ways = np.column_stack(
            [np.sin(polar) * np.sin(angle), np.cos(polar), np.sin(polar) * np.cos(angle)]
        )
        thick = (
            style.top + (rim - style.top) * steps**1.3 + style.part * np.sin(angle) * np.sin(polar)
        )
        thick = thick + style.rough * np.sin(angle * 5.0 + steps * 9.0) * np.sin(steps * np.pi)
        found[:CAP, column] = head.middle + ways * (head.reach(ways) + thick)[:, None]
        found[CAP:, column] = _fall(style, head, found[CAP - 1, column], ways[-1], turn)
    return found.reshape(-1, 3)


def _fall(style: Style, head: Head, edge: Array, way: Array, turn: float) -> Array:
    """(FALL, 3) below the edge: hanging, or tucked in to close the edge."""
    steps = np.arange(1, FALL + 1)[:, None] / FALL
    free = np.radians(style.open_)
    if style.fall == 0.0 or turn < free:
        inner = head.middle + way * (head.reach(way[None])[0] - 0.012)
        return edge + (inner - edge) * steps - (0.0, 0.004, 0.0) * steps
    share = float(np.clip((turn - free) / 0.45, 0.35, 1.0))
    level = head.middle[1] - 0.075 - style.fall
    found = np.repeat(edge[None], FALL, axis=0)
    found[:, 1] += (level + (1.0 - share) * 0.05 - edge[1]) * steps[:, 0]
    out = np.array([way[0], 0.0, way[2]])
    out /= max(float(np.linalg.norm(out)), 1e-9)
    behind = max(-out[2], 0.0)
    found += out * (
        0.014 * np.sin(steps * np.pi * 0.8) + behind * 0.016 * steps * min(style.fall / 0.2, 1.0)
    )
    # Long hair lies before the shoulders at the sides, behind them at the back.
    found[:, 0] *= 1.0 - 0.16 * steps[:, 0] * min(style.fall / 0.2, 1.0)
    return found


def tail(style: Style, head: Head) -> Array:
    """(TAIL_ROWS × TAIL_COLUMNS, 3) a pony's tail, a bun, or nothing."""
    root = head.middle + np.array([0.0, 0.035, -0.105])
    found = np.zeros((TAIL_ROWS, TAIL_COLUMNS, 3))
    for row in range(TAIL_ROWS):
        step = row / (TAIL_ROWS - 1)
        if style.tail == "pony":
            drop = 0.02 * np.sin(step * 2.2) - 0.25 * step**1.3
            at = root + np.array([0.0, drop, -0.055 * np.sin(step * 2.0)])
            radius = 0.012 + 0.034 * np.sin(np.pi * min(step * 0.9 + 0.08, 1.0))
        elif style.tail == "bun":
            at = root + np.array([0.0, 0.045 + 0.048 * np.cos(np.pi * step), -0.004])
            radius = 0.05 * np.sin(np.pi * step)
        else:
            at, radius = head.middle, 0.0
        for column in range(TAIL_COLUMNS):
            angle = column * 2.0 * np.pi / TAIL_COLUMNS
            found[row, column] = at + np.array(
                [np.sin(angle) * radius, 0.0, np.cos(angle) * radius]
            )
    return found.reshape(-1, 3)


def weights_of(points: Array, head: Array, breast: Array) -> Array:
    """(n,) the share of the head in what lies on it; the breast has the rest."""
    return np.clip(
        (points[:, 1] - breast[1] - 0.09) / max(float(head[1] - breast[1]) - 0.09, 1e-6), 0.25, 1.0
    )
