"""Writing a park definition: a plan in, files out that read back to an equal plan.

What was drawn by rule is written out: every room, seat and tree, in the park's metres. Parts of
one building stand in the order of the plan; meshes keep their millimetres.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from shulian.kit.text import Text
from shulian.park.errors import DefinitionUnwritable
from shulian.park.rules.definition import doors, meshes, places, spans
from shulian.park.rules.definition.emit import OneLine, Row, emit, number
from shulian.park.types import (
    ParkPlan,
    Point,
    Prism,
    Scenery,
    Space,
    SpaceId,
    SpaceKind,
    SpaceStatus,
)

Written = dict[str, object]

_LISTS: Mapping[SpaceKind, tuple[tuple[str, SpaceKind | None], ...]] = {
    SpaceKind.PARK: (
        ("sites", SpaceKind.SITE),
        ("buildings", SpaceKind.BUILDING),
        ("spaces", None),
    ),
    SpaceKind.SITE: (
        ("phases", SpaceKind.PHASE),
        ("buildings", SpaceKind.BUILDING),
        ("spaces", None),
    ),
    SpaceKind.PHASE: (("buildings", SpaceKind.BUILDING), ("spaces", None)),
    SpaceKind.BUILDING: (("storeys", SpaceKind.STOREY), ("spaces", None)),
}
"""The lists of each level, and the level that stands in them; none: places."""
_PLACES: tuple[tuple[str, SpaceKind | None], ...] = (("spaces", None),)


@dataclass(slots=True, eq=False)
class _Writing:
    """A definition while it is being written."""

    below: Mapping[SpaceId | None, Sequence[Space]]
    files: dict[str, bytes] = field(default_factory=dict[str, bytes])
    _names: set[str] = field(default_factory=lambda: {"park.yaml", "scenery.yaml"})

    def file(self, stem: str, extension: str) -> str:
        """A name for a new file, one that every file system can tell from the others."""
        plain = re.sub(r"[^A-Za-z0-9._-]", "_", stem)
        name, count = f"{plain}.{extension}", 1
        while name.casefold() in self._names:
            count += 1
            name = f"{plain}-{count}.{extension}"
        self._names.add(name.casefold())
        return name


def write(plan: ParkPlan) -> dict[str, bytes]:
    """The files of a definition by name; `park.yaml` is the one to begin with.

    Raises DefinitionUnwritable for a tree that no definition can say.
    """
    below: dict[SpaceId | None, list[Space]] = {}
    for space in plan.spaces:
        below.setdefault(space.parent, []).append(space)
    writing = _Writing(below)
    root = plan.spaces[0]
    written = _entry(writing, root, 0, None)
    place = plan.place
    head: Written = {
        "origin": Row((place.longitude, place.latitude)),
        "timezone": place.timezone,
    }
    if place.entrance is not None:
        east, north = number(place.entrance.east), number(place.entrance.north)
        heading = number(place.entrance.heading)
        head["entrance"] = OneLine(east=east, north=north, heading=heading)
    # id, name and about first, then the place on earth, then the tree
    keys = [key for key in written if key in {"id", "name", "about"}]
    ordered = {key: written.pop(key) for key in keys} | head | written
    if plan.scenery:
        writing.files["scenery.yaml"] = emit([_scene(piece) for piece in plan.scenery])
        ordered["scenery"] = ["scenery.yaml"]
    writing.files["park.yaml"] = emit(ordered)
    return writing.files


def _entry(writing: _Writing, space: Space, place: int, parent: Space | None) -> Written:
    """An entry with all that stands below it."""
    written: Written = {"id": space.id}
    if space.kind is SpaceKind.STOREY:
        written = _storey_head(space)
    elif space.kind not in places.LEVELS:
        written["kind"] = str(space.kind)
    written |= _facts(space, place)
    written |= _body(writing, space, parent)
    lists = _LISTS.get(space.kind, _PLACES)
    children = writing.below.get(space.id, ())
    known = {kind for _, kind in lists}
    for child in children:
        if child.kind in places.LEVELS and child.kind not in known:
            raise DefinitionUnwritable(space=child.id, kind=child.kind, parent=space.id)
    first = 0
    for key, kind in lists:
        listed = [
            child
            for child in children
            if (child.kind is kind or (kind is None and child.kind not in places.LEVELS))
        ]
        if listed:
            written[key] = _list(writing, listed, space, first)
            first += len(listed)
    return written


def _list(writing: _Writing, listed: Sequence[Space], parent: Space, first: int) -> list[object]:
    entries: list[object] = []
    for place, child in enumerate(listed, start=first):
        written = _entry(writing, child, place, parent)
        if child.kind is SpaceKind.SITE:
            name = writing.file(child.id, "yaml")
            writing.files[name] = emit(written)
            entries.append(name)
        else:
            entries.append(written)
    return entries


def _storey_head(space: Space) -> Written:
    if not -spans.MOST <= space.order < spans.MOST:
        raise DefinitionUnwritable(space=space.id, kind=space.kind, parent=space.parent or "")
    label = spans.label(space.order)
    return {"storeys": int(label) if label.isdecimal() else label, "id": space.id}


def _facts(space: Space, place: int) -> Written:
    """What an entry says of itself, where it differs from what a reader takes for granted."""
    written: Written = {}
    storey = space.kind is SpaceKind.STOREY
    if space.name != (spans.name(space.order) if storey else Text()):
        written["name"] = _words(space.name)
    if space.about:
        written["about"] = _words(space.about)
    if space.status is not SpaceStatus.OPEN:
        written["status"] = str(space.status)
    if space.delivered is not None:
        written["delivered"] = space.delivered
    if not _is_default_area(space):
        written["area"] = None if space.area is None else number(space.area)
    if space.capacity is not None:
        written["capacity"] = space.capacity
    if space.link is not None:
        written["link"] = space.link
    if not storey and space.order != place:
        written["order"] = space.order
    return written


def _is_default_area(space: Space) -> bool:
    if space.kind is SpaceKind.BUILDING:
        return False
    if space.kind in {SpaceKind.PARK, SpaceKind.SITE, SpaceKind.PHASE}:
        return space.area is None
    return space.area == places.surface(space.shape)


def _body(writing: _Writing, space: Space, parent: Space | None) -> Written:
    shape = space.shape
    if shape is None:
        return {}
    written: Written = {}
    if shape.prisms or shape.mesh is None:
        written["parts"] = [_part(prism) for prism in shape.prisms]
    if shape.mesh is not None:
        name = writing.file(space.id, "glb")
        writing.files[name] = meshes.write(shape.mesh)
        written["mesh"] = name
    if shape.doors or _has_doors_found(space, parent):
        written["doors"] = Row(_points(shape.doors))
    return written


def _has_doors_found(space: Space, parent: Space | None) -> bool:
    """Whether a reader would look for doors if none were written."""
    if space.kind is SpaceKind.STOREY:
        return space.order == 0
    in_storey = parent is not None and parent.kind is SpaceKind.STOREY
    return in_storey and space.kind not in doors.FURNITURE


def _part(prism: Prism) -> OneLine:
    shell, *holes = prism.rings
    part = OneLine(footprint=Row(_points(shell)))
    if holes:
        part["holes"] = Row(Row(_points(hole)) for hole in holes)
    return OneLine(part | {"base": number(prism.base), "top": number(prism.top)})


def _scene(piece: Scenery) -> Written:
    written: Written = {"id": piece.id, "kind": str(piece.kind)}
    if piece.name:
        written["name"] = _words(piece.name)
    areas: list[object] = []
    for shell, *holes in piece.rings:
        area = OneLine(footprint=Row(_points(shell)))
        if holes:
            area["holes"] = Row(Row(_points(hole)) for hole in holes)
        areas.append(area)
    if areas or not piece.points:
        written["areas"] = areas
    if piece.points:
        written["points"] = Row(_points(piece.points))
    return written


def _words(text: Text) -> OneLine:
    said = OneLine()
    if text.zh:
        said["zh"] = text.zh
    if text.en:
        said["en"] = text.en
    return said


def _points(points: Iterable[Point]) -> list[object]:
    return [Row((number(east), number(north))) for east, north in points]
