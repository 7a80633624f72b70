"""The rooms of one storey: drawn by hand, by its layout, and the stairs of its building."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import shapely
from shapely import Polygon

from shulian.kit.text import Text
from shulian.park.rules.definition import bodies, doors, layouts, places, texts
from shulian.park.rules.definition.bodies import Span
from shulian.park.rules.definition.draft import Draft
from shulian.park.rules.definition.layouts import Floor, Shaft
from shulian.park.rules.definition.outlines import Area, Rings, polygons, whole
from shulian.park.rules.definition.placement import Placement
from shulian.park.rules.definition.places import Above, Remarks
from shulian.park.rules.definition.schema import Outline, Place, Storey
from shulian.park.rules.definition.sources import Where
from shulian.park.types import Point, Shape, Space, SpaceId, SpaceKind

OVER = 0.05
"""What of a room lies elsewhere and is not worth a word [m²]."""

_SHAFTS = {
    SpaceKind.STAIRS: ("stairs", Text("楼梯", "Stairs")),
    SpaceKind.SERVICE: ("service", Text("服务间", "Services")),
}


@dataclass(frozen=True, slots=True, eq=False)
class Stage:
    """A storey that is being read, where it stands and what it shares with its building."""

    id: SpaceId
    building: SpaceId
    order: int
    last: bool
    """Whether it is the last of those its entry stands for."""
    entry: Storey
    where: Where
    frame: Placement
    """Its own frame in the park's plane."""
    inner: Placement
    """Its own frame in its building's."""
    outline: Outline
    """What was written of its outline, here or at the building."""
    area: tuple[Rings, ...]
    """In its own frame."""
    span: Span

    @property
    def above(self) -> Above:
        """Itself, as its rooms see it."""
        return Above(self.id, self.frame, self.span.base, self.span.top)


@dataclass(frozen=True, slots=True, eq=False)
class Room:
    """A room, with its doors once they are found."""

    space: Space
    frame: Placement
    """Its own frame in the park's plane."""
    local: tuple[Rings, ...]
    """In the frame of its storey."""
    doors: tuple[Point, ...] | None
    """Drawn by hand, in the park's plane; none: to be found."""
    where: Where
    entry: Place | None
    """What was drawn by hand; none: made by a layout."""

    @property
    def walled(self) -> bool:
        """Whether it has walls, or stands as furniture in the open plan."""
        return self.space.kind not in doors.FURNITURE

    @property
    def body(self) -> Area:
        """What it covers in the park's plane."""
        return whole(self.rings)

    @property
    def rings(self) -> tuple[Rings, ...]:
        """Its polygons in the park's plane."""
        prisms = self.space.shape.prisms if self.space.shape else ()
        return tuple(prism.rings for prism in prisms)


def drawn(draft: Draft, stage: Stage, shafts: Sequence[Shaft]) -> dict[int, Room]:
    """The rooms that a storey's list draws, by their place in it; they give way to the shafts."""
    blocked = whole([(shaft.ring,) for shaft in shafts])
    return {
        order: _by_hand(draft, stage, entry, stage.where.of("spaces", order), blocked, order)
        for order, entry in enumerate(stage.entry.spaces)
        if places.draws(entry)
    }


def made(
    stage: Stage, shafts: Sequence[Shaft], taken: Sequence[Room], remarks: Remarks
) -> list[Room]:
    """The rooms of a storey's layout, then its stairs and services."""
    rooms: list[Room] = []
    if stage.entry.layout is not None:
        fixed = tuple(whole(room.local) for room in taken if room.walled)
        area, ground = whole(stage.area), stage.order == 0
        floor = Floor(stage.outline, area, tuple(shafts), fixed, stage.order, ground)
        laid = layouts.rooms(floor, stage.entry.layout, stage.where.of("layout"))
        rooms += [_made(stage, room, remarks) for room in laid]
    rooms += [_made(stage, shaft, remarks) for shaft in _shafts(shafts)]
    return [
        replace(room, space=replace(room.space, order=order)) for order, room in enumerate(rooms)
    ]


def shafts_of(stage: Stage, shafts: Sequence[Shaft]) -> list[Shaft]:
    """The shafts of a building that stand on a storey, in its frame."""
    moved = shafts
    if stage.inner != Placement():
        moved = [
            Shaft(shaft.kind, tuple((round(x, 3), round(y, 3)) for x, y in corners))
            for shaft in shafts
            for corners in [map(stage.inner.back, shaft.ring)]
        ]
    area = whole(stage.area)
    return [shaft for shaft in moved if shapely.difference(Polygon(shaft.ring), area).area < OVER]


def _by_hand(
    draft: Draft, stage: Stage, entry: Place, where: Where, blocked: Area, order: int
) -> Room:
    kind = places.kind_of(entry, where)
    frame = stage.frame.within(entry.at, entry.turn)
    span = places.span(entry, kind, stage.above)
    shape = bodies.shape(draft, entry, frame, span, where)
    local: tuple[Rings, ...] = ()
    if entry.parts is None and shape is not None:
        inner = Placement().within(entry.at, entry.turn)
        outline = bodies.draw(draft, entry, frame, where)
        local = tuple(tuple(inner.ring(ring) for ring in rings) for rings in outline)
        if shapely.intersection(whole(local), blocked).area > OVER:
            local = polygons(shapely.difference(whole(local), blocked))
        shape = replace(shape, prisms=bodies.prisms(local, stage.frame, span))
    name = texts.identify(entry.id, stage.id, where)
    space = places.blank(name, stage.id, kind, order, shape)
    open_at = None if entry.doors is None else frame.ring(entry.doors)
    return Room(places.describe(space, entry, where), frame, local, open_at, where, entry)


def _made(stage: Stage, room: layouts.Room, remarks: Remarks) -> Room:
    """A room of a layout; its own zero is the middle of its outline."""
    where = stage.where.of("layout") if stage.entry.layout else stage.where
    name = texts.identify(f"-{room.suffix}", stage.id, where)
    shape = Shape(bodies.prisms(room.outline, stage.frame, stage.span))
    space = replace(places.blank(name, stage.id, room.kind, 0, shape), name=room.name)
    west, south, east, north = whole(room.outline).bounds
    frame = stage.frame.within(((west + east) / 2, (south + north) / 2), 0.0)
    open_at = None
    if said := remarks.take(name):
        entry, at = said
        space = space if entry.kind is None else replace(space, kind=places.kind_of(entry, at))
        open_at = None if entry.doors is None else frame.ring(entry.doors)
    return Room(space, frame, room.outline, open_at, where, None)


def _shafts(shafts: Sequence[Shaft]) -> Iterator[layouts.Room]:
    """Shafts as rooms, numbered where there are several of a kind."""
    for kind, (suffix, name) in _SHAFTS.items():
        alike = [shaft for shaft in shafts if shaft.kind is kind]
        for number, shaft in enumerate(alike, start=1):
            own = suffix if number == 1 else f"{suffix}-{number}"
            called = Text(f"{name.zh}{number}", f"{name.en} {number}") if len(alike) > 1 else name
            yield layouts.Room(own, kind, called, ((shaft.ring,),))
