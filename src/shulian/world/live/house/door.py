"""The door: who comes in by a ticket, comes back by a session, loses their link, goes."""

import re
from dataclasses import replace

from shulian.kit.db import Db
from shulian.kit.errors import Failure, LoginNeeded
from shulian.world.errors import (
    Banned,
    Removed,
    RightMissing,
    TicketExpired,
    TicketWrong,
    WorldFull,
)
from shulian.world.live.house import going, order, outsiders, passage, renewal, walking
from shulian.world.live.house.book import Book, stand_view
from shulian.world.live.house.ground import Ground
from shulian.world.live.house.presence import Presence, message_view
from shulian.world.live.house.records import Arrival, arrival, standing
from shulian.world.live.ports import Close, Denied, Knock
from shulian.world.rules.crowd import State
from shulian.world.rules.tickets import Kind, Ticket, read
from shulian.world.types import Measure, Right, Stand
from shulian.world.wire.messages import Welcome

_NUMBER = re.compile(r"[0-9]{1,18}")
_STATUS = {"full": 503}
"""Of a refusal that is no 401 or 403."""


def knock(book: Book, knock: Knock) -> int | Denied:
    """The slot of who comes in."""
    book.counters["knocks"] += 1
    try:
        session = knock.query.get("resume")
        if session is None:
            ticket = _read(book, knock.query.get("ticket", ""), Kind.TICKET)
            slot = _come(book, _once(book, ticket))
        else:
            slot = _come_back(book, session, _number(knock.query.get("last")))
    except Failure as failure:
        name = failure.code.rpartition(".")[2]
        book.counters[f"denied_{name}"] += 1
        return Denied(
            401 if isinstance(failure, LoginNeeded) else _STATUS.get(name, 403), failure.code
        )
    book.expect(slot)
    return slot


def _read(book: Book, text: str, kind: Kind) -> Ticket:
    return read(text, kind=kind, secret=book.terms.secret, now=book.now())


def _once(book: Book, ticket: Ticket) -> Ticket:
    """The ticket, if it comes for the first time."""
    if not book.first_use(ticket.nonce):
        book.counters["replayed"] += 1
        raise TicketWrong
    return ticket


def _number(text: str | None) -> int:
    """The number of the last message that was seen; what is none counts as 0."""
    return int(text) if text and _NUMBER.fullmatch(text) else 0


def _come_back(book: Book, session: str, last: int) -> int:
    """The slot of somebody with a session, or with a handover from another process."""
    try:
        ticket = _read(book, session, Kind.SESSION)
    except TicketExpired:
        raise
    except TicketWrong:
        handed = _once(book, _read(book, session, Kind.HANDOVER))
        return _come(book, replace(handed, last=max(handed.last, last)), resumed=True)
    _admissible(book, ticket)
    presence = book.presences.get(ticket.slot)
    ours = presence is not None and presence.key == ticket.visitor.key
    if not 0 <= ticket.slot < len(book.crowd.state):
        raise TicketWrong
    if int(book.crowd.visit[ticket.slot]) != ticket.visit or not (ours or _shadow(book, ticket)):
        raise TicketExpired
    if presence is None:
        presence = _revived(book, ticket)
    elif presence.open or presence.knocking:
        # the old link is not known to be lost yet, or another one is on its way: a slot of its own
        stand = book.stand(ticket.slot)
        return _come(book, replace(ticket, stand=stand, last=last), resumed=True)
    presence.after, presence.resumed, presence.knocking = last, True, True
    book.absences.begin(ticket.slot, book.terms.time())
    return ticket.slot


def _shadow(book: Book, ticket: Ticket) -> bool:
    """Whether the slot is of somebody who was here before this process was."""
    ground = book.shadows.get(ticket.slot)
    return ground is not None and ground.park == ticket.park


def _revived(book: Book, ticket: Ticket) -> Presence:
    """Somebody who was here before this process was, at their old place."""
    ground = book.shadows.pop(ticket.slot)
    older = book.by_key.get(ticket.visitor.key)
    if older is not None:
        going.take_over(book, older)
    stand = book.stand(ticket.slot)
    zone = ground.zones.locate_one(stand)
    presence = _presence(book, ticket, ticket.slot, zone)
    if ground.foreign[zone]:  # they were on their way into another process
        presence.inside, presence.bound = False, stand
    else:
        ground.gates[ground.space(zone)].take(ticket.slot)
    _enlist(book, presence, ground)
    book.counters["revived"] += 1
    return presence


