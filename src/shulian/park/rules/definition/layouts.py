"""Layouts: the rooms of a whole storey drawn from a line of the definition."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import floor

import shapely
from shapely import Polygon
from shapely.geometry.base import BaseGeometry

from shulian.kit.text import Text
from shulian.park.errors import (
    DefinitionKeyMissing,
    DefinitionLayoutCrowded,
    DefinitionLayoutNarrow,
    DefinitionLayoutUnfit,
    DefinitionShapesMany,
)
from shulian.park.rules.definition import spans
from shulian.park.rules.definition.outlines import Area, Rings, polygons, whole
from shulian.park.rules.definition.schema import Layout, Outline
from shulian.park.rules.definition.sources import Where
from shulian.park.rules.definition.strips import STAIRS, Plan, Strip, clear_of_corners, plan
from shulian.park.types import Ring, SpaceKind

NARROW = 2.6
"""A room is at least as wide and as deep [m]."""
LONG = 45.0
"""A corridor longer than this has stairs at both ends [m]."""
CORE = (10.4, 6.4)
"""Width and depth of the core of an open plan [m]."""

_NAMES = {
    SpaceKind.OFFICE: ("{}室", "Office {}"),
    SpaceKind.LAB: ("{}实验室", "Lab {}"),
    SpaceKind.STUDIO: ("{}工作室", "Studio {}"),
    SpaceKind.MEETING_ROOM: ("{}会议室", "Meeting Room {}"),
    SpaceKind.SHOP: ("{}商铺", "Shop {}"),
    SpaceKind.HALL: ("{}厅", "Hall {}"),
}
_WHOLE = {
    SpaceKind.OFFICE: Text("开放办公区", "Open Office"),
    SpaceKind.LAB: Text("开放实验区", "Open Lab"),
    SpaceKind.STUDIO: Text("开放工作区", "Open Studio"),
    SpaceKind.SHOP: Text("商业区", "Shops"),
    SpaceKind.CAFE: Text("咖啡厅", "Café"),
    SpaceKind.HALL: Text("大厅", "Hall"),
    SpaceKind.EXHIBITION_HALL: Text("展厅", "Exhibition Hall"),
    SpaceKind.MEETING_ROOM: Text("会议区", "Meeting Area"),
    SpaceKind.CORRIDOR: Text("走廊", "Corridor"),
    SpaceKind.SERVICE: Text("服务间", "Services"),
    SpaceKind.PARKING: Text("停车场", "Parking"),
}
_LOBBY, _FOYER = Text("大堂", "Lobby"), Text("前厅", "Foyer")


@dataclass(frozen=True, slots=True)
class Room:
    """A space that a layout draws, in the frame of its storey."""

    suffix: str
    """What its id adds to the storey's."""
    kind: SpaceKind
    name: Text
    outline: tuple[Rings, ...]


@dataclass(frozen=True, slots=True)
class Shaft:
    """Stairs or services that stand at the same place on every storey."""

    kind: SpaceKind
    ring: Ring


@dataclass(frozen=True, slots=True, eq=False)
class Floor:
    """What a layout has to fill: one storey in its own frame."""

    outline: Outline
    """As it was written."""
    area: Area
    shafts: tuple[Shaft, ...]
    """Stairs and services that are there already."""
    taken: tuple[Area, ...]
    """Rooms drawn by hand, which an open plan goes around."""
    order: int
    ground: bool
    """Whether the entrance is on it."""


def shafts(outline: Outline, area: Area, layout: Layout, where: Where) -> tuple[Shaft, ...]:
    """Where stairs and services would stand if this layout decided it."""
    form = _form(layout, where)
    if form == "open":
        made = _core(area, layout)
    elif form == "halls":
        width, depth = _box(outline, where)
        deep = min(layout.foyer, 6.6)
        south, end = layout.foyer - depth / 2 - deep, width / 2 - clear_of_corners(outline)
        west = _rectangle(-end, south, STAIRS - end, south + deep)
        east = _rectangle(end - STAIRS, south, end, south + deep)
        made = ((west, east), None)
    else:
        known = _plan(outline, layout, where)
        made = (known.stairs, known.service)
    stairs, service = made
    longest = max(area.bounds[2] - area.bounds[0], area.bounds[3] - area.bounds[1])
    wanted = layout.stairs or (2 if longest > LONG or layout.core else 1)
    found = [Shaft(SpaceKind.STAIRS, ring) for ring in stairs[:wanted]]
    return (*found, Shaft(SpaceKind.SERVICE, service)) if service else tuple(found)


