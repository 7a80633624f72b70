"""Where stairs run: spaces of kind stairs that stand one above the other share one rectangle.

The rectangle, the number of runs and the side one enters from are chosen once for all storeys, so
that a flight begins where the one below it ends, and so that on every storey one comes to it
from the open plan or through a door.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import Polygon

from shulian.park.rules.storeys.flights import Flight, fit, moved
from shulian.park.rules.storeys.frames import Frame, inscribed
from shulian.park.rules.storeys.levels import Level, Room
from shulian.park.rules.storeys.plane import Area, Bools, Floats, grown, meet, union
from shulian.park.rules.storeys.trouble import notice
from shulian.park.types import Notice, Point, SpaceKind

_BESIDE = 0.095
"""A stair keeps this far from the middle of the walls around it [m]."""
_SAME = 0.5
"""Stairs whose areas share this much of the smaller one belong to one shaft."""
_REACH = 0.6
"""One steps onto a landing from this far outside it [m]."""
_DOOR = 0.45
"""A door this close to the rectangle of a stair is in its walls [m]."""
_HALF_DOOR = 0.8
"""Half a door with the wall beside it [m]."""


@dataclass(frozen=True, slots=True, eq=False)
class Shaft:
    """Flights one above the other. Levels are places in the building's list of levels."""

    frame: Frame
    """The rectangle of all flights; one enters over its near side."""
    flights: Mapping[int, Flight]
    """The flight up from a level."""
    arrivals: Mapping[int, Flight]
    """The flight that ends at a level."""
    rooms: Mapping[int, Room]
    """The space of kind stairs around it."""

    def well(self, level: int) -> Polygon | None:
        """The opening in the floor of a level through which a flight comes up."""
        flight = self.arrivals.get(level)
        return flight and self.frame.area(flight.near, self._end(flight))

    def stand(self, level: int) -> Polygon | None:
        """The floor of a level on which the flight up from it stands."""
        flight = self.flights.get(level)
        return flight and self.frame.area(flight.near, self._end(flight))

    def enclosed(self, level: int) -> tuple[float, float]:
        """Between which distances along the frame [m] walls keep people off the flights."""
        met = [flights[level] for flights in (self.flights, self.arrivals) if level in flights]
        return met[0].near, max(self._end(flight) for flight in met)

    def walls_hold(self, doors: Floats) -> Bools:
        """Which doors (n, 2) [m] are in the walls around the shaft."""
        x, y = self.frame.local(doors).T
        off = np.minimum(np.minimum(x, self.frame.length - x), np.minimum(y, self.frame.width - y))
        return np.abs(off) < _DOOR

    def led(self, level: int, door: Point) -> Point | None:
        """Where a door in the shaft's walls has to be to lead onto a landing [m].

        A door beside a flight moves along its wall; none if there is no landing on its side.
        """
        frame, (begin, end) = self.frame, self.enclosed(level)
        x, y = frame.local(np.array([door]))[0].tolist()
        off = {"near": x, "far": frame.length - x, "right": y, "left": frame.width - y}
        side = min(off, key=lambda each: abs(off[each]))
        if side == "near" or (side == "far" and end < frame.length):
            return door
        if side == "far":
            return None
        places = [min(x, max(begin - _HALF_DOOR, begin / 2))]
        if end < frame.length:
            places.append(max(x, min(end + _HALF_DOOR, (end + frame.length) / 2)))
        nearest = min(places, key=lambda place: abs(place - x))
        east, north = frame.place(np.array([nearest, y])).tolist()
        return east, north

    def _end(self, flight: Flight) -> float:
        return flight.far if flight.runs == 1 else self.frame.length


@dataclass(frozen=True, slots=True, eq=False)
class _Stop:
    """A space of kind stairs on its level."""

    level: int
    room: Room


@dataclass(frozen=True, slots=True, eq=False)
class _Ground:
    """What decides on a level how one comes onto stairs."""

    walled: NDArray[np.object_]
    """The areas of rooms beside the stairs."""
    inner: NDArray[np.object_]
    """(1,) what the façade leaves of the level."""
    doors: Floats
    """(n, 2) [m] doors beside the stairs that are not in the façade."""


