"""Which of the things that are said of a space now is the one to show."""

from collections.abc import Iterable
from datetime import datetime

from shulian.park.types import LiveStatus, LiveToken, SpaceId

_RANK = {token: rank for rank, token in enumerate(LiveToken)}
_OCCUPIED = frozenset({LiveToken.FULL, LiveToken.BUSY, LiveToken.HELD, LiveToken.EVENT})
"""Tokens that say the same of who comes by: something is here. Of these the one that says in words
what it is goes first."""


def strongest(statuses: Iterable[LiveStatus], now: datetime) -> LiveStatus | None:
    """The strongest status that still counts at `now`; of equals the newest, then by source.

    Of those that say that something is here, one with words is stronger than one without.
    """
    counting = [one for one in statuses if one.until is None or one.until > now]
    return min(counting, key=_order, default=None)


def strongest_of_each(statuses: Iterable[LiveStatus], now: datetime) -> tuple[LiveStatus, ...]:
    """The strongest status of each space that has any, by the spaces' ids."""
    said: dict[SpaceId, list[LiveStatus]] = {}
    for one in statuses:
        said.setdefault(one.space, []).append(one)
    shown = (strongest(said[space], now) for space in sorted(said))
    return tuple(one for one in shown if one is not None)


def same_words(one: LiveStatus | None, other: LiveStatus | None) -> bool:
    """Whether two statuses tell people the same."""
    return _told(one) == _told(other)


def _order(status: LiveStatus) -> tuple[int, bool, int, float, str]:
    newest = -status.since.timestamp() if status.since else 0.0
    rank, occupied = _RANK[status.token], status.token in _OCCUPIED
    strength = min(_RANK[one] for one in _OCCUPIED) if occupied else rank
    return (strength, occupied and not status.words, rank, newest, status.source)


def _told(status: LiveStatus | None) -> object:
    return status and (status.token, status.words, status.number, status.until)