def rooms(floor_: Floor, layout: Layout, where: Where) -> list[Room]:
    """The rooms of a storey without its shafts.

    Raises DefinitionLayoutUnfit, DefinitionLayoutNarrow, DefinitionLayoutCrowded.
    """
    form = _form(layout, where)
    if form == "open":
        made = _open(floor_, layout)
    elif form == "halls":
        made = _halls(floor_, layout, where)
    else:
        made = _corridor(floor_, layout, where)
    return [room for room in made if room.outline]


def _form(layout: Layout, where: Where) -> str:
    forms = {
        "rooms": bool(_kinds(layout)),
        "halls": layout.halls is not None,
        "open": layout.open is not None,
    }
    given = [form for form, there in forms.items() if there]
    if not given:
        raise where.fault(DefinitionKeyMissing, missing="offices … | halls | open")
    if len(given) > 1:
        raise where.fault(DefinitionShapesMany, shapes=", ".join(given))
    return given[0]


def _kinds(layout: Layout) -> list[SpaceKind]:
    counts = (
        (SpaceKind.OFFICE, layout.offices),
        (SpaceKind.LAB, layout.labs),
        (SpaceKind.STUDIO, layout.studios),
        (SpaceKind.MEETING_ROOM, layout.meeting_rooms),
        (SpaceKind.SHOP, layout.shops),
    )
    return [kind for kind, count in counts for _ in range(count or 0)]


def _core(area: Area, layout: Layout) -> tuple[tuple[Ring, ...], Ring]:
    width, depth = layout.core or CORE
    x, y = (round(value, 3) for value in area.centroid.coords[0])
    w, d, inner = width / 2, depth / 2, min(STAIRS, width / 3)
    west = _rectangle(x - w, y - d, x - w + inner, y + d)
    east = _rectangle(x + w - inner, y - d, x + w, y + d)
    return (west, east), _rectangle(x - w + inner, y - d, x + w - inner, y + d)


def _open(floor_: Floor, layout: Layout) -> list[Room]:
    kind = layout.open or SpaceKind.HALL
    standing = whole([(shaft.ring,) for shaft in floor_.shafts])
    free = shapely.difference(floor_.area, shapely.union_all([standing, *floor_.taken]))
    name = _WHOLE.get(kind, Text(kind, kind))
    if kind is SpaceKind.LOBBY:
        name = _LOBBY if floor_.ground else _FOYER
    return [Room(kind.replace("_", "-"), kind, name, polygons(free))]


def _halls(floor_: Floor, layout: Layout, where: Where) -> list[Room]:
    width, depth = _box(floor_.outline, where)
    count, foyer = layout.halls or 1, layout.foyer
    if depth - foyer < NARROW:
        raise where.fault(
            DefinitionLayoutNarrow, depth=round(max(depth - foyer, 0.0), 2), least=NARROW
        )
    x, y = width / 2, depth / 2
    band = Polygon(_rectangle(-x, -y, x, foyer - y))
    stairs = whole([(shaft.ring,) for shaft in floor_.shafts])
    name = _LOBBY if floor_.ground else _FOYER
    suffix = "lobby" if floor_.ground else "foyer"
    made = [Room(suffix, SpaceKind.LOBBY, name, _fitted(floor_, band.difference(stairs)))]
    step = width / count
    for place in range(count):
        ring = _rectangle(-x + place * step, foyer - y, -x + (place + 1) * step, y)
        outline = _fitted(floor_, Polygon(ring).difference(stairs))
        made.append(_numbered(floor_, place + 1, SpaceKind.HALL, outline))
    return made


