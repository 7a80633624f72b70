"""Buildings of a definition: a mass, or storeys one above the other."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import shapely
from msgspec import UNSET

from shulian.park.errors import DefinitionStoreysOverlap, DefinitionStoreysWrong
from shulian.park.rules.definition import bodies, layouts, places, spans, storeys, texts
from shulian.park.rules.definition.bodies import Span
from shulian.park.rules.definition.draft import Draft
from shulian.park.rules.definition.layouts import Shaft
from shulian.park.rules.definition.outlines import Rings, area, polygon, polygons, whole
from shulian.park.rules.definition.placement import Placement
from shulian.park.rules.definition.places import Above, Remarks
from shulian.park.rules.definition.rooms import Stage
from shulian.park.rules.definition.schema import Building, Crown, Storey
from shulian.park.rules.definition.sources import Where
from shulian.park.types import Point, Prism, Shape, Space, SpaceId, SpaceKind

_TOUCHING = 0.01
"""Storeys may reach into one another by this much [m]."""
_UPON = 1.0
"""Storeys that share less ground than this stand beside one another [m²]."""


@dataclass(frozen=True, slots=True, eq=False)
class _Level:
    """One storey of an entry that may stand for several."""

    order: int
    last: bool
    entry: Storey
    where: Where
    span: Span


def put(draft: Draft, entry: Building, where: Where, above: Above, *, order: int) -> None:
    """Add a building with all its storeys."""
    name = texts.identify(entry.id, above.id, where)
    frame = above.frame.within(entry.at, entry.turn)
    own = bodies.draw(draft, entry, frame, where)
    levels = _levels(entry, where)
    stages = [_stage(draft, name, entry, frame, own, level) for level in levels]
    _check(stages)
    entrances = _entrances(entry, frame, stages)
    shape = _shape(draft, entry, frame, stages, where)
    space = places.blank(name, above.id, SpaceKind.BUILDING, order, shape)
    space = replace(space, area=_floor_area(entry, space, stages))
    if shape is not None:
        crowned = (*shape.prisms, *_crown(shape, entry.crown)) if entry.crown else shape.prisms
        space = replace(space, shape=replace(shape, prisms=crowned, doors=entrances))
    draft.add(places.describe(space, entry, where), where)
    remarks = Remarks()
    remarks.hear(entry.spaces, name, where.of("spaces"))
    shafts = _shafts(draft, entry, frame, stages, where)
    for stage in stages:
        storeys.add(draft, stage, shafts, entrances if stage.order == 0 else (), remarks)
    inner = Above(name, frame, entry.base)
    listed = where.of("spaces")
    places.put_all(draft, entry.spaces, listed, inner, remarks, first=len(stages))


def _levels(entry: Building, where: Where) -> list[_Level]:
    """The storeys from below, each with where it begins and ends."""
    if isinstance(entry.storeys, int):
        return []
    listed: list[tuple[range, Storey, Where]] = []
    before = -spans.MOST - 1
    for place, storey in enumerate(entry.storeys):
        at = where.of("storeys", place)
        orders = spans.orders(storey.storeys)
        if orders is None or orders[0] < before:
            raise at.of("storeys").fault(DefinitionStoreysWrong, storeys=str(storey.storeys))
        before = orders[-1]
        listed.append((orders, storey, at))
    levels: list[_Level] = []
    for orders, storey, at in listed:
        for order in orders:
            span = _extent(entry, storey, listed, levels, order)
            levels.append(_Level(order, order == orders[-1], storey, at, span))
    return levels


def _extent(
    entry: Building,
    storey: Storey,
    listed: Sequence[tuple[range, Storey, Where]],
    below: Sequence[_Level],
    order: int,
) -> Span:
    height = entry.storey_height if storey.height is None else storey.height
    drawn = [part for part in storey.parts or () if part.base is not None and part.top is not None]
    if drawn:
        bases = [part.base for part in drawn if part.base is not None]
        return Span(min(bases), max(part.top for part in drawn if part.top is not None))
    if storey.base is not None:
        base = storey.base
    elif below:
        base = below[-1].span.base if below[-1].order == order else below[-1].span.top
    elif order < 0:
        sunk = (len([o for o in orders if o < 0]) * _height(entry, s) for orders, s, _ in listed)
        base = entry.base - sum(sunk)
    else:
        base = entry.base + order * entry.storey_height
    return Span(round(base, 3), round(base + height, 3))


def _height(entry: Building, storey: Storey) -> float:
    return entry.storey_height if storey.height is None else storey.height


def _stage(
    draft: Draft,
    building: SpaceId,
    entry: Building,
    frame: Placement,
    own: tuple[Rings, ...],
    level: _Level,
) -> Stage:
    storey, where = level.entry, level.where
    name = texts.identify(storey.id or f"-{spans.suffix(level.order)}", building, where)
    placed = frame.within(storey.at, storey.turn)
    inner = Placement().within(storey.at, storey.turn)
    if places.draws(storey):
        outline, drawn = storey, bodies.draw(draft, storey, placed, where)
    else:
        outline, drawn = entry, own
    return Stage(
        name,
        building,
        level.order,
        level.last,
        storey,
        where,
        placed,
        inner,
        outline,
        drawn,
        level.span,
    )


def _check(stages: Sequence[Stage]) -> None:
    """Raise DefinitionStoreysOverlap where one storey begins below the top of another."""
    for below, stage in pairwise(stages):
        sunk = below.span.top - stage.span.base
        if sunk > _TOUCHING and stage.area and below.area and stage.order > below.order:
            first = [tuple(below.inner.ring(ring) for ring in rings) for rings in below.area]
            second = [tuple(stage.inner.ring(ring) for ring in rings) for rings in stage.area]
            if shapely.intersection(whole(first), whole(second)).area > _UPON:
                raise stage.where.fault(
                    DefinitionStoreysOverlap,
                    storey=spans.label(stage.order),
                    below=spans.label(below.order),
                    metres=round(sunk, 2),
                )


def _shape(
    draft: Draft,
    entry: Building,
    frame: Placement,
    stages: Sequence[Stage],
    where: Where,
) -> Shape | None:
    """What is drawn of the building, or else its storeys, those alike in one piece."""
    reach = _reach(entry, stages)
    if entry.parts is None and entry.mesh is None and any(stage.area for stage in stages):
        return Shape(_stack(stages))
    return bodies.shape(draft, entry, frame, reach, where, _spans(entry, stages))


def _reach(entry: Building, stages: Sequence[Stage]) -> Span:
    """From its base to its top, as far as it is known [m]."""
    if entry.height is not None:
        return Span(entry.base, round(entry.base + entry.height, 3))
    if stages:
        return Span(entry.base, max(stage.span.top for stage in stages))
    count = entry.storeys if isinstance(entry.storeys, int) else 1
    return Span(entry.base, round(entry.base + count * entry.storey_height, 3))


def _spans(entry: Building, stages: Sequence[Stage]) -> Mapping[int, Span]:
    """The storeys that parts may reach over, by their order."""
    if stages:
        return {stage.order: stage.span for stage in stages}
    count = entry.storeys if isinstance(entry.storeys, int) else 0
    height = entry.storey_height
    if entry.height is not None and count:
        height = entry.height / count
    bases = [round(entry.base + order * height, 3) for order in range(count + 1)]
    return {order: Span(bases[order], bases[order + 1]) for order in range(count)}


def _stack(stages: Sequence[Stage]) -> tuple[Prism, ...]:
    """The storeys above ground as prisms, equal ones upon one another in one piece."""
    stacked: list[Prism] = []
    open_at: dict[object, int] = {}
    shown = [stage for stage in stages if stage.order >= 0] or stages
    for stage in shown:
        upper: dict[object, int] = {}
        for prism in bodies.prisms(stage.area, stage.frame, stage.span):
            place = open_at.get(prism.rings)
            if place is not None and stacked[place].top == prism.base:
                stacked[place] = replace(stacked[place], top=prism.top)
            else:
                place = len(stacked)
                stacked.append(prism)
            upper[prism.rings] = place
        open_at = upper
    return tuple(stacked)


def _crown(shape: Shape, crown: Crown) -> Iterator[Prism]:
    """What stands on the highest roofs of a building."""
    top = max((prism.top for prism in shape.prisms), default=0.0)
    highest = [prism for prism in shape.prisms if prism.top == top]
    for prism in highest:
        inner = shapely.buffer(polygon(prism.rings), -crown.inset, join_style="mitre")
        for rings in polygons(inner):
            yield Prism(rings, top, round(top + crown.height, 3))


def _entrances(entry: Building, frame: Placement, stages: Sequence[Stage]) -> tuple[Point, ...]:
    """The doors from outside: those drawn, or the middle of the south front."""
    if entry.doors is not None:
        return frame.ring(entry.doors)
    ground = next((stage for stage in stages if stage.order == 0), None)
    if ground is None or not ground.area or ground.entry.doors is not None:
        return ()
    if ground.entry.layout is None and not ground.entry.spaces:
        return ()
    drawn = [tuple(ground.inner.ring(ring) for ring in rings) for rings in ground.area]
    body = whole(drawn)
    west, south, east, north = body.bounds
    for middle in (0.0, round((west + east) / 2, 3), round(body.representative_point().x, 3)):
        line = shapely.LineString([(middle, south), (middle, north)])
        cut = shapely.intersection(body, line)
        if not cut.is_empty:
            return (frame.point((middle, round(cut.bounds[1], 3))),)
    return ()


def _shafts(
    draft: Draft, entry: Building, frame: Placement, stages: Sequence[Stage], where: Where
) -> tuple[Shaft, ...]:
    """Stairs and services of a building in its frame: drawn, or as its highest layout has them."""
    if entry.stairs:
        found: list[Shaft] = []
        for place, outline in enumerate(entry.stairs):
            inner = Placement().within(outline.at, outline.turn)
            at = where.of("stairs", place)
            drawn = bodies.draw(draft, outline, frame.within(outline.at, outline.turn), at)
            found += [Shaft(SpaceKind.STAIRS, inner.ring(rings[0])) for rings in drawn]
        return tuple(found)
    for stage in reversed(stages):
        if stage.entry.layout is not None and stage.area:
            at = stage.where.of("layout")
            made = layouts.shafts(stage.outline, whole(stage.area), stage.entry.layout, at)
            return tuple(Shaft(shaft.kind, stage.inner.ring(shaft.ring)) for shaft in made)
    return ()


def _floor_area(entry: Building, space: Space, stages: Sequence[Stage]) -> float | None:
    """All its floors together [m²]."""
    if entry.area is not UNSET:
        return entry.area
    if any(stage.area for stage in stages):
        return places.tidy(sum(area(stage.area) for stage in stages))
    spans_ = _spans(entry, stages)
    if not spans_ or space.shape is None or not space.shape.prisms:
        return space.area
    floors = 0.0
    for span in spans_.values():
        middle = (span.base + span.top) / 2
        here = [prism.rings for prism in space.shape.prisms if prism.base <= middle < prism.top]
        floors += whole(here).area
    return places.tidy(floors)
