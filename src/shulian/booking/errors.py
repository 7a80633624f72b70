"""What can go wrong with a booking, as one tree.

Failure
├── Invalid                  422
│   ├── SpanWrong                ends before it starts, has no time zone, or lies too far away
│   ├── UnitsWrong               none, fewer than none, or more than a resource can have
│   ├── ClaimsWrong              nothing is wanted, too much at a time, or one thing twice
│   └── WordsWrong               a title or a key is too long
├── NotFound                 404
│   ├── ResourceUnknown
│   ├── BookingUnknown
│   └── LinkUnknown              no calendar is followed at that address, or no more
└── Conflict                 409
    ├── Taken                    what is wanted is not free; says what is in the way
    ├── KeyClash                 something else was booked under that key
    ├── HoldExpired              the hold ended before it was confirmed
    ├── BookingOver              it is released, and cannot be changed any more
    ├── HeldByFeature            it belongs to another part of the park, and is changed there
    ├── CapacityInUse            more is booked than the resource would hold then
    ├── Withdrawn                nobody books the resource anew
    └── LimitReached             one holder has as much as one may; says which bookings count
        ├── TooManyAtOnce            at one time
        └── TooManyAhead             now and later
"""

from collections.abc import Sequence
from typing import Any, ClassVar

from shulian.kit.errors import Conflict, Invalid, NotFound


class SpanWrong(Invalid):
    """A span ends before it starts, has no time zone, or lies too far away."""

    code: ClassVar[str] = "booking.span_wrong"


class UnitsWrong(Invalid):
    """Units are none, fewer than none, or more than a resource can have."""

    code: ClassVar[str] = "booking.units_wrong"


class ClaimsWrong(Invalid):
    """Nothing is wanted, too much at a time, or one thing twice."""

    code: ClassVar[str] = "booking.claims_wrong"


class WordsWrong(Invalid):
    """A title or a key is too long."""

    code: ClassVar[str] = "booking.words_wrong"


class ResourceUnknown(NotFound):
    """No resource has that id."""

    code: ClassVar[str] = "booking.resource_unknown"


class BookingUnknown(NotFound):
    """No booking has that id, or none that one may see."""

    code: ClassVar[str] = "booking.booking_unknown"


class LinkUnknown(NotFound):
    """No calendar is followed at that address, or no more."""

    code: ClassVar[str] = "booking.link_unknown"


class Taken(Conflict):
    """What is wanted is not free: `shortages` say what is in the way, and when it would be."""

    code: ClassVar[str] = "booking.taken"

    def __init__(self, shortages: Sequence[Any] = (), **params: str | float) -> None:
        """Keep why: of `types.Shortage`, which stand above the errors and cannot be named here."""
        super().__init__(**params)
        self.shortages = tuple(shortages)


class KeyClash(Conflict):
    """Something else was booked under that key."""

    code: ClassVar[str] = "booking.key_clash"


class HoldExpired(Conflict):
    """The hold ended before it was confirmed."""

    code: ClassVar[str] = "booking.hold_expired"


class BookingOver(Conflict):
    """A booking is released, and cannot be changed any more."""

    code: ClassVar[str] = "booking.booking_over"


class HeldByFeature(Conflict):
    """A booking belongs to another part of the park, `source`, and is changed there."""

    code: ClassVar[str] = "booking.held_by_feature"


class CapacityInUse(Conflict):
    """More is booked than the resource would hold then."""

    code: ClassVar[str] = "booking.capacity_in_use"


class Withdrawn(Conflict):
    """A resource was taken out of booking: nobody books it anew."""

    code: ClassVar[str] = "booking.withdrawn"


class LimitReached(Conflict):
    """A holder has as many bookings as one may: `bookings` are those that count."""

    def __init__(self, bookings: Sequence[Any] = (), **params: str | float) -> None:
        """Keep which: of `types.Booking`, which stand above the errors and cannot be named here."""
        super().__init__(**params)
        self.bookings = tuple(bookings)


class TooManyAtOnce(LimitReached):
    """A holder would have more than one may at one time."""

    code: ClassVar[str] = "booking.too_many_at_once"


class TooManyAhead(LimitReached):
    """A holder would have more than one may, now and later."""

    code: ClassVar[str] = "booking.too_many_ahead"
