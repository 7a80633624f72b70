"""The park flat: what a plan, the list beside it and the model on the first page show."""

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from shulian.kit.db import Db
from shulian.kit.memo import Memo
from shulian.park.api.ids import checked, checked_park
from shulian.park.rules import sheets
from shulian.park.rules.axonometry import Model, densest, view
from shulian.park.rules.drawing import Drawing, draw
from shulian.park.rules.figures import Bounds, meet, on_ground, reach
from shulian.park.rules.inheritance import delivered_in_force, settled
from shulian.park.rules.outline import SHOWN, Node, nameless, outline
from shulian.park.rules.overview import Overview
from shulian.park.rules.overview import overview as seen_at_a_glance
from shulian.park.store import flat, parks, spaces
from shulian.park.types import Details, Point, Scenery, Space, SpaceId, SpaceKind, Step

GROUND = (SpaceKind.PLAZA, SpaceKind.GARDEN, SpaceKind.PARKING, SpaceKind.BUILDING)
MOST_DRAWN = 4000
"""So many spaces are drawn on one plan, the largest first."""

_SIGHTS = (SpaceKind.BUILDING, SpaceKind.EXHIBITION_HALL, SpaceKind.HALL, SpaceKind.PLAZA)
_SURROUNDINGS = 120.0
"""What is drawn around a building [m]."""
_AROUND_ROOM = 0.12
"""[of its longer side] what is seen at first around a space inside a building."""
_MODEL = (1000.0, 760.0)
"""How much of a park the model shows [m]."""
_BEYOND = 150.0
"""[m] around it, where what is seen at its edges stands."""

_plans: Memo[UUID, tuple[sheets.Sheet, ...]] = Memo(8)
_trees: Memo[UUID, Node] = Memo(8)
_models: Memo[UUID, Model | None] = Memo(8)
_around: Memo[tuple[UUID, SpaceId], Drawing] = Memo(48)
_ahead: Memo[tuple[UUID, date], tuple[frozenset[SpaceId], int]] = Memo(64)


def plan(db: Db, park: SpaceId) -> tuple[sheets.Sheet, ...]:
    """The plan of a whole park: a sheet for each cluster of sites."""
    revision = parks.revision(db, checked_park(park))
    return _plans.get(revision, lambda: _sheets(db, park))


def plan_around(db: Db, details: Details) -> Drawing:
    """The plan that shows a space best: its storey, or what stands in it, or its surroundings."""
    key = (parks.revision(db, details.park), details.space.id)
    return _around.get(key, lambda: _plan_around(db, details))


def model(db: Db, park: SpaceId) -> Model | None:
    """The part of a park in which most is built, as a model; none where there is no building."""
    revision = parks.revision(db, checked_park(park))
    return _models.get(revision, lambda: _model(db, park))


def tree(db: Db, park: SpaceId) -> Node:
    """The list of a park down to its buildings; what is in those opens later."""
    revision = parks.revision(db, checked_park(park))
    return _trees.get(revision, lambda: _tree(db, park))


def nameless_in(details: Details) -> tuple[Step, ...]:
    """The children that the list of a park leaves out because they have no name."""
    left_out = nameless(details.children)
    return tuple(step for step in details.children if step in left_out)


def standing(db: Db, among: Collection[SpaceId]) -> dict[SpaceId, int]:
    """How many spaces stand directly in each of `among` in which there is any."""
    return flat.standing(db, among)


def overview(db: Db, park: SpaceId) -> Overview:
    """A park at a glance: its sites and phases, and what is built in each."""
    known = settled([record.space for record in spaces.levels(db, checked_park(park))])
    return seen_at_a_glance(known, flat.built(db, park))


def highlights(db: Db, park: SpaceId, *, most_of_a_kind: int) -> tuple[Space, ...]:
    """What a visitor may want to see: large named spaces, without their shapes.

    Where there are spaces that say something of themselves, these alone.
    """
    found = flat.highlights(db, checked_park(park), _SIGHTS, most_of_a_kind=most_of_a_kind)
    telling = [space for space in found if space.about]
    return tuple(sorted(telling or found, key=lambda space: _SIGHTS.index(space.kind)))


def ahead(db: Db, park: SpaceId, day: date) -> tuple[frozenset[SpaceId], int]:
    """The buildings of `park` not yet delivered on `day`, and how many are."""
    revision = parks.revision(db, checked_park(park))
    return _ahead.get((revision, day), lambda: _undelivered(db, park, day))