@dataclass(frozen=True, slots=True, eq=False)
class _Fitted:
    """The flights of a shaft in a rectangle; none where one of them does not fit."""

    frame: Frame
    flights: Mapping[int, Flight]

    @property
    def comfort(self) -> float:
        """Of its steepest flight."""
        return min((flight.comfort for flight in self.flights.values()), default=0.0)


@dataclass(frozen=True, slots=True, eq=False)
class _Layout:
    """One way to lay a shaft out."""

    fitted: _Fitted
    access: Sequence[float]
    """How well one comes to each of its landings, 0 not at all."""

    @property
    def worth(self) -> float:
        """Comfort, as far as one gets there; two runs, which end where they begin, before one."""
        runs = next(iter(self.fitted.flights.values())).runs
        reach = min(self.access) + 0.2 * sum(self.access) / len(self.access)
        return self.fitted.comfort * (0.02 + reach) * (1.05 if runs > 1 else 1.0)


_MOST = (0.02 + 1.2 * 1.5) * 1.05
"""The most a layout of comfort 1 can be worth."""


def find_shafts(levels: Sequence[Level]) -> tuple[list[Shaft], list[Notice]]:
    """The shafts of a building, and what was wrong with its stairs."""
    shafts: list[Shaft] = []
    notices: list[Notice] = []
    for stack in _stacks(levels):
        stairs = stack[0].room.space
        rising = [stop for stop in stack if levels[stop.level].above]
        if not rising:
            notices.append(notice(stairs, "stairs_lead_nowhere"))
            continue
        layout = _best(levels, stack, rising)
        if layout is None:
            notices.append(notice(stairs, "stairs_too_small"))
            continue
        if layout.fitted.comfort < 1:
            flight = min(layout.fitted.flights.values(), key=lambda each: each.comfort)
            steps = f"risers {flight.riser:.2f} m, treads {flight.going:.2f} m"
            notices.append(notice(stairs, "stairs_steep", steps))
        if min(layout.access) <= 0:
            notices.append(notice(stairs, "stairs_out_of_reach"))
        shafts.append(_shaft(levels, stack, layout.fitted))
    return shafts, notices


def _stacks(levels: Sequence[Level]) -> list[list[_Stop]]:
    """The stairs of a building, those one above the other together, from the lowest up."""
    stacks: list[list[_Stop]] = []
    for index, level in enumerate(levels):
        for room in level.rooms:
            if room.space.kind is not SpaceKind.STAIRS:
                continue
            stop = _Stop(index, room)
            below = [stack for stack in stacks if _continues(levels, stack[-1], stop)]
            if below:
                below[0].append(stop)
            else:
                stacks.append([stop])
    return stacks


def _continues(levels: Sequence[Level], lower: _Stop, upper: _Stop) -> bool:
    if upper.level not in levels[lower.level].above:
        return False
    shared = meet(lower.room.area, upper.room.area).area
    return shared > _SAME * min(lower.room.area.area, upper.room.area.area)


def _best(
    levels: Sequence[Level], stack: Sequence[_Stop], rising: Sequence[_Stop]
) -> _Layout | None:
    frame = inscribed(_region(levels, stack))
    if frame is None:
        return None
    frames = [frame]
    for _ in range(3):
        frames.append(frames[-1].turned())
    fitted = [
        _Fitted(frame, _flights(levels, rising, frame, runs)) for frame in frames for runs in (2, 1)
    ]
    grounds = {index: _ground(level, frame) for index, level in enumerate(levels)}
    best: _Layout | None = None
    for each in sorted(fitted, key=lambda each: -each.comfort):
        if each.comfort <= 0 or (best and each.comfort * _MOST < best.worth):
            break
        layout = _Layout(each, _accesses(levels, grounds, each))
        if best is None or layout.worth > best.worth:
            best = layout
    return best


def _region(levels: Sequence[Level], stack: Sequence[_Stop]) -> Area:
    """Where the flights of a stack may lie: inside all its spaces and their outer walls."""
    region = grown(stack[0].room.area, -_BESIDE)
    for stop in stack:
        level = levels[stop.level]
        region = meet(region, meet(grown(stop.room.area, -_BESIDE), level.inner))
        if level.above:
            region = meet(region, union(levels[index].inner for index in level.above))
    return region


