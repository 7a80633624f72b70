"""The walls of a level: partitions between its rooms, the façade, and the openings in both."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from shulian.park.rules.storeys.gaps import BESIDE_FACADE, HEIGHT, Gap, find_gaps
from shulian.park.rules.storeys.levels import OPEN, Level, Locator
from shulian.park.rules.storeys.pieces import Part, Piece, cover, joined, lids, owner, upright
from shulian.park.rules.storeys.plane import (
    GRID,
    NOTHING,
    Area,
    Floats,
    distances,
    edges,
    grown,
    line_edges,
    meet,
    parts,
    polygonal,
    rectangle,
    together,
    union,
    without,
)
from shulian.park.rules.storeys.shafts import Shaft
from shulian.park.types import Notice

THICKNESS = 0.15
"""Of a partition [m]."""

_INTO_FACADE = 0.02
"""Partitions reach this far into the façade, so that no light comes between [m]."""
_TOUCHING = 0.15
"""A wall that ends closer to the outline than this needs no lengthening to reach the façade [m]."""
_FAR = 1000.0
"""Longer than any side of a stair [m]."""
_FACING = 0.12
"""A face belongs to the space that is this far before it [m]."""
_SAME_WAY = 0.1
"""Sine of the angle up to which a face of the façade runs along an edge of the outline."""


@dataclass(frozen=True, slots=True, eq=False)
class Walls:
    """What stands between the floor and the ceiling of a level."""

    partitions: Area
    facade: Area
    lintels: Area
    """Above the openings in partitions."""
    facade_lintels: Area
    gaps: Sequence[Gap]
    """The openings of doors."""
    wells: Area
    """The openings in the floor through which stairs come up; no wall stands there."""


def find_walls(
    levels: Sequence[Level], index: int, shafts: Sequence[Shaft]
) -> tuple[Walls, list[Notice]]:
    """The walls of one level, opened at its doors, and what was wrong with those."""
    level = levels[index]
    terraces = [lower.outline for lower in levels if index in lower.above]
    gaps, notices = find_gaps(level, index, shafts, terraces)
    wells = union([well for shaft in shafts if (well := shaft.well(index))])
    within = grown(level.inner, _INTO_FACADE)
    partitions = without(meet(_partitions(level, index, shafts), within), wells)
    facade = without(level.outline, level.inner)
    doors = together([gap.area for gap in gaps])
    outer = together([gap.area for gap in gaps if gap.outside])
    high = level.ceiling - level.base > HEIGHT + GRID
    walls = Walls(
        partitions=without(partitions, doors),
        facade=without(facade, outer),
        lintels=meet(partitions, doors) if high else NOTHING,
        facade_lintels=meet(facade, outer) if high else NOTHING,
        gaps=gaps,
        wells=wells,
    )
    return walls, notices


def _partitions(level: Level, index: int, shafts: Sequence[Shaft]) -> Area:
    """The ground of all partitions, still without openings and not yet cut at the façade."""
    enclosures = [_enclosure(shaft, index) for shaft in shafts if index in shaft.rooms]
    kept = _inside(level, np.concatenate([edges(list(level.walled)), *enclosures]))
    if not len(kept):
        return NOTHING
    noded = shapely.union_all(shapely.linestrings(kept), grid_size=GRID)
    merged = shapely.line_merge(noded)
    return polygonal(shapely.buffer(merged, THICKNESS / 2, cap_style="flat", join_style="mitre"))


def _enclosure(shaft: Shaft, level: int) -> Floats:
    """The walls (n, 2, 2) [m] around the flights of a shaft, open where one steps on and off."""
    begin, end = shaft.enclosed(level)
    frame = shaft.frame
    corner = frame.corner - _FAR * frame.across
    open_sides = [
        rectangle(corner + frame.along * (begin - _FAR), frame.along, _FAR, 2 * _FAR),
        rectangle(corner + frame.along * end, frame.along, _FAR, 2 * _FAR),
    ]
    if end >= frame.length:
        open_sides = open_sides[:1]
    rings = shapely.boundary(shaft.rooms[level].area)
    walls = shapely.difference(rings, union(open_sides), grid_size=GRID)
    return line_edges(shapely.get_parts(walls))


def _inside(level: Level, lines: Floats) -> Floats:
    """The lines (n, 2, 2) [m] that are not the façade, made to reach it where they nearly do."""
    lines = lines[np.hypot(*(lines[:, 1] - lines[:, 0]).T) > GRID]
    along, _ = _directions(lines)
    ends = np.concatenate([lines, lines.mean(axis=1, keepdims=True)], axis=1)
    far = distances(shapely.boundary(level.outline), ends)
    inside = ~(far < BESIDE_FACADE).all(axis=1)
    short = (far[:, :2] > _TOUCHING) & (far[:, :2] < BESIDE_FACADE)
    reach = BESIDE_FACADE * np.stack([-along, along], axis=1)
    longer = lines + short[:, :, None] * reach
    return longer[inside]


def build_walls(level: Level, walls: Walls, locator: Locator) -> Piece:
    """All faces of the walls."""
    low, lintel, high = level.base, level.base + HEIGHT, level.ceiling
    if high - low < GRID:
        return joined([])
    wall, facade = owner(0, Part.WALL), owner(0, Part.FACADE)
    return joined(
        [
            _partition(level, walls.partitions, low, locator),
            _partition(level, walls.lintels, lintel, locator),
            _facade(level, walls.facade, low),
            _facade(level, walls.facade_lintels, lintel),
            cover(parts(walls.partitions), high, wall, up=True),
            lids(parts(walls.lintels), lintel, high, wall),
            cover(parts(walls.facade), high, facade, up=True),
            lids(parts(walls.facade_lintels), lintel, high, facade),
        ]
    )


def _partition(level: Level, area: Area, low: float, locator: Locator) -> Piece:
    """Upright faces of partitions; each belongs to the space before it."""
    lines = _split(edges([area]), _corners(level))
    owners = owner(1, Part.FLOOR) * locator.rows(_before(lines)) + Part.WALL
    lengths = np.hypot(*(lines[:, 1] - lines[:, 0]).T)
    along = np.column_stack([np.zeros(len(lines)), lengths])
    return upright(lines, low, level.ceiling, owners, _texture(level, along, lengths, low))


def _facade(level: Level, area: Area, low: float) -> Piece:
    """Upright faces of the façade, measured along the outline's edges inside and outside alike."""
    lines = edges([area])
    along, lengths = _along_outline(lines, edges([level.outline]))
    wall = _texture(level, along, lengths, low)
    return upright(lines, low, level.ceiling, owner(0, Part.FACADE), wall)


