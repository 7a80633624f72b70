"""Echoes: what people heard in the last minute that no history of a zone tells them again.

Words said nearby reach those who stood there then, and a link is known to be lost only some time
after it is. So whoever comes back is told them again; a client that heard them knows the numbers.
"""

from collections import deque
from dataclasses import dataclass

from shulian.world.rules.admission import KEPT
from shulian.world.types import Message

_MOST = 400
"""So much of one person is kept."""


@dataclass(frozen=True, slots=True)
class Echo:
    """Something that somebody heard."""

    at: float
    """[s] when it was heard."""
    message: Message
    abroad: bool


class Echoes:
    """Of everyone, by their slots."""

    def __init__(self) -> None:
        """Nobody has heard anything."""
        self._of: dict[int, deque[Echo]] = {}

    def keep(self, slot: int, message: Message, now: float, *, abroad: bool) -> None:
        """Somebody hears this now, or would if their link was there.

        abroad  it came from another process, so perhaps after others with greater numbers
        """
        mine = self._of.setdefault(slot, deque(maxlen=_MOST))
        while mine and mine[0].at < now - KEPT:
            mine.popleft()
        mine.append(Echo(now, message, abroad))

    def since(self, slot: int, after: int, now: float) -> list[Message]:
        """What somebody may not have heard who has seen the messages up to `after`."""
        return [
            one.message
            for one in self._of.get(slot, ())
            if one.at >= now - KEPT and (one.abroad or one.message.number > after)
        ]

    def take(self, slot: int) -> deque[Echo]:
        """Keep nothing for the slot any more; answers what was kept."""
        return self._of.pop(slot, deque())

    def give(self, slot: int, echoes: deque[Echo]) -> None:
        """Whoever had these has the slot from now on."""
        if echoes:
            self._of[slot] = echoes
