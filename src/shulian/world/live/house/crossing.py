"""Crossing: who walked from one zone into another since the last look, found for all at once.

Only those who stand in another zone than before cost anything each.
"""

import numpy as np
from numpy.typing import NDArray

from shulian.world.errors import Removed, RightMissing
from shulian.world.live.house import footing, passage, walking
from shulian.world.live.house.book import Book
from shulian.world.live.house.ground import Ground
from shulian.world.rules.crowd import State


def look(book: Book) -> None:
    """Find who is in another zone now, and have them enter it or put them back."""
    crowd = book.crowd
    put_back = footing.look(book)
    here = np.flatnonzero(crowd.state == State.HERE)
    before = book.seen[here]
    east, north, height = (crowd.place[here] != before).T
    walked = east | north | height
    if put_back:
        walked |= np.isin(here, put_back)
    slots, before = here[walked], before[walked]
    book.seen[slots] = crowd.place[slots]
    for ground in book.grounds.values():
        ours = crowd.band[slots] == ground.band
        if ours.any():
            _cross_all(book, ground, slots[ours], before[ours])


def _cross_all(
    book: Book, ground: Ground, slots: NDArray[np.intp], before: NDArray[np.int32]
) -> None:
    """Have those of `slots` who are in another zone now cross; they stood at `before` [cm]."""
    zones = ground.zones.locate(book.points(slots, ground.band))
    for row in np.flatnonzero(zones != book.crowd.zone[slots]).tolist():
        east, north, height = before[row].tolist()
        cross(book, ground, int(slots[row]), int(zones[row]), (east, north, height))
    footing.note(book, ground, slots, before)


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
