"""Facts about tickets that others may react to."""

from dataclasses import dataclass

from shulian.ticketing.types import Occasion, Order, Refund, Scan, Ticket, TicketTypeId, Wish


@dataclass(frozen=True, slots=True)
class OccasionChanged:
    """An occasion is new (then there was none before), is called or timed otherwise, or is over."""

    before: Occasion | None
    after: Occasion


@dataclass(frozen=True, slots=True)
class TypeChanged:
    """What is sold, or how much of it: a type is new or changed, or its seats are."""

    occasion: Occasion
    type: TicketTypeId


@dataclass(frozen=True, slots=True)
class OrderPlaced:
    """Tickets are held for somebody."""

    order: Order


@dataclass(frozen=True, slots=True)
class OrderPaid:
    """An order is paid, and its tickets are valid."""

    order: Order


@dataclass(frozen=True, slots=True)
class OrderEnded:
    """An order that was held or paid holds nothing any more: it expired, or was cancelled."""

    before: Order
    after: Order


@dataclass(frozen=True, slots=True)
class TicketChanged:
    """A ticket has another owner, another name, or another way of taking part."""

    before: Ticket
    after: Ticket


@dataclass(frozen=True, slots=True)
class TicketCancelled:
    """A ticket of a paid order lets nobody in any more; what it held is free."""

    ticket: Ticket


@dataclass(frozen=True, slots=True)
class RefundDue:
    """Money is to go back."""

    order: Order
    refund: Refund


@dataclass(frozen=True, slots=True)
class Offered:
    """A group on the waiting list is offered tickets: they are held for it for some hours."""

    wish: Wish
    order: Order


@dataclass(frozen=True, slots=True)
class Scanned:
    """A ticket was shown at a gate: for the first time, or it proves other than it seemed."""

    before: Scan | None
    after: Scan