def _sheets(db: Db, park: SpaceId) -> tuple[sheets.Sheet, ...]:
    found = _lowest_first(flat.ground(db, park, GROUND, region=None, limit=MOST_DRAWN))
    scenery = tuple(parks.scenery(db, park).values())
    tops = [(step, step.extent) for step in spaces.children(db, park)]
    reaches = [(step, extent.bounds) for step, extent in tops if extent is not None]
    regions = [sheets.sheet(one) for one in sheets.clusters([bounds for _, bounds in reaches])]
    on_sheet: list[list[Space]] = [[] for _ in regions]
    for space in found:
        on_sheet[sheets.nearest(_middle(space), regions)].append(space)
    places: list[list[Step]] = [[] for _ in regions]
    for step, bounds in reaches:
        places[sheets.nearest((bounds[0], bounds[1]), regions)].append(step)
    return tuple(
        sheets.Sheet(tuple(stands), draw(drawn, scenery, region=region))
        for stands, drawn, region in zip(places, on_sheet, regions, strict=True)
        if drawn
    )


def _plan_around(db: Db, details: Details) -> Drawing:
    storey = _storey_of(details)
    if storey is not None:
        return _storey(db, details, storey)
    if details.extent is None:
        return draw(())
    around = details.space.kind not in (SpaceKind.SITE, SpaceKind.PHASE)
    region = _grown(details.extent.bounds, _SURROUNDINGS if around else 0.0)
    region = region if around else sheets.sheet(region)
    found = flat.ground(db, details.park, GROUND, region=region, limit=MOST_DRAWN)
    near = [one for one in parks.scenery(db, details.park).values() if _reaches(one, region)]
    return draw(_lowest_first(found), near, region=region, nameless=(details.space.id,))


def _storey(db: Db, details: Details, storey: SpaceId) -> Drawing:
    """A storey with all that is in it; seen at first is the space in question."""
    drawn = (spaces.get(db, storey), *spaces.list_(db, within=storey))
    whole = draw(drawn, nameless=(storey, details.space.id))
    shape = details.space.shape
    if details.space.id == storey or shape is None or details.extent is None:
        return whole
    west, south, east, north = details.extent.bounds
    left, top, width, height = whole.box
    seen = _grown(details.extent.bounds, max(east - west, north - south) * _AROUND_ROOM)
    limit = (left, -top - height, left + width, -top)
    return draw(
        drawn, region=seen, around=_joined(seen, limit), nameless=(storey, details.space.id)
    )


def _model(db: Db, park: SpaceId) -> Model | None:
    region = densest(flat.building_extents(db, park), *_MODEL)
    if region is None:
        return None
    wide = _grown(region, _BEYOND)
    found = flat.ground(db, park, (SpaceKind.BUILDING,), region=wide, limit=MOST_DRAWN)
    return view(found, parks.scenery(db, park).values(), region=wide)


def _tree(db: Db, park: SpaceId) -> Node:
    steps = flat.steps(db, park, SHOWN)
    return outline(steps, flat.standing(db, [step.id for step in steps]))


def _undelivered(db: Db, park: SpaceId, day: date) -> tuple[frozenset[SpaceId], int]:
    days = {record.space.id: record for record in spaces.levels(db, park)}
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


def _lowest_first(found: Sequence[Space]) -> list[Space]:
    return sorted(found, key=lambda one: one.kind is SpaceKind.BUILDING)


def _middle(space: Space) -> Point:
    rings = on_ground(space.shape) if space.shape else ()
    if not rings:
        return (0.0, 0.0)
    west, south, east, north = reach(rings)
    return ((west + east) / 2, (south + north) / 2)


def _grown(bounds: Bounds, margin: float) -> Bounds:
    west, south, east, north = bounds
    return (west - margin, south - margin, east + margin, north + margin)


def _joined(one: Bounds, other: Bounds) -> Bounds:
    return (
        min(one[0], other[0]),
        min(one[1], other[1]),
        max(one[2], other[2]),
        max(one[3], other[3]),
    )


def _reaches(piece: Scenery, region: Bounds) -> bool:
    shells = [polygon[0] for polygon in piece.rings if polygon and polygon[0]]
    return any(meet(reach((shell,)), region) for shell in shells) or any(
        region[0] < east < region[2] and region[1] < north < region[3]
        for east, north in piece.points
    )
