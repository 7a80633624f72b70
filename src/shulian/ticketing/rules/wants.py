"""What somebody wants to order: whether it makes sense, is sold now, and to them."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from shulian.identity.types import Actor
from shulian.park.types import SpaceId
from shulian.ticketing.errors import NotForYou, NotOnSale, SeatWrong, TypeUnknown, WantedWrong
from shulian.ticketing.rules.entries import MOST_IN_ORDER
from shulian.ticketing.types import (
    Buyers,
    Fen,
    Occasion,
    OccasionState,
    TicketType,
    TicketTypeId,
    Wanted,
)


@dataclass(frozen=True, slots=True)
class Want:
    """All that is wanted of one type: the seats that were named, and how many more."""

    type: TicketType
    seats: tuple[SpaceId, ...]
    more: int

    @property
    def count(self) -> int:
        """Tickets of it."""
        return len(self.seats) + self.more


def wants(wanted: Sequence[Wanted], types: Mapping[TicketTypeId, TicketType]) -> tuple[Want, ...]:
    """`wanted` by type, in the order of the types; raises WantedWrong, TypeUnknown.

    Where seats are named their number counts, and `count` says the same or is left at 1.
    """
    seats: dict[TicketTypeId, list[SpaceId]] = {}
    more: Counter[TicketTypeId] = Counter()
    for one in wanted:
        if one.type not in types:
            raise TypeUnknown
        _demand_sense(one, types[one.type])
        seats.setdefault(one.type, []).extend(one.seats)
        more[one.type] += 0 if one.seats else one.count
    named = [seat for found in seats.values() for seat in found]
    if len(set(named)) < len(named):
        raise _wrong("seats")
    asked = sorted(seats, key=lambda one: (types[one].place, one))
    found = tuple(Want(types[one], tuple(seats[one]), more[one]) for one in asked)
    if not found or sum(one.count for one in found) > MOST_IN_ORDER:
        raise _wrong("count")
    for one in found:
        if one.count > one.type.most:
            raise WantedWrong(fields={"count": "ticketing.too_many"}, most=one.type.most)
    return found


def _demand_sense(one: Wanted, type_: TicketType) -> None:
    if one.count <= 0 or (one.seats and one.count not in (1, len(one.seats))):
        raise _wrong("count")
    if one.seats and not type_.seated:
        raise _wrong("seats")
    for seat in one.seats:
        if "\0" in seat:  # no database can look for that
            raise SeatWrong(seat=seat)


def demand_sale(found: Sequence[Want], where: Occasion, actor: Actor, *, now: datetime) -> None:
    """Raise NotOnSale or NotForYou unless `actor` may buy all of it now."""
    for one in found:
        if not on_sale(one.type, where, now=now):
            raise NotOnSale
        if not is_for(one.type, where, actor):
            raise NotForYou


def on_sale(one: TicketType, where: Occasion, *, now: datetime) -> bool:
    """Whether a type is sold at `now`: in its window, and while its occasion is not over."""
    ends = [end for end in (one.sale.end, where.span.end) if end is not None]
    return where.state is OccasionState.OPEN and one.sale.start <= now < min(ends)


def is_for(one: TicketType, where: Occasion, actor: Actor) -> bool:
    """Whether a type is for `actor`."""
    member_of = {each.organization.id for each in actor.belongings}
    match one.buyers:
        case Buyers.PEOPLE:
            return True
        case Buyers.MEMBERS:
            return bool(member_of)
        case Buyers.ORGANIZER:
            return where.organizer in member_of


def total(found: Sequence[Want]) -> Fen:
    """What all of it costs."""
    return Fen(sum(one.type.price * one.count for one in found))


def _wrong(field: str) -> WantedWrong:
    return WantedWrong(fields={field: f"ticketing.{field}_wrong"}, most=MOST_IN_ORDER)
