"""How an occasion sells, and its tickets and payments as tables."""

from collections.abc import Sequence
from datetime import datetime

from shulian.booking import api as ledger
from shulian.identity.api import persons
from shulian.identity.types import Actor, PersonId
from shulian.kit.db import Db
from shulian.ticketing.api.occasions import organized
from shulian.ticketing.api.sales import left
from shulian.ticketing.rules import sheets
from shulian.ticketing.store import figures as store
from shulian.ticketing.store import orders, payments, sales
from shulian.ticketing.types import (
    Count,
    Fen,
    Figures,
    Occasion,
    OccasionId,
    RefundState,
)

TICKET_COLUMNS = (
    "ticket",
    "order",
    "type",
    "seat",
    "price",
    "state",
    "attendance",
    "name",
    "owner",
    "owner_email",
    "buyer",
    "buyer_email",
    "issue",
)
PAYMENT_COLUMNS = (
    "payment",
    "order",
    "provider",
    "reference",
    "amount",
    "state",
    "created",
    "settled",
    "refund_due",
    "refund_done",
)


def figures(db: Db, actor: Actor, wanted: OccasionId, *, now: datetime) -> Figures:
    """How an occasion of the actor's sells, by type and in all."""
    where = organized(db, actor, wanted)
    known = sales.types_of(db, wanted)
    sold = store.of_occasion(db, wanted, now=now)
    still = left(db, wanted, now=now)
    counts = {one.id: _count(sold.get(one.id), still[one.id], where, now=now) for one in known}
    quotas = ledger.free(db, {one.quota for one in known}, where.span, now=now)
    shared = {quota: sum(still[one.id] for one in known if one.quota == quota) for quota in quotas}
    whole = sum(min(quotas[quota], shared[quota]) for quota in quotas)
    return Figures(tuple(counts.items()), _sum(tuple(counts.values()), whole))


def tickets_as_csv(db: Db, actor: Actor, wanted: OccasionId) -> str:
    """All tickets for an occasion of the actor's, those cancelled too; amounts in yuan.

    By type, in the order in which those are sold, then by age.
    """
    organized(db, actor, wanted)
    known = sales.types_of(db, wanted)
    names = {one.id: one.name for one in known}
    places = {one.id: place for place, one in enumerate(known)}
    found = sorted(
        orders.tickets_of_occasion(db, wanted), key=lambda one: (places[one[2].type], one[2].id)
    )
    ids: set[PersonId] = {one for _, buyer, each in found for one in (buyer, each.owner)}
    people = persons(db, ids)
    rows = (
        (
            str(one.id),
            code,
            names[one.type].zh or names[one.type].en,
            one.seat or "",
            sheets.yuan(one.price),
            one.state,
            one.attendance,
            one.name,
            people[one.owner].name,
            people[one.owner].email,
            people[buyer].name,
            people[buyer].email,
            str(one.issue),
        )
        for code, buyer, one in found
    )
    return sheets.as_csv(TICKET_COLUMNS, rows)


def payments_as_csv(db: Db, actor: Actor, wanted: OccasionId) -> str:
    """All payments for an occasion of the actor's, and what goes back of them; in yuan."""
    organized(db, actor, wanted)
    refunds = payments.refunds_of_occasion(db, wanted)
    rows = (
        (
            str(one.id),
            code,
            one.provider,
            one.reference,
            sheets.yuan(one.amount),
            one.state,
            one.created.isoformat(),
            one.settled.isoformat() if one.settled else "",
            *(
                sheets.yuan(
                    sum(
                        each.amount
                        for each in refunds
                        if each.payment == one.id and each.state is state
                    )
                )
                for state in (RefundState.DUE, RefundState.DONE)
            ),
        )
        for code, one in payments.of_occasion(db, wanted)
    )
    return sheets.as_csv(PAYMENT_COLUMNS, rows)


def _sum(counts: Sequence[Count], left_: int) -> Count:
    return Count(
        sold=sum(one.sold for one in counts),
        held=sum(one.held for one in counts),
        left=left_,
        inside=sum(one.inside for one in counts),
        out=sum(one.out for one in counts),
        online=sum(one.online for one in counts),
        no_shows=sum(one.no_shows for one in counts),
        revenue=Fen(sum(one.revenue for one in counts)),
    )


def _count(sold: store.Sold | None, left_: int, where: Occasion, *, now: datetime) -> Count:
    if sold is None:
        return Count(left=left_)
    return Count(
        sold=sold.sold,
        held=sold.held,
        left=left_,
        inside=sold.inside,
        out=sold.out,
        online=sold.online,
        no_shows=sold.absent if where.span.start <= now else 0,
        revenue=Fen(sold.revenue),
    )
