"""The one mesh that everybody is: its parts and levels, what shapes it, what it can wear.

Symbols: n vertices, t triangles, b bones, k shapes, c columns: outfits for body and hem, styles
for hair.
"""

from dataclasses import dataclass
from enum import IntEnum

from shulian.world.rules.avatars.source import Array, Index


class Kind(IntEnum):
    """What a vertex belongs to."""

    SKIN = 0
    """Head and hands."""
    CLOTH = 1
    """The shell about all else, which is cloth or skin."""
    HEM = 2
    HAIR = 3
    EYE = 4


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """Everything the client needs to draw people."""

    vertices: Array
    """(n, 3) [m] the neutral body, undressed."""
    kinds: Index
    """(n,) `Kind`."""
    places: Array
    """(n,) along the arm for skin and cloth; down the hem, 0–1; from crown to edge of hair."""
    light: Array
    """(n,) how much of the sky it sees, 0–1."""
    bones: Index
    """(n, 4) that carry it, the strongest first."""
    weights: Index
    """(n, 4) their shares; the sum is 255."""
    levels: tuple[Index, ...]
    """(t, 3) triangles of each level of detail, finest first."""
    shapes: Array
    """(k, n, 3) [m] what people differ by, most important first."""
    mixes: Array
    """(corners, k) how much of each shape a corner of `people.CORNERS` has."""
    statures: Array
    """(corners,) what the body must be scaled by to have the mean height of such people."""
    wear: Array
    """(c, n, 3) [m] how each outfit or style moves the vertices."""
    normals: Array
    """(c, n, 3) of the surface as worn."""
    joints: Array
    """(b, 3) [m]"""
    clips: tuple[Array, ...]
    """(frames, b, 3, 4) carriages of each of `motion.CLIPS`."""
    eye: Array
    """(3,) [m] the middle of the left eye."""
