"""Where a frame of a client lies in the bytes that have come (RFC 6455, 5.2), compiled."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from shulian.world.live.ports import Close
from shulian.world.rules.compiled.kernel import inlined

_BROKEN, _TOO_LARGE = int(Close.BROKEN), int(Close.TOO_LARGE)
NOWHERE = 0
"""Where the mask of a frame is that is not complete yet."""
BINARY, CONTROL, _PONG = 2, 8, 10
_SHORT, _SHORT_WIDE, _WIDE = 125, 65_535, 8
"""A length is written in the second byte, in two bytes more, or in eight."""
MASK = 4

Bytes = NDArray[np.uint8]


class Frame(NamedTuple):
    """Where a frame lies in what has come."""

    fault: int
    """A close code; 0: none."""
    first: int
    mask: int
    size: int
    """Of the payload, which follows the mask."""


@inlined
def _byte(came: Bytes, at: int) -> int:
    """A byte as a number that can grow."""
    return 0 | came[at]


@inlined
def _odd(first: int, second: int) -> bool:
    """Whether no client may begin a frame so: reserved bits, no mask, a wrong kind."""
    opcode, size = first & 15, second & 127
    if first & 0x70 or not second & 0x80 or BINARY < opcode < CONTROL or opcode > _PONG:
        return True
    return opcode >= CONTROL and (size > _SHORT or not first & 0x80)


@inlined
def _size(came: Bytes, at: int, wide: int, short: int) -> int:
    """The announced length of a payload; −1 where a shorter form would have done."""
    if wide == 0:
        return short
    size = 0
    for turn in range(wide):
        # whatever is announced: no more than what is too large anyway
        size = min(size, 1 << 40) << 8 | _byte(came, at + 2 + turn)
    if wide == _WIDE:
        return size if size > _SHORT_WIDE and came[at + 2] < 0x80 else -1  # noqa: PLR2004
    return size if size > _SHORT else -1


@inlined
def frame_head(came: Bytes, at: int, end: int, most: int) -> Frame:
    """The frame that begins at `at`; its mask is nowhere where it is not complete."""
    if end - at < 2:  # noqa: PLR2004
        return Frame(0, 0, NOWHERE, 0)
    first, second = _byte(came, at), _byte(came, at + 1)
    if _odd(first, second):
        return Frame(_BROKEN, 0, NOWHERE, 0)
    short = second & 127
    wide = 0 if short <= _SHORT else 2 if short == _SHORT + 1 else _WIDE
    mask = at + 2 + wide
    if end < mask:
        return Frame(0, 0, NOWHERE, 0)
    size = _size(came, at, wide, short)
    fault = _BROKEN if size < 0 else _TOO_LARGE if size > most else 0
    whole = fault == 0 and end - mask >= MASK + size
    return Frame(fault, first, mask if whole else NOWHERE, size)
