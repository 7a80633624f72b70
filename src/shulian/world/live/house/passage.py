"""Passage: into zones of other processes, whose caps hold for those from here as well.

Whoever wants in stays where they are while the other process is asked for a place, and is handed
over when it has one. Where it does not answer they are sent all the same: it looks again then.
"""

import math

from shulian.world.live.house import walking
from shulian.world.live.house.book import Book
from shulian.world.live.house.foreign import Place, Wish
from shulian.world.live.house.going import hand_over
from shulian.world.live.house.presence import Presence
from shulian.world.types import Stand

_ANSWER = 1.0
"""[s] that an answer may take."""

Spot = tuple[int, int, int]
"""East, north, height [cm]."""


def set_out(
    book: Book, presence: Presence, zone: int, stand: Stand | None, before: Spot | None = None
) -> None:
    """Have somebody in a zone of another process as soon as there is a place.

    stand   where they want to stand there
    before  where they were, if they walked
    """
    ground = book.ground_of(presence)
    if book.abroad is None:
        hand_over(book, presence, ground.space(zone), stand)
        return
    if presence.wants != zone:
        walking.give_up(book, presence)
        wait(book, presence, zone, since=book.terms.time())
    presence.bound, presence.wants_at = stand, before


def wait(book: Book, presence: Presence, zone: int, *, since: float = math.inf) -> None:
    """Ask for a place in a zone of another process; `since` infinite: it is known to be full."""
    presence.wants, presence.asked = zone, since
    book.queued.add(presence.slot)
    if book.abroad is not None:
        book.abroad.wish(presence)


def walk(book: Book, presence: Presence, zone: int, before: Spot) -> None:
    """Somebody walked into a zone of another process; they stood at `before` a moment ago."""
    if presence.wants == zone and presence.ahead:
        walking.put_back(book, presence, before, "full")
        presence.wants_at = before
    elif presence.wants != zone or presence.wants_at is None:
        set_out(book, presence, zone, book.stand(presence.slot), before)


def wish(book: Book, presence: Presence) -> Wish:
    """What somebody wants who waits, as it is told to the other process."""
    ground = book.ground_of(presence)
    space = ground.space(presence.wants)
    return Wish(presence.park, space, presence.key, away=not presence.open)


def wishes(book: Book) -> dict[int, list[Wish]]:
    """By process: what our people want of it, the first first."""
    found: dict[int, list[Wish]] = {}
    waiting = [book.presences[slot] for slot in book.queued]
    for presence in sorted(waiting, key=lambda one: (one.asked, one.visit)):
        ground = book.ground_of(presence)
        if ground.foreign[presence.wants]:
            owner = ground.owners[ground.space(presence.wants)]
            found.setdefault(owner, []).append(wish(book, presence))
    return found


def answered(book: Book, place: Place) -> None:
    """Another process says where somebody is who wants into a zone of its."""
    presence, ground = book.by_key.get(place.key), book.grounds.get(place.park)
    zone = ground.zones.place.get(place.space) if ground is not None else None
    if presence is None or ground is None or presence.park != place.park or presence.wants != zone:
        return
    ground.counts[place.space] = place.count
    if place.position == 0:
        _go(book, presence)
        return
    first, presence.ahead = presence.ahead == 0, place.position
    if first and presence.wants_at is not None:
        walking.put_back(book, presence, presence.wants_at, "full")
    walking.tell_position(book, presence)


def _go(book: Book, presence: Presence) -> None:
    """Send somebody to the zone they want, unless they have turned around by now."""
    ground, zone, stand = book.ground_of(presence), presence.wants, presence.bound
    if not presence.open:
        return
    if presence.wants_at is not None:
        stand = None if presence.ahead else book.stand(presence.slot)
    turned = presence.wants_at is not None and stand and ground.zones.locate_one(stand) != zone
    walking.give_up(book, presence)
    if not turned:
        hand_over(book, presence, ground.space(zone), stand)


def send_unanswered(book: Book, now: float) -> None:
    """Send those on their way about whom no answer came."""
    for slot in tuple(book.queued):
        presence = book.presences[slot]
        foreign = book.ground_of(presence).foreign[presence.wants]
        if foreign and not presence.ahead and now - presence.asked > _ANSWER:
            _go(book, presence)
