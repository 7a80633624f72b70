"""What tests of people who walk are built from: a yard with a house, a pond and a bridge."""

import numpy as np
from tests.park.plans import box

from shulian.kit.text import Text
from shulian.park.types import (
    Entrance,
    Point,
    Ring,
    Scenery,
    SceneryId,
    SceneryKind,
    Shape,
    Space,
    SpaceId,
    SpaceKind,
)
from shulian.world.rules.paths.ground import Bounds, Ground, ground
from shulian.world.rules.paths.sights import Sight, sights
from shulian.world.rules.paths.ways import net

YARD: Bounds = (0.0, 0.0, 120.0, 100.0)
ENTRANCE = Entrance(60, 6)
HOUSE: tuple[float, float, float, float] = (40, 40, 80, 60)
"""West, south, east, north."""


def rectangle(west: float, south: float, east: float, north: float) -> Ring:
    """A closed line around it."""
    return ((west, south), (east, south), (east, north), (west, north))


def piece(kind: SceneryKind, *bounds: float) -> Scenery:
    """A rectangle of scenery."""
    name = SceneryId(f"{kind}-{bounds[0]}")
    return Scenery(name, SpaceId("yard"), kind, Text(), ((rectangle(*bounds),),))


def _space(name: str, kind: SpaceKind, shape: Shape) -> Space:
    return Space(SpaceId(name), SpaceId("yard"), kind, Text(en=name), shape=shape)


def _house() -> Shape:
    west, south, east, north = HOUSE
    body = box(west, south, east - west, north - south, 0, 9).prisms
    return Shape(prisms=body, doors=((60.0, 40.0),))


SPACES = (
    _space("plaza", SpaceKind.PLAZA, box(10, 4, 100, 30, 0, 0)),
    _space("house", SpaceKind.BUILDING, _house()),
    _space("roof", SpaceKind.BUILDING, box(90, 40, 20, 20, 6, 7)),
    _space("garden", SpaceKind.GARDEN, box(10, 70, 100, 28, 0, 0)),
)
SCENERY = (
    piece(SceneryKind.WATER, 0, 62, 120, 68),
    piece(SceneryKind.PATH, 16, 34, 22, 72),
)


def yard_ground() -> Ground:
    """The yard from above: a plaza, a house behind it, a pond, a bridge, a garden."""
    return ground(SPACES, SCENERY, YARD)


def yard_sights(over: Ground) -> tuple[Sight, ...]:
    """What is worth going to in the yard."""
    return sights(net(over), SPACES, ENTRANCE, YARD, rng=np.random.default_rng(1))


def in_house(point: Point) -> bool:
    """Whether somebody walked into the house."""
    west, south, east, north = HOUSE
    return west <= point[0] <= east and south <= point[1] <= north
