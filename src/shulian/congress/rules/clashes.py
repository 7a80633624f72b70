"""What is in the way of a personal programme: two sessions at a time, or too far apart."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from math import ceil

from shulian.congress.rules import days
from shulian.congress.types import Session, SessionId
from shulian.park.types import SpaceId


@dataclass(frozen=True, slots=True)
class Clash:
    """Two sessions of which one cannot see both in full, the earlier first."""

    first: SessionId
    second: SessionId
    needed: int | None = None
    """Minutes that the walk takes; none: they are at the same time."""
    there: int = 0
    """Minutes that there are for it, or that they share."""


def clashes(
    sessions: Sequence[Session], walks: Mapping[tuple[SpaceId, SpaceId], float]
) -> tuple[Clash, ...]:
    """Every two placed sessions that are in each other's way.

    walks  minutes from one hall to another; what is not there is near
    """
    timed = [
        (span.start, span.end, one)
        for one in sessions
        if (span := days.span_of(one)) is not None and span.end is not None
    ]
    timed.sort(key=lambda one: (one[0], one[1], str(one[2].id)))
    found: list[Clash] = []
    for place, (_, end, one) in enumerate(timed):
        for start, other_end, other in timed[place + 1 :]:
            if start < end:
                shared = _minutes(min(end, other_end) - start)
                found.append(Clash(one.id, other.id, there=shared))
            elif (walk := _walk(one, other, walks)) > (left := _minutes(start - end)):
                found.append(Clash(one.id, other.id, needed=ceil(walk), there=left))
    return tuple(found)


def _walk(one: Session, other: Session, walks: Mapping[tuple[SpaceId, SpaceId], float]) -> float:
    if one.placed is None or other.placed is None:
        return 0.0
    return walks.get((one.placed.hall, other.placed.hall), 0.0)


def _minutes(span: timedelta) -> int:
    return int(span.total_seconds() // 60)
