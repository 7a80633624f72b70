"""The tube about hips and legs that is skirt, coat or the edge of a shirt; folded away if none is.

Symbols: r rows from the waist down, c columns from the front to the left and round.
"""

from collections.abc import Callable

import numpy as np

from shulian.world.rules.avatars.outfits import Outfit
from shulian.world.rules.avatars.skeleton import BONES, PLACE
from shulian.world.rules.avatars.source import Array

COLUMNS = 24
ROWS = 8
TOP = 1.08
"""Where the tube begins [m]."""
_HIPS = 0.9


def angles() -> Array:
    """(c,) of the columns, 0 to the front."""
    return np.arange(COLUMNS, dtype=np.float64) * (2.0 * np.pi / COLUMNS)


def girth(vertices: Array) -> Callable[[float], tuple[Array, float]]:
    """How far the body (v, 3) reaches at a height: (c,) from its middle, and where that is [m]."""
    ways = np.column_stack([np.sin(angles()), np.cos(angles())])

    def at(height: float) -> tuple[Array, float]:
        band = vertices[np.abs(vertices[:, 1] - height) < 0.03][:, [0, 2]]  # noqa: PLR2004 [m]
        middle = (band[:, 1].min() + band[:, 1].max()) / 2.0
        return np.max((band - (0.0, middle)) @ ways.T, axis=0), float(middle)

    return at


def tube(outfit: Outfit, reach: Callable[[float], tuple[Array, float]]) -> Array:
    """(r × c, 3) the tube of `outfit`."""
    hem = outfit.hem
    found = np.zeros((ROWS, COLUMNS, 3))
    least = np.zeros(COLUMNS)
    start = TOP if hem is None or not hem.lower else min(TOP, outfit.waist + 0.03)
    bottom = start - 0.02 if hem is None else hem.bottom
    for row in range(ROWS):
        height = start + (bottom - start) * row / (ROWS - 1)
        radius, middle = reach(max(height, 0.45))
        if hem is None:
            room = -0.05
        else:
            room = (
                outfit.thick
                + hem.ease * min(row / 2.0, 1.0)
                + hem.flare * (row / (ROWS - 1)) ** 1.4
            )
        radius = radius + room
        if hem is not None and height < _HIPS + 0.06:
            # Cloth hangs from where the body is widest.
            radius = np.maximum(radius, least + hem.flare / ROWS)
        least = radius
        found[row, :, 0] = np.sin(angles()) * radius
        found[row, :, 1] = height
        found[row, :, 2] = np.cos(angles()) * radius + middle
    return found.reshape(-1, 3)


def weights() -> Array:
    """(r × c, b) what carries the tube: the hips above, legs and the hem's own bones below."""
    found = np.zeros((ROWS, COLUMNS, len(BONES)))
    for row in range(ROWS):
        low = min(max((row - 0.5) / 2.5, 0.0), 1.0)
        for column, angle in enumerate(angles()):
            ahead, aside = float(np.cos(angle)), float(np.sin(angle))
            found[row, column, PLACE["Hips"]] += 1.0 - low
            found[row, column, PLACE["HemFront" if ahead > 0 else "HemBack"]] += low * ahead**2
            found[row, column, PLACE["LeftUpLeg" if aside > 0 else "RightUpLeg"]] += low * aside**2
    return found.reshape(-1, len(BONES))
