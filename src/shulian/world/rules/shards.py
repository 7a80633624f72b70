"""Which process has which zone, and who must be seen from the next one: pure, alike everywhere."""

from collections.abc import Mapping, Sequence
from zlib import crc32

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import Geometry

from shulian.park.types import SpaceId
from shulian.world.rules.zones import footprint
from shulian.world.types import Zone

REACH = 60.0
"""So far beyond a border people are seen [m]: as far as anybody is, and a little more."""


def shards_of(zones: Sequence[Zone], shards: int) -> dict[SpaceId, int]:
    """The process of each zone: the ground between is one's, each site with all in it another's.

    Parks begin at different processes, so that many small ones are spread as well.
    """
    park = zones[0].space
    parents = {zone.space: zone.parent for zone in zones}
    tops = sorted({_top(zone.space, park, parents) for zone in zones[1:]})
    start = crc32(park.encode())
    places = {top: (start + number) % shards for number, top in enumerate([park, *tops])}
    return {zone.space: places[_top(zone.space, park, parents)] for zone in zones}


def _top(space: SpaceId, park: SpaceId, parents: Mapping[SpaceId, SpaceId | None]) -> SpaceId:
    """The zone directly below the park in which `space` lies; the park itself for itself."""
    seen = {space}
    while (above := parents.get(space)) is not None and above != park and above not in seen:
        space = above
        seen.add(space)
    return space


class Border:
    """Where the zones of one process of a park end."""

    def __init__(self, zones: Sequence[Zone], owners: Mapping[SpaceId, int], shard: int) -> None:
        """The border of `shard` in the park whose `zones` have these `owners`."""
        own = shapely.union_all([_ground(zone) for zone in zones if owners[zone.space] == shard])
        other = shapely.union_all([_ground(zone) for zone in zones if owners[zone.space] != shard])
        self._holds_ground = owners[zones[0].space] == shard
        self._inner: Geometry = own.buffer(-REACH)
        self._outer: Geometry = own.buffer(REACH)
        self._others: Geometry = other.buffer(REACH)
        self._deep: Geometry = other.buffer(-REACH)
        for shape in (self._inner, self._outer, self._others, self._deep):
            shapely.prepare(shape)

    def shown(self, points: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Which of our `points` (n, 2) [m] are seen from zones of others."""
        if self._holds_ground:
            return shapely.contains_xy(self._others, points)
        return ~shapely.contains_xy(self._inner, points)

    def seen(self, points: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Which `points` (n, 2) [m] of others are seen from our zones."""
        if self._holds_ground:
            return ~shapely.contains_xy(self._deep, points)
        return shapely.contains_xy(self._outer, points)


def _ground(zone: Zone) -> Geometry:
    return footprint(zone.prisms)
