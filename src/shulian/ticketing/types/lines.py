"""Waiting lists, and the line of those who want to buy."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from shulian.identity.types import PersonId
from shulian.ticketing.types.ids import OccasionId, OrderId, TicketTypeId, TurnNumber, WishId


class WishState(StrEnum):
    """Where a wish stands."""

    WAITING = "waiting"
    OFFERED = "offered"
    """Tickets are held for them, in an order that they may pay."""
    TAKEN = "taken"
    OVER = "over"
    """They gave up, or let the offer pass."""


@dataclass(frozen=True, slots=True)
class Wish:
    """A group on the waiting list: it gets tickets for all of it, or waits on."""

    id: WishId
    occasion: OccasionId
    type: TicketTypeId
    person: PersonId
    count: int
    state: WishState
    created: datetime
    order: OrderId | None = None
    """What is offered to them."""
    overtaken: int = 0
    """Groups that came later and were served before it."""


class TurnState(StrEnum):
    """Where a turn in the line stands."""

    WAITING = "waiting"
    CALLED = "called"
    """Their turn has come; they have not come back yet."""
    BUYING = "buying"
    """They came, and choose."""
    BOUGHT = "bought"
    PASSED = "passed"
    """They did not come, or did not choose, in time."""
    REFUSED = "refused"
    """Nothing can be left for them."""
    LEFT = "left"
    """They gave up."""


@dataclass(frozen=True, slots=True)
class Turn:
    """Somebody's place in the line of those who want to buy for an occasion."""

    number: TurnNumber
    """Given by the database, in the order in which they came."""
    occasion: OccasionId
    person: PersonId
    state: TurnState
    arrived: datetime
    until: datetime | None = None
    """Until when they may come, or buy; none: they are not called."""


@dataclass(frozen=True, slots=True)
class Position:
    """How somebody stands in a line, as they are told."""

    turn: Turn
    ahead: int
    """Those who came before them and are still in line, called ones too."""
    left: int
    """Tickets that nobody holds; where they were refused, as it was then."""
    wait: int | None
    """[s] until they are called at the pace of the last minutes; none: it cannot be told yet."""
    again: int
    """[s] after which to ask again; 0: there is nothing to wait for."""
