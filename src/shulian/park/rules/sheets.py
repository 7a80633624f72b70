"""A park on as many sheets as it has clusters of sites: far apart, each is drawn for itself."""

from collections.abc import Sequence
from dataclasses import dataclass

from shulian.park.rules.drawing import Drawing
from shulian.park.rules.figures import Bounds, meet
from shulian.park.types import Point, Step

_NEAR = 0.35
"""[of the longer side of the larger cluster] between two that share a sheet."""
_MARGIN = 0.03
"""[of the longer side] left free around a cluster."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One of the drawings of a park."""

    places: tuple[Step, ...]
    """What stands on it, as far as it stands directly in the park."""
    drawing: Drawing


def clusters(bounds: Sequence[Bounds]) -> tuple[Bounds, ...]:
    """The bounds of what lies close together, in the order in which their first ones come."""
    found = list(bounds)
    joined = True
    while joined:
        joined = False
        for place, one in enumerate(found):
            near = next((other for other in found[place + 1 :] if _is_near(one, other)), None)
            if near is not None:
                found.remove(near)
                found[place] = _around((one, near))
                joined = True
                break
    return tuple(found)


def sheet(cluster: Bounds) -> Bounds:
    """A cluster with a margin."""
    west, south, east, north = cluster
    margin = max(east - west, north - south, 1.0) * _MARGIN
    return (west - margin, south - margin, east + margin, north + margin)


def nearest(point: Point, sheets: Sequence[Bounds]) -> int:
    """The place of the sheet that `point` lies on, or lies nearest to."""
    return min(range(len(sheets)), key=lambda place: _distance(point, sheets[place]))


def _is_near(one: Bounds, other: Bounds) -> bool:
    gap = _NEAR * max(_longer(one), _longer(other))
    return meet((one[0] - gap, one[1] - gap, one[2] + gap, one[3] + gap), other)


def _longer(bounds: Bounds) -> float:
    return max(bounds[2] - bounds[0], bounds[3] - bounds[1])


def _around(found: Sequence[Bounds]) -> Bounds:
    return (
        min(one[0] for one in found),
        min(one[1] for one in found),
        max(one[2] for one in found),
        max(one[3] for one in found),
    )


def _distance(point: Point, bounds: Bounds) -> float:
    """Squared, from `point` to `bounds`; 0 inside."""
    east = max(bounds[0] - point[0], 0.0, point[0] - bounds[2])
    north = max(bounds[1] - point[1], 0.0, point[1] - bounds[3])
    return east * east + north * north
