"""Places below the levels of the tree: rooms, plazas, and the seats, booths and tables in them."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import shapely
from msgspec import UNSET
from shapely import Polygon

from shulian.kit.text import Text
from shulian.park.errors import (
    DefinitionBlockUnfit,
    DefinitionIdTaken,
    DefinitionKeyMissing,
    DefinitionWordUnknown,
)
from shulian.park.rules.definition import arrays, bodies, outlines, scenery, texts
from shulian.park.rules.definition.bodies import Span
from shulian.park.rules.definition.draft import Draft
from shulian.park.rules.definition.outlines import SHAPES, Rings, whole
from shulian.park.rules.definition.placement import Placement
from shulian.park.rules.definition.schema import Entry, Ground, Outline, Place
from shulian.park.rules.definition.sources import Where
from shulian.park.types import Shape, Space, SpaceId, SpaceKind, SpaceStatus

LEVELS = (
    SpaceKind.PARK,
    SpaceKind.SITE,
    SpaceKind.PHASE,
    SpaceKind.BUILDING,
    SpaceKind.STOREY,
)
"""Kinds that have lists of their own in a definition."""

_LARGE = 10.0
"""From here on areas are told to a tenth [m²]."""
_SLACK = 0.02
"""How far furniture may reach into a wall [m]."""


@dataclass(frozen=True, slots=True)
class Above:
    """What a place lies in."""

    id: SpaceId
    frame: Placement
    floor: float
    """Above the park's ground [m]."""
    ceiling: float | None = None
    """Above the park's ground [m]; none: under the sky."""


@dataclass(slots=True, eq=False)
class Remarks:
    """What entries without a shape of their own say of spaces that a layout or an array makes."""

    _said: dict[SpaceId, tuple[Place, Where]] = field(
        default_factory=dict[SpaceId, tuple[Place, Where]]
    )
    _used: set[SpaceId] = field(default_factory=set[SpaceId])

    def hear(self, spaces: Sequence[Place], parent: SpaceId, where: Where) -> None:
        """Remember the entries of a list that draw nothing."""
        for place, entry in enumerate(spaces):
            if not draws(entry):
                at = where.of(place)
                name = texts.identify(entry.id, parent, at)
                _, first = self._said.setdefault(name, (entry, at))
                if (first.document, first.path) != (at.document, at.path):
                    spelled = f"{first.document.name} {first.words}"
                    raise at.fault(DefinitionIdTaken, id=name, first=spelled)

    def take(self, space: SpaceId) -> tuple[Place, Where] | None:
        """What is said of a space that was just made."""
        if space in self._said:
            self._used.add(space)
        return self._said.get(space)

    def is_used(self, space: SpaceId) -> bool:
        """Whether an entry with this id spoke of a space that was made."""
        return space in self._used


def draws(entry: Outline) -> bool:
    """Whether an entry has a shape of its own."""
    if isinstance(entry, Entry) and (entry.parts is not None or entry.mesh is not None):
        return True
    return any(getattr(entry, name) is not None for name in SHAPES)


def describe(space: Space, entry: Entry, where: Where) -> Space:
    """The space with everything that an entry says of it."""
    changes: dict[str, object] = {}
    if entry.name is not None:
        changes["name"] = texts.name(entry.name, where.of("name"))
    if entry.about is not None:
        changes["about"] = texts.about(entry.about, where.of("about"))
    if entry.area is not UNSET:
        changes["area"] = entry.area
    if entry.link is not None:
        changes["link"] = texts.link(entry.link, where)
    for name in ("status", "delivered", "capacity", "order"):
        if getattr(entry, name) is not None:
            changes[name] = getattr(entry, name)
    if isinstance(entry, Place):
        changes |= {} if entry.kind is None else {"kind": kind_of(entry, where)}
        if entry.seats is not None and entry.capacity is None:
            changes["capacity"] = arrays.count(entry.seats)
    return replace(space, **changes)  # pyright: ignore[reportArgumentType]  # by name, checked above


def kind_of(entry: Place, where: Where) -> SpaceKind:
    """The kind of a place; raises where it has none, or one of the levels above."""
    if entry.kind is None:
        raise where.fault(DefinitionKeyMissing, missing="kind")
    if entry.kind in LEVELS:
        known = ", ".join(kind for kind in SpaceKind if kind not in LEVELS)
        raise where.of("kind").fault(DefinitionWordUnknown, word=entry.kind, known=known)
    return entry.kind


def blank(
    space: SpaceId, parent: SpaceId | None, kind: SpaceKind, order: int, shape: Shape | None
) -> Space:
    """A space of which nothing is said yet; its area is that of its outline."""
    return Space(
        id=space,
        parent=parent,
        kind=kind,
        name=Text(),
        order=order,
        shape=shape,
        area=surface(shape),
        status=SpaceStatus.OPEN,
    )


