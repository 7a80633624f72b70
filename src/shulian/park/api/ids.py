"""Ids as they come from outside: what cannot be one names nothing."""

from shulian.park.errors import ParkUnknown, SpaceUnknown
from shulian.park.rules.plans import is_id
from shulian.park.types import SpaceId


def checked(space: str) -> SpaceId:
    """`space` as an id; raises SpaceUnknown if no space can have it."""
    if not is_id(space):
        raise SpaceUnknown(space=space)
    return SpaceId(space)


def checked_park(park: str) -> SpaceId:
    """`park` as an id; raises ParkUnknown if no park can have it."""
    if not is_id(park):
        raise ParkUnknown(park=park)
    return SpaceId(park)
