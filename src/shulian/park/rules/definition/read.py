"""Reading a park definition: its files in, the plan of a park and notices out."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

import shapely

from shulian.kit.geometry import Frame
from shulian.park.errors import DefinitionValueWrong
from shulian.park.rules.definition import (
    bodies,
    buildings,
    places,
    scenes,
    sources,
    texts,
)
from shulian.park.rules.definition.bodies import Span
from shulian.park.rules.definition.decode import convert
from shulian.park.rules.definition.draft import Draft
from shulian.park.rules.definition.features import Features
from shulian.park.rules.definition.outlines import Area, meeting, polygon
from shulian.park.rules.definition.placement import FAR, Placement, anchored
from shulian.park.rules.definition.places import Above, Remarks
from shulian.park.rules.definition.scenery import Land
from shulian.park.rules.definition.schema import Building, Entry, Park, Phase, Scene, Site
from shulian.park.rules.definition.sources import Where
from shulian.park.types import (
    Entrance,
    Import,
    Notice,
    ParkPlan,
    Place,
    Space,
    SpaceId,
    SpaceKind,
)

T = TypeVar("T")

_LOW = 6.0
"""What begins higher leaves room for trees below it [m]."""
_COMMON = 1.0
"""Buildings that share less ground than this do not stand upon one another [m²]."""
_GROUND = Span(0.0, 0.0)


def read(files: Mapping[str, bytes], *, entry: str = "park.yaml") -> Import:
    """The park that a definition describes.

    files  the definition's files by the names they call one another
    entry  the file with the park itself

    Raises a `DefinitionBroken` that names file, line and place, and nothing else.
    """
    sources.check_size(files)
    document = sources.parse(entry, sources.find(files, entry))
    where = Where(document)
    park = convert(where, document.value, Park)
    frame = Frame(*park.origin)
    name = texts.identify(park.id, "", where)
    draft = Draft(files, frame, Land(name), Features(files, frame))
    _put_park(draft, park, name, where)
    footprints, notices = _footprints(draft.spaces)
    plan = ParkPlan(_place(park, name), tuple(draft.spaces), draft.land.finished(footprints))
    return Import(plan, (*draft.notices, *notices))


def _place(park: Park, name: SpaceId) -> Place:
    longitude, latitude = park.origin
    entrance = None
    if park.entrance is not None:
        entrance = Entrance(park.entrance.east, park.entrance.north, park.entrance.heading)
    return Place(name, longitude, latitude, park.timezone, entrance)


def _put_park(draft: Draft, park: Park, name: SpaceId, where: Where) -> None:
    frame = Placement().within(park.at, park.turn)
    _add(draft, park, SpaceKind.PARK, None, frame, where, order=0)
    above = Above(name, frame, 0.0)
    for order, item in enumerate(park.sites):
        site, at = _resolve(draft, item, Site, where.of("sites", order))
        _put_site(draft, site, at, above, order=order)
    first = _put_buildings(draft, park.buildings, where, above, first=len(park.sites))
    places.put_all(draft, park.spaces, where.of("spaces"), above, Remarks(), first=first)
    _put_scenery(draft, park.scenery, frame, where)


def _put_site(draft: Draft, site: Site, where: Where, above: Above, *, order: int) -> None:
    frame = above.frame.within(site.at, site.turn)
    if site.origin is not None:
        anchor = anchored(draft.frame, site.origin)
        if anchor is None:
            raise where.of("origin").fault(DefinitionValueWrong, problem=FAR)
        frame = anchor.within(site.at, site.turn)
    name = _add(draft, site, SpaceKind.SITE, above.id, frame, where, order=order)
    inner = Above(name, frame, 0.0)
    for place, item in enumerate(site.phases):
        phase, at = _resolve(draft, item, Phase, where.of("phases", place))
        _put_phase(draft, phase, at, inner, order=place)
    first = _put_buildings(draft, site.buildings, where, inner, first=len(site.phases))
    places.put_all(draft, site.spaces, where.of("spaces"), inner, Remarks(), first=first)
    _put_scenery(draft, site.scenery, frame, where)


def _put_phase(draft: Draft, phase: Phase, where: Where, above: Above, *, order: int) -> None:
    frame = above.frame.within(phase.at, phase.turn)
    name = _add(draft, phase, SpaceKind.PHASE, above.id, frame, where, order=order)
    inner = Above(name, frame, 0.0)
    first = _put_buildings(draft, phase.buildings, where, inner, first=0)
    places.put_all(draft, phase.spaces, where.of("spaces"), inner, Remarks(), first=first)


def _put_buildings(
    draft: Draft, items: Sequence[Building | str], where: Where, above: Above, *, first: int
) -> int:
    """Add the buildings of a list, the orders from `first` on; the order that comes next."""
    for place, item in enumerate(items):
        building, at = _resolve(draft, item, Building, where.of("buildings", place))
        buildings.put(draft, building, at, above, order=first + place)
    return first + len(items)


def _put_scenery(
    draft: Draft, items: Sequence[Scene | str], frame: Placement, where: Where
) -> None:
    for order, item in enumerate(items):
        at = where.of("scenery", order)
        if not isinstance(item, str):
            scenes.put(draft, item, frame, at)
            continue
        document = sources.parse(item, sources.find(draft.files, item, at))
        for place, scene in enumerate(convert(Where(document), document.value, tuple[Scene, ...])):
            scenes.put(draft, scene, frame, Where(document, (place,)))


def _add(
    draft: Draft,
    entry: Entry,
    kind: SpaceKind,
    parent: SpaceId | None,
    frame: Placement,
    where: Where,
    *,
    order: int,
) -> SpaceId:
    """Add a park, site or phase, whose area is unknown unless it is written."""
    name = texts.identify(entry.id, parent or "", where)
    shape = bodies.shape(draft, entry, frame, _GROUND, where)
    space = replace(places.blank(name, parent, kind, order, shape), area=None)
    draft.add(places.describe(space, entry, where), where)
    return name


def _resolve(draft: Draft, item: T | str, kind: type[T], where: Where) -> tuple[T, Where]:
    """The entry that stands here, or in the file that is named here instead."""
    if not isinstance(item, str):
        return item, where
    document = sources.parse(item, sources.find(draft.files, item, where))
    if isinstance(document.value, str):
        raise Where(document).fault(DefinitionValueWrong, problem="Expected a mapping, got text")
    return convert(Where(document), document.value, kind), Where(document)


def _footprints(spaces: Sequence[Space]) -> tuple[list[Area], list[Notice]]:
    """What stands low on the ground, and which buildings stand upon one another."""
    raised = [
        (space.id, prism, polygon(prism.rings))
        for space in spaces
        if space.kind is SpaceKind.BUILDING and space.shape
        for prism in space.shape.prisms
    ]
    areas = [area for _, _, area in raised]
    clashes: dict[tuple[SpaceId, SpaceId], float] = {}
    for one, another in meeting(areas):
        mine, lower, area = raised[one]
        theirs, upper, other = raised[another]
        apart = lower.top <= upper.base or upper.top <= lower.base
        if mine != theirs and not apart:
            common = shapely.intersection(area, other).area
            clashes[mine, theirs] = clashes.get((mine, theirs), 0.0) + common
    notices = [
        Notice(mine, "definition_overlap", f"{common:.1f} m² of it stand upon {theirs}")
        for (mine, theirs), common in clashes.items()
        if common > _COMMON
    ]
    return [area for _, prism, area in raised if prism.base < _LOW], notices