def surface(shape: Shape | None) -> float | None:
    """What a shape covers, to a tenth of a square metre [m²]; none if it has no prisms."""
    if shape is None or not shape.prisms:
        return None
    if len(shape.prisms) == 1:
        return tidy(outlines.area([shape.prisms[0].rings]))
    return tidy(whole(prism.rings for prism in shape.prisms).area)


def tidy(area: float) -> float:
    """An area with the digits that mean something: corners are rounded to the millimetre [m²]."""
    return round(area, 1 if area >= _LARGE else 2)


def span(entry: Place, kind: SpaceKind, above: Above) -> Span:
    """From the floor of a place to its top [m]."""
    base = above.floor + entry.base if entry.base else above.floor
    if entry.height is not None:
        return Span(base, round(base + entry.height, 3))
    if kind in arrays.HEIGHTS:
        return Span(base, round(base + arrays.HEIGHTS[kind], 3))
    return Span(base, base if above.ceiling is None else max(base, above.ceiling))


def put_all(
    draft: Draft,
    places: Sequence[Place],
    where: Where,
    above: Above,
    remarks: Remarks,
    *,
    first: int = 0,
) -> None:
    """Add the places of a list, but for remarks on spaces that were made.

    first  the order of the first of them: as many siblings stand before
    """
    for order, entry in enumerate(places, start=first):
        at = where.of(order - first)
        if not remarks.is_used(texts.identify(entry.id, above.id, at)):
            put(draft, entry, at, above, remarks, order=order)


def put(
    draft: Draft, entry: Place, where: Where, above: Above, remarks: Remarks, *, order: int
) -> None:
    """Add a place and all that stands in it."""
    kind = kind_of(entry, where)
    frame = above.frame.within(entry.at, entry.turn)
    reach = span(entry, kind, above)
    shape = bodies.shape(draft, entry, frame, reach, where)
    name = texts.identify(entry.id, above.id, where)
    space = describe(blank(name, above.id, kind, order, shape), entry, where)
    draft.add(space, where)
    fill(draft, space, entry, where, Above(name, frame, reach.base, above.ceiling), remarks)


def make(draft: Draft, space: Space, where: Where, above: Above, remarks: Remarks) -> None:
    """Add a space that a layout or an array made, with what is said of it elsewhere.

    above  itself, as what stands in it will see it
    """
    said = remarks.take(space.id)
    if said is None:
        draft.add(space, where)
    else:
        entry, at = said
        space = describe(space, entry, at)
        draft.add(space, at)
        fill(draft, space, entry, at, above, remarks)


def fill(
    draft: Draft, space: Space, entry: Place, where: Where, above: Above, remarks: Remarks
) -> None:
    """Add what stands in a space that was just added, and the look of its ground."""
    if entry.ground is not None and space.shape is not None:
        _lay(draft, space, space.shape, entry.ground, where.of("ground"))
    remarks.hear(entry.spaces, space.id, where.of("spaces"))
    made = 0
    for key, array in (("seats", entry.seats), ("booths", entry.booths), ("tables", entry.tables)):
        if array is not None:
            _furnish(draft, array, where.of(key), above, space, remarks, first=made)
            made += arrays.count(array)
    put_all(draft, entry.spaces, where.of("spaces"), above, remarks, first=made)


def _furnish(
    draft: Draft,
    array: arrays.Array,
    where: Where,
    above: Above,
    room: Space,
    remarks: Remarks,
    *,
    first: int,
) -> None:
    draft.expect(arrays.count(array), where)
    _check_fit(array, where, above, room)
    for order, piece in enumerate(arrays.pieces(array), start=first):
        name = texts.identify(f"-{piece.suffix}", above.id, where)
        reach = Span(above.floor, round(above.floor + arrays.HEIGHTS[piece.kind], 3))
        shape = Shape(bodies.prisms([(piece.ring,)], above.frame, reach))
        space = blank(name, above.id, piece.kind, order, shape)
        space = replace(space, name=piece.name, capacity=piece.capacity)
        make(draft, space, where, replace(above, id=name), remarks)


def _check_fit(array: arrays.Array, where: Where, above: Above, room: Space) -> None:
    need = arrays.block(array)
    corners = above.frame.ring(need.corners(array.at, array.turn))
    if room.shape is None:
        return
    floor = shapely.buffer(whole(prism.rings for prism in room.shape.prisms), _SLACK)
    if not shapely.covers(floor, Polygon(corners)):
        size = {"width": round(need.width, 2), "depth": round(need.depth, 2)}
        raise where.fault(DefinitionBlockUnfit, **size)


def _lay(draft: Draft, space: Space, shape: Shape, ground: Ground, where: Where) -> None:
    outline: tuple[Rings, ...] = tuple(prism.rings for prism in shape.prisms)
    draft.land.lay(draft.claim(space.id, where), ground.kind, space.name, outline)
    if ground.trees is not None:
        points = draft.grow(scenery.grove(outline, ground.trees), where)
        draft.land.plant(draft.claim(f"{space.id}-trees", where), Text(), points)
