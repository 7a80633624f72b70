"""Halls as those see them who buy: the plan of their seats, and the best of those that are free."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import numpy as np

from shulian.kit.db import Db
from shulian.kit.memo import Memo
from shulian.park import api as park_api
from shulian.park.types import Space, SpaceId, SpaceKind
from shulian.ticketing.api.sales import seats as seats_of
from shulian.ticketing.rules import plans
from shulian.ticketing.rules.halls import seating_of
from shulian.ticketing.rules.seating import Bools, Party, Seating, choose, instead
from shulian.ticketing.store import occasions
from shulian.ticketing.types import Occasion, Seat, SeatState, TicketTypeId


@dataclass(frozen=True, slots=True)
class _Room:
    """A hall as it is built."""

    seats: tuple[Space, ...]
    stages: tuple[Space, ...]
    seating: Seating


_rooms: Memo[tuple[UUID, SpaceId], _Room] = Memo(32)


@dataclass(frozen=True, slots=True)
class Hall:
    """The seats of a hall for an occasion."""

    seats: tuple[Space, ...]
    """All that stand in it, in the order of the park."""
    stages: tuple[Space, ...]
    seating: Seating
    sold: dict[SpaceId, Seat]
    """Those for which there are tickets."""

    def free(self, type_: TicketTypeId | None = None) -> Bools:
        """(n,) which seats are free, of one type or of any."""
        return np.array([self._is_free(one.id, type_) for one in self.seats], bool)

    def _is_free(self, space: SpaceId, type_: TicketTypeId | None) -> bool:
        seat = self.sold.get(space)
        if seat is None or seat.state is not SeatState.FREE:
            return False
        return type_ is None or seat.type == type_


@dataclass(frozen=True, slots=True)
class Proposed:
    """Seats for a party."""

    seats: tuple[SpaceId, ...]
    """In the order of the rows."""
    parts: tuple[int, ...]
    """How many sit together in each part."""
    lonely: tuple[SpaceId, ...]
    """The seats that it would leave alone."""


def hall(db: Db, occasion: Occasion, *, now: datetime) -> Hall:
    """The hall of an occasion, as free as it is now."""
    return hall_with(db, occasion, seats_of(db, occasion.id, now=now))


def hall_with(db: Db, occasion: Occasion, sold: Sequence[Seat]) -> Hall:
    """The hall of an occasion, with those seats for sale."""
    room = _room(db, occasion)
    return Hall(room.seats, room.stages, room.seating, {one.space: one for one in sold})


def layout(db: Db, occasion: Occasion) -> plans.SeatPlan:
    """The plan of all seats that stand in the hall of an occasion, whatever is sold."""
    nothing = TicketTypeId(UUID(int=0))
    every = [Seat(one.id, nothing, SeatState.FREE) for one in _room(db, occasion).seats]
    return plan(hall_with(db, occasion, every))


def plan(seen: Hall) -> plans.SeatPlan:
    """The plan of a hall."""
    return plans.draw(seen.seating, seen.seats, seen.stages, seen.sold)


def propose(
    seen: Hall, type_: TicketTypeId, count: int, *, near: Collection[SpaceId] = ()
) -> Proposed | None:
    """The best seats of a type for a party of `count`; none where there are not so many.

    near  what somebody picked: then seats close to it that leave fewer alone, where there are such
    """
    free, among = seen.free(), seen.free(type_)
    chosen = [number for number, one in enumerate(seen.seats) if one.id in near]
    found = instead(seen.seating, free, chosen, among=among) if chosen else None
    found = found or choose(seen.seating, free, count, among=among)
    return _proposed(seen, found) if found else None


def _proposed(seen: Hall, found: Party) -> Proposed:
    return Proposed(
        tuple(seen.seats[one].id for one in found.seats),
        found.parts,
        tuple(seen.seats[one].id for one in found.lonely),
    )


def _room(db: Db, occasion: Occasion) -> _Room:
    """The hall of an occasion, kept by the revision of its park."""
    revision = park_api.revision(db, occasions.park_of(db, occasion.id))
    return _rooms.get((revision, occasion.space), lambda: _built(db, occasion.space))


def _built(db: Db, space: SpaceId) -> _Room:
    seats = park_api.spaces(db, kind=SpaceKind.SEAT, within=space)
    stages = park_api.spaces(db, kind=SpaceKind.STAGE, within=space)
    return _Room(seats, stages, seating_of(seats, stages))
