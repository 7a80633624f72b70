"""What can go wrong with tickets, as one tree.

Failure
├── Invalid                  422
│   ├── WantedWrong              nothing is wanted, too much, less than nothing, or a seat twice
│   ├── SeatWrong                no seat of the hall, or not sold as that
│   ├── AttendanceWrong          the ticket is not for that way of taking part
│   └── NoticeWrong              what a provider says does not fit its payment
├── Refused                  403
│   ├── NotForYou                the ticket type is for others
│   └── NoticeForged             what came in the name of a provider is not signed by it
├── NotFound                 404
│   ├── OccasionUnknown
│   ├── TypeUnknown
│   ├── OrderUnknown
│   ├── TicketUnknown
│   ├── PaymentUnknown
│   ├── RefundUnknown
│   ├── TurnUnknown              one is not in line
│   ├── WishUnknown
│   ├── GiftUnknown              the ticket is not being handed on, or not to one
│   └── ProviderUnknown          one cannot pay that way here
└── Conflict                 409
    ├── OccasionOver             it is cancelled
    ├── OccasionNotReady         there is nothing to sell for it yet
    ├── NotOnSale                it is not sold now
    ├── SoldOut                  there are not so many left
    ├── SeatsTaken               seats were taken meanwhile; says which
    ├── SeatInUse                a seat that is sold stays what it is
    ├── KeyClash                 something else was ordered under that key
    ├── OrderOver                the order is not waiting for its payment any more
    ├── PriceZero                nothing is to be paid
    ├── PriceDue                 something is to be paid
    ├── TransferLate             a bank transfer would not come in time
    ├── NoPayee                  there is no account to which a transfer could go
    ├── PriceInUse               tickets are sold at that price
    ├── OnlineInUse              somebody attends from afar by it
    ├── HallInUse                seats of the hall were ordered
    ├── TicketOver               the ticket is not valid
    ├── TicketUsed               somebody came in by it
    ├── ScanKnown                another scan was told under that id
    ├── HandedOn                 a ticket is somebody else's now: only its organizer cancels it
    ├── HeldByTickets            what tickets hold is given back with them, not by itself
    ├── TooLate                  the occasion has begun
    ├── TurnNeeded               others wait in line before one
    ├── KeptForOthers            what is left is kept for others who are called
    └── StillLeft                there is enough to buy: nobody has to wait for it

Wrong fields of a form are `kit.errors.Invalid`, with a code below `ticketing.` for each.
"""

from collections.abc import Sequence
from typing import ClassVar

from shulian.kit.errors import Conflict, Invalid, NotFound, Refused


class WantedWrong(Invalid):
    """Nothing is wanted, more than `most` at a time, less than nothing, or a seat twice."""

    code: ClassVar[str] = "ticketing.wanted_wrong"


class SeatWrong(Invalid):
    """`seat` is no seat of the hall, or not sold as that type."""

    code: ClassVar[str] = "ticketing.seat_wrong"


class AttendanceWrong(Invalid):
    """The ticket is not for that way of taking part."""

    code: ClassVar[str] = "ticketing.attendance_wrong"


class NoticeWrong(Invalid):
    """What a provider says does not fit its payment, or cannot be read."""

    code: ClassVar[str] = "ticketing.notice_wrong"


class NotForYou(Refused):
    """The ticket type is for others."""

    code: ClassVar[str] = "ticketing.not_for_you"


class NoticeForged(Refused):
    """What came in the name of a provider is not signed by it."""

    code: ClassVar[str] = "ticketing.notice_forged"


class OccasionUnknown(NotFound):
    """No occasion has that id, or none that one may see."""

    code: ClassVar[str] = "ticketing.occasion_unknown"


class TypeUnknown(NotFound):
    """No ticket type of the occasion has that id."""

    code: ClassVar[str] = "ticketing.type_unknown"


class OrderUnknown(NotFound):
    """No order has that id, or none that one may see."""

    code: ClassVar[str] = "ticketing.order_unknown"


class TicketUnknown(NotFound):
    """No ticket has that id, or none that one may see."""

    code: ClassVar[str] = "ticketing.ticket_unknown"


class PaymentUnknown(NotFound):
    """No payment has that id or reference, or none that one may see."""

    code: ClassVar[str] = "ticketing.payment_unknown"