def _corridor(floor_: Floor, layout: Layout, where: Where) -> list[Room]:
    known = _plan(floor_.outline, layout, where)
    made = [Room("corridor", SpaceKind.CORRIDOR, _WHOLE[SpaceKind.CORRIDOR], (known.corridor,))]
    free: list[tuple[Strip, float, float]] = []
    for place, strip in enumerate(known.strips):
        fixed = [span for shaft in floor_.shafts if (span := strip.span(shaft.ring))]
        if place == 0 and floor_.ground:
            lobby = _lobby(strip, layout)
            fixed.append(lobby)
            outline = ((strip.bay(*lobby),),)
            made.append(Room("lobby", SpaceKind.LOBBY, _LOBBY, outline))
        free += [(strip, *span) for span in _gaps(fixed, strip.length)]
    kinds = _kinds(layout)
    number = 0
    for (strip, begin, end), share in zip(free, _shares(free, len(kinds), where), strict=True):
        edges = [begin + (end - begin) * step / share for step in range(share + 1)]
        for low, high in pairwise(edges):
            kind, number = kinds[number], number + 1
            made.append(_numbered(floor_, number, kind, ((strip.bay(low, high),),)))
    return [_trimmed(floor_, room) for room in made]


def _lobby(strip: Strip, layout: Layout) -> tuple[float, float]:
    middle = -strip.start[0]
    half = min(layout.lobby, strip.length) / 2
    return max(0.0, middle - half), min(strip.length, middle + half)


def _gaps(fixed: Sequence[tuple[float, float]], length: float) -> list[tuple[float, float]]:
    """The parts of a strip that nothing takes and that are wide enough for a room [m]."""
    found: list[tuple[float, float]] = []
    begin = 0.0
    for low, high in sorted([*fixed, (length, length)]):
        if low - begin >= NARROW:
            found.append((begin, low))
        begin = max(begin, high)
    return found


def _shares(free: Sequence[tuple[Strip, float, float]], count: int, where: Where) -> list[int]:
    """How many of `count` rooms each gap gets: as even as it goes, one at least."""
    lengths = [end - begin for _, begin, end in free]
    most = [floor(length / NARROW) for length in lengths]
    if not len(lengths) <= count <= sum(most):
        raise where.fault(DefinitionLayoutCrowded, rooms=count, least=len(lengths), most=sum(most))
    shares = [1] * len(lengths)
    for _ in range(count - len(lengths)):
        widest = max(
            range(len(lengths)),
            key=lambda place: lengths[place] / shares[place] if shares[place] < most[place] else 0,
        )
        shares[widest] += 1
    return shares


def _numbered(floor_: Floor, number: int, kind: SpaceKind, outline: tuple[Rings, ...]) -> Room:
    label = f"{spans.label(floor_.order)}{number:02}"
    zh, en = _NAMES[kind]
    return Room(f"{number:02}", kind, Text(zh.format(label), en.format(label)), outline)


def _trimmed(floor_: Floor, room: Room) -> Room:
    """The room without what lies outside a rounded storey or under stairs of another layout."""
    body = whole(room.outline)
    stairs = whole([(shaft.ring,) for shaft in floor_.shafts])
    if body.within(floor_.area) and shapely.area(body.intersection(stairs)) < 1e-6:  # noqa: PLR2004
        return room
    return Room(room.suffix, room.kind, room.name, _fitted(floor_, body.difference(stairs)))


def _fitted(floor_: Floor, body: BaseGeometry) -> tuple[Rings, ...]:
    return polygons(shapely.intersection(body, floor_.area))


def _plan(outline: Outline, layout: Layout, where: Where) -> Plan:
    known = plan(outline, layout)
    if known is None:
        raise where.fault(DefinitionLayoutUnfit, needed="box, ell, horseshoe, court")
    least = min(min(strip.depth, strip.length) for strip in known.strips)
    if least < NARROW:
        raise where.fault(DefinitionLayoutNarrow, depth=round(max(least, 0.0), 2), least=NARROW)
    return known


def _box(outline: Outline, where: Where) -> tuple[float, float]:
    if outline.box is None:
        raise where.fault(DefinitionLayoutUnfit, needed="box")
    return outline.box


def _rectangle(west: float, south: float, east: float, north: float) -> Ring:
    corners = ((west, south), (east, south), (east, north), (west, north))
    return tuple((round(x, 3), round(y, 3)) for x, y in corners)
