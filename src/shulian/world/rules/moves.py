"""The moves that came in since the last tick, as they came: a short queue for every slot.

Symbols: s slots, d `DEPTH`.
"""

from dataclasses import dataclass
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from shulian.world.types import Gait, Gesture
from shulian.world.wire.frames import GESTURE_SHIFT, MOVE, MOVE_FIELDS

MOVE_KIND = np.dtype([(field.name, "<" + field.code.replace("B", "u1")) for field in MOVE_FIELDS])
MOVE_BYTES = MOVE_KIND.itemsize

DEPTH = 32
"""So many moves of one person are kept in a tick: who was stuck for two seconds has so many."""

_GAITS = {int(gait) for gait in Gait}
_GESTURES = {int(gesture) for gesture in Gesture}
POSTURES = bytes(
    (posture & ((1 << GESTURE_SHIFT) - 1)) in _GAITS and (posture >> GESTURE_SHIFT) in _GESTURES
    for posture in range(256)
)
"""By posture: 1 where it is one."""


@dataclass(frozen=True, slots=True, eq=False)
class Inbox:
    """What clients say they did; nothing of it is believed yet."""

    moves: NDArray[np.uint8]
    """(s, d, MOVE_BYTES) as they travel."""
    count: NDArray[np.int32]
    """(s,) how many of them there are."""
    bytes: memoryview
    """Of `moves`, one after the other."""
    tally: memoryview
    """`count`, for who looks at one number at a time."""


def empty_inbox(slots: int) -> Inbox:
    """Nothing came in."""
    moves = np.zeros((slots, DEPTH, MOVE_BYTES), np.uint8)
    count = np.zeros(slots, np.int32)
    flat, tally = memoryview(cast("Any", moves)).cast("B"), memoryview(cast("Any", count))
    return Inbox(moves, count, flat, tally)


def put_move(inbox: Inbox, slot: int, payload: bytes | memoryview) -> bool:
    """Queue what claims to be a move; False where it is none. In a full queue it is the last."""
    if len(payload) != MOVE_BYTES or payload[0] != MOVE or not POSTURES[payload[1]]:
        return False
    count: int = inbox.tally[slot]
    if count < DEPTH:
        inbox.tally[slot] = count + 1
    else:
        count = DEPTH - 1
    place = (slot * DEPTH + count) * MOVE_BYTES
    inbox.bytes[place : place + MOVE_BYTES] = payload
    return True
