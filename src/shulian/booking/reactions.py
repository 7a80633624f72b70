"""What the ledger does when bookings change: spaces say anew what they are.

What features above hold, often thousands of places at a time, is not followed one by one: the
repair that runs every few minutes finds it, and from then on each change is said when it comes.
"""

from shulian.booking import api
from shulian.booking.events import Booked, Moved, Released
from shulian.booking.types import Booking
from shulian.kit.bus import Bus, Reactions
from shulian.kit.db import Db


def react(reactions: Reactions) -> None:
    """Have spaces say what they are whenever somebody books, moves or gives back."""
    reactions.on(Booked, _booked)
    reactions.on(Moved, _moved)
    reactions.on(Released, _released)


def _booked(db: Db, _bus: Bus, event: Booked) -> None:
    _show(db, event.booking)


def _moved(db: Db, _bus: Bus, event: Moved) -> None:
    _show(db, event.before, event.after)


def _released(db: Db, _bus: Bus, event: Released) -> None:
    _show(db, event.before)


def _show(db: Db, *bookings: Booking) -> None:
    claims = [claim for one in bookings if one.source == api.OWN for claim in one.claims]
    api.show_all_later(db, [one.resource for one in claims])
