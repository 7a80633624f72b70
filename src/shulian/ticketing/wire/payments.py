"""Payments and what goes back of them over HTTP. Amounts are fen."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from msgspec import Struct

from shulian.ticketing.types import Payee, Payment, PaymentState, Refund, RefundState


class PayAsk(Struct, frozen=True, forbid_unknown_fields=True):
    """By which way somebody wants to pay."""

    provider: str


class PaymentView(Struct, frozen=True):
    """Money for an order."""

    id: UUID
    order: UUID
    provider: str
    amount: int
    state: PaymentState
    reference: str
    """What the provider calls it; of a bank transfer: what is to be written on it."""
    created: datetime
    settled: datetime | None
    link: str | None
    """Where one pays while it is pending; none: elsewhere."""


class RefundView(Struct, frozen=True):
    """Money that goes back."""

    id: UUID
    payment: UUID
    amount: int
    reason: str
    """`cancelled`, `late`, `twice` or `occasion`."""
    state: RefundState
    at: datetime
    ticket: UUID | None
    done: datetime | None


class PayeeView(Struct, frozen=True):
    """The account to which a transfer goes."""

    name: str
    bank: str
    account: str
    """Its number, without blanks."""


class PayeeAsk(Struct, frozen=True, forbid_unknown_fields=True):
    """The account to which transfers are to go from now on."""

    name: str
    bank: str
    account: str


class MoneyView(Struct, frozen=True):
    """What was paid for an order, what goes back of it, and how one may pay."""

    payments: tuple[PaymentView, ...]
    refunds: tuple[RefundView, ...]
    providers: tuple[str, ...]
    payee: PayeeView | None
    """Where the money goes while a transfer is awaited, with its reference; else none."""


class HeardView(Struct, frozen=True):
    """A notice was understood; telling it again changes nothing."""

    state: PaymentState


def payment_view(one: Payment, link: str | None) -> PaymentView:
    """A payment, and where one pays."""
    return PaymentView(
        id=one.id,
        order=one.order,
        provider=one.provider,
        amount=one.amount,
        state=one.state,
        reference=one.reference,
        created=one.created,
        settled=one.settled,
        link=link if one.state is PaymentState.PENDING else None,
    )


def payee_view(one: Payee) -> PayeeView:
    """An account."""
    return PayeeView(one.name, one.bank, one.account)


def payee_of(asked: PayeeAsk) -> Payee:
    """What is asked for."""
    return Payee(asked.name, asked.bank, asked.account)


def refund_view(one: Refund) -> RefundView:
    """A refund."""
    return RefundView(
        one.id, one.payment, one.amount, one.reason, one.state, one.at, one.ticket, one.done
    )


def refund_views(found: Sequence[Refund]) -> tuple[RefundView, ...]:
    """Refunds."""
    return tuple(refund_view(one) for one in found)
