"""What simulated visitors do: walk to a sight, look, talk in little circles, wave, sit, move on.

`begin` and `step` are pure: the same state, sights, neighbours and luck give the same next state.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise
from math import atan2, degrees, hypot

import numpy as np

from shulian.park.types import Point
from shulian.world.rules.paths.ground import Ground
from shulian.world.rules.paths.sights import Sight, Spot
from shulian.world.rules.paths.ways import way
from shulian.world.types import Gait, Gesture, Stand

Place = tuple[int, int]
"""A spot by the numbers of its sight and of itself."""

_PACES = (1.1, 1.5)
"""How fast people walk [m/s]."""
_ASIDE = 1.6
"""So far from the common line people keep to their own [m]."""
_TURN = 240.0
"""How fast somebody turns [°/s]."""
_STOP, _SLOW = 0.8, 2.0
"""[m] to somebody right ahead: at the one distance one waits, from the other on one slows down."""
_PATIENCE = 0.25
"""The share of one's pace that is left even then: two who meet pass each other."""
_STAYS = {"look": (6.0, 25.0), "talk": (20.0, 70.0), "sit": (25.0, 90.0)}
"""How long people stay [s]."""
_GESTURE = {"wave": 2.2, "clap": 3.0, "point": 2.0}
"""How long a gesture lasts [s]."""
_LIVELY = 0.06
"""How often a second somebody who talks makes a gesture."""
_SEATED = 0.5
"""The share of those who sit down where one can."""
_COMPANY, _OWN = 0.7, 0.3
"""So much more a spot is liked, out of 1, where a circle waits for one, and where one is alone."""
_ON_WAY = 0.3
"""So near to a way through a door one is on it [m]."""
_TRIES = 12
"""Spots that are thought of before one is chosen."""


class Deed(StrEnum):
    """What somebody is at."""

    WALK = "walk"
    LOOK = "look"
    TALK = "talk"
    SIT = "sit"


@dataclass(frozen=True, slots=True)
class Stroll:
    """A simulated visitor at an instant."""

    east: float
    north: float
    heading: float
    """[° clockwise from north]."""
    gait: Gait
    gesture: Gesture
    deed: Deed
    place: Place
    """Where they are, or walk to."""
    way: tuple[Point, ...]
    """What is left of it."""
    pace: float
    """[m/s]."""
    aside: float
    """[m]."""
    until: float
    """The deed ends then [s]; of a walk: it is given up."""
    quiet: float
    """The gesture ends then [s]."""


def begin(
    sights: Sequence[Sight], taken: Collection[Place], *, now: float, rng: np.random.Generator
) -> Stroll:
    """Somebody who has been at a free spot for a while."""
    place = _choose(sights, taken, rng)
    spot = _spot(sights, place)
    deed = Deed.LOOK if spot.circle < 0 else Deed.TALK
    return Stroll(
        east=spot.point[0],
        north=spot.point[1],
        heading=spot.heading,
        gait=Gait.STILL,
        gesture=Gesture.NONE,
        deed=deed,
        place=place,
        way=(),
        pace=float(rng.uniform(*_PACES)),
        aside=float(rng.uniform(-_ASIDE, _ASIDE)),
        until=now + float(rng.uniform(0, _STAYS[deed.value][1])),
        quiet=now,
    )


def step(
    one: Stroll,
    ground: Ground,
    sights: Sequence[Sight],
    *,
    taken: Collection[Place],
    gap: float,
    now: float,
    passed: float,
    rng: np.random.Generator,
) -> Stroll:
    """What somebody does next.

    taken   spots that others stand on or walk to
    gap     [m] to the nearest person right ahead; infinite: there is none
    now     [s] of any clock; passed [s] since the last step
    """
    if one.deed is Deed.WALK and one.way and now < one.until:
        return _walked(one, gap, passed)
    if one.deed is Deed.WALK:
        return _arrived(one, sights, now, rng)
    if now >= one.until:
        return _left(one, ground, sights, taken, now, rng)
    return _stayed(one, _spot(sights, one.place), now, passed, rng)


def moved(one: Stroll, stand: Stand) -> Stroll:
    """The same after somebody else said where they are: they find their way from there."""
    return replace(
        one, east=stand.east, north=stand.north, heading=stand.heading, deed=Deed.LOOK, until=0.0
    )


def greeting(one: Stroll, towards: Point, now: float) -> Stroll:
    """The same, waving to somebody."""
    heading = _bearing((one.east, one.north), towards)
    still = one.deed is not Deed.WALK
    return replace(
        one,
        heading=heading if still else one.heading,
        gesture=Gesture.WAVE,
        quiet=now + _GESTURE["wave"],
    )


def _choose(sights: Sequence[Sight], taken: Collection[Place], rng: np.random.Generator) -> Place:
    """A free spot: of a sight by its weight, in it rather where others stand in a circle."""
    weights = np.array([one.weight for one in sights])
    number = int(rng.choice(len(sights), p=weights / weights.sum()))
    spots = sights[number].spots
    busy = {spots[spot].circle for sight, spot in taken if sight == number}
    best, liking = (number, int(rng.integers(len(spots)))), -1.0
    tries: list[int] = rng.integers(len(spots), size=_TRIES).tolist()
    for spot in tries:
        circle = spots[spot].circle
        liked = float(rng.random()) + (_OWN if circle < 0 else _COMPANY if circle in busy else 0.0)
        if (number, spot) not in taken and liked > liking:
            best, liking = (number, spot), liked
    return best


