"""Who may be in a zone at a time: as many as its cap, the others wait in a queue.

Whoever comes is inside or in the queue when `enter` answers, so two who come at once cannot both
take the last place. Nobody overtakes: a place that becomes free is the first one's in the queue
whose link is there. Who has lost it keeps their place, inside or in the queue, until it expires.
"""

KEPT = 60.0
"""So long the place of somebody whose link is lost is kept [s]."""


class Gate:
    """The places of one zone; persons are their slots."""

    def __init__(self, cap: int) -> None:
        """Nobody is inside."""
        self.cap = cap
        self.inside: set[int] = set()
        self._queue: dict[int, None] = {}
        self._away: set[int] = set()

    @property
    def queue(self) -> tuple[int, ...]:
        """Who waits, the first first."""
        return tuple(self._queue)

    def enter(self, who: int) -> bool:
        """Let `who` in if there is a place and nobody waits for it; else they wait."""
        if who in self.inside:
            return True
        self._queue.setdefault(who)
        self.admit()
        return who in self.inside

    def take(self, who: int) -> None:
        """Have `who` inside whatever the cap says: they were there before this process was."""
        self._queue.pop(who, None)
        self.inside.add(who)

    def leave(self, who: int) -> None:
        """Have `who` neither inside nor waiting."""
        self.inside.discard(who)
        self._queue.pop(who, None)
        self._away.discard(who)

    def lose(self, who: int) -> None:
        """Keep the place of `who`, whose link is lost; the queue goes on without them."""
        if who in self.inside or who in self._queue:
            self._away.add(who)

    def back(self, who: int) -> None:
        """Have `who` with a link again."""
        self._away.discard(who)

    def admit(self) -> tuple[int, ...]:
        """Let in those for whom there is a place now, in the order in which they came."""
        free = max(0, self.cap - len(self.inside))
        let_in = [who for who in self._queue if who not in self._away][:free]
        for who in let_in:
            del self._queue[who]
        self.inside.update(let_in)
        return tuple(let_in)

    def position(self, who: int) -> int:
        """The place of `who` in the queue, the first is 1; 0: they do not wait."""
        if who not in self._queue:
            return 0
        return self.queue.index(who) + 1


class Absences:
    """Who has lost their link, and until when their place is kept."""

    def __init__(self) -> None:
        """Everybody is there."""
        self._until: dict[int, float] = {}

    def __contains__(self, who: int) -> bool:
        """Whether `who` is away and may come back."""
        return who in self._until

    def __len__(self) -> int:
        """How many are away."""
        return len(self._until)

    def begin(self, who: int, now: float) -> None:
        """Keep the place of `who` from `now` on [s]."""
        self._until.pop(who, None)  # whoever was away goes to the end of the line
        self._until[who] = now + KEPT

    def end(self, who: int) -> bool:
        """Whether `who` was away; they are not any more."""
        return self._until.pop(who, None) is not None

    def expire(self, now: float) -> tuple[int, ...]:
        """Who has been away for too long: their places are kept no more."""
        # those who left first expire first: all are kept equally long
        gone: list[int] = []
        for who, until in self._until.items():
            if until > now:
                break
            gone.append(who)
        for who in gone:
            del self._until[who]
        return tuple(gone)
