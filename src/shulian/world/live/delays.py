"""How long it takes from a move to those who see it."""

from collections import deque

import numpy as np

from shulian.world.live.visitor import Snapshot
from shulian.world.types import Stand
from shulian.world.wire.frames import CM

_MARKS = 32
"""Moves of one visitor that are remembered."""
_KEPT = 20_000
"""Delays that are kept, the latest."""

_FRESH = 3
"""Ticks since somebody moved, as the server counts."""

_Spot = tuple[int, int]
"""East and north [cm]."""


class Delays:
    """Knows what was sent when, looks at what is seen of it, and keeps the time between."""

    def __init__(self) -> None:
        """Nothing was sent yet."""
        self._sent: dict[int, dict[_Spot, float]] = {}
        self._seen: dict[tuple[int, int], _Spot] = {}
        self._found: deque[float] = deque(maxlen=_KEPT)

    def sent(self, slot: int, stand: Stand, now: float) -> None:
        """The visitor with number `slot` says at `now` [s] that they are there."""
        marks = self._sent.setdefault(slot, {})
        marks.setdefault(_spot(stand.east, stand.north), now)
        if len(marks) > _MARKS:
            del marks[next(iter(marks))]

    def seen(self, observer: int, snapshot: Snapshot, now: float) -> None:
        """`observer` is shown that; what they saw of somebody before is no news."""
        fresh = snapshot.age <= _FRESH  # who stands still is old news to one who comes by
        slots, places = snapshot.slot[fresh].tolist(), snapshot.place[fresh].tolist()
        for slot, place in zip(slots, places, strict=True):
            marks = self._sent.get(slot)
            if marks is None:
                continue
            spot = _spot(place[0], place[1])
            if self._seen.get((observer, slot)) == spot:
                continue
            self._seen[observer, slot] = spot
            when = marks.get(spot)
            if when is not None:
                self._found.append(now - when)

    def percentiles(self) -> tuple[float, float]:
        """Half, and 99 of 100, of the moves were seen within so long [s]; nan: none was."""
        if not self._found:
            return (np.nan, np.nan)
        half, most = np.percentile(np.array(self._found), (50, 99)).tolist()
        return (half, most)


def _spot(east: float, north: float) -> _Spot:
    return (round(east * CM), round(north * CM))
