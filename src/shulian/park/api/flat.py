"""The park flat: what a plan and the list beside it show."""

from collections.abc import Collection
from datetime import date

from shulian.kit.db import Db
from shulian.park.api.ids import checked, checked_park
from shulian.park.rules.drawing import Drawing, draw
from shulian.park.rules.inheritance import delivered_in_force
from shulian.park.rules.outline import SHOWN, Node, outline
from shulian.park.store import flat, parks, spaces
from shulian.park.types import Details, Scenery, Space, SpaceId, SpaceKind, Step

GROUND = (SpaceKind.PLAZA, SpaceKind.GARDEN, SpaceKind.PARKING, SpaceKind.BUILDING)
MOST_DRAWN = 4000
"""So many spaces are drawn on one plan, the largest first."""
_SURROUNDINGS = 120.0
"""What is drawn around a building [m]."""


def plan(db: Db, park: SpaceId) -> Drawing:
    """The plan of a whole park."""
    scenery = tuple(parks.scenery(db, checked_park(park)).values())
    found = flat.ground(db, park, GROUND, region=None, limit=MOST_DRAWN)
    return draw(_lowest_first(found), scenery)


def plan_around(db: Db, details: Details) -> Drawing:
    """The plan that shows a space best: its storey, or what stands in it, or its surroundings."""
    storey = _storey_of(details)
    if storey is not None:
        within = spaces.list_(db, within=storey)
        return draw((spaces.get(db, storey), *within))
    space = details.space
    if space.kind in (SpaceKind.SITE, SpaceKind.PHASE):
        found = flat.ground(db, space.id, GROUND, region=None, limit=MOST_DRAWN)
        return draw(_lowest_first(found))
    if details.extent is None:
        return draw(())
    west, south, east, north = details.extent.bounds
    region = (
        west - _SURROUNDINGS,
        south - _SURROUNDINGS,
        east + _SURROUNDINGS,
        north + _SURROUNDINGS,
    )
    found = flat.ground(db, details.park, GROUND, region=region, limit=MOST_DRAWN)
    near = [one for one in parks.scenery(db, details.park).values() if _reaches(one, region)]
    return draw(_lowest_first(found), near, region=region)


def tree(db: Db, park: SpaceId) -> list[Node]:
    """The list of a park down to its buildings; what is in those opens later."""
    steps = flat.steps(db, checked_park(park), SHOWN)
    return outline(steps, park, flat.parents(db, [step.id for step in steps]))


def parents(db: Db, among: Collection[SpaceId]) -> frozenset[SpaceId]:
    """Those of `among` in which something stands."""
    return flat.parents(db, among)


def ahead(db: Db, park: SpaceId, day: date) -> tuple[frozenset[SpaceId], int]:
    """The buildings of `park` not yet delivered on `day`, and how many are."""
    days = {record.space.id: record for record in spaces.levels(db, checked_park(park))}
    found: set[SpaceId] = set()
    buildings = flat.delivery_days(db, park)
    for building, ancestors, own in buildings:
        above = (days[one].space.delivered for one in reversed(ancestors) if one in days)
        due = delivered_in_force((own, *above))
        if due is not None and due > day:
            found.add(building)
    return frozenset(found), len(buildings) - len(found)


def _storey_of(details: Details) -> SpaceId | None:
    line: list[Step] = [*details.path]
    for step in reversed(line):
        if step.kind is SpaceKind.STOREY:
            return step.id
    return checked(details.space.id) if details.space.kind is SpaceKind.STOREY else None


def _lowest_first(found: tuple[Space, ...]) -> list[Space]:
    return sorted(found, key=lambda one: one.kind is SpaceKind.BUILDING)


def _reaches(piece: Scenery, region: tuple[float, float, float, float]) -> bool:
    west, south, east, north = region
    points = [point for polygon in piece.rings for point in polygon[0]] + list(piece.points)
    return bool(points) and (
        min(point[0] for point in points) < east
        and max(point[0] for point in points) > west
        and min(point[1] for point in points) < north
        and max(point[1] for point in points) > south
    )
