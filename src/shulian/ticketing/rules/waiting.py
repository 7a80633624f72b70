"""The waiting list of a ticket type: which groups are offered what came back.

1. Groups are asked in the order in which they came. A group gets tickets for all of it, or waits.
2. What comes back is kept for the list as long as those on it want it; it is not sold past them.
3. A group too large for what is there may be overtaken, by `OVERTAKEN` groups that came later and
   are small enough. After that whatever comes back is kept for it alone, until it is enough:
   small groups cannot starve a large one.
4. On the last day (`LAST`) nothing is kept for a group that it is not enough for: what nobody on
   the list can use is sold to anyone. An empty chair is of no use to those who wait.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from shulian.ticketing.types import WishId

OVERTAKEN = 3
"""How many groups that came later are served before one that is too large for what is there."""
LAST = timedelta(days=1)
"""Before an occasion begins or the sale ends: nothing is kept back any more."""
OFFER = timedelta(hours=6)
"""For which an offer is held."""
_SHORTEST = timedelta(minutes=15)
"""For which it is held at least."""


@dataclass(frozen=True, slots=True)
class Group:
    """A group that waits."""

    wish: WishId
    count: int
    overtaken: int = 0
    """Groups that came later and were served before it."""


@dataclass(frozen=True, slots=True)
class Offers:
    """Who is offered tickets now, and how the others stand after that."""

    served: tuple[Group, ...]
    waiting: tuple[Group, ...]
    """In the order in which they came."""
    kept: int
    """Of what is left, so many stay with the list."""


def offers(groups: Sequence[Group], units: int, *, last: bool) -> Offers:
    """Share out `units` that came back among `groups`, the first to come first.

    last  whether it is the last day
    """
    served: list[Group] = []
    waiting: list[Group] = []
    stopped = False
    for one in groups:
        if stopped or one.count > units:
            stopped = stopped or (one.overtaken >= OVERTAKEN and not last)
            waiting.append(one)
            continue
        served.append(one)
        units -= one.count
        waiting = [replace(each, overtaken=each.overtaken + 1) for each in waiting]
        stopped = not last and any(each.overtaken >= OVERTAKEN for each in waiting)
    wanted = sum(one.count for one in waiting)
    return Offers(tuple(served), tuple(waiting), 0 if last else min(units, wanted))


def last_day(*, begins: datetime, sale_ends: datetime | None) -> datetime:
    """When the last day begins."""
    return min(begins, sale_ends or begins) - LAST


def is_last(*, begins: datetime, sale_ends: datetime | None, now: datetime) -> bool:
    """Whether it is the last day."""
    return now >= last_day(begins=begins, sale_ends=sale_ends)


def offered_until(*, begins: datetime, sale_ends: datetime | None, now: datetime) -> datetime:
    """How long an offer is held: some hours, and less when it is nearly time."""
    rest = min(begins, sale_ends or begins) - now
    return now + max(_SHORTEST, min(OFFER, rest / 4))
