"""A part of a park as a model on a table: its bodies from above and the south, in white and grey.

Parallel projection: the park is turned by `TURN` and seen under `TILT`, so verticals stay upright
and equal heights stay equal everywhere. What is far is drawn first. A wall is as light as it is
turned to the sun, and the sun throws one shadow on the ground.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import cos, hypot, radians, sin

from shulian.park.rules.drawing import Box
from shulian.park.rules.figures import Bounds, dot, meet, path, reach, rings
from shulian.park.types import Extent, Point, Prism, Ring, Scenery, SceneryKind, Space, SpaceKind

TURN = radians(-28)
TILT = radians(42)
TONES = 4
"""How many tones walls have; 0 is the lightest."""

_STEP = 0.5
"""[m] to which the drawing is exact."""
_SUN = (-0.8, -0.6)
"""The direction on the ground from which the light comes, as (east, north)."""
_SHADOW = (0.42, 0.32)
"""[m] that a shadow reaches east and north for each metre of height."""
_FLAT = 0.5
"""[m] below which a body is part of the ground."""
_CANDIDATES = 48
"""So many of the largest buildings are tried as the middle of a region."""
_EDGE_ON = 0.02
"""A wall turned to the eye less than that [sine of the angle] is a line."""
_GROUND = (SceneryKind.GREEN, SceneryKind.WATER, SceneryKind.PAVED, SceneryKind.ROAD)


@dataclass(frozen=True, slots=True)
class Face:
    """A part of a body: a roof, or walls of one tone."""

    tone: str
    path: str


@dataclass(frozen=True, slots=True)
class Model:
    """What the drawing shows, the lowest and farthest first."""

    box: Box
    ground: tuple[tuple[SceneryKind, str], ...]
    trees: str
    shadow: str
    faces: tuple[Face, ...]


def view(spaces: Sequence[Space], scenery: Iterable[Scenery], region: Bounds) -> Model:
    """The part of a park in `region` as a model.

    spaces   buildings, and the open places between them
    """
    west, south, east, north = region
    corners = [_on_sheet((x, y), 0.0) for x in (west, east) for y in (south, north)]
    left, right = min(x for x, _ in corners), max(x for x, _ in corners)
    top, bottom = min(y for _, y in corners), max(y for _, y in corners)
    bodies = [prism for space in _far_first(spaces) for prism in _standing(space)]
    ground, trees = _ground(scenery, region)
    return Model(
        (left, top, right - left, bottom - top),
        ground,
        trees,
        "".join(_shadow(prism) for prism in bodies if prism.base < _FLAT),
        tuple(face for prism in bodies for face in _faces(prism)),
    )


def densest(extents: Sequence[Extent], width: float, depth: float) -> Bounds | None:
    """The region of that size in which most is built, as volume, around one of the largest."""
    boxes = sorted(((_volume(one), one.center) for one in extents), reverse=True)

    def built(middle: Point) -> float:
        return sum(
            volume
            for volume, (east, north) in boxes
            if abs(east - middle[0]) < width / 2 and abs(north - middle[1]) < depth / 2
        )

    best = max((center for _, center in boxes[:_CANDIDATES]), key=built, default=None)
    if best is None:
        return None
    east, north = best
    return (east - width / 2, north - depth / 2, east + width / 2, north + depth / 2)


def _volume(extent: Extent) -> float:
    west, south, east, north = extent.bounds
    return (east - west) * (north - south) * extent.height


def _far_first(spaces: Sequence[Space]) -> list[Space]:
    """Buildings by how far their nearest corner is."""
    buildings = [
        (space, [ring for prism in space.shape.prisms for ring in rings(prism)])
        for space in spaces
        if space.kind is SpaceKind.BUILDING and space.shape is not None
    ]
    depths = [
        (max(_depth(p) for r in found for p in r), space) for space, found in buildings if found
    ]
    return [space for _, space in sorted(depths, key=lambda one: one[0])]


def _depth(point: Point) -> float:
    """How near a point of the ground is to the eye."""
    return -(point[0] * sin(TURN) + point[1] * cos(TURN))


def _standing(space: Space) -> list[Prism]:
    """The bodies of a building, the lower ones first."""
    prisms = space.shape.prisms if space.shape else ()
    return sorted((one for one in prisms if one.top - one.base > _FLAT), key=lambda one: one.base)


def _faces(prism: Prism) -> Iterable[Face]:
    """The walls that face the eye, the farther first, and the roof above them."""
    walls: list[tuple[float, int, Ring]] = []
    for ring in rings(prism):
        for start, end in pairwise((*ring, ring[0])):
            run, rise = end[0] - start[0], end[1] - start[1]
            length = hypot(run, rise)
            normal = (rise / length, -run / length) if length else (0.0, 0.0)
            if _depth(normal) > _EDGE_ON:
                nearer = max(_depth(start), _depth(end))
                walls.append((nearer, _tone(normal), (start, end)))
    walls.sort(key=lambda wall: wall[0])
    told: list[Face] = []
    for _, tone, (start, end) in walls:
        d = _wall(start, end, prism)
        if told and told[-1].tone == f"wall-{tone}":
            told[-1] = Face(told[-1].tone, told[-1].path + d)
        else:
            told.append(Face(f"wall-{tone}", d))
    roof = "".join(
        path(ring, lambda point: _on_sheet(point, prism.top), _STEP) for ring in rings(prism)
    )
    return [*told, Face("roof", roof)]


def _wall(start: Point, end: Point, prism: Prism) -> str:
    corners = (
        _on_sheet(start, prism.base),
        _on_sheet(end, prism.base),
        _on_sheet(end, prism.top),
        _on_sheet(start, prism.top),
    )
    return path(corners, lambda point: point, _STEP)


def _tone(normal: Point) -> int:
    """The tone of a wall with that outward normal."""
    turned = normal[0] * _SUN[0] + normal[1] * _SUN[1]
    return min(int((1 - turned) / 2 * TONES), TONES - 1)


def _shadow(prism: Prism) -> str:
    """The shadow of a body on the ground: its outline there, its outline moved, what is between.

    All parts turn the same way, so that they fill as one.
    """
    height = prism.top
    moved_by = (_SHADOW[0] * height, _SHADOW[1] * height)
    parts: list[str] = []
    for ring in rings(prism)[:1]:
        moved = tuple((x + moved_by[0], y + moved_by[1]) for x, y in ring)
        parts.append(_flat(moved))
        for (a, b), (c, d) in pairwise(zip((*ring, ring[0]), (*moved, moved[0]), strict=True)):
            quad = (a, c, d, b)
            turn = (c[0] - a[0]) * (d[1] - a[1]) - (d[0] - a[0]) * (c[1] - a[1])
            parts.append(_flat(quad if turn > 0 else quad[::-1]))
    return "".join(parts)


def _flat(ring: Ring) -> str:
    return path(ring, lambda point: _on_sheet(point, 0.0), _STEP)


def _ground(
    scenery: Iterable[Scenery], region: Bounds
) -> tuple[tuple[tuple[SceneryKind, str], ...], str]:
    kinds: dict[SceneryKind, list[str]] = {kind: [] for kind in _GROUND}
    trees: list[str] = []
    for piece in scenery:
        trees += [
            dot(_on_sheet(point, 0.0))
            for point in piece.points
            if region[0] < point[0] < region[2] and region[1] < point[1] < region[3]
        ]
        for polygon in piece.rings if piece.kind in kinds else ():
            if polygon and polygon[0] and meet(reach(polygon[:1]), region):
                kinds[piece.kind] += [_flat(ring) for ring in polygon]
    told = tuple((kind, "".join(paths)) for kind, paths in kinds.items() if any(paths))
    return told, "".join(trees)


def _on_sheet(point: Point, height: float) -> Point:
    """Where a point of the park is seen."""
    across = point[0] * cos(TURN) - point[1] * sin(TURN)
    return (across, _depth(point) * sin(TILT) - height * cos(TILT))
