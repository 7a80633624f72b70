"""Frames within frames: how points of an entry's own frame come to lie in the park's plane."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import cos, hypot, radians, sin

import numpy as np

from shulian.kit.geometry import Frame
from shulian.park.types import Point, Ring

FARTHEST = 500_000.0
"""How far from the park's origin something of it may lie [m]."""
FAR = f"expected within {FARTHEST / 1000:g} km of the park's origin"

_STEP = 1_000.0


@dataclass(frozen=True, slots=True)
class Placement:
    """east = e + a·x − b·y, north = n + b·x + a·y: a move, a turn, and a scale very close to 1.

    What is moved or turned is rounded to the millimetre; what is not stays as it was written.
    """

    east: float = 0.0
    """[m]."""
    north: float = 0.0
    """[m]."""
    a: float = 1.0
    b: float = 0.0

    def within(self, at: Point, turn: float) -> "Placement":
        """The frame that lies `at` [m] in this one, turned by `turn` [°]."""
        angle = radians(turn)
        a, b = (cos(angle), sin(angle)) if turn else (1.0, 0.0)
        east, north = self._exact(at)
        return Placement(east, north, self.a * a - self.b * b, self.b * a + self.a * b)

    def point(self, point: Point) -> Point:
        """A point of this frame in the park's plane."""
        if self == _PARK:
            return point
        east, north = self._exact(point)
        return round(east, 3) + 0.0, round(north, 3) + 0.0

    def ring(self, ring: Iterable[Point]) -> Ring:
        """A ring of this frame in the park's plane."""
        return tuple(map(self.point, ring))

    def back(self, point: Point) -> Point:
        """A point of the park's plane in this frame."""
        square = self.a * self.a + self.b * self.b
        east, north = point[0] - self.east, point[1] - self.north
        return (
            (self.a * east + self.b * north) / square,
            (self.a * north - self.b * east) / square,
        )

    def _exact(self, point: Point) -> Point:
        x, y = point
        return self.east + self.a * x - self.b * y, self.north + self.b * x + self.a * y


_PARK = Placement()


def anchored(park: Frame, lonlat: tuple[float, float]) -> Placement | None:
    """The frame of a site with its zero at `lonlat` [°].

    The site is drawn on a plane of its own that touches the earth at its zero; within 2 km of it
    a similarity takes that plane to the park's with an error below a millimetre. None if it is
    farther than `FARTHEST`.
    """
    corners = np.array([[0.0, 0.0], [_STEP, 0.0]])
    zero, far = park.to_plane(Frame(*lonlat).to_lonlat(corners)).tolist()
    if not hypot(*zero) <= FARTHEST:  # nor where there is no plane any more
        return None
    a, b = (far[0] - zero[0]) / _STEP, (far[1] - zero[1]) / _STEP
    return Placement(zero[0], zero[1], a, b)
