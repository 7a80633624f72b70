"""A park or a storey drawn flat: paths and labels of an SVG, north up, in metres.

SVG's y axis points down, so a point (east, north) is drawn at (east, -north).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from shulian.kit.text import Text
from shulian.park.types import (
    Prism,
    Ring,
    Scenery,
    SceneryKind,
    Shape,
    Space,
    SpaceId,
    SpaceKind,
)

Box = tuple[float, float, float, float]
"""(left, top, width, height) in the drawing's coordinates [m]."""

ZOOMS = (1, 2, 4, 8, 16)
"""The magnifications for which labels are chosen."""

_MARGIN = 0.04
"""[of the longer side] left free around what is drawn."""
_WIDTH = 800.0
"""[px] the width of the drawing for which labels are chosen."""
_GLYPH = 14.0
"""[px] the height of a label, and the width of one Chinese character."""
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
    at: tuple[float, float]
    """Where its label stands, in the drawing's coordinates."""
    zoom: int | None
    """The smallest of ZOOMS at which its label fits; none: never."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """What a plan shows."""

    box: Box
    ground: tuple[tuple[SceneryKind, str], ...]
    """One path a kind of scenery, lowest first."""
    trees: tuple[tuple[float, float], ...]
    figures: tuple[Figure, ...]


def draw(
    spaces: Sequence[Space],
    scenery: Iterable[Scenery] = (),
    *,
    region: tuple[float, float, float, float] | None = None,
) -> Drawing:
    """`spaces` drawn flat on `scenery`; a space without a body is left out.

    region  what the drawing shows: least east, least north, greatest east, greatest north [m];
            None: all of the spaces
    """
    drawn = [(space, space.shape) for space in spaces if space.shape and _rings(space.shape)]
    shells = [ring for _, shape in drawn for ring in _rings(shape)]
    box = _box(shells) if region is None else _box_of(region, margin=0.0)
    labels = _labels([(space, _reach(_rings(shape))) for space, shape in drawn], box)
    kinds: dict[SceneryKind, list[str]] = {kind: [] for kind in _ORDER}
    trees: list[tuple[float, float]] = []
    for piece in scenery:
        trees += [(east, -north) for east, north in piece.points]
        if piece.rings and piece.kind in kinds:
            kinds[piece.kind] += [_path(ring) for polygon in piece.rings for ring in polygon]
    return Drawing(
        box,
        tuple((kind, "".join(paths)) for kind, paths in kinds.items() if paths),
        tuple(trees),
        tuple(_figure(space, shape, labels.get(space.id)) for space, shape in drawn),
    )


def _figure(space: Space, shape: Shape, zoom: int | None) -> Figure:
    rings = _rings(shape)
    left, bottom, right, top = _reach(rings)
    middle = ((left + right) / 2, -(bottom + top) / 2)
    path = "".join(_path(ring) for ring in rings)
    return Figure(space.id, space.kind, space.name, path, middle, zoom)


def _rings(shape: Shape) -> tuple[Ring, ...]:
    """The rings of the lowest prisms: towers on a podium stand inside it."""
    if shape.mesh and not shape.prisms:
        east = [corner[0] for corner in shape.mesh.corners]
        north = [corner[1] for corner in shape.mesh.corners]
        left, right, low, high = min(east), max(east), min(north), max(north)
        return (((left, low), (right, low), (right, high), (left, high)),)
    lowest = min((prism.base for prism in shape.prisms), default=0.0)
    on_ground: tuple[Prism, ...] = tuple(
        prism for prism in shape.prisms if prism.base <= lowest + 0.5
    )
    return tuple(ring for prism in on_ground for ring in prism.rings if len(ring) >= 3)  # noqa: PLR2004


def _path(ring: Ring) -> str:
    points = " ".join(f"{east:.1f},{0.0 - north:.1f}" for east, north in ring)
    return f"M{points}Z"


def _reach(rings: Iterable[Ring]) -> tuple[float, float, float, float]:
    points = [point for ring in rings for point in ring]
    east, north = [point[0] for point in points], [point[1] for point in points]
    return min(east), min(north), max(east), max(north)


def _box(rings: Sequence[Ring]) -> Box:
    if not rings:
        return (-50.0, -50.0, 100.0, 100.0)
    left, bottom, right, top = reach = _reach(rings)
    return _box_of(reach, margin=max(right - left, top - bottom, 1.0) * _MARGIN)


def _box_of(region: tuple[float, float, float, float], *, margin: float) -> Box:
    left, bottom, right, top = region
    return (
        left - margin,
        -top - margin,
        right - left + 2 * margin,
        top - bottom + 2 * margin,
    )


def _labels(
    spaces: Sequence[tuple[Space, tuple[float, float, float, float]]], box: Box
) -> Mapping[SpaceId, int]:
    """The smallest zoom at which each label fits without touching one that was there before.

    Larger spaces come first; what fits at one zoom stays at all larger ones.
    """
    ranked = sorted(
        (one for one in spaces if one[0].name),
        key=lambda one: (one[1][0] - one[1][2]) * (one[1][3] - one[1][1]),
    )
    chosen: dict[SpaceId, int] = {}
    for zoom in ZOOMS:
        metres = box[2] / _WIDTH / zoom
        placed = _Taken(cell=8 * _GLYPH * metres)
        for keep in (True, False):
            for space, (left, bottom, right, top) in ranked:
                if (space.id in chosen) is not keep:
                    continue
                half = _length(space.name) * _GLYPH * metres / 2
                middle, height = (left + right) / 2, _GLYPH * metres
                fits = keep or half * 2 <= max(right - left, top - bottom) * 1.5
                y = (bottom + top) / 2
                label = (middle - half, y - height / 2, middle + half, y + height / 2)
                if fits and (placed.take(label) or keep):
                    chosen.setdefault(space.id, zoom)
    return chosen


def _length(name: Text) -> float:
    """How many Chinese characters wide the wider of both names is; Latin letters are half."""
    return max(
        sum(1.0 if ord(letter) > 0x2E80 else 0.55 for letter in words)  # noqa: PLR2004
        for words in (name.zh, name.en)
    )


class _Taken:
    """Boxes that labels occupy, found again by the cells of a grid."""

    def __init__(self, *, cell: float) -> None:
        self._cell = cell
        self._cells: dict[tuple[int, int], list[tuple[float, float, float, float]]] = {}

    def take(self, box: tuple[float, float, float, float]) -> bool:
        """Occupy `box` if nothing touches it."""
        cells = [
            (x, y)
            for x in range(int(box[0] // self._cell), int(box[2] // self._cell) + 1)
            for y in range(int(box[1] // self._cell), int(box[3] // self._cell) + 1)
        ]
        for cell in cells:
            for other in self._cells.get(cell, ()):
                if (
                    box[0] < other[2]
                    and other[0] < box[2]
                    and box[1] < other[3]
                    and other[1] < box[3]
                ):
                    return False
        for cell in cells:
            self._cells.setdefault(cell, []).append(box)
        return True
