"""Outsiders: people of other processes who want into a zone of ours, or are on their way into it.

They stand in the zone's gate by their keys as our own people do by their slots, so no two can have
the same place. A process says every second who of its people wants what: whom it does not name any
more waits no more, and a place that nobody comes for in time is free again.
"""

from shulian.park.types import SpaceId
from shulian.world.live.house import foreign
from shulian.world.live.house.book import Book
from shulian.world.live.house.ground import Ground, Outsider
from shulian.world.live.house.presence import Presence
from shulian.world.types import VisitorKey

_SILENT = 3.0
"""[s] without a word of their process after which nobody waits any more."""
_CALLED = 15.0
"""[s] that a place is kept for somebody who was told of it."""


def hear(book: Book, told: foreign.Wishes) -> tuple[foreign.Place, ...]:
    """Keep who of another process wants what; answers where each of them is."""
    if told.all:
        named = {(wish.space, wish.key) for wish in told.wishes}
        for ground in book.grounds.values():
            for (space, key), one in tuple(ground.outsiders.items()):
                waits = key not in ground.gates[space].inside
                if one.shard == told.shard and waits and (space, key) not in named:
                    _drop(ground, space, key)
    kept = [(ground, wish) for wish in told.wishes if (ground := _wish(book, told.shard, wish))]
    zones = {wish.space: one for one, wish in kept}
    queues = {space: one.positions(space) for space, one in zones.items()}
    return tuple(
        _place(book, one, wish.space, wish.key, queues[wish.space].get(wish.key, 0))
        for one, wish in kept
    )


def _wish(book: Book, shard: int, wish: foreign.Wish) -> Ground | None:
    """Keep that somebody wants into a zone; the park, if that is ours."""
    ground = book.grounds.get(wish.park)
    zone = ground.zones.place.get(wish.space) if ground is not None else None
    if ground is None or zone is None or ground.foreign[zone] or wish.key in book.by_key:
        return None
    gate = ground.gates[wish.space]
    keep(book, ground, wish.space, wish.key, shard)
    if wish.away:
        gate.lose(wish.key)
    else:
        gate.back(wish.key)
        if len(gate.inside) < gate.cap:
            gate.enter(wish.key)
    return ground


def keep(book: Book, ground: Ground, space: SpaceId, key: VisitorKey, shard: int) -> None:
    """Have somebody of the process `shard` in the queue of a zone, if they are not."""
    now = book.terms.time()
    one = ground.outsiders.setdefault((space, key), Outsider(shard, now))
    one.shard, one.heard = shard, now
    ground.gates[space].wait(key)


def _place(
    book: Book, ground: Ground, space: SpaceId, key: VisitorKey, position: int
) -> foreign.Place:
    """Where an outsider is; from now on the place is kept that they are told of."""
    gate, one = ground.gates[space], ground.outsiders[space, key]
    if key in gate.inside:
        one.called = min(one.called, book.terms.time() + _CALLED)
    count = len(ground.members[space])
    return foreign.Place(ground.park, space, key, position, count)


def call(book: Book, ground: Ground, space: SpaceId, key: VisitorKey) -> None:
    """Tell the process of somebody that there is a place for them."""
    place = _place(book, ground, space, key, 0)
    if book.abroad is not None:
        book.abroad.call(ground.outsiders[space, key].shard, place)


def arrived(ground: Ground, space: SpaceId, presence: Presence) -> None:
    """Have somebody who is here now where they were as an outsider."""
    if ground.outsiders.pop((space, presence.key), None) is not None:
        ground.gates[space].swap(presence.key, presence.slot)


def expire(ground: Ground, now: float) -> None:
    """Drop those of whom nothing was heard, and those who did not come in time."""
    for (space, key), one in tuple(ground.outsiders.items()):
        waits = key not in ground.gates[space].inside
        if (waits and now - one.heard > _SILENT) or one.called <= now:
            _drop(ground, space, key)


def _drop(ground: Ground, space: SpaceId, key: VisitorKey) -> None:
    ground.gates[space].leave(key)
    del ground.outsiders[space, key]
