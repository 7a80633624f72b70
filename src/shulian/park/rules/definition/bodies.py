"""Bodies: what an entry draws becomes prisms, a mesh and doors in the park's plane."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from shulian.park.errors import (
    DefinitionMeshWrong,
    DefinitionStoreysWrong,
    DefinitionValueWrong,
)
from shulian.park.rules.definition import meshes, outlines, spans
from shulian.park.rules.definition.draft import Draft
from shulian.park.rules.definition.outlines import Rings
from shulian.park.rules.definition.placement import Placement
from shulian.park.rules.definition.schema import Entry, Outline, Part
from shulian.park.rules.definition.sources import Where, find
from shulian.park.rules.tiles.glb import GlbBroken
from shulian.park.types import Mesh, Prism, Shape


@dataclass(frozen=True, slots=True)
class Span:
    """From a base to a top above the park's ground [m]."""

    base: float
    top: float


def draw(draft: Draft, outline: Outline, frame: Placement, where: Where) -> tuple[Rings, ...]:
    """The polygons of an outline in its own frame, which lies in the park's plane as `frame`."""

    def featured(reference: str, place: Where) -> Sequence[Rings]:
        pieces = draft.features.polygons(reference, place)
        return [tuple(tuple(map(frame.back, ring)) for ring in rings) for rings in pieces]

    return outlines.draw(outline, where, featured)


def prisms(polygons: Iterable[Rings], frame: Placement, span: Span) -> tuple[Prism, ...]:
    """Polygons of a frame raised over a span, in the park's plane."""
    return tuple(
        Prism(tuple(frame.ring(ring) for ring in rings), span.base, span.top) for rings in polygons
    )


def shape(
    draft: Draft,
    entry: Entry,
    frame: Placement,
    span: Span,
    where: Where,
    storeys: Mapping[int, Span] | None = None,
) -> Shape | None:
    """The body of an entry in the park's plane; none if it draws nothing.

    span     from its base to its top
    storeys  those of the building it is, by their order; parts may reach over some of them
    """
    own = draw(draft, entry, frame, where)
    if entry.parts is None:
        raised = prisms(own, frame, span)
    else:
        raised = tuple(
            prism
            for place, part in enumerate(entry.parts)
            for prism in _part(
                draft, part, own, frame, span, where.of("parts", place), storeys or {}
            )
        )
    mesh = _mesh(draft, entry, frame, where) if entry.mesh is not None else None
    if not raised and mesh is None and entry.parts is None and not entry.doors:
        return None
    return Shape(raised, mesh, frame.ring(entry.doors or ()))


def _part(
    draft: Draft,
    part: Part,
    own: tuple[Rings, ...],
    frame: Placement,
    span: Span,
    where: Where,
    storeys: Mapping[int, Span],
) -> tuple[Prism, ...]:
    inner = frame.within(part.at, part.turn)
    drawn = draw(draft, part, inner, where) or own
    reach = span
    if part.storeys is not None:
        reach = reach_of(part, storeys, where)
    base = reach.base if part.base is None else part.base
    top = reach.top if part.top is None else part.top
    if top < base:
        problem = f"expected a top above the base {base}, got {top}"
        raise where.of("top").fault(DefinitionValueWrong, problem=problem)
    return prisms(drawn, inner, Span(base, top))


def reach_of(part: Part, storeys: Mapping[int, Span], where: Where) -> Span:
    """From the floor of the lowest to the ceiling of the highest storey of a part."""
    orders = spans.orders(part.storeys or "")
    if orders is None or orders[0] not in storeys or orders[-1] not in storeys:
        raise where.of("storeys").fault(DefinitionStoreysWrong, storeys=str(part.storeys))
    return Span(storeys[orders[0]].base, storeys[orders[-1]].top)


def _mesh(draft: Draft, entry: Entry, frame: Placement, where: Where) -> Mesh:
    name, place = entry.mesh or "", where.of("mesh")
    try:
        return meshes.read(find(draft.files, name, place), frame)
    except GlbBroken as problem:
        raise place.fault(DefinitionMeshWrong, name=name, problem=str(problem)) from problem
