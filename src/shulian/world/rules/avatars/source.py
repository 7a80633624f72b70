"""What avatars are made from: a dense body with clothes-like shells, targets of shape, a rig.

Symbols: v vertices of the source, f faces, b bones of its rig. Lengths in metres, y up, z to the
front.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Index = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class SourceBone:
    """A bone of the source's rig: its joint is the mean of some vertices."""

    name: str
    parent: int
    """-1 for the root; parents come before their children."""
    joint: Index


@dataclass(frozen=True, slots=True, eq=False)
class Source:
    """The body of MakeHuman and what changes it."""

    vertices: Array
    """(v, 3)"""
    faces: Mapping[str, Index]
    """(f, 4) corners of the quads of each group, counter-clockwise from outside."""
    mirror: Index
    """(v,) the vertex on the other side."""
    targets: Mapping[str, Array]
    """(v, 3) how each shape moves the vertices."""
    bones: tuple[SourceBone, ...]
    weights: Array
    """(v, b) how much each bone carries of each vertex."""


def symmetric(source: Source, vertices: Array) -> Array:
    """`vertices` (v, 3) made the same on both sides."""
    other = vertices[source.mirror] * (-1.0, 1.0, 1.0)
    return (vertices + other) / 2.0


def joints(source: Source, vertices: Array) -> Array:
    """(b, 3) where the joints of `vertices` (v, 3) lie."""
    return np.stack([vertices[bone.joint].mean(axis=0) for bone in source.bones])
