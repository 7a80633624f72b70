"""Who may be in a zone at a time: as many as its cap, the others wait in a queue.

Whoever comes is inside or in the queue when `enter` answers, so two who come at once cannot both
take the last place. Nobody overtakes: a place that becomes free is the first one's in the queue
whose link is there. Who has lost it keeps their place, inside or in the queue, until it expires.
"""

Who = int | str
"""Somebody of this process by their slot, somebody of another one by their key."""

KEPT = 60.0
"""So long the place of somebody whose link is lost is kept [s]."""


class Gate:
    """The places of one zone."""

    def __init__(self, cap: int) -> None:
        """Nobody is inside."""
        self.cap = cap
        self.inside: set[Who] = set()
        self._queue: dict[Who, None] = {}
        self._away: set[Who] = set()

    @property
    def queue(self) -> tuple[Who, ...]:
        """Who waits, the first first."""
        return tuple(self._queue)

    def wait(self, who: Who) -> None:
        """Have `who` at the end of the queue, unless they are in it or inside."""
        if who not in self.inside:
            self._queue.setdefault(who)

    def enter(self, who: Who) -> bool:
        """Let `who` in if there is a place that nobody before them waits for; else they wait.

        The others who wait are let in by `admit` alone, which says who they are.
        """
        self.wait(who)
        if who in self._next():
            del self._queue[who]
            self.inside.add(who)
        return who in self.inside

    def swap(self, who: Who, by: Who) -> None:
        """Have `by` where `who` is, inside or in the queue."""
        if who in self.inside:
            self.leave(by)
            self.inside.add(by)
        elif who in self._queue:
            self.leave(by)
            self._queue = {by if one == who else one: None for one in self._queue}
        self.leave(who)

    def take(self, who: Who) -> None:
        """Have `who` inside whatever the cap says: they were there before this process was."""
        self._queue.pop(who, None)
        self.inside.add(who)

    def leave(self, who: Who) -> None:
        """Have `who` neither inside nor waiting."""
        self.inside.discard(who)
        self._queue.pop(who, None)
        self._away.discard(who)

    def lose(self, who: Who) -> None:
        """Keep the place of `who`, whose link is lost; the queue goes on without them."""
        if who in self.inside or who in self._queue:
            self._away.add(who)

    def back(self, who: Who) -> None:
        """Have `who` with a link again."""
        self._away.discard(who)

    def _next(self) -> list[Who]:
        """Those who wait for whom there is a place, in the order in which they came."""
        free = max(0, self.cap - len(self.inside))
        return [who for who in self._queue if who not in self._away][:free]

    def admit(self) -> tuple[Who, ...]:
        """Let in those for whom there is a place now, in the order in which they came."""
        let_in = self._next()
        for who in let_in:
            del self._queue[who]
        self.inside.update(let_in)
        return tuple(let_in)

    def position(self, who: Who) -> int:
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
