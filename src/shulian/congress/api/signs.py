"""Halls say what is on in them: on plans, in the scene, on their page."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from shulian.congress.rules import signs as rules
from shulian.congress.store import signs as store
from shulian.congress.types import Programme, ShowSigns
from shulian.kit.bus import Bus
from shulian.kit.db import Db
from shulian.kit.jobs import dequeue, enqueue
from shulian.kit.text import Text
from shulian.park import api as park_api
from shulian.park.types import LiveToken, SpaceId

SIGNS = "congress"
"""Who says so, to the park."""

_LONGEST = 200
"""Letters that a sign has room for."""
_SHORTER = "…"
_Sign = tuple[Text, datetime | None]
"""What a hall says, and until when."""
_AFTER = timedelta(days=2)
"""So long after its last day a congress is looked at still: days end at other hours elsewhere."""


def show_signs_later(db: Db, park: SpaceId) -> None:
    """Have the halls of a park say soon what is on; what led to that is committed by then."""
    enqueue(db, ShowSigns(park), alone=f"congress.show_signs/{park}")


def show_signs(db: Db, bus: Bus, park: SpaceId, *, now: datetime) -> None:
    """Let the halls of a park say what is on at `now`, or comes; do so again when that changes.

    It is right whenever it is called, by whomever and however late: one at a time does so for a
    park, and each looks after the one before it.
    """
    store.lock(db, park)
    if not any(one.id == park for one in park_api.parks(db)):
        return
    since = (now - _AFTER).date()
    programmes = store.programmes(db, park, since=since)
    said = {**_coming(programmes, now), **_on(programmes, now)}
    known = park_api.localities(db, store.halls(db, park, since=since) | said.keys())
    for hall in sorted(known):
        if hall not in said:
            park_api.clear_status(db, bus, source=SIGNS, space=hall, now=now)
            continue
        words, until = said[hall]
        park_api.put_status(
            db,
            bus,
            source=SIGNS,
            space=hall,
            token=LiveToken.EVENT,
            words=Text(_cut(words.zh), _cut(words.en)),
            until=until,
            now=now,
        )
    alone = f"congress.show_signs_at/{park}"
    dequeue(db, alone)
    at = rules.next_change(programmes, now)
    if at is not None:
        enqueue(db, ShowSigns(park), alone=alone, at=at)


def parks_with_signs(db: Db, *, now: datetime) -> tuple[SpaceId, ...]:
    """The parks in which a congress is, or was a little while ago, or will be."""
    return store.parks(db, since=(now - _AFTER).date())


def on_in(db: Db, hall: SpaceId, *, now: datetime) -> tuple[rules.On, ...]:
    """What is on in a hall now and what comes there, the first first; nothing that is no hall."""
    park = park_api.path(db, hall)[0].id
    programmes = store.programmes(db, park, since=(now - _AFTER).date())
    return rules.coming(programmes, hall, now)


def _on(programmes: Sequence[Programme], now: datetime) -> Mapping[SpaceId, _Sign]:
    found = rules.on_now(programmes, now)
    return {hall: (one.session.title, one.span.end) for hall, one in found.items()}


def _coming(programmes: Sequence[Programme], now: datetime) -> Mapping[SpaceId, _Sign]:
    found = rules.soon(programmes, now)
    return {hall: (rules.begins(one), one.span.end) for hall, one in found.items()}


def _cut(words: str) -> str:
    return words if len(words) <= _LONGEST else words[: _LONGEST - 1] + _SHORTER
