"""Walking: from zone to zone, past a cap and rights, brought somewhere, put back, let in."""

from typing import Literal

import msgspec
import numpy as np

from shulian.park.types import SpaceId
from shulian.world.errors import Removed, RightMissing
from shulian.world.live.house import outsiders
from shulian.world.live.house.book import Book, stand_view
from shulian.world.live.house.ground import Ground
from shulian.world.live.house.presence import Presence, message_view
from shulian.world.live.house.records import Arrival, arrival
from shulian.world.rules.admission import Who
from shulian.world.rules.bands import BAND
from shulian.world.rules.crowd import State
from shulian.world.types import Right, Stand, Visitor, VisitorKey
from shulian.world.wire.frames import CM, TURN
from shulian.world.wire.messages import Crowd, Entered, Hands, Placed, Waiting

PATIENCE = 25.0
"""Who goes so far from the door of a full zone does not wait for it any more [m]."""

_BETWEEN = 0.2
"""[s] between two times that somebody is told where they stand."""

Reason = Literal["go", "brought", "speed", "wall", "full", "closed", "removed"]


def join(ground: Ground, presence: Presence) -> None:
    """Count somebody among those in their zone."""
    space = ground.space(presence.zone)
    ground.members[space][presence.slot] = None
    ground.crowded.add(space)


def part(ground: Ground, presence: Presence) -> None:
    """Count somebody among those in their zone no more; their hand goes down."""
    space = ground.space(presence.zone)
    if presence.slot in ground.members[space]:
        del ground.members[space][presence.slot]
        ground.crowded.add(space)
    if presence.slot in ground.hands[space]:
        del ground.hands[space][presence.slot]
        ground.waving.add(space)


def spot(book: Book, ground: Ground, zone: int) -> Stand:
    """Where the next one appears in a zone."""
    space = ground.space(zone)
    turn = ground.turns[space] = ground.turns.get(space, -1) + 1
    there = np.fromiter(ground.members[space], np.intp, len(ground.members[space]))
    return ground.zones.spawn(zone, turn, book.points(there, ground.band)[:, :2])


def place(book: Book, presence: Presence, stand: Stand, reason: Reason) -> None:
    """Put somebody somewhere, and tell them so."""
    book.put(presence.slot, stand, book.ground_of(presence).band, book.terms.time())
    book.tell_at_once(presence.slot, Placed(stand_view(stand), reason))


def demand_entry(book: Book, presence: Presence, ground: Ground, zone: int) -> None:
    """Go on only where they may enter: raises RightMissing or Removed."""
    if Right.ENTER not in ground.rights(zone, presence.visitor):
        raise RightMissing(right=Right.ENTER.value, zone=ground.space(zone))
    if ground.barred(zone, presence.key, book.now()):
        raise Removed


def may_enter(book: Book, ground: Ground, visitor: Visitor, zone: int) -> bool:
    """Whether somebody has the right to be in a zone, and was not put out of it lately."""
    barred = ground.barred(zone, visitor.key, book.now())
    return not barred and Right.ENTER in ground.rights(zone, visitor)


def outside(book: Book, ground: Ground, presence: Presence, space: SpaceId) -> int | None:
    """A zone of ours outside of `space` where they may be: where one comes in, or in between."""
    for zone in (ground.porch, 0):
        if (
            space not in ground.zones.chain(zone)
            and not ground.foreign[zone]
            and may_enter(book, ground, presence.visitor, zone)
        ):
            return zone
    return None


def enter(book: Book, presence: Presence, zone: int) -> bool:
    """Have somebody in another zone of ours; where it is full they wait, and it answers False."""
    ground = book.ground_of(presence)
    slot = presence.slot
    if presence.wants not in {-1, zone}:
        give_up(book, presence)
    gate = ground.gates[ground.space(zone)]
    if not gate.enter(slot):
        presence.wants, presence.ahead = zone, 0
        book.queued.add(slot)
        tell_position(book, presence)
        return False
    change(book, presence, zone)
    return True


