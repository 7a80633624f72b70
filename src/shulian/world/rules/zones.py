"""Which zone a point is in, and where in a zone somebody may appear.

Symbols: n points, r prisms. A prism holds the points from a little below its floor to as much
below its ceiling, so that feet on a floor are in its storey and not in the one below; what is
flat, such as a lawn, holds whoever stands on it.
"""

import math
from collections.abc import Iterable, Sequence

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import Geometry, Polygon, STRtree

from shulian.park.types import Barriers, Prism, SpaceId
from shulian.world.rules.cells import Box, Cells, Point
from shulian.world.types import Stand, Zone

_SLACK = 0.3
"""So far feet may be below a floor [m]."""
_LEAST = 3.5
"""The height that the flattest zone has for people [m]."""
_APART = 1.3
"""Between two who appear one after the other [m]."""
_CLEAR = 0.9
"""From whoever stands there already [m]."""
_OFF_WALL = 0.6
"""From the edge of a zone [m]."""
_SIDES = (32.0, 2.0)
"""Of the squares of ground of which is kept in which zone they lie [m]."""
_STEPS = np.array([(0, 0, 0), (1, 0, 0), (-1, 0, 0), (0, 1, 0), (0, -1, 0)]) * _OFF_WALL
_TRIES = 16
_MOST_SPOTS = 4096
_GOLDEN = math.pi * (3.0 - math.sqrt(5.0))
"""The angle between two seeds of a sunflower: they fill a disc evenly."""
_WAYS_OUT = 4096
"""So many points are looked at for one between all zones …"""
_WAY_OUT = 0.5
"""… each so much farther from the entrance than the one before [m]."""
_BESIDE = 1.5
"""From the person one is brought to [m]."""


def footprint(prisms: Iterable[Prism]) -> Geometry:
    """The ground that `prisms` stand on [m]."""
    return shapely.union_all([_polygon(prism) for prism in prisms])


def _polygon(prism: Prism) -> Geometry:
    shape = Polygon(prism.rings[0], prism.rings[1:])
    return shape if shape.is_valid else shapely.make_valid(shape)


