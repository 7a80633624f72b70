"""What one cannot walk through: the walls of a park as upright faces over lines."""

from collections.abc import Sequence
from datetime import date

import numpy as np

from shulian.park.rules.construction import inside
from shulian.park.rules.inheritance import settled
from shulian.park.rules.storeys.levels import read_levels
from shulian.park.rules.storeys.plane import Area, Floats, edges, footprints
from shulian.park.rules.storeys.shafts import find_shafts
from shulian.park.rules.storeys.walls import find_walls
from shulian.park.types import Barriers, Shape, Space, SpaceKind, SpaceStatus


def find_barriers(spaces: Sequence[Space], day: date) -> Barriers:
    """The walls of all that stands on `day`: façades, and the rooms of who can be entered.

    Parents stand before their children.
    """
    standing = [space for space in settled(spaces) if _stands(space, day)]
    interiors = inside(standing)
    entered = {building.id for building, _ in interiors}
    faces = [_of_rooms(building, below) for building, below in interiors]
    faces += [
        _of_shape(space.shape)
        for space in standing
        if space.kind is SpaceKind.BUILDING and space.id not in entered and space.shape
    ]
    lines = np.concatenate([np.zeros((0, 2, 2)), *(lines for lines, _, _ in faces)])
    low = np.concatenate([np.zeros(0), *(low for _, low, _ in faces)])
    high = np.concatenate([np.zeros(0), *(high for _, _, high in faces)])
    return Barriers(lines, low, high)


def _stands(space: Space, day: date) -> bool:
    if space.status in {SpaceStatus.PLANNED, SpaceStatus.BUILDING}:
        return False
    return space.delivered is None or space.delivered <= day


def _of_rooms(building: Space, below: Sequence[Space]) -> tuple[Floats, Floats, Floats]:
    """The walls of a building that one can enter, opened at its doors and stairs."""
    levels, _ = read_levels(building, below)
    shafts, _ = find_shafts(levels)
    found = [_raised([], 0.0, 0.0)]
    for index, level in enumerate(levels):
        walls, _ = find_walls(levels, index, shafts)
        found.append(_raised([walls.partitions, walls.facade], level.base, level.ceiling))
    lines, low, high = zip(*found, strict=True)
    return np.concatenate(lines), np.concatenate(low), np.concatenate(high)


def _of_shape(shape: Shape) -> tuple[Floats, Floats, Floats]:
    """The outlines of a building that one cannot enter."""
    found = [_raised([], 0.0, 0.0)]
    for prism in shape.prisms:
        alone = Shape(prisms=(prism,))
        found.append(_raised(footprints([alone]), prism.base, prism.top))
    lines, low, high = zip(*found, strict=True)
    return np.concatenate(lines), np.concatenate(low), np.concatenate(high)


def _raised(areas: Sequence[Area], base: float, top: float) -> tuple[Floats, Floats, Floats]:
    lines = edges(areas) if areas else np.zeros((0, 2, 2))
    return lines, np.full(len(lines), base), np.full(len(lines), top)