def change(book: Book, presence: Presence, zone: int) -> None:
    """Have somebody, who has a place in it, in another zone, and tell them about it."""
    ground = book.ground_of(presence)
    part(ground, presence)
    ground.gates[ground.space(presence.zone)].leave(presence.slot)
    if presence.wants == zone:
        presence.wants, presence.wants_at = -1, None
        book.queued.discard(presence.slot)
        tell_position(book, presence)
    presence.zone = zone
    book.assign(presence.slot, zone)
    join(ground, presence)
    tell_zone(book, presence)


def tell_zone(book: Book, presence: Presence) -> None:
    """Tell somebody what there is in their zone, and others what they may do there."""
    ground, zone = book.ground_of(presence), presence.zone
    presence.rights = ground.rights(zone, presence.visitor)
    if presence.encode():
        book.introduce(presence.slot)
    turn = book.hold(presence)
    space, key, now = ground.space(zone), presence.key, book.now()
    book.journal.read(
        lambda db: arrival(db, ground.park, space, key, now=now, after=0),
        lambda found: entered(book, presence, turn, found),
        lambda _failure: entered(book, presence, turn, Arrival()),
    )


def entered(book: Book, presence: Presence, turn: int, found: Arrival) -> None:
    """Tell somebody what there is in the zone they have come into."""
    if not presence.open or presence.turn != turn or presence.held is None:
        return
    ground, zone = book.ground_of(presence), presence.zone
    heard = [one for one in found.messages if one.sender not in presence.hidden]
    news = Entered(
        zone=ground.zone_view(zone),
        rights=tuple(sorted(presence.rights)),
        hands=hands(book, ground, presence),
        messages=tuple(message_view(one) for one in heard),
        shown=ground.shown_view(zone),
    )
    book.let_go(presence, news, {one.number for one in heard})


def hands(book: Book, ground: Ground, presence: Presence) -> tuple[VisitorKey, ...]:
    """Whose hands somebody sees in their zone."""
    raised = ground.hands[ground.space(presence.zone)]
    keys = (book.presences[slot].key for slot in raised)
    return tuple(key for key in keys if key not in presence.hidden)


def tell_hands(book: Book, ground: Ground) -> None:
    """Tell where hands went up or down; nobody is told of those they must not meet."""
    waving, ground.waving = ground.waving, set()
    for space in waving:
        raised = {
            one.key: one.visitor.name
            for slot in ground.hands.get(space, ())
            if (one := book.presences[slot])
        }
        all_of_them = msgspec.json.encode(Hands(space, tuple(raised), tuple(raised.values())))
        for slot in tuple(ground.members.get(space, ())):
            hidden = book.presences[slot].hidden
            if hidden.isdisjoint(raised):
                book.tell_raw(slot, all_of_them)
            else:
                seen = {key: name for key, name in raised.items() if key not in hidden}
                book.tell(slot, Hands(space, tuple(seen), tuple(seen.values())))


def tell_crowd(book: Book, ground: Ground) -> None:
    """Tell where people came or went how many there are."""
    crowded, ground.crowded = ground.crowded, set()
    for space in crowded:
        zone = ground.zones.place.get(space)
        if zone is not None:
            book.tell_zone(ground, space, Crowd(ground.zone_view(zone)))


def admit(book: Book, ground: Ground) -> None:
    """Let in those who waited and for whom there is a place now."""
    wanted = [ground.space(book.presences[slot].wants) for slot in waiting(book, ground)]
    for space in dict.fromkeys([*wanted, *(space for space, _ in ground.outsiders)]):
        for who in ground.gates[space].admit():
            if isinstance(who, str):
                outsiders.call(book, ground, space, VisitorKey(who))
                continue
            presence, zone = book.presences[who], ground.zones.place[space]
            if not may_enter(book, ground, presence.visitor, zone):
                give_up(book, presence)
                continue
            presence.wants, presence.wants_at = zone, None
            place(book, presence, spot(book, ground, zone), "go")
            change(book, presence, zone)
    queues: dict[SpaceId, dict[Who, int]] = {}
    for slot in waiting(book, ground):
        presence = book.presences[slot]
        space = ground.space(presence.wants)
        if space not in queues:
            queues[space] = ground.positions(space)
        tell_position(book, presence, queues[space].get(slot, 0))