class Zones:
    """The zones of a park by where they are; they are named by their place in `zones`."""

    def __init__(
        self, zones: Sequence[Zone], entrance: Stand, barriers: Barriers | None = None
    ) -> None:
        """Index `zones`, of which the first is the park, that one enters at `entrance`.

        barriers  walls behind which nobody appears
        """
        self.zones = tuple(zones)
        self.entrance = entrance
        self.place = {zone.space: place for place, zone in enumerate(zones)}
        self.parents = {zone.space: zone.parent for zone in zones}
        pairs = [(place, prism) for place, zone in enumerate(zones) for prism in zone.prisms]
        pairs.sort(key=lambda pair: self._size(pair[0]))
        self._shapes = np.array([_polygon(prism) for _, prism in pairs], object)
        self._owner = np.array([place for place, _ in pairs], np.int16)
        self._low = np.array([prism.base - _SLACK for _, prism in pairs], np.float64)
        self._high = np.array(
            [max(prism.top, prism.base + _LEAST) - _SLACK for _, prism in pairs], np.float64
        )
        shapely.prepare(self._shapes)
        self._tree = STRtree(list(self._shapes))
        self._cells = [Cells(self._shapes, self._low, self._high, side) for side in _SIDES]
        self._seeds: dict[int, Stand] = {}
        self._spots: dict[int, int] = {}
        self._barriers = barriers
        lines = barriers.lines if barriers else np.zeros((0, 2, 2))
        self._walls = STRtree(np.asarray(shapely.linestrings(lines), object).reshape(-1))

    def _size(self, place: int) -> tuple[float, float, int]:
        """By which zones are compared: area, then height, then how deep they stand in the tree."""
        prisms = self.zones[place].prisms
        area = max((_area(_polygon(prism)) for prism in prisms), default=math.inf)
        height = sum(prism.top - prism.base for prism in prisms)
        return (round(area, 1), height, -len(self.chain(place)))

    def chain(self, place: int) -> tuple[SpaceId, ...]:
        """The zone at `place` and all above it, the park last."""
        chain: list[SpaceId] = []
        at: SpaceId | None = self.zones[place].space
        while at is not None and at not in chain:
            chain.append(at)
            at = self.parents.get(at)
        return tuple(chain)

    def locate(self, points: NDArray[np.float64]) -> NDArray[np.int16]:
        """The zones that `points` (n, 3) [m] are in: of each the smallest, else the park, 0."""
        if len(self._owner) == 0 or len(points) == 0:
            return np.zeros(len(points), np.int16)
        places = np.zeros(len(points), np.int16)
        asked = np.arange(len(points))
        for cells in self._cells:
            places[asked], known = cells.recall(points[asked])
            asked = asked[~known]
            if not len(asked):
                return places
        places[asked] = self._search(points[asked])
        for cells in self._cells:
            cells.learn(points[asked], places[asked])
        return places

    def recall(self, point: Point) -> tuple[int, Box] | None:
        """The zone that a point [m] is in, and a box around it that is in no other.

        The largest that is known; None where `locate` has to look for it.
        """
        for cells in self._cells:
            found = cells.recall_one(point)
            if found is not None:
                return found
        return None

    def _search(self, points: NDArray[np.float64]) -> NDArray[np.int16]:
        none = len(self._owner)
        best = np.full(len(points), none, np.int64)
        who, which = self._tree.query(shapely.points(points[:, :2]), predicate="intersects")
        height = points[who, 2]
        fits = (self._low[which] <= height) & (height < self._high[which])
        np.minimum.at(best, who[fits], which[fits])
        return np.where(best < none, self._owner[np.minimum(best, none - 1)], 0).astype(np.int16)

    def locate_one(self, stand: Stand) -> int:
        """The zone that `stand` is in."""
        return int(self.locate(np.array([[stand.east, stand.north, stand.height]]))[0])

    def spawn(self, place: int, turn: int, taken: NDArray[np.float64]) -> Stand:
        """Where the next one may appear in the zone at `place`.

        turn   how many have appeared there before: each gets another spot
        taken  (n, 2) [m] where others stand

        The spots lie on a sunflower around the zone's seed: inside the zone and in no smaller one,
        off its walls, off other people. Where none of the next few is free the seed itself is.
        """
        seed = self._seed(place)
        most = self._most(place)
        numbers = (turn % most + np.arange(_TRIES)) % (most + _TRIES)
        radius = _APART * np.sqrt(numbers + 0.5)
        angles = numbers * _GOLDEN
        spots = np.stack(
            [
                seed.east + radius * np.sin(angles),
                seed.north + radius * np.cos(angles),
                np.full(_TRIES, seed.height),
            ],
            axis=1,
        )
        good = self._good(place, spots) & self._reached(seed, spots)
        if not good.any():
            return seed
        room = _room(spots[:, :2], taken)
        free = np.flatnonzero(good & (room >= _CLEAR))
        best = int(free[0]) if len(free) else int(np.argmax(np.where(good, room, -1.0)))
        east, north, height = (float(number) for number in spots[best])
        return Stand(east, north, height, self._facing(place, seed, east, north))

    def beside(self, stand: Stand, taken: NDArray[np.float64]) -> Stand:
        """A spot next to `stand`, in the same zone and turned towards it."""
        place = self.locate_one(stand)
        angles = np.radians(stand.heading) + np.array([0, 1, -1, 2, -2, 3, -3, 4]) * math.pi / 4
        spots = np.stack(
            [
                stand.east + _BESIDE * np.sin(angles),
                stand.north + _BESIDE * np.cos(angles),
                np.full(len(angles), stand.height),
            ],
            axis=1,
        )
        good = self._good(place, spots) & self._reached(stand, spots)
        if not good.any():
            return stand
        best = int(np.argmax(np.where(good, np.minimum(_room(spots[:, :2], taken), _BESIDE), -1.0)))
        heading = (math.degrees(float(angles[best])) + 180.0) % 360.0
        return Stand(float(spots[best, 0]), float(spots[best, 1]), stand.height, heading)

    def _good(self, place: int, spots: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Which spots are in the zone and in no smaller one, a step around included."""
        around = (spots[None] + _STEPS[:, None]).reshape(-1, 3)
        return (self.locate(around).reshape(len(_STEPS), -1) == place).all(axis=0)

    def _reached(self, stand: Stand, spots: NDArray[np.float64]) -> NDArray[np.bool_]:
        """To which spots no wall lies between them and `stand`."""
        free = np.ones(len(spots), np.bool_)
        if self._barriers is None or len(self._barriers.lines) == 0:
            return free
        begin = np.broadcast_to([stand.east, stand.north], (len(spots), 2))
        ways = shapely.linestrings(np.stack([begin, spots[:, :2]], axis=1))
        way, wall = self._walls.query(ways, predicate="intersects")
        low, high = self._barriers.low[wall], self._barriers.high[wall]
        stops = (low < stand.height + _LEAST / 2) & (high > stand.height + _SLACK)
        free[way[stops]] = False
        return free

    def _most(self, place: int) -> int:
        """How many spots a zone has before its sunflower begins anew."""
        if place not in self._spots:
            areas = (_area(_polygon(prism)) for prism in self.zones[place].prisms)
            circles = max(areas, default=math.inf) / (math.pi * _APART**2)
            self._spots[place] = int(min(max(circles, 1.0), _MOST_SPOTS))
        return self._spots[place]

    def _facing(self, place: int, seed: Stand, east: float, north: float) -> float:
        """The park's entrance has a view; in a room one looks to its middle."""
        if place == 0:
            return seed.heading
        return math.degrees(math.atan2(seed.east - east, seed.north - north)) % 360.0

    def _seed(self, place: int) -> Stand:
        if place not in self._seeds:
            found = self._found_seed(place) if place else self._entrance_outside()
            self._seeds[place] = found
        return self._seeds[place]

    def _entrance_outside(self) -> Stand:
        """The entrance, or if that lies in a zone the nearest of some points between all zones."""
        numbers = np.arange(_WAYS_OUT)
        radius = numbers * _WAY_OUT
        spots = np.stack(
            [
                self.entrance.east + radius * np.sin(numbers * _GOLDEN),
                self.entrance.north + radius * np.cos(numbers * _GOLDEN),
                np.full(_WAYS_OUT, self.entrance.height),
            ],
            axis=1,
        )
        free = np.flatnonzero(self.locate(spots) == 0)
        if len(free) == 0:
            return self.entrance
        east, north, height = (float(number) for number in spots[free[0]])
        return Stand(east, north, height, self.entrance.heading)

    def _found_seed(self, place: int) -> Stand:
        """A point deep inside the largest part of the zone that no smaller zone covers."""
        prisms = self.zones[place].prisms
        lowest = min(prism.base for prism in prisms)
        ground = footprint(prism for prism in prisms if prism.base < lowest + _LEAST)
        covers = [
            shape
            for shape, owner, low, high in zip(
                self._shapes, self._owner, self._low, self._high, strict=True
            )
            if low <= lowest < high and self._size(int(owner)) < self._size(place)
        ]
        left = shapely.difference(ground, shapely.union_all(covers))
        part = _largest(left if _area(left) > 1.0 else ground)
        middle = shapely.get_coordinates(shapely.maximum_inscribed_circle([part]))[0]
        return Stand(float(middle[0]), float(middle[1]), lowest, 0.0)


def _largest(shape: Geometry) -> Geometry:
    return max((part for part in shapely.get_parts([shape])), key=_area)


def _area(shape: Geometry) -> float:
    return float(shapely.area(shape))


def _room(spots: NDArray[np.float64], taken: NDArray[np.float64]) -> NDArray[np.float64]:
    """How far from each spot (m, 2) the next of those who are there stands [m]."""
    near = (taken >= spots.min(axis=0) - _CLEAR).all(axis=1)
    near &= (taken <= spots.max(axis=0) + _CLEAR).all(axis=1)
    if not near.any():
        return np.full(len(spots), np.inf)
    apart = spots[:, None, :] - taken[near][None, :, :]
    return np.sqrt((apart**2).sum(axis=2).min(axis=1))
