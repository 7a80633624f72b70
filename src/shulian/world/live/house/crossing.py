"""Crossing: who walked from one zone into another since the last look, found for all at once.

Nearly everyone is still in the piece of ground around where they were found last, all of which is
in one zone; only who left it is looked for anew.
"""

import math

import numpy as np
from numpy.typing import NDArray

from shulian.world.errors import Removed, RightMissing
from shulian.world.live.house import footing, passage, walking
from shulian.world.live.house.book import Book
from shulian.world.live.house.ground import Ground
from shulian.world.rules.bands import BAND
from shulian.world.rules.cells import NO_BOX, Box
from shulian.world.rules.crowd import State, end_of
from shulian.world.rules.floors import ABOVE, BELOW
from shulian.world.wire.frames import CM

_Box = tuple[tuple[int, int, int], tuple[int, int, int]]
"""As `Box`, in [cm] of the arrays' plane."""
_NONE: _Box = ((0, 0, 0), (0, 0, 0))


def look(book: Book) -> None:
    """Find who is in another zone now, and have them enter it or put them back."""
    crowd = book.crowd
    put_back = footing.look(book)
    some = slice(end_of(crowd))
    here, place = crowd.state[some] == State.HERE, crowd.place[some]
    out = _some((place < book.leeway[0, some]) | (place >= book.leeway[1, some]))
    slots = np.flatnonzero(here & out)
    before = book.seen[slots]
    walked = _some(crowd.place[slots] != before)
    if put_back:
        walked |= np.isin(slots, put_back)
    slots, before = slots[walked], before[walked]
    np.copyto(book.seen[some], place, where=here[:, None])
    for ground in book.grounds.values():
        ours = crowd.band[slots] == ground.band
        if ours.any():
            _cross_all(book, ground, slots[ours], before[ours])


def _cross_all(
    book: Book, ground: Ground, slots: NDArray[np.intp], before: NDArray[np.int32]
) -> None:
    """Have those of `slots` who are in another zone now cross; they stood at `before` [cm]."""
    found = _found(book, ground, slots)
    was = book.crowd.zone[slots].tolist()
    leeway = [
        _leeway(ground, box) if zone == old else _NONE
        for (zone, box), old in zip(found, was, strict=True)
    ]
    book.leeway[:, slots] = np.array(leeway, np.int32).swapaxes(0, 1)
    for row, ((zone, _), old) in enumerate(zip(found, was, strict=True)):
        if zone != old:
            east, north, height = before[row].tolist()
            cross(book, ground, int(slots[row]), zone, (east, north, height))
    loose = [row for row, one in enumerate(leeway) if one == _NONE]
    if loose:
        footing.note(book, ground, slots[loose], before[loose])


def _found(book: Book, ground: Ground, slots: NDArray[np.intp]) -> list[tuple[int, Box]]:
    """The zone in which each of `slots` stands, and a box around them that is in no other.

    There are few of them as a rule: one by one takes less time than all at once.
    """
    points = book.points(slots, ground.band)
    found = [ground.zones.recall((east, north, up)) for east, north, up in points.tolist()]
    new = [row for row, one in enumerate(found) if one is None]
    zones = iter(ground.zones.locate(points[new]).tolist())
    return [(next(zones), NO_BOX) if one is None else one for one in found]


def _leeway(ground: Ground, box: Box) -> _Box:
    """A box [m] in the park's plane as one of the arrays' plane [cm], as far as it is ground."""
    (west, south, low), (east, north, high) = box
    low, high = max(low, -BELOW), min(high, ABOVE)
    if low >= high or west >= east:
        return _NONE
    shift = ground.band * BAND
    return (
        (math.ceil(west * CM) + shift, math.ceil(south * CM), math.ceil(low * CM)),
        (math.floor(east * CM) + shift, math.floor(north * CM), math.floor(high * CM)),
    )


def _some(parts: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """(n,) where one of (n, 3) is so."""
    east, north, height = parts.T
    return east | north | height


def cross(book: Book, ground: Ground, slot: int, zone: int, before: passage.Spot) -> None:
    """Somebody walked into another zone; they stood at `before` [cm] a moment ago."""
    presence = book.presences.get(slot)
    if presence is None:
        return
    book.counters["crossings"] += 1
    try:
        walking.demand_entry(book, presence, ground, zone)
    except (RightMissing, Removed):
        walking.put_back(book, presence, before, "closed")
        return
    if ground.foreign[zone]:
        passage.walk(book, presence, zone, before)
    elif not walking.enter(book, presence, zone):
        walking.put_back(book, presence, before, "full")
        presence.wants_at = before
