"""Buildings that the tests of this folder walk through and look at."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import cos, sin
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from shulian.kit.text import Text
from shulian.park.rules.storeys.models import storey_models
from shulian.park.rules.tiles.gltf import Surface, read_glb
from shulian.park.types import (
    Notice,
    Point,
    Prism,
    Ring,
    Shape,
    Space,
    SpaceId,
    SpaceKind,
)

Triangles = NDArray[np.float64]

BUILDING = Space(SpaceId("building"), None, SpaceKind.BUILDING, Text("楼", "Building"))


def rectangle(east: float, north: float, width: float, depth: float) -> Ring:
    far, top = east + width, north + depth
    return ((east, north), (far, north), (far, top), (east, top))


def space(
    id_: str,
    parent: str,
    kind: SpaceKind,
    rings: Ring | Sequence[Ring],
    span: tuple[float, float] = (0.2, 4.4),
    doors: Sequence[Point] = (),
    order: int = 0,
) -> Space:
    """A space of one prism; a single ring needs no tuple around it."""
    given = cast("Sequence[Ring]", rings)
    closed = (cast("Ring", rings),) if isinstance(rings[0][0], float | int) else tuple(given)
    return Space(
        SpaceId(id_),
        SpaceId(parent),
        kind,
        Text(f"{id_}号", id_),
        order=order,
        shape=Shape((Prism(closed, *span),), doors=tuple(doors)),
    )


def storey(
    id_: str,
    rings: Ring | Sequence[Ring],
    span: tuple[float, float] = (0.2, 4.4),
    doors: Sequence[Point] = (),
    order: int = 0,
) -> Space:
    return space(id_, "building", SpaceKind.STOREY, rings, span, doors, order)


def office_building() -> list[Space]:
    """Three storeys of 20 m × 14 m with a lobby, a corridor, stairs, rooms and a door in the west.

    A hall with a stage and seats is on the ground floor, an exhibition with booths above it.
    """
    made: list[Space] = []
    for order in range(3):
        base = (0.2, 4.4, 8.6)[order]
        span, name = (base, base + 4.2), f"s{order}"
        entrance = [(0.0, 7.0)] if order == 0 else []
        made.append(storey(name, rectangle(0, 0, 20, 14), span, entrance, order))
        rooms: list[tuple[str, SpaceKind, Ring, list[Point]]] = [
            ("corridor", SpaceKind.CORRIDOR, rectangle(8, 6, 12, 2), []),
            ("stairs", SpaceKind.STAIRS, rectangle(8, 8, 3.2, 6), [(9.6, 8.0)]),
            ("a", SpaceKind.OFFICE, rectangle(8, 0, 6, 6), [(11.0, 6.0)]),
            ("b", SpaceKind.MEETING_ROOM, rectangle(14, 0, 6, 6), [(17.0, 6.0)]),
            ("west", SpaceKind.LOBBY if order == 0 else SpaceKind.LAB, rectangle(0, 0, 8, 14), []),
        ]
        if order:
            rooms[-1][3].append((8.0, 7.0))
        hall = SpaceKind.HALL if order == 0 else SpaceKind.EXHIBITION_HALL
        rooms.append(("hall", hall, rectangle(11.2, 8, 8.8, 6), [(15.6, 8.0)]))
        made += [
            space(f"{name}-{id_}", name, kind, ring, span, doors)
            for id_, kind, ring, doors in rooms
        ]
    return made + _furniture()


def _furniture() -> list[Space]:
    ground, upper = (0.2, 4.4), (4.4, 8.6)
    made = [
        space("stage", "s0-hall", SpaceKind.STAGE, rectangle(17.4, 9, 2, 4), (0.2, 1.0)),
        space("table", "s0-a", SpaceKind.TABLE, rectangle(9, 2, 2, 1), ground),
        space("chair", "s0-a", SpaceKind.SEAT, rectangle(9.7, 1.2, 0.6, 0.6), ground),
    ]
    made += [
        space(
            f"seat{row}{place}",
            "s0-hall",
            SpaceKind.SEAT,
            rectangle(12 + row, 11 + 0.6 * place, 0.6, 0.6),
            ground,
        )
        for row in range(4)
        for place in range(4)
    ]
    made += [
        space(f"booth{n}", "s1-hall", SpaceKind.BOOTH, rectangle(11.6 + 3 * n, 11, 2.4, 2), upper)
        for n in range(2)
    ]
    return made


def placed(spaces: Sequence[Space], angle: float, east: float, north: float) -> list[Space]:
    """The spaces turned around the origin [rad], then moved [m]."""

    def moved(point: Point) -> Point:
        x, y = point
        return (
            x * cos(angle) - y * sin(angle) + east,
            x * sin(angle) + y * cos(angle) + north,
        )

    def shaped(shape: Shape) -> Shape:
        prisms = tuple(
            replace(prism, rings=tuple(tuple(map(moved, ring)) for ring in prism.rings))
            for prism in shape.prisms
        )
        return Shape(prisms, doors=tuple(map(moved, shape.doors)))

    return [replace(each, shape=shaped(each.shape) if each.shape else None) for each in spaces]


@dataclass(frozen=True)
class Built:
    """What the engine made of a building."""

    surfaces: tuple[Surface, ...]
    """One a storey, as read back from its file."""
    tables: tuple[Mapping[str, Sequence[Any]], ...]
    """Columns by name."""
    notices: tuple[Notice, ...]

    @property
    def codes(self) -> list[tuple[str, str]]:
        """(feature, code) of each notice."""
        return [(notice.feature, notice.code) for notice in self.notices]

    @property
    def all(self) -> Triangles:
        """(n, 3, 3) [m] the triangles of all storeys."""
        return np.concatenate([self.triangles(storey_) for storey_ in range(len(self.surfaces))])

    def features(self, storey_: int) -> set[tuple[str, int]]:
        """(id, part) of everything in a storey's table."""
        table = self.tables[storey_]
        return set(zip(table["id"], table["part"], strict=True))

    def triangles(
        self, storey_: int, part: int | None = None, id_: str | None = None
    ) -> np.ndarray:
        """(n, 3, 3) [m] the corners of a storey's triangles, of one part, of one space."""
        surface, table = self.surfaces[storey_], self.tables[storey_]
        corners = surface.indices.reshape(-1, 3)
        features = surface.features[corners[:, 0]]
        wanted = np.array(
            [
                (part is None or number == part) and (id_ is None or name == id_)
                for number, name in zip(table["part"], table["id"], strict=True)
            ],
            bool,
        )
        return surface.positions[corners[wanted[features]]].astype(np.float64)


