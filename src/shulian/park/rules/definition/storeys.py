"""Storeys of a definition: their rooms with doors, and what is wrong with them."""

from collections.abc import Sequence
from dataclasses import replace

import shapely

from shulian.park.rules.definition import bodies, doors, places, rooms, spans, texts
from shulian.park.rules.definition.draft import Draft
from shulian.park.rules.definition.layouts import Shaft
from shulian.park.rules.definition.outlines import meeting, whole
from shulian.park.rules.definition.places import Above, Remarks
from shulian.park.rules.definition.rooms import OVER, Room, Stage
from shulian.park.rules.definition.schema import Place
from shulian.park.rules.definition.sources import Where
from shulian.park.types import Point, Shape, Space, SpaceKind


def add(
    draft: Draft,
    stage: Stage,
    shafts: Sequence[Shaft],
    entrances: Sequence[Point],
    remarks: Remarks,
) -> None:
    """Add a storey with all that stands in it.

    shafts     stairs and services in the frame of the building
    entrances  doors from outside, in the park's plane, if it is the ground storey
    """
    entry, where = stage.entry, stage.where
    outside = tuple(entrances) if entry.doors is None else stage.frame.ring(entry.doors)
    storey = _storey(draft, stage, outside)
    draft.add(storey, where)
    remarks.hear(entry.spaces, stage.id, where.of("spaces"))
    standing = rooms.shafts_of(stage, shafts) if stage.area else []
    drawn = rooms.drawn(draft, stage, standing)
    made = rooms.made(stage, standing, list(drawn.values()), remarks)
    _check(draft, storey, [*made, *drawn.values()])
    opened = _opened(draft, [*made, *drawn.values()], outside)
    for room in opened[: len(made)]:
        places.make(draft, room.space, room.where, _above(stage, room), remarks)
    by_hand = dict(zip(drawn, opened[len(made) :], strict=True))
    for place, written in enumerate(entry.spaces):
        at, order = where.of("spaces", place), len(made) + place
        if room := by_hand.get(place):
            space = room.space if written.order is not None else replace(room.space, order=order)
            draft.add(space, at)
            places.fill(draft, space, written, at, _above(stage, room), remarks)
        elif _is_new(stage, written, at, remarks):
            places.put(draft, written, at, stage.above, remarks, order=order)


def _storey(draft: Draft, stage: Stage, outside: tuple[Point, ...]) -> Space:
    shape = bodies.shape(draft, stage.entry, stage.frame, stage.span, stage.where)
    if shape is None and stage.area:
        shape = Shape(bodies.prisms(stage.area, stage.frame, stage.span))
    if shape is not None:
        shape = replace(shape, doors=outside)
    space = places.blank(stage.id, stage.building, SpaceKind.STOREY, stage.order, shape)
    space = replace(space, name=spans.name(stage.order))
    return places.describe(space, stage.entry, stage.where)


def _above(stage: Stage, room: Room) -> Above:
    """A room, as what stands in it sees it."""
    prisms = room.space.shape.prisms if room.space.shape else ()
    floor = min((prism.base for prism in prisms), default=stage.span.base)
    return Above(room.space.id, room.frame, floor, stage.span.top)


def _is_new(stage: Stage, entry: Place, where: Where, remarks: Remarks) -> bool:
    """Whether an entry that draws nothing is a space of its own, not a remark on another."""
    if remarks.is_used(texts.identify(entry.id, stage.id, where)):
        return False
    return entry.id.startswith("-") or stage.last


def _opened(draft: Draft, found: Sequence[Room], outside: Sequence[Point]) -> list[Room]:
    """The rooms with their doors."""
    walled = [doors.Room(room.space.kind, room.rings, room.doors) for room in found]
    opened: list[Room] = []
    for room, places_ in zip(found, doors.find(walled, outside), strict=True):
        if not places_ and room.doors is None and room.rings and room.walled and len(found) > 1:
            draft.note(room.space.id, "no_door", "nothing leads into it: it has no door")
        shape = room.space.shape
        space = replace(room.space, shape=replace(shape, doors=places_)) if shape else room.space
        opened.append(replace(room, space=space))
    return opened


def _check(draft: Draft, storey: Space, found: Sequence[Room]) -> None:
    """Note rooms that leave their storey or lie upon one another."""
    if storey.shape is None or not storey.shape.prisms:
        return
    floor = whole([prism.rings for prism in storey.shape.prisms])
    walled = [room for room in found if room.walled and room.rings]
    areas = [room.body for room in walled]
    for room, area in zip(walled, areas, strict=True):
        beyond = shapely.difference(area, floor).area
        if beyond > OVER:
            words = f"{beyond:.1f} m² of it lie outside its storey"
            draft.note(room.space.id, "outside", words)
    for first, second in meeting(areas):
        common = shapely.intersection(areas[first], areas[second]).area
        if common > OVER:
            words = f"{common:.1f} m² of it lie upon {walled[second].space.id}"
            draft.note(walled[first].space.id, "overlap", words)
