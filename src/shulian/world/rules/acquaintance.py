"""Who was told who has which slot, so that they are told as well when that is over.

Symbols: s slots.
"""

from collections.abc import Iterable, Sequence
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray


class Acquaintance:
    """A bit for each two slots."""

    def __init__(self, size: int) -> None:
        """Nobody knows anybody; `size` is a multiple of 8."""
        self._bits = np.zeros((size, size // 8), np.uint8)
        """(s, s/8) bit of each who was told who has the slot of that row."""
        self._flat = memoryview(cast("Any", self._bits)).cast("B")
        """The same, one after the other, for who looks at a few of them."""

    def __len__(self) -> int:
        """How many know somebody, counted once for each whom they know."""
        return int(np.bitwise_count(self._bits).sum(dtype=np.int64))

    def meet(self, knower: int, slots: Iterable[int]) -> None:
        """`knower` was told who has `slots`."""
        flat, row, bit = self._flat, len(self._bits) // 8, 1 << (knower & 7)
        for slot in slots:
            flat[slot * row + (knower >> 3)] |= bit

    def knowers(self, slot: int) -> list[int]:
        """Who was told who has `slot`."""
        return _places(self._bits[slot])

    def forget(self, knower: int) -> None:
        """`knower` was told nothing, for they are gone."""
        self._bits[:, knower >> 3] &= np.uint8(255 ^ (1 << (knower & 7)))

    def part(self, gone: Sequence[int]) -> list[tuple[int, tuple[int, ...]]]:
        """Who knows some of those who had the slots `gone`, and whom; from now on nobody does."""
        rows = self._bits[gone]
        self._bits[gone] = 0
        told: list[tuple[int, tuple[int, ...]]] = []
        for knower in _places(np.bitwise_or.reduce(rows, axis=0)):
            known = rows[:, knower >> 3] >> (knower & 7) & 1
            told.append((knower, tuple(gone[row] for row in np.flatnonzero(known).tolist())))
        return told


def _places(bits: NDArray[np.uint8]) -> list[int]:
    """Which bits of (s/8,) are set."""
    return np.flatnonzero(np.unpackbits(bits, bitorder="little")).tolist()
