"""What stands in rooms: seats, tables, booths and stages, as few low boxes as will do."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from shulian.park.rules.storeys.levels import Level, Locator
from shulian.park.rules.storeys.pieces import Part, Piece, blocks, joined, owner, solid
from shulian.park.rules.storeys.plane import Area, Bools, Floats, Ints
from shulian.park.types import Space, SpaceKind

_STAGE = (0.6, 1.0)
"""The lowest and the highest platform of a stage [m]."""
_PLATFORM = 0.1
"""Height of a booth's floor [m]."""
_BOOTH = 2.5
"""Height of a booth's walls, and where its fascia ends [m]."""
_FASCIA = 0.3
_PANEL = 0.08
"""Height of the fascia, and thickness of all a booth is made of [m]."""
_AISLE = (0.6, 1.2, 1.8)
"""Visitors come to a booth where this far before it nothing stands [m]."""
_AT_TABLE = 1.0
"""Seats this close to a table are turned to it [m]."""
_FILLS = 0.995
"""An area that fills this much of the rectangle around it is that rectangle."""


@dataclass(frozen=True, slots=True, eq=False)
class _Pieces:
    """Pieces of furniture of one kind as rectangles."""

    spaces: Sequence[Space]
    areas: Sequence[Area]
    owners: Ints
    """(n,)."""
    floors: Floats
    """(n,) [m] what each stands on."""
    middles: Floats
    """(n, 2) [m]."""
    forward: Floats
    """(n, 2) unit vectors along one side."""
    halves: Floats
    """(n, 2) [m] half the length along `forward` and across it."""

    def outside(self, distance: float) -> Floats:
        """(n, 4, 2) [m] points outside the middles of the sides: ahead, left, back, right."""
        ahead = (self.halves[:, :1] + distance) * self.forward
        aside = (self.halves[:, 1:] + distance) * _left(self.forward)
        return self.middles[:, None] + np.stack([ahead, aside, -ahead, -aside], axis=1)

    def turned(self, quarters: Ints) -> "_Pieces":
        """The same rectangles, each turned left by (n,) quarters."""
        forward, halves = self.forward, self.halves
        for quarter in range(1, 4):
            turn = quarters >= quarter
            forward = np.where(turn[:, None], _left(forward), forward)
            halves = np.where(turn[:, None], halves[:, ::-1], halves)
        return _Pieces(
            self.spaces, self.areas, self.owners, self.floors, self.middles, forward, halves
        )

    def boxes(self, low: Floats, high: Floats) -> Piece:
        """One box for each between local corners (n, 3) [m]: forward, left, above its floor."""
        corners = np.empty((len(self.middles), 8, 3))
        for place, (x, y) in enumerate([(0, 0), (1, 0), (1, 1), (0, 1)]):
            forward = np.where(x, high[:, 0], low[:, 0])[:, None] * self.forward
            left = np.where(y, high[:, 1], low[:, 1])[:, None] * _left(self.forward)
            corners[:, [place, place + 4], :2] = (self.middles + forward + left)[:, None]
        corners[:, :4, 2] = (self.floors + low[:, 2])[:, None]
        corners[:, 4:, 2] = (self.floors + high[:, 2])[:, None]
        return blocks(corners, self.owners)


def build_furniture(level: Level, locator: Locator) -> Piece:
    """All furniture of a level."""
    if not level.furniture:
        return joined([])
    seats, tables, booths, stages = (
        _pieces(level, kind)
        for kind in (SpaceKind.SEAT, SpaceKind.TABLE, SpaceKind.BOOTH, SpaceKind.STAGE)
    )
    return joined(
        [
            _chairs(_facing(seats, tables, stages), level.base),
            _tables(tables),
            _booths(_fronted(booths, locator), level.ceiling),
            *_stages(stages, level.ceiling),
        ]
    )


