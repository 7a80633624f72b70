"""What both calls and news speak of: looks, places, people, messages, zones, as they travel."""

from dataclasses import astuple
from datetime import datetime

from msgspec import Struct, structs

from shulian.kit.text import Text
from shulian.park.types import SpaceId
from shulian.world.types import Look, Scope, VisitorKey


class LookView(Struct, frozen=True, array_like=True):
    """What an avatar looks like, as `world.types.Look`, without names to be short."""

    sex: int
    age: int
    weight: int
    stature: int
    skin: int
    hair: int
    hair_color: int
    outfit: int
    primary: int
    secondary: int


class StandView(Struct, frozen=True):
    """Where somebody stands [m], heading [° clockwise from north]."""

    east: float
    north: float
    height: float
    heading: float


class PersonView(Struct, frozen=True):
    """Somebody in the world."""

    slot: int
    """Their number in snapshots; -1: out of reach of this process."""
    key: VisitorKey
    name: str
    look: LookView
    simulated: bool
    staff: bool
    """Whether they may keep order here."""


class MessageView(Struct, frozen=True):
    """Something that was said."""

    number: int
    at: datetime
    zone: SpaceId
    scope: Scope
    sender: VisitorKey
    name: str
    text: str
    to: VisitorKey | None = None


class ZoneView(Struct, frozen=True):
    """A zone and who is in it now."""

    space: SpaceId
    name: Text
    count: int
    cap: int
    muted: bool = False
    """Whether only those may speak who keep order."""


def look_view(look: Look) -> LookView:
    """A look as it travels."""
    return LookView(*astuple(look))


def look_of(view: LookView) -> Look:
    """A look that came in; its numbers are not checked."""
    return Look(*structs.astuple(view))
