"""Order: what moderators do, what holds since, and whom people do not want to meet."""

from dataclasses import replace
from datetime import timedelta
from functools import partial

from shulian.identity.api import actor_of_person
from shulian.kit.bus import Bus
from shulian.kit.db import Db
from shulian.kit.errors import Failure, LoginNeeded
from shulian.park.types import SpaceId
from shulian.world import api
from shulian.world.errors import Banned, PersonGone, Removed, RightMissing
from shulian.world.live.house import walking
from shulian.world.live.house.asks import show_exhibit
from shulian.world.live.house.book import Book
from shulian.world.live.house.going import release
from shulian.world.live.house.ground import Ground, Sanctioned
from shulian.world.live.house.presence import Presence
from shulian.world.live.house.records import Decisions, decisions
from shulian.world.live.ports import Close
from shulian.world.rules.texts import clean
from shulian.world.types import (
    GREATEST_NUMBER,
    Measure,
    MessageNumber,
    Right,
    Sanction,
    VisitorKey,
)
from shulian.world.wire.messages import Block, Complain, Moderate, Order, Reports, Rights

_OUT = {Measure.BAN: Banned, Measure.REMOVE: Removed}
"""Measures that end a visit."""
_PERSONAL = {Measure.MUTE, Measure.UNMUTE, Measure.REMOVE, Measure.BAN, Measure.UNBAN}


def moderate(book: Book, presence: Presence, call: Moderate) -> None:
    """Take a measure; raises what stands against it."""
    ground, visitor = book.ground_of(presence), presence.visitor
    zone = presence.zone
    target = book.by_key.get(call.person) if call.person is not None else None
    if call.measure is Measure.REMOVE and target is not None and target.park == ground.park:
        zone = target.zone
    if call.measure is Measure.REMOVE and Right.MODERATE in ground.rights(0, visitor):
        zone = 0  # who keeps order everywhere removes people from everywhere
    space, now = ground.space(zone), book.now()
    if Right.MODERATE not in ground.rights(zone, visitor):
        raise RightMissing(right=Right.MODERATE.value, zone=space)
    if visitor.person is None:
        raise LoginNeeded
    person, key = visitor.person, call.person if call.measure in _PERSONAL else None
    until = now + timedelta(minutes=call.minutes) if call.minutes else None
    name = book.names.get(key, "") if key is not None else ""
    reason = clean(call.reason) if call.reason.strip() else ""

    def done(_: None) -> None:
        book.counters[f"measure_{call.measure.value}"] += 1
        refresh(book, ground.park)
        book.accept(presence, call.key)

    book.journal.work(
        lambda db, bus: api.moderate(
            db,
            bus,
            actor_of_person(db, book.terms.grants, person),
            ground.park,
            space,
            measure=call.measure,
            visitor=key,
            name=name,
            reason=reason,
            until=until,
            now=now,
        ),
        done,
        partial(book.refuse, presence, call.key),
    )


def dismiss(book: Book, target: Presence, failure: Failure) -> None:
    """End somebody's visit: their place is free at once."""
    if target.open:
        book.end(target.slot, failure, Close.REMOVED, again=False)
    release(book, target)


def refresh(book: Book, park: SpaceId) -> None:
    """Read anew what is decided about a park, and let it hold.

    However often that is asked for at a time, as when many complain, it is read once more at most.
    """
    if park in book.reading:
        book.reading[park] = True
        return
    book.reading[park] = False
    now = book.now()
    book.unread.discard(park)
    book.journal.read(
        lambda db: decisions(db, park, now=now),
        partial(_read, book, park),
        lambda _failure: _read(book, park, None),
    )


def _read(book: Book, park: SpaceId, found: Decisions | None) -> None:
    again = book.reading.pop(park)
    if found is None:
        book.unread.add(park)
    else:
        decide(book, park, found)
    if again:
        refresh(book, park)


def catch_up(book: Book) -> None:
    """Read what could not be read when it was announced."""
    for park in tuple(book.unread):
        refresh(book, park)
    for key in tuple(book.unmet):
        book.unmet.discard(key)
        if key in book.by_key:
            reblock(book, key)


def decide(book: Book, park: SpaceId, found: Decisions) -> None:
    """Let it hold what is decided about a park, and tell those whom it concerns."""
    ground = book.grounds.get(park)
    if ground is None:
        return
    before, shown, others = dict(ground.sanctions), dict(ground.shown), _others(ground.decisions)
    silent = {zone for zone in range(len(ground.plot.zones)) if ground.silent(zone)}
    ground.decide(found)
    ground.shown, told = shown, ground.shown
    for space in {*shown, *told}:
        show_exhibit(book, park, space, told.get(space))
    _tell_silence(book, ground, silent)
    _tell_sanctions(book, ground, before)
    if _others(found) == others:
        return
    for presence in [one for one in book.presences.values() if one.park == park]:
        tell_rights(book, ground, presence)
    walking.turn_away(book, ground)


def _others(found: Decisions) -> Decisions:
    """What is decided but for that which is told as it is, such as who is muted."""
    return replace(found, sanctions=(), silences=frozenset(), shown=())


def _tell_silence(book: Book, ground: Ground, before: set[int]) -> None:
    for zone in range(len(ground.plot.zones)):
        silent = ground.silent(zone)
        if silent == (zone in before):
            continue
        measure = Measure.MUTE_ALL if silent else Measure.UNMUTE_ALL
        ground.crowded.add(ground.space(zone))
        book.tell_zone(ground, ground.space(zone), Order(measure, "", "", None))