class RefundUnknown(NotFound):
    """No refund has that id, or none that one may see."""

    code: ClassVar[str] = "ticketing.refund_unknown"


class ProviderUnknown(NotFound):
    """One cannot pay that way here."""

    code: ClassVar[str] = "ticketing.provider_unknown"


class OccasionOver(Conflict):
    """The occasion is cancelled."""

    code: ClassVar[str] = "ticketing.occasion_over"


class OccasionNotReady(Conflict):
    """There is nothing to sell for the occasion yet."""

    code: ClassVar[str] = "ticketing.occasion_not_ready"


class NotOnSale(Conflict):
    """It is not sold now."""

    code: ClassVar[str] = "ticketing.not_on_sale"


class SoldOut(Conflict):
    """Of what is wanted `left` are left."""

    code: ClassVar[str] = "ticketing.sold_out"


class SeatsTaken(Conflict):
    """Some of the seats were taken meanwhile: `seats`."""

    code: ClassVar[str] = "ticketing.seats_taken"

    def __init__(self, which: Sequence[str] = (), **params: str | float) -> None:
        """Keep which: ids of spaces."""
        super().__init__(**params)
        self.which = tuple(which)


class SeatInUse(Conflict):
    """A seat that is held or sold stays what it is."""

    code: ClassVar[str] = "ticketing.seat_in_use"


class KeyClash(Conflict):
    """Something else was ordered under that key."""

    code: ClassVar[str] = "ticketing.key_clash"


class OrderOver(Conflict):
    """The order is not waiting for its payment any more."""

    code: ClassVar[str] = "ticketing.order_over"


class PriceZero(Conflict):
    """Nothing is to be paid for the order."""

    code: ClassVar[str] = "ticketing.price_zero"


class PriceDue(Conflict):
    """Something is to be paid for the order."""

    code: ClassVar[str] = "ticketing.price_due"


class TransferLate(Conflict):
    """A bank transfer would not come in time."""

    code: ClassVar[str] = "ticketing.transfer_late"


class NoPayee(Conflict):
    """The organizer has named no account to which a transfer could go."""

    code: ClassVar[str] = "ticketing.no_payee"


class PriceInUse(Conflict):
    """Tickets are sold at the price of the type."""

    code: ClassVar[str] = "ticketing.price_in_use"


class OnlineInUse(Conflict):
    """Somebody attends from afar by a ticket of the type."""

    code: ClassVar[str] = "ticketing.online_in_use"


class HallInUse(Conflict):
    """Seats of the hall were ordered: they are no seats of another one."""

    code: ClassVar[str] = "ticketing.hall_in_use"


class TicketOver(Conflict):
    """The ticket is not valid: not paid yet, or cancelled."""

    code: ClassVar[str] = "ticketing.ticket_over"


class TicketUsed(Conflict):
    """Somebody came in by the ticket."""

    code: ClassVar[str] = "ticketing.ticket_used"


class ScanKnown(Conflict):
    """Another scan was told under that id, at another occasion."""

    code: ClassVar[str] = "ticketing.scan_known"


class TooLate(Conflict):
    """The occasion has begun."""

    code: ClassVar[str] = "ticketing.too_late"


class HandedOn(Conflict):
    """A ticket is somebody else's now: only its organizer cancels it."""

    code: ClassVar[str] = "ticketing.handed_on"


class HeldByTickets(Conflict):
    """What tickets hold is given back with them, not by itself."""

    code: ClassVar[str] = "ticketing.held_by_tickets"


class TurnUnknown(NotFound):
    """One is not in line for the occasion."""

    code: ClassVar[str] = "ticketing.turn_unknown"


class WishUnknown(NotFound):
    """One does not wait for such tickets."""

    code: ClassVar[str] = "ticketing.wish_unknown"


class GiftUnknown(NotFound):
    """The ticket is not being handed on, or not to or by the one who asks."""

    code: ClassVar[str] = "ticketing.gift_unknown"


class TurnNeeded(Conflict):
    """Others wait in line before one; a place in it is to be had, and asked about in `seconds`."""

    code: ClassVar[str] = "ticketing.turn_needed"


class KeptForOthers(Conflict):
    """One each is kept for those who are called: no more than `left` can be had now."""

    code: ClassVar[str] = "ticketing.kept_for_others"


class StillLeft(Conflict):
    """So many can be bought: nobody has to wait for them."""

    code: ClassVar[str] = "ticketing.still_left"