def _pieces(level: Level, kind: SpaceKind) -> _Pieces:
    """The furniture of one kind; what is given a floor of its own stands on it."""
    rows = [row for row, _ in level.furniture if level.spaces[row].kind is kind]
    areas = [area for row, area in level.furniture if level.spaces[row].kind is kind]
    spaces = [level.spaces[row] for row in rows]
    asked = np.array([_base(space) for space in spaces])
    lifted = (asked > level.base) & (asked < level.ceiling - 1.0)
    corners = shapely.get_coordinates(shapely.oriented_envelope(areas)).reshape(-1, 5, 2)
    sides = np.stack([corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 1]], axis=1)
    lengths = np.hypot(sides[..., 0], sides[..., 1])
    return _Pieces(
        spaces=spaces,
        areas=areas,
        owners=np.array([owner(row, Part.FURNITURE) for row in rows], np.int64),
        floors=np.where(lifted, asked, level.base),
        middles=(corners[:, 0] + corners[:, 2]) / 2,
        forward=sides[:, 0] / np.maximum(lengths[:, :1], 1e-9),
        halves=lengths / 2,
    )


def _base(space: Space) -> float:
    return min((prism.base for prism in space.shape.prisms), default=0.0) if space.shape else 0.0


def _left(vectors: Floats) -> Floats:
    """The vectors (n, 2) turned left by a quarter."""
    return np.column_stack([-vectors[:, 1], vectors[:, 0]])


def _facing(seats: _Pieces, tables: _Pieces, stages: _Pieces) -> _Pieces:
    """Seats turned to the table they stand at, else to the stage of their room."""
    targets = seats.middles + _left(seats.forward)
    for room in {space.parent for space in stages.spaces}:
        seen = [
            area
            for space, area in zip(stages.spaces, stages.areas, strict=True)
            if space.parent == room
        ]
        here = np.array([space.parent == room for space in seats.spaces], bool)
        _aim(targets, seats.middles, here, seen, np.inf)
    _aim(targets, seats.middles, np.ones(len(seats.spaces), bool), tables.areas, _AT_TABLE)
    way = targets - seats.middles
    ahead = (way * seats.forward).sum(axis=1)
    left = (way * _left(seats.forward)).sum(axis=1)
    straight = np.abs(ahead) >= np.abs(left)
    quarters = np.where(straight, np.where(ahead >= 0, 0, 2), np.where(left >= 0, 1, 3))
    return seats.turned(quarters)


def _aim(
    targets: Floats, middles: Floats, chosen: Bools, areas: Sequence[Area], reach: float
) -> None:
    """Set the targets (n, 2) of the chosen seats to the nearest point of areas in reach [m]."""
    if not len(areas) or not chosen.any():
        return
    points = np.asarray(shapely.points(middles[chosen]), object)
    found, area = shapely.STRtree(areas).query_nearest(
        points, max_distance=reach, all_matches=False
    )
    lines = shapely.shortest_line(points[found], np.array(areas, dtype=object)[area])
    ends = shapely.get_coordinates(lines).reshape(-1, 2, 2)[:, 1]
    targets[np.flatnonzero(chosen)[found]] = ends


def _chairs(seats: _Pieces, floor: float) -> Piece:
    """A seat, its back, and a foot down to the floor [m]."""
    halves = np.clip(seats.halves - 0.04, 0.1, 0.28)
    deep, wide = halves[:, 0], halves[:, 1]

    def box(begin: Floats, end: Floats, side: Floats, low: Floats | float, high: float) -> Piece:
        lows = np.column_stack([begin, -side, np.broadcast_to(low, len(side))])
        return seats.boxes(lows, np.column_stack([end, side, np.full(len(side), high)]))

    return joined(
        [
            box(-deep, deep, wide, 0.40, 0.46),
            box(-deep, -deep + 0.06, wide, 0.46, 0.88),
            box(-deep * 0.6, deep * 0.6, wide * 0.6, floor - seats.floors, 0.40),
        ]
    )


