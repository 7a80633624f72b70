"""What comes back is kept for the waiting list: in the ledger, so that nobody buys it meanwhile."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from shulian.booking import api as ledger
from shulian.booking.errors import Taken
from shulian.booking.types import NOBODY, Booking, Claim, ResourceId
from shulian.kit.bus import Bus
from shulian.kit.db import Db
from shulian.kit.jobs import enqueue
from shulian.ticketing.api.tidings import tell_anew
from shulian.ticketing.rules import waiting as rules
from shulian.ticketing.store import occasions, sales, wishes
from shulian.ticketing.types import (
    Occasion,
    OccasionState,
    OfferBack,
    TicketType,
    TicketTypeId,
    Wish,
)

KEPT = "ticketing.waiting"
"""The source of what is kept."""


def follow_back(db: Db, bus: Bus, before: Booking, after: Sequence[Claim]) -> None:
    """Keep what a booking holds no more for those who wait for it, before anybody can buy it."""
    if before.source == KEPT:
        return
    back = _units(before.claims)
    back.subtract(_units(after))
    free = [one for one, units in back.items() if units > 0]
    types = {one.id: one for one in sales.types_by_quota(db, free)}
    for one in sorted(wishes.waiting(db, types), key=lambda one: one.created):
        if (type_ := types.pop(one.type, None)) is not None:
            _keep(db, bus, type_, back, now=before.created)  # it is about now, whenever that is


def units_kept(db: Db, type_: TicketType) -> tuple[Booking | None, int]:
    """By which booking how many tickets of a type are kept; nobody else changes that meanwhile."""
    known = wishes.lock_kept(db, type_.id)
    if known is None:
        return None, 0
    found = ledger.held(db, known)
    return found, _units(found.claims)[type_.quota]


def give_back(db: Db, bus: Bus, type_: TicketType, count: int, *, now: datetime) -> None:
    """Keep so many tickets less."""
    found, has = units_kept(db, type_)
    if found is None or count <= 0:
        return
    if count >= has:
        ledger.release(db, bus, found.id)
        wishes.put_kept(db, type_.id, None)
        return
    seats = [one for one in found.claims if one.resource != type_.quota]
    quota = next(one for one in found.claims if one.resource == type_.quota)
    left = [replace(quota, units=has - count), *seats[: has - count]]
    ledger.reduce(db, bus, found.id, left, now=now)


def ask_to_offer(db: Db, type_: TicketTypeId, *, at: datetime | None = None) -> None:
    """Have it looked soon, or at that time, whether those who wait can be offered something."""
    when = "" if at is None else at.isoformat()
    enqueue(db, OfferBack(type_), alone=f"ticketing.offer/{type_}/{when}", at=at)


def groups_of(waiting: Sequence[Wish]) -> list[rules.Group]:
    """Who waits, as the rules see them."""
    return [rules.Group(one.id, one.count, one.overtaken) for one in waiting]


def _keep(db: Db, bus: Bus, type_: TicketType, back: Counter[ResourceId], *, now: datetime) -> None:
    """Keep what those who wait for a type need of what came back, and take it out of `back`."""
    occasion = occasions.get(db, type_.occasion)
    if occasion.state is not OccasionState.OPEN:
        return
    found, has = units_kept(db, type_)
    wanted = sum(one.count for one in wishes.waiting(db, [type_.id])) - has
    seats = _seats(db, occasion, type_, back)
    more = min(back[type_.quota], wanted, len(seats) if type_.seated else wanted)
    if more <= 0:
        return
    kept = [one for one in found.claims if one.resource != type_.quota] if found else []
    claims = [
        Claim(type_.quota, occasion.span, has + more),
        *kept,
        *(Claim(one, occasion.span) for one in (seats[:more] if type_.seated else ())),
    ]
    try:
        if found is None:
            made = ledger.take(db, bus, claims, source=KEPT, holder=NOBODY, now=now)
            wishes.put_kept(db, type_.id, made.id)
        else:
            ledger.change(db, bus, found.id, claims, now=now)
    except Taken:  # it was closed in the same breath
        return
    if type_.seated:
        tell_anew(db, occasion.id)  # they are not free, whatever was told before
    back.subtract({type_.quota: more, **dict.fromkeys(seats[:more], 1)})
    ask_to_offer(db, type_.id)


def _seats(
    db: Db, occasion: Occasion, type_: TicketType, back: Counter[ResourceId]
) -> list[ResourceId]:
    """The seats of a type that came back."""
    if not type_.seated:
        return []
    assigned = sales.seats_of(db, occasion.id).values()
    return [one.resource for one in assigned if one.type == type_.id and back[one.resource] > 0]


def _units(claims: Sequence[Claim]) -> Counter[ResourceId]:
    found: Counter[ResourceId] = Counter()
    for one in claims:
        found[one.resource] += one.units
    return found
