"""A hall of the park as the seating engine sees it."""

from collections.abc import Sequence

import numpy as np

from shulian.park.types import Ring, Space
from shulian.ticketing.rules.seating import Seating, arrange

_APART = 10.0
"""[m] between seats of which nobody knows where they stand, so that none is beside another."""


def seating_of(seats: Sequence[Space], stages: Sequence[Space]) -> Seating:
    """The seats of a hall before its stages, in the order in which they are given.

    A seat without a body stands alone behind all others.
    """
    rings = [outline(one) for one in seats]
    at = np.array([middle(ring) for ring in rings]).reshape(-1, 2)
    known = np.array([bool(ring) for ring in rings], bool)
    corner = at[known].min(axis=0) if known.any() else np.zeros(2)
    lost = np.flatnonzero(~known)
    at[lost] = corner - _APART * np.column_stack([np.arange(len(lost)) + 1, np.full(len(lost), 9)])
    outlines = [ring for ring in map(outline, stages) if ring]
    return arrange(at, outlines)


def outline(space: Space) -> Ring:
    """The shell of the first prism of a space; empty where it has no body."""
    prisms = space.shape.prisms if space.shape else ()
    return prisms[0].rings[0] if prisms and prisms[0].rings else ()


def middle(ring: Ring) -> tuple[float, float]:
    """The middle of the bounds of a ring; the origin where there is none."""
    if not ring:
        return (0.0, 0.0)
    east, north = zip(*ring, strict=True)
    return ((min(east) + max(east)) / 2, (min(north) + max(north)) / 2)
