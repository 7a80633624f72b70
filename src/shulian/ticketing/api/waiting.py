"""The waiting list: groups that want so many tickets of a type, and what they are offered."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from shulian.identity.api import record
from shulian.identity.types import Actor, Subject
from shulian.kit.bus import Bus
from shulian.kit.db import Db
from shulian.kit.ids import new_id
from shulian.ticketing.api.cancelling import cancel_order
from shulian.ticketing.api.keeping import ask_to_offer, give_back, groups_of, units_kept
from shulian.ticketing.api.line import spare
from shulian.ticketing.api.orders import place_for
from shulian.ticketing.errors import (
    NotOnSale,
    SeatsTaken,
    SoldOut,
    StillLeft,
    TypeUnknown,
    WishUnknown,
)
from shulian.ticketing.events import Offered
from shulian.ticketing.rules import waiting as rules
from shulian.ticketing.rules import wants
from shulian.ticketing.store import occasions, sales, wishes
from shulian.ticketing.types import (
    Occasion,
    OccasionId,
    OccasionState,
    Order,
    TicketType,
    TicketTypeId,
    Wanted,
    Wish,
    WishId,
    WishState,
)


@dataclass(frozen=True, slots=True)
class Place:
    """A wish, and how it stands on its list."""

    wish: Wish
    ahead: int
    """Groups that came before it and wait."""


def wish(db: Db, actor: Actor, type_: TicketTypeId, count: int, *, now: datetime) -> Place:
    """Wait for `count` tickets of a type; who waits already waits for as many then.

    Fewer than before keep their place, more go to the end. Raises LoginNeeded, TypeUnknown,
    WantedWrong, NotOnSale, NotForYou, and StillLeft where they can be bought.
    """
    person = actor.demand_person()
    wanted, occasion = _sold(db, type_)
    asked = wants.wants([Wanted(type_, count)], {type_: wanted})
    wants.demand_sale(asked, occasion, actor, now=now)
    known = wishes.find_open(db, type_, person)
    if known is None:
        left = spare(db, occasion, wanted, now=now)
        if left >= count and not wishes.waiting(db, [type_]):
            raise StillLeft(left=left)
        after = Wish(WishId(new_id(now)), occasion.id, type_, person, count, WishState.WAITING, now)
        if not wishes.put_new(db, after):
            return wish(db, actor, type_, count, now=now)  # another tab was faster
    elif known.state is WishState.OFFERED or known.count == count:
        return Place(known, _ahead(db, known))
    else:
        after = replace(known, count=count)
        after = after if count < known.count else replace(after, created=now, overtaken=0)
        wishes.put(db, after)
    record(db, actor, "ticketing.wish", _subject(after), known, after, now=now)
    ask_to_offer(db, type_)
    last = rules.last_day(begins=occasion.span.start, sale_ends=wanted.sale.end)
    if last > now:
        ask_to_offer(db, type_, at=last)
    return Place(after, _ahead(db, after))


def give_up(db: Db, bus: Bus, actor: Actor, type_: TicketTypeId, *, now: datetime) -> None:
    """Wait no more, or decline what is offered; raises LoginNeeded and WishUnknown."""
    found = wishes.find_open(db, type_, actor.demand_person())
    if found is None:
        raise WishUnknown
    after = replace(found, state=WishState.OVER)
    wishes.put(db, after)
    record(db, actor, "ticketing.give_up", _subject(found), found, after, now=now)
    if found.order is not None:
        cancel_order(db, bus, actor, found.order, now=now)
    ask_to_offer(db, type_)


def own_places(db: Db, actor: Actor, occasion: OccasionId) -> tuple[Place, ...]:
    """What the actor wished for an occasion, and how it stands; the newest first."""
    found = wishes.of_person(db, actor.demand_person(), occasion)
    return tuple(Place(one, _ahead(db, one)) for one in found)


def offer(db: Db, bus: Bus, type_: TicketTypeId, *, now: datetime) -> tuple[Wish, ...]:
    """Offer what came back of a type to those who wait for it; who is offered something now.

    What is left because nobody in line needs it is offered as well, where it is enough for a group.
    """
    sold = sales.get(db, type_)
    occasion = occasions.join(db, sold.occasion)
    _, has = units_kept(db, sold)
    waiting = {one.id: one for one in wishes.waiting(db, [type_])}
    groups = groups_of(tuple(waiting.values()))
    last = rules.is_last(begins=occasion.span.start, sale_ends=sold.sale.end, now=now)
    more = spare(db, occasion, sold, now=now) if waiting else 0
    plan = rules.offers(groups, has + more, last=last)
    offered: list[Wish] = []
    for one in plan.served:
        give_back(db, bus, sold, one.count, now=now)
        offered += _offered(db, bus, occasion, sold, waiting[one.wish], now=now)
    for one in plan.waiting:
        if one.overtaken != waiting[one.wish].overtaken:
            wishes.note_overtaken(db, one.wish, one.overtaken)
    _, has = units_kept(db, sold)
    give_back(db, bus, sold, has - plan.kept, now=now)
    return tuple(offered)


def follow_offer(db: Db, order: Order, state: WishState) -> None:
    """An offer was taken, or let pass: whoever it was for waits no more."""
    found = wishes.find_by_order(db, order.id)
    if found is not None and found.state is WishState.OFFERED:
        wishes.put(db, replace(found, state=state))


def follow_occasion(db: Db, bus: Bus, after: Occasion) -> None:
    """Nobody waits for what is called off; what was kept for another time is offered anew."""
    types = sales.types_of(db, after.id)
    for one in types:
        booking, has = units_kept(db, one)
        if booking is not None and booking.claims[0].span != after.span:
            give_back(db, bus, one, has, now=booking.created)
            ask_to_offer(db, one.id)
    if after.state is OccasionState.OPEN:  # perhaps again: what came back meanwhile is offered
        for one in types:
            if wishes.waiting(db, [one.id]):
                ask_to_offer(db, one.id)
    if after.state is OccasionState.CANCELLED:
        wishes.end_all(db, after.id)
        for one in types:
            booking, has = units_kept(db, one)
            if booking is not None:
                give_back(db, bus, one, has, now=booking.created)


def _offered(
    db: Db, bus: Bus, occasion: Occasion, sold: TicketType, one: Wish, *, now: datetime
) -> Sequence[Wish]:
    """Hold tickets for a group whose turn it is; none where they cannot be had after all."""
    begins, ends = occasion.span.start, sold.sale.end
    until = rules.offered_until(begins=begins, sale_ends=ends, now=now)
    wanted = [Wanted(one.type, one.count)]
    try:
        with db.begin_nested():
            order = place_for(db, bus, occasion, one.person, wanted, until=until, now=now)
    except (SoldOut, SeatsTaken, NotOnSale):
        return ()
    after = replace(one, state=WishState.OFFERED, order=order.id)
    wishes.put(db, after)
    bus.publish(Offered(after, order))
    return (after,)


def _sold(db: Db, wanted: TicketTypeId) -> tuple[TicketType, Occasion]:
    """A type and its occasion, of which everyone may know."""
    type_ = sales.get(db, wanted)
    occasion = occasions.join(db, type_.occasion)
    if occasion.state is OccasionState.DRAFT:
        raise TypeUnknown
    return type_, occasion


def _ahead(db: Db, one: Wish) -> int:
    if one.state is not WishState.WAITING:
        return 0
    before = [(each.created, each.id) for each in wishes.waiting(db, [one.type])]
    return sum(each < (one.created, one.id) for each in before)


def _subject(one: Wish) -> Subject:
    return Subject("wish", str(one.id))