def _flights(
    levels: Sequence[Level], rising: Sequence[_Stop], frame: Frame, runs: int
) -> Mapping[int, Flight]:
    """The flight from each level, all beginning at the same depth; none if one does not fit."""
    flights: dict[int, Flight] = {}
    for stop in rising:
        level = levels[stop.level]
        flight = fit(runs, frame.length, frame.width, level.base, level.upper)
        if flight is None:
            return {}
        flights[stop.level] = flight
    near = min(flight.near for flight in flights.values())
    return {level: moved(flight, near) for level, flight in flights.items()}


def _accesses(
    levels: Sequence[Level], grounds: Mapping[int, _Ground], fitted: _Fitted
) -> list[float]:
    """How well one comes to each landing of fitted flights."""
    zones = {
        zone: None
        for level, flight in fitted.flights.items()
        for zone in _zones(levels, level, fitted.frame, flight)
    }
    return [_access(grounds[level], fitted.frame, *span) for level, span in zones]


def _zones(
    levels: Sequence[Level], level: int, frame: Frame, flight: Flight
) -> Iterable[tuple[int, tuple[float, float]]]:
    """Where one steps onto and off a flight: a level, and a stretch of the frame [m]."""
    foot = (0.0, flight.near)
    yield level, foot
    for above in levels[level].above:
        yield above, foot if flight.runs > 1 else (flight.far, frame.length)


def _ground(level: Level, frame: Frame) -> _Ground:
    """What of a level lies around a rectangle."""
    around = frame.area()
    walled = level.walled[shapely.dwithin(level.walled, around, 2 * _REACH)]
    inner = np.array([level.inner], dtype=object)
    doors = level.room_doors
    doors = doors[shapely.dwithin(shapely.points(doors), around, 2 * _DOOR)]
    return _Ground(walled, inner, doors[_within(inner, doors)[0]])


def _access(ground: _Ground, frame: Frame, begin: float, end: float) -> float:
    """How well one comes to a landing from its level: 0 not at all, 1.5 at most."""
    around = frame.place(_outside(frame, begin, end))
    middle = frame.place(np.array([[(begin + end) / 2, frame.width / 2]]))
    free = (_within(ground.walled, around) == _within(ground.walled, middle)).all(axis=0)
    free &= _within(ground.inner, around)[0]
    return float(free.mean()) + _entered(frame, frame.local(ground.doors), begin, end)


def _entered(frame: Frame, doors: Floats, begin: float, end: float) -> float:
    """What doors at local points (n, 2) [m] add to the access of a landing.

    Most where one of them leads onto it, less where one has to move there along its wall.
    """
    x, y = doors.T
    along = (x > -_DOOR) & (x < frame.length + _DOOR)
    aside = along & (np.minimum(np.abs(y), np.abs(frame.width - y)) < _DOOR)
    before = np.abs(x - (0.0 if begin <= 0 else frame.length)) < _DOOR
    before &= (y > 0) & (y < frame.width)
    onto = before | (aside & (x > begin - _DOOR) & (x < end + _DOOR))
    return 0.5 if onto.any() else 0.4 if aside.any() else 0.0


def _outside(frame: Frame, begin: float, end: float) -> Floats:
    """Local points (11, 2) [m] around the three outer sides of an end of a frame."""
    before = begin - _REACH if begin <= 0 else end + _REACH
    across = np.linspace(0.2, 0.8, 5) * frame.width
    beside = begin + np.linspace(0.2, 0.8, 3) * (end - begin)
    return np.concatenate(
        [
            np.column_stack([np.full(5, before), across]),
            np.column_stack([beside, np.full(3, -_REACH)]),
            np.column_stack([beside, np.full(3, frame.width + _REACH)]),
        ]
    )


def _within(areas: NDArray[np.object_], points: Floats) -> Bools:
    """(areas, points): which points each area contains."""
    return shapely.contains_xy(areas[:, None], points[:, 0], points[:, 1])


def _shaft(levels: Sequence[Level], stack: Sequence[_Stop], fitted: _Fitted) -> Shaft:
    middle = fitted.frame.area().centroid
    arrivals = {
        above: flight
        for level, flight in fitted.flights.items()
        for above in levels[level].above
        if shapely.intersects(levels[above].outline, middle)
    }
    rooms = {stop.level: stop.room for stop in stack}
    reached = {*fitted.flights, *arrivals}
    return Shaft(
        frame=fitted.frame,
        flights=fitted.flights,
        arrivals=arrivals,
        rooms={level: room for level, room in rooms.items() if level in reached},
    )
