"""The line of those who want to buy at the same time: whose turn it is, who waits, for how long.

Each who is called has at least one ticket kept for them: never are more called than tickets are
left, and whoever buys leaves one for each of the others who are called. What is held counts as
spoken for. Whoever comes when those before them could take all that is left is refused at once,
and sent to the waiting list: what comes back goes there first.

A person keeps their place by their account, so that reloading a page or another tab changes
nothing. Before anyone waits there is no line: who comes is called at once.
"""

from dataclasses import dataclass
from datetime import timedelta
from math import ceil

AT_A_TIME = 200
"""The most who are called at a time, however many tickets are left."""
GENTLY = 20
"""The same, where an organizer wants a calm sale."""
COME = timedelta(minutes=2)
"""In which one who is called has to come back."""
CHOOSE = timedelta(minutes=6)
"""In which one who came has to choose."""
EARLY = timedelta(minutes=30)
"""So long before a sale begins one may take a place in its line."""
STRIDE = timedelta(milliseconds=200)
"""Between two steps of a line in which others wait."""
PACE = timedelta(minutes=3)
"""Over which it is counted how fast a line moves."""
PLENTY = 500
"""With so many left beyond what is kept, nobody who buys meanwhile takes what is kept."""

_SOONEST, _LATEST = 2, 60
"""[s] between two questions of one who waits."""
_AHEAD_A_SECOND = 20
"""Those ahead for whom one waits a second longer before one asks again."""


@dataclass(frozen=True, slots=True)
class Step:
    """What happens to those who wait, the first first: some are called, some stay, others go."""

    call: int
    stay: int
    """So many of those behind them may still hope; whoever is after them is refused."""
    spare: int
    """Tickets that nobody in line needs, if each buys one."""


def step(
    *, left: int, called: int, still: int | None = None, waiting: int, gentle: bool, on_sale: bool
) -> Step:
    """Move a line in which so many are called and so many wait.

    left     tickets that nobody holds
    called   as many were called before those were counted
    still    as many of them afterwards; none: all of them, for nobody bought meanwhile
    on_sale  whether the sale has begun; before that one waits, and nobody is called

    Whoever buys while it is counted may have their ticket counted, or their turn, or both. So it is
    the larger number by which others are called, and the smaller one by which they are refused:
    nobody is called in vain, and nobody sent away in vain.
    """
    still = called if still is None else still
    at_a_time = GENTLY if gentle else AT_A_TIME
    call = min(max(0, left - called), waiting, max(0, at_a_time - still)) if on_sale else 0
    stay = max(0, min(left - still, waiting) - call)
    return Step(call, stay, max(0, left - called - call - stay))


def spoken_for(*, ahead: int, left: int) -> bool:
    """Whether nothing can be left for one who comes after so many."""
    return ahead >= left


def may_buy(*, left: int, others: int) -> bool:
    """Whether what is left after somebody bought is enough for the others who are called."""
    return left >= others


def needs_look(*, left: int, others: int) -> bool:
    """Whether that has to be looked at with nobody else buying meanwhile."""
    return others > 0 and left < others + PLENTY


def wait(waiting_ahead: int, ended: int, over: timedelta) -> int | None:
    """[s] until one is called who has so many waiting before them; None: nobody can tell.

    ended  turns of those called that came to an end within `over`: each lets in the next
    """
    if ended == 0 or over <= timedelta():
        return None
    return ceil((waiting_ahead + 1) * over.total_seconds() / ended)


def again(waiting_ahead: int) -> int:
    """[s] after which one who waits asks again: those near the front more often."""
    return max(_SOONEST, min(_LATEST, waiting_ahead // _AHEAD_A_SECOND))
