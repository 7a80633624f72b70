"""Entries of scenery: what is written of a road, a lawn or a row of trees goes onto the land."""

from collections.abc import Iterable, Iterator

from shapely import LineString

from shulian.kit.text import Text
from shulian.park.errors import DefinitionShapeEmpty, DefinitionShapesMany
from shulian.park.rules.definition import bodies, outlines, scenery, texts
from shulian.park.rules.definition.draft import Draft
from shulian.park.rules.definition.features import Features
from shulian.park.rules.definition.outlines import SHAPES, Rings
from shulian.park.rules.definition.placement import Placement
from shulian.park.rules.definition.schema import Scene
from shulian.park.rules.definition.sources import Where
from shulian.park.types import Point, Ring, SceneryKind


def put(draft: Draft, entry: Scene, above: Placement, where: Where) -> None:
    """Add one entry of scenery."""
    given = [name for name in ("line", "areas", *SHAPES) if getattr(entry, name) is not None]
    if len(given) > 1:
        raise where.fault(DefinitionShapesMany, shapes=", ".join(given))
    scene = draft.claim(texts.identify(entry.id, "", where), where.of("id"))
    name = texts.name(entry.name, where.of("name"))
    frame = above.within(entry.at, entry.turn)
    points = frame.ring(entry.points or ())
    points = (*points, *_pointed(draft.features, entry, where))
    lines = _lines(draft.features, entry, frame, where)
    width = entry.width or scenery.WIDTHS.get(entry.kind, 0.0)
    rings = _outline(draft, entry, frame, where) if not lines and not points else ()
    rings = rings or _areas(entry, frame, where)
    planted = draft.grow(_planted(entry, lines, rings, width), where)
    if entry.kind is SceneryKind.TREE and planted:
        draft.land.plant(scene, name, (*points, *planted))
        return
    widened = [piece for line in lines for piece in scenery.road(line, width)] if width else []
    if not (widened or rings or points or entry.areas == () or entry.points == ()):
        raise where.fault(DefinitionShapeEmpty)
    if entry.walks is not None:
        walks = [p for line in lines for p in scenery.beside(line, width, entry.walks)]
        draft.land.lay(draft.claim(f"{scene}-walks", where), SceneryKind.PAVED, Text(), walks)
    draft.land.lay(scene, entry.kind, name, (*widened, *rings), points)
    if planted:
        draft.land.plant(draft.claim(f"{scene}-trees", where), Text(), planted)


def _planted(
    entry: Scene, lines: Iterable[Ring], rings: tuple[Rings, ...], width: float
) -> Iterator[Point]:
    """Where the trees of an entry are to stand."""
    if entry.trees is None:
        return
    for line in lines:
        if entry.kind is SceneryKind.TREE:
            yield from scenery.row(line, entry.trees)
        else:
            paved = width + 2 * (entry.walks or 0.0)
            yield from scenery.avenue(line, paved, entry.trees)
    if rings:
        yield from scenery.grove(rings, entry.trees)


def _lines(features: Features, entry: Scene, frame: Placement, where: Where) -> list[Ring]:
    """The lines of an entry in the park's plane."""
    found: list[Ring] = []
    if entry.line is not None:
        line = outlines.soft(entry.line, closed=False) if entry.smooth else entry.line
        found.append(frame.ring(line))
    elif entry.geometry is not None:
        found.extend(features.lines(entry.geometry, where.of("geometry")))
    for line in found:
        if len(set(line)) < 2 or LineString(line).length < outlines.THIN:  # noqa: PLR2004
            raise where.fault(DefinitionShapeEmpty)
    return found


def _pointed(features: Features, entry: Scene, where: Where) -> Ring:
    """The points of an entry's feature in the park's plane."""
    if entry.geometry is None:
        return ()
    return features.points(entry.geometry, where.of("geometry"))


def _outline(draft: Draft, entry: Scene, frame: Placement, where: Where) -> tuple[Rings, ...]:
    drawn = bodies.draw(draft, entry, frame, where)
    return tuple(tuple(frame.ring(ring) for ring in rings) for rings in drawn)


def _areas(entry: Scene, frame: Placement, where: Where) -> tuple[Rings, ...]:
    found: list[Rings] = []
    for place, area in enumerate(entry.areas or ()):
        rings = outlines.check((area.footprint, *area.holes), where.of("areas", place))
        found.append(tuple(frame.ring(ring) for ring in rings))
    return tuple(found)
