"""What a visitor of a scene finds first: phases, places to jump to, where to start."""

from collections.abc import Iterable, Sequence
from datetime import date
from math import atan2, cos, degrees, radians, sin

from shulian.park.types import Entrance, Extent, Space, SpaceKind, Step

PLACES = (
    SpaceKind.PARK,
    SpaceKind.SITE,
    SpaceKind.PHASE,
    SpaceKind.BUILDING,
    SpaceKind.EXHIBITION_HALL,
    SpaceKind.HALL,
    SpaceKind.PLAZA,
)
"""The kinds of space that one jumps to, the important first."""

DESTINATIONS = PLACES[3:]
"""Those among them of which there can be too many."""

MOST_PLACES = 400
MOST_ROOMS = 60
"""So many of each kind that is no building."""

_BEARINGS = (180, 150, 210, 120, 240, 90, 270, 60, 300, 0)
"""Where to stand, seen from the landmark, in the order of preference: in the sun [°]."""
_NEAREST = 45.0
"""To the landmark's walls [m]."""
_CLEARANCE = 4.0
"""Between the visitor and any wall [m]."""


def phases(settled: Iterable[Space]) -> tuple[Space, ...]:
    """The phases among spaces that carry their days in force, in order of delivery."""
    found = [space for space in settled if space.kind is SpaceKind.PHASE]
    return tuple(
        sorted(found, key=lambda one: (one.delivered or date.max, one.parent or "", one.order))
    )


def by_importance(places: Iterable[Step]) -> tuple[Step, ...]:
    """`places` by their kinds, within a kind in the order in which they come."""
    ranks = {kind: rank for rank, kind in enumerate(PLACES)}
    return tuple(sorted(places, key=lambda one: ranks[one.kind]))


def landmark(places: Sequence[Step]) -> Extent | None:
    """The building that is seen from afar: the highest of those that have a name."""
    buildings = [
        one.extent for one in places if one.kind is SpaceKind.BUILDING and one.extent is not None
    ]
    return max(buildings, key=lambda extent: extent.top, default=None)


def viewpoints(target: Extent) -> tuple[Entrance, ...]:
    """Where one could stand to look at `target`, the best first."""
    west, south, east, north = target.bounds
    reach = max(east - west, north - south) / 2
    near = reach + max(_NEAREST, target.height / 2)
    return tuple(
        _looking_back(target.center, bearing, distance)
        for distance in (near, near * 1.4, near * 2)
        for bearing in _BEARINGS
    )


def first_free(spots: Sequence[Entrance], boxes: Sequence[Extent]) -> Entrance:
    """The first of `spots` that lies in none of `boxes`, or else the first."""
    return next((spot for spot in spots if not any(_is_in(spot, box) for box in boxes)), spots[0])


def _looking_back(center: tuple[float, float], bearing: int, distance: float) -> Entrance:
    east = center[0] + distance * sin(radians(bearing))
    north = center[1] + distance * cos(radians(bearing))
    heading = degrees(atan2(center[0] - east, center[1] - north)) % 360
    return Entrance(round(east, 2), round(north, 2), round(heading, 1) % 360)


def _is_in(spot: Entrance, box: Extent) -> bool:
    west, south, east, north = box.bounds
    return (
        west - _CLEARANCE < spot.east < east + _CLEARANCE
        and south - _CLEARANCE < spot.north < north + _CLEARANCE
    )
