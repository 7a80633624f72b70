"""How much a resource holds: more, or less as far as what is booked leaves room."""

from dataclasses import replace

from shulian.booking.errors import CapacityInUse, UnitsWrong
from shulian.booking.rules import patches
from shulian.booking.store import bookings, parts
from shulian.booking.store import resources as store
from shulian.booking.store.claims import Piece
from shulian.booking.types import MOST_UNITS, Claim, Resource
from shulian.kit.db import Db

_MOST_PATCHES = 2_000
"""Claims of others beyond which none is put together from units one after the other."""


def checked(capacity: int) -> int:
    """A capacity that a resource can have; raises UnitsWrong."""
    if not 0 < capacity <= MOST_UNITS:
        raise UnitsWrong(units=capacity, capacity=MOST_UNITS)
    return capacity


def put_resized(db: Db, before: Resource, after: Resource) -> None:
    """Let a resource be as `after` says; raises CapacityInUse where more is booked than it holds.

    All that is held gets units that a smaller capacity has: it matters how many there are at a
    time, and not which. Where there are not enough, everything stays as it was.
    """
    with db.begin_nested():
        if after.capacity < before.capacity:
            _fit(db, after)
        if after != before:
            store.put(db, after)


def _fit(db: Db, after: Resource) -> None:
    """Have each piece that lies too high be of the first units that are free."""
    for booking, piece in parts.beyond(db, after.id, after.capacity):
        parts.drop(db, booking, piece)
        lower = _lower(db, piece, after.capacity)
        if not lower or not bookings.take_pieces(db, booking, lower):
            raise CapacityInUse(capacity=after.capacity)


def _lower(db: Db, piece: Piece, capacity: int) -> list[Piece]:
    """As much as `piece` of units below `capacity`; empty where so much is not free."""
    wanted = piece.high - piece.low
    whole = Claim(piece.resource, piece.span, wanted)
    if ranges := bookings.free_units(db, whole, capacity=capacity):
        return [replace(piece, low=low, high=high) for low, high in ranges]
    known = store.taken_patches(db, piece.resource, piece.span, _MOST_PATCHES)
    if known is None:
        return []
    low_ones = [one for one in known if one[0][0] < capacity]  # the others are moved in turn
    found = patches.patches(low_ones, capacity, wanted, piece.span)
    return [Piece(piece.resource, span, low, high) for (low, high), span in found or ()]