def _tell_sanctions(book: Book, ground: Ground, before: dict[Sanctioned, Sanction]) -> None:
    ended = {Measure.MUTE: Measure.UNMUTE, Measure.BAN: Measure.UNBAN}
    for sanctioned, old in before.items():
        target = book.by_key.get(old.visitor)
        back = ended.get(old.measure)
        if target is None or target.park != ground.park:
            continue
        if back is not None and sanctioned not in ground.sanctions:
            book.tell(target.slot, Order(back, old.by, "", None))
    fresh = [one for what, one in ground.sanctions.items() if before.get(what) != one]
    if any(one.measure is Measure.REMOVE for one in fresh):
        walking.turn_away(book, ground)
    for one in fresh:
        target = book.by_key.get(one.visitor)
        if target is None or target.park != ground.park:
            continue
        book.tell(target.slot, Order(one.measure, one.by, one.reason, one.until))
        if one.measure in _OUT and one.zone in ground.zones.chain(target.zone):
            lead_out(book, ground, target, one.zone, "removed", _OUT[one.measure]())


def lift(book: Book, ground: Ground) -> None:
    """Tell those whose mute is over that they may speak again."""
    now = book.now()
    for sanctioned, one in tuple(ground.sanctions.items()):
        if one.measure is not Measure.MUTE or one.until is None or one.until > now:
            continue
        del ground.sanctions[sanctioned]
        target = book.by_key.get(one.visitor)
        if target is not None and target.park == ground.park:
            book.tell(target.slot, Order(Measure.UNMUTE, one.by, "", None))


def tell_mute(book: Book, ground: Ground, presence: Presence) -> None:
    """Tell somebody who has come in that they are muted, if they are."""
    one = ground.sanction(presence.key, Measure.MUTE, book.now())
    if one is not None:
        book.tell(presence.slot, Order(one.measure, one.by, one.reason, one.until))


def reports_for(ground: Ground, presence: Presence) -> int | None:
    """How many complaints wait for somebody; none: they do not keep order in the whole park."""
    keeps = Right.MODERATE in ground.rights(0, presence.visitor)
    return ground.decisions.reports if keeps else None


def _tell_reports(book: Book, ground: Ground, presence: Presence) -> None:
    count = reports_for(ground, presence)
    if presence.welcomed and count != presence.reports:
        presence.reports = count
        book.tell(presence.slot, Reports(count))


def tell_rights(book: Book, ground: Ground, presence: Presence) -> None:
    """Let it hold and tell somebody what they may do now, if it is something else than before."""
    _tell_reports(book, ground, presence)
    rights = ground.rights(presence.zone, presence.visitor)
    if rights == presence.rights:
        return
    lost = presence.rights - rights
    presence.rights = rights
    book.tell(presence.slot, Rights(tuple(sorted(rights))))
    if presence.encode():
        book.introduce(presence.slot)
    if Right.ENTER in lost:
        lead_out(book, ground, presence, ground.space(presence.zone), "closed", Removed())


def lead_out(
    book: Book,
    ground: Ground,
    presence: Presence,
    space: SpaceId,
    reason: walking.Reason,
    failure: Failure,
) -> None:
    """Have somebody outside of a zone, or out of the park where there is no place for them."""
    outside = walking.outside(book, ground, presence, space)
    if presence.wants >= 0:
        walking.give_up(book, presence)
    if space == ground.park or outside is None or not walking.enter(book, presence, outside):
        dismiss(book, presence, failure)
    else:
        walking.place(book, presence, walking.spot(book, ground, outside), reason)


def block(book: Book, presence: Presence, call: Block) -> None:
    """Neither see nor hear somebody any more, or again."""
    me, other, now = presence.key, call.person, book.now()
    name = book.names.get(other, "")

    def done(found: tuple[frozenset[VisitorKey], frozenset[VisitorKey]]) -> None:
        if book.has(presence):
            presence.blocked, presence.hidden = found
            book.hide(presence)
        if other in book.by_key:
            reblock(book, other)
        elif book.abroad is not None:
            book.abroad.blocked(other)
        book.accept(presence, call.key)

    def put(db: Db, _bus: Bus) -> tuple[frozenset[VisitorKey], frozenset[VisitorKey]]:
        api.put_block(db, me, other, name=name, on=call.on, now=now)
        return api.blocked_by(db, me), api.blocks(db, me)

    book.journal.work(put, done, partial(book.refuse, presence, call.key))


def reblock(book: Book, key: VisitorKey) -> None:
    """Read anew whom somebody must not meet."""

    def done(found: frozenset[VisitorKey]) -> None:
        book.unmet.discard(key)
        presence = book.by_key.get(key)
        if presence is not None:
            presence.hidden = found
            book.hide(presence)

    book.journal.read(lambda db: api.blocks(db, key), done, lambda _failure: book.unmet.add(key))


def complain(book: Book, presence: Presence, call: Complain) -> None:
    """Report somebody to the moderators; raises PersonGone where nobody of that key was here."""
    ground = book.ground_of(presence)
    name, message = book.names.get(call.person), None
    if call.message is not None and 0 < call.message <= GREATEST_NUMBER:
        message = MessageNumber(call.message)
    if name is None and message is None:
        raise PersonGone
    space, now, reason = ground.space(presence.zone), book.now(), clean(call.reason)
    me, my_name = presence.key, presence.visitor.name
    book.journal.work(
        lambda db, _bus: api.complain(
            db,
            ground.park,
            space,
            about=call.person,
            about_name=name or "",
            by=me,
            by_name=my_name,
            reason=reason,
            message=message,
            now=now,
        ),
        lambda _report: book.accept(presence, call.key),
        partial(book.refuse, presence, call.key),
    )
