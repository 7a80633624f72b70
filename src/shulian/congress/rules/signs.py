"""What is on in halls at an instant, what comes next, and when that is something else."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from shulian.booking.types import Span
from shulian.congress.rules import days
from shulian.congress.types import Congress, Programme, Session
from shulian.kit.text import Text
from shulian.park.types import SpaceId

SOON = timedelta(minutes=30)
"""So long before something begins in a hall in which nothing is on, the hall says so."""


@dataclass(frozen=True, slots=True)
class On:
    """A session in its hall."""

    congress: Congress
    session: Session
    span: Span


def on_now(programmes: Iterable[Programme], now: datetime) -> Mapping[SpaceId, On]:
    """What is on in each hall at `now`; of what meets in one the later that began."""
    found = [(hall, one) for hall, one in _placed(programmes) if _holds(one.span, now)]
    found.sort(key=lambda pair: pair[1].span.start)
    return dict(found)


def soon(programmes: Iterable[Programme], now: datetime) -> Mapping[SpaceId, On]:
    """What begins in each hall before long; of several the one that begins first."""
    found = [(hall, one) for hall, one in _placed(programmes) if _is_soon(one.span, now)]
    found.sort(key=lambda pair: pair[1].span.start, reverse=True)
    return dict(found)


def begins(one: On) -> Text:
    """What comes, with the hour at which it begins by the clocks of its place."""
    clock = one.span.start.astimezone(ZoneInfo(one.congress.timezone)).strftime("%H:%M")
    title = one.session.title
    return Text(*(f"{clock} · {words}" if words else "" for words in (title.zh, title.en)))


def coming(programmes: Iterable[Programme], hall: SpaceId, now: datetime) -> tuple[On, ...]:
    """What is on in a hall now and later, the first first."""
    found = [
        one
        for where, one in _placed(programmes)
        if where == hall and one.span.end is not None and one.span.end > now
    ]
    return tuple(sorted(found, key=lambda one: (one.span.start, one.session.id)))


def next_change(programmes: Iterable[Programme], now: datetime) -> datetime | None:
    """When a session begins, or will begin before long, or ends next."""
    instants = (
        at
        for _, one in _placed(programmes)
        for at in (one.span.start - SOON, one.span.start, one.span.end)
    )
    return min((at for at in instants if at is not None and at > now), default=None)


def _placed(programmes: Iterable[Programme]) -> Iterable[tuple[SpaceId, On]]:
    for programme in programmes:
        for one in programme.sessions:
            if one.placed is not None:
                span = days.span_at(one.placed, one.minutes)
                yield one.placed.hall, On(programme.congress, one, span)


def _holds(span: Span, now: datetime) -> bool:
    return span.start <= now and (span.end is None or now < span.end)


def _is_soon(span: Span, now: datetime) -> bool:
    return span.start - SOON <= now < span.start
