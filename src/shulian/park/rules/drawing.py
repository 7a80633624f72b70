"""A park or a storey drawn flat: paths and labels of an SVG, north up, in metres."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from shulian.kit.text import Text
from shulian.park.rules.figures import (
    Bounds,
    dot,
    grain,
    meet,
    north_up,
    on_ground,
    path,
    reach,
    spot,
)
from shulian.park.rules.labels import GLYPH, Named, labels
from shulian.park.types import (
    Point,
    Ring,
    Scenery,
    SceneryKind,
    Space,
    SpaceId,
    SpaceKind,
)

Box = tuple[float, float, float, float]
"""(left, top, width, height) in the drawing's coordinates [m]."""

_MARGIN = 0.04
"""[of the longer side] left free around what is drawn."""
_USUAL_WIDTH = 600.0
"""[px] of a drawing."""
_FLATTEST, _TALLEST = 5, 10
_ORDER = (
    SceneryKind.GREEN,
    SceneryKind.WATER,
    SceneryKind.PAVED,
    SceneryKind.PATH,
    SceneryKind.ROAD,
    SceneryKind.RAIL,
)
"""What is drawn first lies lowest."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A space on the drawing."""

    id: SpaceId
    kind: SpaceKind
    name: Text
    path: str
    """The `d` of an SVG path; holes are left out by the even-odd rule."""
    at: Point
    """Where its label stands, in the drawing's coordinates."""
    zoom: int | None
    """The smallest zoom at which its label fits; none: it has no label."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """What a plan shows."""

    box: Box
    """What is seen at first."""
    whole: Box
    """As far as one can look around."""
    ground: tuple[tuple[SceneryKind, str], ...]
    """One path a kind of scenery, lowest first."""
    trees: str
    """A path with a point for each tree."""
    figures: tuple[Figure, ...]

    @property
    def text(self) -> float:
        """The height of a label as long as no script knows how wide the drawing is [m]."""
        return GLYPH * self.box[2] / _USUAL_WIDTH

    @property
    def tallness(self) -> int:
        """How high what is seen at first is beside its width, in tenths, as a page has room for."""
        return min(max(round(10 * self.box[3] / self.box[2]), _FLATTEST), _TALLEST)


def draw(
    spaces: Sequence[Space],
    scenery: Iterable[Scenery] = (),
    *,
    region: Bounds | None = None,
    around: Bounds | None = None,
    nameless: Collection[SpaceId] = (),
) -> Drawing:
    """`spaces` drawn flat on `scenery`; a space without a body is left out.

    region    what is seen at first; None: all of the spaces
    around    as far as one can look; None: as far as is seen at first
    nameless  those that get no label, because the page says their name already
    """
    drawn = [(space, on_ground(space.shape)) for space in spaces if space.shape]
    bodies = [(space, rings) for space, rings in drawn if rings]
    box = _box_of(region) if region else _box([ring for _, rings in bodies for ring in rings])
    whole = _box_of(around) if around else box
    step = grain(whole[2])
    zooms = labels(
        [
            Named(
                space.id,
                space.name,
                reach(rings),
                _spot(space, rings),
                _height(space),
                bool(space.about),
            )
            for space, rings in bodies
            if space.id not in nameless
        ],
        box[2],
        (whole[0], -whole[1] - whole[3], whole[0] + whole[2], -whole[1]),
    )
    ground, trees = _ground(scenery, step, box=whole)
    figures = [_figure(space, rings, zooms, step) for space, rings in bodies]
    return Drawing(box, whole, ground, trees, tuple(figures))


def _height(space: Space) -> float:
    if space.kind is not SpaceKind.BUILDING or space.shape is None:
        return 0.0
    return max((prism.top for prism in space.shape.prisms), default=0.0)


def _figure(
    space: Space, rings: tuple[Ring, ...], zooms: Mapping[SpaceId, int], step: float
) -> Figure:
    outline = "".join(path(ring, north_up, step) for ring in rings)
    east, north = _spot(space, rings)
    at = (round(east, 1), 0.0 - round(north, 1))
    return Figure(space.id, space.kind, space.name, outline, at, zooms.get(space.id))


def _spot(space: Space, rings: tuple[Ring, ...]) -> Point:
    """Where a name stands: over the courtyard of a building, but inside a room."""
    west, south, east, north = reach(rings)
    is_building = space.kind is SpaceKind.BUILDING
    return ((west + east) / 2, (south + north) / 2) if is_building else spot(rings)


def _ground(
    scenery: Iterable[Scenery], step: float, *, box: Box
) -> tuple[tuple[tuple[SceneryKind, str], ...], str]:
    """One path a kind of what lies in `box`, and a path of its trees."""
    seen = (box[0], -box[1] - box[3], box[0] + box[2], -box[1])
    kinds: dict[SceneryKind, list[str]] = {kind: [] for kind in _ORDER}
    trees: list[str] = []
    for piece in scenery:
        trees += [
            dot(north_up(point))
            for point in piece.points
            if seen[0] < point[0] < seen[2] and seen[1] < point[1] < seen[3]
        ]
        if piece.kind in kinds:
            kinds[piece.kind] += [
                path(ring, north_up, step)
                for polygon in piece.rings
                if polygon and polygon[0] and meet(reach(polygon[:1]), seen)
                for ring in polygon
            ]
    told = tuple((kind, "".join(paths)) for kind, paths in kinds.items() if any(paths))
    return told, "".join(trees)


def _box(rings: Sequence[Ring]) -> Box:
    if not rings:
        return (-50.0, -50.0, 100.0, 100.0)
    west, south, east, north = reach(rings)
    margin = max(east - west, north - south, 1.0) * _MARGIN
    return _box_of((west - margin, south - margin, east + margin, north + margin))


def _box_of(bounds: Bounds) -> Box:
    west, south, east, north = bounds
    return (west, -north, east - west, north - south)
