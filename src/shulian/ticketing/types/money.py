"""Payments, whom they are paid to, and what goes back."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from shulian.ticketing.types.ids import Fen, OrderId, PaymentId, RefundId, TicketId


class PaymentState(StrEnum):
    """Where a payment stands."""

    PENDING = "pending"
    PAID = "paid"
    FAILED = "failed"
    REFUNDED = "refunded"
    WITHDRAWN = "withdrawn"
    """Its order was paid otherwise, or cancelled: money that comes nevertheless goes back."""


@dataclass(frozen=True, slots=True)
class Payment:
    """Money for an order, by way of a provider."""

    id: PaymentId
    order: OrderId
    provider: str
    """`free`, `transfer` or `test`."""
    amount: Fen
    state: PaymentState
    reference: str
    """What the provider calls it; of one provider no two are the same."""
    created: datetime
    settled: datetime | None = None


@dataclass(frozen=True, slots=True)
class Payee:
    """The bank account to which an organizer has transfers go."""

    name: str
    """Whose account it is."""
    bank: str
    account: str
    """Its number, without blanks."""


class Outcome(StrEnum):
    """What a provider says became of a payment."""

    PAID = "paid"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Notice:
    """What a provider says about a payment; it may come late, twice, or after a later one."""

    reference: str
    amount: Fen
    outcome: Outcome


class RefundState(StrEnum):
    """Where the way back of money stands."""

    DUE = "due"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Refund:
    """Money that goes back."""

    id: RefundId
    payment: PaymentId
    amount: Fen
    reason: str
    """A code: `cancelled`, `late`, `twice` or `occasion`."""
    state: RefundState
    at: datetime
    ticket: TicketId | None = None
    """For which ticket; none: all of what was left of the payment."""
    done: datetime | None = None