def _tables(tables: _Pieces) -> Piece:
    """A top on a box of half its size."""
    pieces = [_upon(tables, 0.0, 0.70, 0.5)]
    size = 4 * tables.halves.prod(axis=1)
    for index, area in enumerate(tables.areas):
        if area.area < _FILLS * size[index]:
            low = float(tables.floors[index])
            pieces.append(solid(area, low + 0.70, low + 0.74, int(tables.owners[index])))
    square = shapely.area(tables.areas) >= _FILLS * size
    pieces.append(_upon(_chosen(tables, square), 0.70, 0.74, 1.0))
    return joined(pieces)


def _upon(pieces: _Pieces, low: float, high: float, share: float) -> Piece:
    """Boxes of a share of each rectangle between two heights above its floor [m]."""
    count = len(pieces.middles)
    halves = pieces.halves * share
    return pieces.boxes(
        np.column_stack([-halves, np.full(count, low)]),
        np.column_stack([halves, np.full(count, high)]),
    )


def _chosen(pieces: _Pieces, chosen: Bools) -> _Pieces:
    """Those for which `chosen` (n,) is true."""
    return _Pieces(
        [space for space, here in zip(pieces.spaces, chosen, strict=True) if here],
        [area for area, here in zip(pieces.areas, chosen, strict=True) if here],
        pieces.owners[chosen],
        pieces.floors[chosen],
        pieces.middles[chosen],
        pieces.forward[chosen],
        pieces.halves[chosen],
    )


def _fronted(booths: _Pieces, locator: Locator) -> _Pieces:
    """Booths turned to their door, else to the side with most aisle before and least behind."""
    if not booths.spaces:
        return booths
    tree, here = shapely.STRtree(booths.areas), locator.rows(booths.middles)
    aisle = np.zeros((len(booths.spaces), 4))
    for distance in _AISLE:
        points = booths.outside(distance).reshape(-1, 2)
        free = locator.rows(points) == np.repeat(here, 4)
        free[tree.query(shapely.points(points), predicate="intersects")[0]] = False
        aisle += free.reshape(-1, 4)
    widths = booths.halves[:, [1, 0, 1, 0]]
    worth = aisle - 0.5 * np.roll(aisle, 2, axis=1) + widths / widths.max(axis=1)[:, None]
    for index, space in enumerate(booths.spaces):
        if space.shape and space.shape.doors:
            away = booths.outside(0.0)[index] - np.array(space.shape.doors[0])
            worth[index, np.hypot(away[:, 0], away[:, 1]).argmin()] += 10.0
    return booths.turned(worth.argmax(axis=1))


def _booths(booths: _Pieces, ceiling: float) -> Piece:
    """A platform, a wall at the back, and a fascia over the front on two posts."""
    deep, wide = booths.halves[:, 0], booths.halves[:, 1]
    high = np.minimum(_BOOTH, ceiling - booths.floors - 0.1)
    low = np.full(len(deep), _PLATFORM)
    front = np.maximum(deep - _PANEL, -deep)

    def box(begin: Floats, right: Floats, bottom: Floats, end: Floats, left: Floats) -> Piece:
        lows = np.column_stack([begin, right, bottom])
        return booths.boxes(lows, np.column_stack([end, left, high]))

    platforms = [
        solid(area, float(floor), float(floor) + _PLATFORM, int(part))
        for area, floor, part in zip(booths.areas, booths.floors, booths.owners, strict=True)
    ]
    return joined(
        [
            *platforms,
            box(-deep, -wide, low, _PANEL - deep, wide),
            box(front, -wide, high - _FASCIA, deep, wide),
            box(front, -wide, low, deep, _PANEL - wide),
            box(front, wide - _PANEL, low, deep, wide),
        ]
    )


def _stages(stages: _Pieces, ceiling: float) -> list[Piece]:
    """Platforms, as high as asked for within what one calls a stage."""
    found: list[Piece] = []
    for index, (space, area) in enumerate(zip(stages.spaces, stages.areas, strict=True)):
        prisms = space.shape.prisms if space.shape else ()
        asked = max((prism.top - prism.base for prism in prisms), default=0.0)
        low = float(stages.floors[index])
        high = min(low + min(max(asked, _STAGE[0]), _STAGE[1]), ceiling)
        found.append(solid(area, low, high, int(stages.owners[index])))
    return found