def waiting(book: Book, ground: Ground) -> list[int]:
    """Who waits for a zone of this park."""
    return [slot for slot in book.queued if book.presences[slot].park == ground.park]


def tell_position(book: Book, presence: Presence, position: int | None = None) -> None:
    """Tell somebody their place in the queue, if it is another than they know.

    position  in a queue of ours, if it was looked up already
    """
    ground, zone = book.ground_of(presence), presence.wants
    if zone < 0:
        position = 0
    elif ground.foreign[zone]:
        position = presence.ahead
    elif position is None:
        position = ground.gates[ground.space(zone)].position(presence.slot)
    if position != presence.position and presence.open:
        presence.position = position
        shown = zone if zone >= 0 else presence.zone
        book.tell(presence.slot, Waiting(ground.zone_view(shown), position))


def give_up(book: Book, presence: Presence) -> None:
    """Have somebody not wait any more."""
    ground = book.ground_of(presence)
    if presence.wants >= 0:
        ground.gates[ground.space(presence.wants)].leave(presence.slot)
    presence.wants, presence.wants_at, presence.ahead = -1, None, 0
    book.queued.discard(presence.slot)
    tell_position(book, presence)


def turn_away(book: Book, ground: Ground) -> None:
    """Have those not wait any more for a zone who may not enter it by now."""
    for slot in waiting(book, ground):
        presence = book.presences[slot]
        if not may_enter(book, ground, presence.visitor, presence.wants):
            give_up(book, presence)


def wait_instead(book: Book, presence: Presence, older: Presence) -> None:
    """Have somebody wait where they do by an older link; nobody is let in before they are here."""
    ground = book.ground_of(presence)
    presence.wants, presence.wants_at = older.wants, older.wants_at
    presence.asked, presence.ahead, presence.bound = older.asked, older.ahead, older.bound
    book.queued.add(presence.slot)
    gate = ground.gates[ground.space(older.wants)]
    gate.swap(older.slot, presence.slot)
    gate.lose(presence.slot)


def lose_patience(book: Book) -> None:
    """Have those not wait any more who walked away from the door."""
    for slot in tuple(book.queued):
        presence = book.presences[slot]
        if presence.wants_at is None or book.crowd.state[slot] != State.HERE:
            continue
        apart = book.crowd.place[slot, :2] - np.array(presence.wants_at[:2], np.int32)
        if float(np.hypot(*apart)) > PATIENCE * CM:
            give_up(book, presence)


def put_back(book: Book, presence: Presence, before: tuple[int, int, int], reason: Reason) -> None:
    """Put somebody where they were [cm]; if that is in no zone of theirs, to where one begins."""
    ground, stand = book.ground_of(presence), stand_at(book, presence.slot, before)
    if ground.zones.locate_one(stand) != presence.zone:
        stand = spot(book, ground, presence.zone)
    place(book, presence, stand, reason)


def stand_at(book: Book, slot: int, place: tuple[int, int, int]) -> Stand:
    """Where somebody was [cm], in the plane of their park, facing as they do now."""
    east, north, height = place
    heading = int(book.crowd.heading[slot]) * 360.0 / TURN
    return Stand((east - int(book.crowd.band[slot]) * BAND) / CM, north / CM, height / CM, heading)


def strayed(book: Book, slot: int, reason: Reason) -> None:
    """Tell somebody where they stand whose moves were refused, a few times a second at the most."""
    presence, now = book.presences.get(slot), book.terms.time()
    if presence is None or not presence.welcomed or now - presence.placed < _BETWEEN:
        return
    presence.placed = now
    book.counters[f"strayed_{reason}"] += 1
    book.tell_at_once(slot, Placed(stand_view(book.stand(slot)), reason))
