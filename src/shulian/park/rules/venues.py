"""Venues that a park lacks: houses with their rooms, added to it as a plan beside what stands.

Nobody has said what they look like, so they are drawn plainly: a house is a box, its rooms stand
side by side along a lobby, stairs at both ends of it. A venue that stands already is not drawn
anew: its new rooms have no body until somebody draws them.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil, sqrt

from shulian.kit.text import Text
from shulian.park.errors import ParkUnknown
from shulian.park.rules.definition import read
from shulian.park.rules.definition.emit import emit
from shulian.park.rules.extents import extents
from shulian.park.types import ParkPlan, Point, Space, SpaceId, SpaceKind


@dataclass(frozen=True, slots=True)
class Room:
    """A hall that somebody names."""

    id: SpaceId
    name: Text
    capacity: int | None = None
    storey: int = 0
    """As storeys are ordered: ground storey 0, basements below."""


@dataclass(frozen=True, slots=True)
class Venue:
    """A building, one that stands or a new one, and its new rooms."""

    id: SpaceId
    name: Text
    rooms: tuple[Room, ...]


_ABOUT = Text(
    "按大会日程所列会场绘制，位置、外形与内部均为示意。",
    "Drawn for the halls that a programme names; place, form and plan are illustrative.",
)
_SITE = Text("会场", "Venues")
_FOYER = Text("大堂", "Lobby")
_PERSON = 1.5
"""Floor of a hall for each person [m²]."""
_UNKNOWN = 240.0
"""Floor of a hall of which nobody knows how many it holds [m²]."""
_SHALLOW, _DEEP = 12.0, 60.0
"""Depth of a row of rooms [m]."""
_NARROW = 8.0
"""Width of the smallest room [m]."""
_LOBBY = 8.0
"""Width of the lobby between the two rows [m]."""
_STAIRS = (4.0, 7.0)
"""Width and depth of a flight [m]."""
_END = 6.0
"""Of the lobby beyond the last room, where the stairs are [m]."""
_STOREY = 6.0
"""From floor to floor [m]."""
_APART = 40.0
"""Between houses, and from what stands already [m]."""
_ABREAST = 4
"""Houses in a row from south to north, before the next row begins east of it."""


def with_venues(plan: ParkPlan, venues: Sequence[Venue]) -> ParkPlan:
    """`plan` with venues: rooms of those that stand, and a site with the others east of the rest.

    What is in the plan stays as it is. A room whose id is in the plan is left out.
    """
    if not plan.spaces:
        raise ParkUnknown(park=plan.place.park)
    there = {one.id for one in plan.spaces}
    wanted = [
        replace(one, rooms=tuple(room for room in one.rooms if room.id not in there))
        for one in venues
    ]
    standing = [one for one in wanted if one.id in there]
    new = [one for one in wanted if one.id not in there and one.rooms]
    added = [space for one in standing for space in _into(plan, one)]
    return replace(plan, spaces=(*plan.spaces, *added, *_houses(plan, new)))


def _into(plan: ParkPlan, venue: Venue) -> Iterator[Space]:
    """The rooms of a venue that stands, on the storey they should be on where there is one."""
    inside = [one for one in plan.spaces if one.parent == venue.id]
    storeys = {one.order: one.id for one in inside if one.kind is SpaceKind.STOREY}
    for room in venue.rooms:
        parent = storeys.get(room.storey, venue.id)
        last = max((one.order for one in plan.spaces if one.parent == parent), default=-1)
        place = last + 1 + venue.rooms.index(room)
        yield Space(room.id, parent, SpaceKind.HALL, room.name, order=place, capacity=room.capacity)


def _houses(plan: ParkPlan, venues: Sequence[Venue]) -> Iterator[Space]:
    """New houses with all that is in them, read from a definition as anybody could write it."""
    if not venues:
        return
    root = plan.spaces[0]
    east, south = _corner(plan)
    written: list[Mapping[str, object]] = []
    for first in range(0, len(venues), _ABREAST):
        north, widest = south, 0.0
        for venue in venues[first : first + _ABREAST]:
            house, (width, depth) = _house(venue)
            at = [round(east + width / 2, 1), round(north + depth / 2, 1)]
            written.append({**house, "at": at})
            north, widest = north + depth + _APART, max(widest, width)
        east += widest + _APART
    site = SpaceId(f"{root.id}.venues")
    place = plan.place
    definition = {
        "id": root.id,
        "name": _words(root.name),
        "origin": [place.longitude, place.latitude],
        "sites": [{"id": site, "name": _words(_SITE), "buildings": written}],
    }
    found = read.read({"park.yaml": emit(definition)}).plan.spaces[1:]
    there = any(one.id == site for one in plan.spaces)
    above = site if there else root.id
    order = max((one.order for one in plan.spaces if one.parent == above), default=-1) + 1
    for space in found[there:]:
        outer = space.parent == above
        yield replace(space, order=space.order + order) if outer else space


def _corner(plan: ParkPlan) -> Point:
    """Where new houses begin: east of all that stands, from its south on."""
    reach = extents(plan.spaces).get(plan.spaces[0].id)
    if reach is None:
        return (0.0, 0.0)
    _, south, east, _ = reach.bounds
    return (ceil(east) + _APART, float(ceil(south)))


def _house(venue: Venue) -> tuple[Mapping[str, object], tuple[float, float]]:
    """A house as a definition tells it, and how wide and deep it is."""
    largest = max(map(_floor, venue.rooms))
    row = min(_DEEP, max(_SHALLOW, round(sqrt(largest))))
    levels = {
        order: _rows([room for room in venue.rooms if room.storey == order], row)
        for order in _storeys(venue)
    }
    long = max(sum(_width(room, row) for room in one) for rows in levels.values() for one in rows)
    box = (long + 2 * _END, 2 * row + _LOBBY)
    written: dict[str, object] = {
        "id": venue.id,
        "name": _words(venue.name),
        "about": _words(_ABOUT),
        "box": list(box),
        "storey_height": _STOREY,
    }
    if len(levels) == 1:
        lobby = {
            "id": "-lobby",
            "kind": SpaceKind.LOBBY.value,
            "name": _words(_FOYER),
            "box": [box[0], _LOBBY],
        }
        rooms = [lobby, *_placed(levels[0], row, long)]
        return {**written, "storeys": [{"storeys": 1, "spaces": rooms}]}, box
    ends = (box[0] - _STAIRS[0]) / 2
    written["stairs"] = [{"box": list(_STAIRS), "at": [side, 0]} for side in (-ends, ends)]
    written["storeys"] = [
        {
            "storeys": order + 1 if order >= 0 else f"B{-order}",
            "layout": {"open": SpaceKind.LOBBY.value},
            "spaces": list(_placed(rows, row, long)),
        }
        for order, rows in levels.items()
    ]
    return written, box


def _storeys(venue: Venue) -> range:
    """All storeys from the lowest to the highest; the ground storey is among them."""
    orders = [room.storey for room in venue.rooms]
    return range(min(0, *orders), max(0, *orders) + 1)


def _rows(rooms: Sequence[Room], row: float) -> tuple[list[Room], list[Room]]:
    """The rooms of a storey, in the shorter of two rows each."""
    rows: tuple[list[Room], list[Room]] = ([], [])
    for room in rooms:
        lengths = [sum(_width(one, row) for one in side) for side in rows]
        rows[lengths.index(min(lengths))].append(room)
    return rows


def _placed(
    rows: tuple[list[Room], list[Room]], row: float, long: float
) -> Iterator[Mapping[str, object]]:
    """Rooms as a definition tells them: one row in the south of the lobby, one in the north."""
    for rooms, north in zip(rows, (-(row + _LOBBY) / 2, (row + _LOBBY) / 2), strict=True):
        west = -long / 2
        for room in rooms:
            width = _width(room, row)
            told: dict[str, object] = {
                "id": room.id,
                "kind": SpaceKind.HALL.value,
                "name": _words(room.name),
                "at": [round(west + width / 2, 2), round(north, 2)],
                "box": [width, row],
            }
            yield told if room.capacity is None else {**told, "capacity": room.capacity}
            west += width


def _floor(room: Room) -> float:
    return _UNKNOWN if room.capacity is None else room.capacity * _PERSON


def _width(room: Room, row: float) -> float:
    return max(_NARROW, float(ceil(_floor(room) / row)))


def _words(text: Text) -> Mapping[str, str]:
    return {key: words for key, words in (("zh", text.zh), ("en", text.en)) if words}