def _admissible(book: Book, ticket: Ticket) -> Ground:
    """The park, if the visitor may be in it."""
    ground = book.grounds.get(ticket.park)
    if ground is None:
        raise TicketWrong
    key = ticket.visitor.key
    if ground.sanction(key, Measure.BAN, book.now()):
        raise Banned
    if ground.sanction(key, Measure.REMOVE, book.now()):
        raise Removed
    return ground


def _come(book: Book, ticket: Ticket, *, resumed: bool = False) -> int:
    """The slot of somebody with a ticket: in the zone they want, or in the queue for it."""
    ground = _admissible(book, ticket)
    older, stand = book.by_key.get(ticket.visitor.key), ticket.stand
    if older is not None and stand is None and ticket.space is None:
        stand = book.stand(older.slot) if older.park == ticket.park and older.inside else None
    zone = _wanted(book, ground, ticket, stand)
    slot = book.allot()
    if slot is None:  # before their older place is given up
        raise WorldFull
    presence = _presence(book, ticket, slot, zone)
    presence.after, presence.resumed = ticket.last, resumed
    if older is not None:
        _step_in(book, presence, older, ticket)
    if ground.foreign[zone]:
        presence.inside, presence.bound = False, stand
        book.put(slot, stand or ground.zones.entrance, ground.band, book.terms.time())
    else:
        _let_in(book, presence, ground, zone, stand)
    _enlist(book, presence, ground)
    wants = ground.zones.place.get(ticket.wants) if ticket.wants is not None else None
    if wants is not None and presence.inside and ground.foreign[wants]:
        passage.wait(book, presence, wants)
    return slot


def _step_in(book: Book, presence: Presence, older: Presence, ticket: Ticket) -> None:
    """Have somebody in the place of their older link: in a zone, and in the queue for another."""
    slot, echoes = presence.slot, book.echoes.take(older.slot)
    if presence.resumed:
        book.echoes.give(slot, echoes)
    if older.park == presence.park:
        ground = book.ground_of(presence)
        ground.gates[ground.space(presence.zone)].swap(older.slot, slot)
        stays = ticket.space is None and presence.zone == older.zone
        if older.wants >= 0 and older.inside and stays:
            walking.wait_instead(book, presence, older)
    going.take_over(book, older)


def _wanted(book: Book, ground: Ground, ticket: Ticket, stand: Stand | None) -> int:
    """The place of the zone that the ticket is for, or of one outside if they may not enter it."""
    zone = ground.porch
    if stand is not None:
        zone = ground.zones.locate_one(stand)
    elif ticket.space is not None:
        zone = ground.zones.place.get(ticket.space, ground.porch)
    for one in (zone, ground.porch, 0):
        if walking.may_enter(book, ground, ticket.visitor, one):
            return one
    raise RightMissing(right=Right.ENTER.value, zone=ground.park)


def _let_in(book: Book, presence: Presence, ground: Ground, zone: int, stand: Stand | None) -> None:
    """Give somebody a place in the zone they want, else one outside and one in the queue."""
    slot, space = presence.slot, ground.space(zone)
    outsiders.arrived(ground, space, presence)
    if not ground.gates[space].enter(slot):
        outside = _outside(book, ground, presence, zone)
        if outside is None:
            _send_out(book, presence, ground, zone)
            return
        presence.wants, zone, stand = zone, outside, None
        book.queued.add(slot)
    presence.zone = zone
    if stand is None or ground.zones.locate_one(stand) != zone:
        stand = walking.spot(book, ground, zone)
    book.put(slot, stand, ground.band, book.terms.time())


def _send_out(book: Book, presence: Presence, ground: Ground, zone: int) -> None:
    """Have somebody wait at the process that has the open ground; raises WorldFull."""
    slot, space = presence.slot, ground.space(zone)
    gate = ground.gates[space]
    if not ground.foreign[0] or Right.ENTER not in ground.rights(0, presence.visitor):
        gate.leave(slot)
        book.vacate(slot)
        raise WorldFull
    outsiders.keep(book, ground, space, presence.key, ground.owners[ground.park])
    gate.swap(slot, presence.key)
    presence.inside, presence.zone, presence.wants = False, 0, zone
    book.put(slot, ground.zones.entrance, ground.band, book.terms.time())


def _outside(book: Book, ground: Ground, presence: Presence, wanted: int) -> int | None:
    """A zone in which there is a place while they wait for another one."""
    for zone in (ground.porch, 0):
        gate = ground.gates[ground.space(zone)]
        if zone == wanted or ground.foreign[zone]:
            continue
        if walking.may_enter(book, ground, presence.visitor, zone):
            if gate.enter(presence.slot):
                return zone
            gate.leave(presence.slot)
    return None