def build(spaces: Sequence[Space], building: Space = BUILDING) -> Built:
    """The storeys that the engine makes, read back from their files."""
    models, notices = storey_models(building, spaces)
    read = [read_glb(model.glb) for model in models]
    tables = tuple(
        {
            name: column.tolist() if isinstance(column, np.ndarray) else list(column)
            for name, column in table.columns.items()
        }
        for _, table in read
    )
    return Built(tuple(surface for surface, _ in read), tables, notices)


def area(triangles: Triangles) -> float:
    """[m²]."""
    normal = np.cross(triangles[:, 1] - triangles[:, 0], triangles[:, 2] - triangles[:, 0])
    return float(np.linalg.norm(normal, axis=1).sum() / 2)


def hits(triangles: Triangles, start: Sequence[float], end: Sequence[float]) -> int:
    """How many triangles the line from start to end goes through (Möller and Trumbore 1997)."""
    origin, way = np.array(start), np.array(end) - np.array(start)
    first, second = triangles[:, 1] - triangles[:, 0], triangles[:, 2] - triangles[:, 0]
    across = np.cross(way, second)
    size = (first * across).sum(axis=1)
    seen = np.abs(size) > 1e-12
    scale = np.where(seen, 1 / np.where(seen, size, 1), 0)
    off = origin - triangles[:, 0]
    u = (off * across).sum(axis=1) * scale
    turned = np.cross(off, first)
    v = (turned @ way) * scale
    t = (second * turned).sum(axis=1) * scale
    return int((seen & (u >= 0) & (v >= 0) & (u + v <= 1) & (t >= 0) & (t <= 1)).sum())
