"""What ticketing says about seats over HTTP and on its live channel.

Prices are fen.
"""

from datetime import datetime

from msgspec import Struct

from shulian.kit.text import Text
from shulian.park.types import SpaceId
from shulian.ticketing.types import OccasionId, SeatState, TicketTypeId


class SeatChange(Struct, frozen=True):
    """What a seat is now."""

    seat: SpaceId
    state: SeatState


class SeatList(Struct, frozen=True):
    """What seats are now; in a snapshot those that are not listed are free."""

    seats: tuple[SeatChange, ...]


class Proposal(Struct, frozen=True):
    """Seats for a party."""

    type: TicketTypeId
    seats: tuple[SpaceId, ...]
    """In the order of the rows."""
    parts: tuple[int, ...]
    """How many sit together in each part."""
    lonely: tuple[SpaceId, ...]
    """The seats that it would leave alone."""
    total: int


class SeatPrice(Struct, frozen=True):
    """Seats of one price."""

    type: TicketTypeId
    name: Text
    price: int
    most: int
    """In one order."""
    seats: tuple[SpaceId, ...]


class HallOccasion(Struct, frozen=True):
    """What one may come to in a hall, and for which of its seats there are tickets now."""

    id: OccasionId
    title: Text
    start: datetime
    end: datetime
    prices: tuple[SeatPrice, ...]
