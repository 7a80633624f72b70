"""Crossing: who walked from one zone into another since the last look, found for all at once.

Only those who stand in another zone than before cost anything each.
"""

import numpy as np

from shulian.world.errors import Removed, RightMissing
from shulian.world.live.house import walking
from shulian.world.live.house.book import Book
from shulian.world.live.house.going import hand_over
from shulian.world.live.house.ground import Ground
from shulian.world.live.house.presence import Presence
from shulian.world.rules.bands import BAND
from shulian.world.rules.crowd import State
from shulian.world.types import Stand
from shulian.world.wire.frames import CM, TURN


def look(book: Book) -> None:
    """Find who is in another zone now, and have them enter it or put them back."""
    crowd = book.crowd
    walked = (crowd.state == State.HERE) & (crowd.place != book.seen).any(axis=1)
    if not walked.any():
        return
    before = book.seen[walked]
    slots = np.flatnonzero(walked)
    places = crowd.place[slots]
    book.seen[slots] = places
    back = dict(zip(slots.tolist(), before.tolist(), strict=True))
    for ground in book.grounds.values():
        here = slots[crowd.band[slots] == ground.band]
        if len(here):
            zones = ground.zones.locate(book.points(here, ground.band))
            for row in np.flatnonzero(zones != crowd.zone[here]).tolist():
                slot = int(here[row])
                cross(book, ground, slot, int(zones[row]), back[slot])


def cross(book: Book, ground: Ground, slot: int, zone: int, before: list[int]) -> None:
    """Somebody walked into another zone; they stood at `before` [cm] a moment ago."""
    presence = book.presences.get(slot)
    if presence is None:
        return
    book.counters["crossings"] += 1
    try:
        walking.demand_entry(book, presence, ground, zone)
    except (RightMissing, Removed):
        put_back(book, presence, ground, before, "closed")
        return
    if ground.foreign[zone]:
        hand_over(book, presence, ground.space(zone), book.stand(slot))
    elif not walking.enter(book, presence, zone):
        put_back(book, presence, ground, before, "full")
        presence.wants_at = (before[0], before[1])


def put_back(
    book: Book, presence: Presence, ground: Ground, before: list[int], reason: walking.Reason
) -> None:
    """Put somebody where they were; if that is in no zone of theirs either, to where one begins."""
    east, north, height = before
    stand = Stand(
        (east - ground.band * BAND) / CM,
        north / CM,
        height / CM,
        int(book.crowd.heading[presence.slot]) * 360.0 / TURN,
    )
    if ground.zones.locate_one(stand) != presence.zone:
        stand = walking.spot(book, ground, presence.zone)
    walking.place(book, presence, stand, reason)