def _presence(book: Book, ticket: Ticket, slot: int, zone: int) -> Presence:
    key, older = ticket.visitor.key, book.by_key.get(ticket.visitor.key)
    return Presence(
        slot=slot,
        visit=int(book.crowd.visit[slot]),
        visitor=ticket.visitor,
        park=ticket.park,
        zone=zone,
        allowance=older.allowance if older else book.allowances.of(key, book.terms.time()),
    )


def _enlist(book: Book, presence: Presence, ground: Ground) -> None:
    """Write somebody into the book; nobody sees them before they are welcomed."""
    slot, zone = presence.slot, presence.zone
    presence.rights = ground.rights(zone, presence.visitor)
    presence.encode()
    book.presences[slot] = presence
    book.by_key[presence.key] = presence
    book.names.pop(presence.key, None)  # who came last stands last
    book.names[presence.key] = presence.visitor.name
    book.crowd.state[slot] = State.AWAY
    book.assign(slot, zone)
    book.absences.begin(slot, book.terms.time())
    if presence.inside:
        walking.join(ground, presence)
    if book.abroad is not None:
        book.abroad.came(presence)


def opened(book: Book, slot: int) -> None:
    """Somebody's socket is there: they are welcomed once it is known what they missed."""
    book.opened(slot)
    presence = book.presences.get(slot)
    if presence is None or presence.open:
        if book.sockets is not None:
            book.sockets.drop(slot, Close.TAKEN)
        return
    book.absences.end(slot)
    presence.open, presence.knocking, presence.faults = True, False, 0
    ground = book.ground_of(presence)
    if not presence.inside:
        going.hand_over(book, presence, ground.space(presence.zone), presence.bound)
        return
    for gate in ground.gates.values():
        gate.back(slot)
    turn = book.hold(presence)
    space, key, after = ground.space(presence.zone), presence.key, presence.after
    now, person, grants = book.now(), presence.visitor.person, book.terms.grants
    anew = presence.resumed or key in book.turned

    def read(db: Db) -> Arrival:
        found = arrival(db, ground.park, space, key, now=now, after=after)
        return replace(found, standing=standing(db, grants, person)) if person and anew else found

    def unread(_failure: Failure) -> None:
        book.unmet.add(key)
        welcome(book, presence, turn, Arrival())

    book.journal.read(read, lambda found: welcome(book, presence, turn, found), unread)


def welcome(book: Book, presence: Presence, turn: int, found: Arrival) -> None:
    """Tell somebody that they are in; from now on they are seen."""
    if not presence.open or presence.turn != turn:
        return
    if found.standing is not None and not found.standing.open:
        renewal.over(book, presence)
        return
    _keep_apart(book, presence, found)
    ground = book.ground_of(presence)
    slot, zone = presence.slot, presence.zone
    if found.standing is not None:
        renewal.take(presence, found.standing)
        presence.rights = ground.rights(zone, presence.visitor)
        presence.encode()
    echoes = book.echoes.since(slot, presence.after, book.terms.time())
    missed = {one.number: one for one in (*found.messages, *(echoes if presence.resumed else ()))}
    messages = [missed[number] for number in sorted(missed)]
    presence.welcomed = True
    presence.reports = order.reports_for(ground, presence)
    book.crowd.state[slot] = State.HERE
    book.crowd.moved[slot] = 1
    news = Welcome(
        you=presence.view(),
        zone=ground.zone_view(zone),
        stand=stand_view(book.stand(slot)),
        rights=tuple(sorted(presence.rights)),
        session=going.session(book, presence),
        resumed=presence.resumed,
        hands=walking.hands(book, ground, presence),
        messages=tuple(message_view(one) for one in messages if one.sender not in presence.hidden),
        shown=ground.shown_view(zone),
        blocked=tuple(sorted(presence.blocked)),
        reports=presence.reports,
    )
    book.let_go(presence, news, missed)
    order.tell_mute(book, ground, presence)
    walking.tell_position(book, presence)
    book.counters["resumed" if presence.resumed else "welcomed"] += 1
    if ground.barred(zone, presence.key, book.now()):
        order.lead_out(book, ground, presence, ground.space(zone), "removed", Removed())
    elif Right.ENTER not in presence.rights:
        order.lead_out(book, ground, presence, ground.space(zone), "closed", Removed())


def _keep_apart(book: Book, presence: Presence, found: Arrival) -> None:
    """Hide them from those they must not meet, and those from them."""
    presence.blocked = found.blocked
    presence.hidden |= found.hidden
    for key in presence.hidden:
        other = book.by_key.get(key)
        if other is not None:
            other.hidden |= {presence.key}
            book.hide(other)
    book.hide(presence)
