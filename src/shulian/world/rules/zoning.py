"""Which spaces of a park are zones of the shared world, and how many people each takes."""

from collections.abc import Iterable

from shulian.kit.text import Text
from shulian.park.types import Shape, Space, SpaceId, SpaceKind
from shulian.world.types import MOST_SLOTS, Zone

KINDS = frozenset(
    {
        SpaceKind.SITE,
        SpaceKind.PLAZA,
        SpaceKind.GARDEN,
        SpaceKind.STOREY,
        SpaceKind.HALL,
        SpaceKind.EXHIBITION_HALL,
    }
)
"""Below the park itself; a booth or an office is too small to be a crowd's."""

_ROOM = {SpaceKind.STOREY: 4.0, SpaceKind.HALL: 1.0, SpaceKind.EXHIBITION_HALL: 2.0}
"""[m²] a person takes, where a space does not say how many it holds (GB 50016-2014, 5.5.21)."""
_OPEN = 2.0
"""[m²] the same in the open, where one can turn around and walk on."""
_FEWEST = 4
"""Persons a zone takes, however small."""


def zones_of(spaces: Iterable[Space]) -> tuple[Zone, ...]:
    """The zones of a park, it itself first; parents stand before their children on both sides."""
    above: dict[SpaceId, SpaceId | None] = {}
    names: dict[SpaceId, Text] = {}
    zones: list[Zone] = []
    for space in spaces:
        names[space.id] = space.name
        parent = above[space.parent] if space.parent is not None else None
        if not is_zone(space):
            above[space.id] = parent
            continue
        above[space.id] = space.id
        prisms = space.shape.prisms if space.shape and zones else ()
        name = space.name
        if space.kind is SpaceKind.STOREY and space.parent is not None:
            name = _storey_of(names[space.parent], space.name)
        zones.append(Zone(space.id, parent, space.kind, name, prisms, _cap(space)))
    return tuple(zones)


def _storey_of(building: Text, storey: Text) -> Text:
    """What a storey is called where its building is not named beside it."""
    return Text(f"{building.zh} {storey.zh}".strip(), f"{building.en} {storey.en}".strip())


def is_zone(space: Space) -> bool:
    """Whether `space` is a zone: the park, or a bounded place of a kind in which people gather."""
    if space.kind is SpaceKind.PARK:
        return True
    return space.kind in KINDS and space.shape is not None and bool(space.shape.prisms)


def _cap(space: Space) -> int:
    if space.kind in {SpaceKind.PARK, SpaceKind.SITE}:
        return space.capacity or MOST_SLOTS
    if space.capacity is not None:
        return max(space.capacity, 1)
    area = space.area or _ground(space.shape)
    return min(max(int(area / _ROOM.get(space.kind, _OPEN)), _FEWEST), MOST_SLOTS)


def _ground(shape: Shape | None) -> float:
    """The ground that a shape covers [m²], by the shoelace formula."""
    if shape is None:
        return 0.0
    return sum(
        abs(
            sum(
                x * next_y - next_x * y
                for (x, y), (next_x, next_y) in zip(ring, (*ring[1:], ring[0]), strict=True)
            )
        )
        / 2
        * (1 if place == 0 else -1)
        for prism in shape.prisms
        for place, ring in enumerate(prism.rings)
    )
