"""Facts about bookings that features above may react to."""

from dataclasses import dataclass

from shulian.booking.types import Booking


@dataclass(frozen=True, slots=True)
class Booked:
    """Somebody holds something now, for a while or for good."""

    booking: Booking


@dataclass(frozen=True, slots=True)
class Confirmed:
    """A hold is for good now."""

    booking: Booking


@dataclass(frozen=True, slots=True)
class Moved:
    """A booking holds another time, or other things."""

    before: Booking
    after: Booking


@dataclass(frozen=True, slots=True)
class Released:
    """A booking holds nothing any more: it was given back, taken back, or its hold expired."""

    before: Booking
    expired: bool
