"""Going: who loses their link, leaves, is sent to another process, or comes in elsewhere."""

import secrets
from dataclasses import replace

from shulian.park.types import SpaceId
from shulian.world.errors import Taken
from shulian.world.live.house import walking
from shulian.world.live.house.book import Book
from shulian.world.live.house.presence import Presence
from shulian.world.live.ports import Close
from shulian.world.rules.crowd import State
from shulian.world.rules.tickets import LIFE, SESSION_LIFE, Kind, Ticket, sign
from shulian.world.types import Stand
from shulian.world.wire.messages import Moved


def session(book: Book, presence: Presence) -> str:
    """What brings somebody back after a lost link."""
    ticket = _ticket(presence, None)
    return sign(
        ticket, kind=Kind.SESSION, secret=book.terms.secret, now=book.now(), life=SESSION_LIFE
    )


def _ticket(presence: Presence, stand: Stand | None) -> Ticket:
    return Ticket(
        visitor=presence.visitor,
        park=presence.park,
        space=None,
        nonce=secrets.token_urlsafe(12),
        stand=stand,
        slot=presence.slot,
        visit=presence.visit,
        last=presence.after,
    )


def hand_over(book: Book, presence: Presence, space: SpaceId, stand: Stand | None) -> None:
    """Send somebody to the process that has the zone `space`: where they walk into it, if so."""
    ground = book.ground_of(presence)
    wants = ground.space(presence.wants) if presence.wants >= 0 else None
    ticket = replace(_ticket(presence, stand), space=space, wants=wants)
    token = sign(ticket, kind=Kind.HANDOVER, secret=book.terms.secret, now=book.now(), life=LIFE)
    book.counters["handed_over"] += 1
    presence.held = None
    book.tell(presence.slot, Moved(book.terms.urls[ground.owners[space]], token))
    if book.sockets is not None:
        book.sockets.drop(presence.slot, Close.MOVED)
    release(book, presence)


def take_over(book: Book, older: Presence) -> None:
    """The same person came in elsewhere: tell the older one so, and free their place."""
    book.counters["taken_over"] += 1
    if older.open:
        book.end(older.slot, Taken(), Close.TAKEN, again=False)
    release(book, older)


def closed(book: Book, slot: int) -> None:
    """A socket is gone; whoever did not leave keeps their place for a minute."""
    book.closed(slot)
    presence = book.presences.get(slot)
    if presence is None:
        return
    presence.knocking = False
    if not presence.open:
        return
    presence.open = presence.welcomed = False
    presence.held = None
    presence.turn += 1
    book.holding.discard(slot)
    book.crowd.state[slot] = State.AWAY
    book.absences.begin(slot, book.terms.time())
    for gate in book.ground_of(presence).gates.values():
        gate.lose(slot)


def release(book: Book, presence: Presence) -> None:
    """Free somebody's place at once: they are gone for all."""
    slot, ground = presence.slot, book.ground_of(presence)
    presence.open = False
    presence.turn += 1
    book.allowances.keep(presence.key, presence.allowance, book.terms.time())
    walking.part(ground, presence)
    for space, gate in ground.gates.items():
        if slot in gate.inside or gate.position(slot):
            gate.leave(slot)
            ground.crowded.add(space)
    book.absences.end(slot)
    book.queued.discard(slot)
    book.holding.discard(slot)
    book.presences.pop(slot, None)
    if book.by_key.get(presence.key) is presence:
        del book.by_key[presence.key]
    book.vacate(slot)


def expire(book: Book, now: float) -> None:
    """Free the places of those who did not come back in time."""
    book.allowances.forget(now)
    for slot in book.absences.expire(now):
        presence, ground = book.presences.get(slot), book.shadows.pop(slot, None)
        if presence is not None:
            book.counters["expired"] += 1
            release(book, presence)
        elif ground is not None:
            book.counters["expired"] += 1
            for gate in ground.gates.values():
                gate.leave(slot)
            book.vacate(slot)
