"""Which slots of a process nobody has, and who gets which of them next.

The lowest is given first, so that memory is used where it was used before and does not creep from
one end of the arrays to the other. But not at once: whatever was asked for who had it last, and
has not been answered yet, names the slot.
"""

from collections import deque
from collections.abc import Collection
from heapq import heappop, heappush

REST = 10.0
"""So long nobody gets a slot that somebody has left, while there is another one [s]."""


class Slots:
    """The slots that nobody has."""

    def __init__(self, size: int) -> None:
        """Nobody has any of the first `size`."""
        self._rested = list(range(size))
        """The lowest first, as `heapq` keeps them."""
        self._resting: deque[tuple[float, int]] = deque()
        """Until when [s], and which; who was left first comes first."""

    def __len__(self) -> int:
        """How many there are."""
        return len(self._rested) + len(self._resting)

    def take(self, now: float) -> int | None:
        """The next one, at `now` [s]; none: all are taken."""
        while self._resting and self._resting[0][0] <= now:
            heappush(self._rested, self._resting.popleft()[1])
        if self._rested:
            return heappop(self._rested)
        return self._resting.popleft()[1] if self._resting else None

    def give_back(self, slot: int, now: float) -> None:
        """Nobody has `slot` from `now` on [s]."""
        self._resting.append((now + REST, slot))

    def without(self, taken: Collection[int]) -> None:
        """Somebody has those that are `taken`, of slots none of which was ever given."""
        self._rested = [slot for slot in self._rested if slot not in taken]
