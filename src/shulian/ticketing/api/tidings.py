"""What those who look at a hall are told while they look: which seats are taken and given back."""

from collections.abc import Iterable

from shulian.kit.db import Db
from shulian.kit.live import announce, announce_anew
from shulian.park.types import SpaceId
from shulian.ticketing.types import OccasionId, SeatState
from shulian.ticketing.wire.seats import SeatChange, SeatList

_AT_ONCE = 40
"""Seats in one announcement; ids of spaces have up to 120 letters."""


def topic(occasion: OccasionId) -> str:
    """The topic of the live channel on which the seats of an occasion are followed."""
    return f"ticketing/{occasion}"


def tell(db: Db, occasion: OccasionId, seats: Iterable[SpaceId | None], state: SeatState) -> None:
    """Have everyone who looks know what those seats are now."""
    named = sorted(seat for seat in seats if seat is not None)
    for start in range(0, len(named), _AT_ONCE):
        changes = tuple(SeatChange(seat, state) for seat in named[start : start + _AT_ONCE])
        announce(db, topic(occasion), "seats", SeatList(changes))


def tell_anew(db: Db, occasion: OccasionId) -> None:
    """Have everyone who looks read all seats anew."""
    announce_anew(db, topic(occasion))
