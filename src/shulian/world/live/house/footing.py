"""Footing: whoever stands on nothing is put back, unless they fall."""

import numpy as np
from numpy.typing import NDArray

from shulian.world.live.house import walking
from shulian.world.live.house.book import Afloat, Book
from shulian.world.live.house.ground import Ground
from shulian.world.live.house.presence import Presence
from shulian.world.rules.crowd import State
from shulian.world.types import Stand

_PATIENCE = 0.6
"""[s] that somebody may be in the air without falling."""
_FALL = 5
"""[cm] Who sinks by less since the last look does not fall."""


def note(book: Book, ground: Ground, slots: NDArray[np.intp], before: NDArray[np.int32]) -> None:
    """Keep in mind who of `slots` walked where nothing is below them; they stood at `before`."""
    held = ground.floors.hold(book.points(slots, ground.band))
    for row in np.flatnonzero(~held).tolist():
        slot = int(slots[row])
        east, north, height = before[row].tolist()
        afloat = Afloat(book.terms.time(), int(book.crowd.place[slot, 2]), (east, north, height))
        book.afloat.setdefault(slot, afloat)


def look(book: Book) -> list[int]:
    """Put those back who are still in the air and do not fall; answers who that was."""
    now, back = book.terms.time(), list[int]()
    for slot, one in tuple(book.afloat.items()):
        presence, height = book.presences.get(slot), int(book.crowd.place[slot, 2])
        if presence is None or book.crowd.state[slot] != State.HERE or _held(book, presence):
            del book.afloat[slot]
        elif height <= one.lowest - _FALL:
            one.since, one.lowest = now, height
        elif now - one.since > _PATIENCE:
            del book.afloat[slot]
            back.append(slot)
            book.counters["strayed_floor"] += 1
            walking.place(book, presence, walking.stand_at(book, slot, one.before), "wall")
            if not _held(book, presence):  # nor did they stand on anything before
                spot = walking.spot(book, book.ground_of(presence), presence.zone)
                walking.place(book, presence, spot, "wall")
    return back


def _held(book: Book, presence: Presence) -> bool:
    ground = book.ground_of(presence)
    return bool(ground.floors.hold(book.points([presence.slot], ground.band))[0])


def landed(ground: Ground, stand: Stand) -> Stand:
    """That stand, on a floor."""
    height = ground.floors.below((stand.east, stand.north, stand.height))
    return Stand(stand.east, stand.north, height, stand.heading)