def _left(
    one: Stroll,
    ground: Ground,
    sights: Sequence[Sight],
    taken: Collection[Place],
    now: float,
    rng: np.random.Generator,
) -> Stroll:
    """On the way to another spot."""
    place = _choose(sights, taken, rng)
    target, spot = sights[place[0]].down, _spot(sights, place)
    out = _way_out(sights, ground, (one.east, one.north))
    end = spot.inside[0] if spot.inside else spot.point
    between = way(ground, target, out[-1], end, aside=one.aside)
    found = (*out[:-1], *between, *spot.inside[1:]) if between else ()
    length = sum(_far(start, end) for start, end in pairwise(found))
    return replace(
        one,
        deed=Deed.WALK,
        place=place,
        way=found[1:],
        gesture=Gesture.NONE,
        until=now + 20.0 + 3.0 * length / one.pace,
    )


def _way_out(sights: Sequence[Sight], ground: Ground, here: Point) -> tuple[Point, ...]:
    """From here to the open ground, out of the door one has come in by, if one is inside."""
    if np.isfinite(ground.at(here)):
        return (here,)
    pieces = [
        (_off(here, spot.inside[number], spot.inside[number + 1]), number, spot.inside)
        for sight in sights
        for spot in sight.spots
        for number in range(len(spot.inside) - 1)
    ]
    off, number, inside = min(pieces, default=(np.inf, 0, ()))
    return (here, *reversed(inside[: number + 1])) if off < _ON_WAY else (here,)


def _off(point: Point, start: Point, end: Point) -> float:
    """How far a point is from a straight piece of a way."""
    east, north = end[0] - start[0], end[1] - start[1]
    along = (point[0] - start[0]) * east + (point[1] - start[1]) * north
    share = min(max(along / (east**2 + north**2), 0.0), 1.0)
    return _far(point, (start[0] + share * east, start[1] + share * north))


def _walked(one: Stroll, gap: float, passed: float) -> Stroll:
    """A piece further along the way, slower behind somebody, turned no faster than people turn."""
    here, ahead, rest = (one.east, one.north), one.way[0], one.way
    speed = one.pace * max(_PATIENCE, min(1.0, (gap - _STOP) / (_SLOW - _STOP)))
    left = speed * passed
    while rest and (far := _far(here, rest[0])) <= left:
        here, rest, left = rest[0], rest[1:], left - far
    if rest:
        ahead = rest[0]
        share = left / _far(here, ahead)
        here = (here[0] + (ahead[0] - here[0]) * share, here[1] + (ahead[1] - here[1]) * share)
    bearing = _bearing((one.east, one.north), ahead)
    return replace(
        one,
        east=here[0],
        north=here[1],
        way=rest,
        gait=Gait.WALK,
        heading=_turned(one.heading, bearing, passed),
    )


def _arrived(one: Stroll, sights: Sequence[Sight], now: float, rng: np.random.Generator) -> Stroll:
    """At the spot, and at something for a while; who did not get there looks around and goes on."""
    spot = _spot(sights, one.place)
    there = _far((one.east, one.north), spot.point) < 1.0
    deed = Deed.LOOK
    if there and spot.circle >= 0:
        deed = Deed.TALK
    elif there and spot.seat and rng.random() < _SEATED:
        deed = Deed.SIT
    waves = deed is Deed.TALK
    return replace(
        one,
        way=(),
        gait=Gait.STILL,
        deed=deed,
        gesture=Gesture.WAVE if waves else Gesture.SIT if deed is Deed.SIT else Gesture.NONE,
        quiet=now + _GESTURE["wave"] if waves else now,
        until=now + float(rng.uniform(*_STAYS[deed.value])),
    )


def _stayed(one: Stroll, spot: Spot, now: float, passed: float, rng: np.random.Generator) -> Stroll:
    """Turned to what they look at, now and then with a gesture."""
    heading = _turned(one.heading, spot.heading, passed)
    gesture, quiet = one.gesture, one.quiet
    if one.deed is not Deed.SIT and now >= quiet:
        gesture = Gesture.NONE
        if one.deed is Deed.TALK and rng.random() < _LIVELY * passed:
            name = str(rng.choice(("wave", "clap", "point")))
            gesture, quiet = Gesture[name.upper()], now + _GESTURE[name]
    if (heading, gesture, quiet) == (one.heading, one.gesture, one.quiet):
        return one
    return replace(one, heading=heading, gesture=gesture, quiet=quiet)


def _spot(sights: Sequence[Sight], place: Place) -> Spot:
    return sights[place[0]].spots[place[1]]


def _turned(heading: float, wanted: float, passed: float) -> float:
    """A heading after turning towards another one [°]."""
    off = (wanted - heading + 180) % 360 - 180
    most = _TURN * passed
    return (heading + max(-most, min(most, off))) % 360


def _bearing(start: Point, end: Point) -> float:
    return degrees(atan2(end[0] - start[0], end[1] - start[1])) % 360


def _far(one: Point, other: Point) -> float:
    return hypot(one[0] - other[0], one[1] - other[1])