def _before(lines: Floats) -> Floats:
    """Points (n, 2) [m] a little before the middles of faces (n, 2, 2)."""
    along, _ = _directions(lines)
    return lines.mean(axis=1) + _FACING * np.column_stack([along[:, 1], -along[:, 0]])


def _directions(lines: Floats) -> tuple[Floats, Floats]:
    """Unit vectors (n, 2) along lines (n, 2, 2), and their lengths (n,) [m]."""
    vectors = lines[:, 1] - lines[:, 0]
    lengths = np.maximum(np.hypot(vectors[:, 0], vectors[:, 1]), 1e-9)
    return vectors / lengths[:, None], lengths


def _corners(level: Level) -> Floats:
    """Corners (n, 2) [m] of the open plan: there the space before a long wall may change."""
    areas = [room.area for room in level.rooms if room.space.kind in OPEN]
    return shapely.get_coordinates(areas)


def _split(lines: Floats, corners: Floats) -> Floats:
    """The lines (n, 2, 2) [m], cut where a corner (m, 2) stands close before or behind them."""
    if not len(lines) or not len(corners):
        return lines
    along, lengths = _directions(lines)
    gone = corners[None] - lines[:, :1]
    forward = (gone * along[:, None]).sum(axis=2)
    aside = np.abs(gone[..., 0] * along[:, None, 1] - gone[..., 1] * along[:, None, 0])
    near = aside < THICKNESS
    near &= (forward > THICKNESS) & (forward < lengths[:, None] - THICKNESS)
    cut, corner = np.nonzero(near)
    line = np.concatenate([np.arange(len(lines)), cut])
    start = np.concatenate([np.zeros(len(lines)), forward[cut, corner].round(3)])
    line, start = np.unique(np.column_stack([line, start]), axis=0).T
    line = line.astype(np.int64)
    begin = lines[line, 0] + start[:, None] * along[line]
    end = np.concatenate([begin[1:], begin[:1]])
    last = line != np.concatenate([line[1:], [-1]])
    return np.stack([begin, np.where(last[:, None], lines[line, 1], end)], axis=1)


def _along_outline(lines: Floats, outline: Floats) -> tuple[Floats, Floats]:
    """Where faces stand along the nearest edge of the outline that runs their way.

    lines    (n, 2, 2) [m]  faces
    outline  (m, 2, 2) [m]  edges
    return   (n, 2) [m] of their ends along the edge, (n,) [m] the edge's length; zeros for faces
             that run across the façade
    """
    along, lengths = _directions(outline)
    own, _ = _directions(lines)
    gone = lines.mean(axis=1)[:, None] - outline[None, :, 0]
    forward = (gone * along).sum(axis=2)
    aside = np.abs(gone[..., 0] * along[:, 1] - gone[..., 1] * along[:, 0])
    past = np.maximum(np.maximum(-forward, forward - lengths), 0.0)
    askew = np.abs(own[:, None, 0] * along[:, 1] - own[:, None, 1] * along[:, 0]) > _SAME_WAY
    nearest = np.where(askew, np.inf, aside + past).argmin(axis=1)
    here = np.arange(len(lines))
    runs = ~askew[here, nearest] & (aside[here, nearest] < BESIDE_FACADE)
    ends = lines - outline[nearest, :1]
    places = (ends * along[nearest][:, None]).sum(axis=2).clip(0, lengths[nearest][:, None])
    return places * runs[:, None], lengths[nearest] * runs


def _texture(level: Level, along: Floats, lengths: Floats, low: float) -> Floats:
    """Wall measures (n, 4, 4) [m] of upright faces that begin and end `along` (n, 2) a wall."""
    wall = np.zeros((len(along), 4, 4))
    wall[:, [0, 3], 0], wall[:, [1, 2], 0] = along[:, :1], along[:, 1:]
    wall[:, :2, 1], wall[:, 2:, 1] = low - level.base, level.ceiling - level.base
    wall[:, :, 2] = lengths[:, None]
    wall[:, :, 3] = level.ceiling - level.base
    return wall * (lengths > 0)[:, None, None]
