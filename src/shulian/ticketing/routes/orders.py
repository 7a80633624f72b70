"""Orders: what is held and for how long, paying for it, and what became of that."""

from datetime import datetime
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect

from shulian.identity.types import Actor
from shulian.kit.db import Db
from shulian.kit.errors import Failure
from shulian.kit.http.edge import AnyRequest, RequestBus, RequestDb, RequestNow
from shulian.kit.http.pages import show
from shulian.park import api as park_api
from shulian.ticketing import api
from shulian.ticketing.api.desks import payment_called
from shulian.ticketing.api.testing import use_till as use
from shulian.ticketing.routes.doors import counted_cancel_order, counted_pay
from shulian.ticketing.routes.forms import PayForm, TillForm
from shulian.ticketing.routes.parts import (
    RequestActor,
    providers_of,
    said,
    shown,
    waits,
)
from shulian.ticketing.types import OccasionState, Order, OrderId, Outcome, Payment, PaymentState

_TRANSFER, _TEST = "transfer", "test"
_AT_THE_TILL = {
    "pay": (Outcome.PAID, api.Manner.ONCE),
    "twice": (Outcome.PAID, api.Manner.TWICE),
    "late": (Outcome.PAID, api.Manner.LATE),
    "lost": (Outcome.PAID, api.Manner.NEVER),
    "fail": (Outcome.FAILED, api.Manner.ONCE),
}
"""What one may do at the test provider."""


@get("/orders/{order:uuid}", include_in_schema=False, sync_to_thread=True)
def order_page(
    request: AnyRequest, order: FromPath[UUID], db: RequestDb, actor: RequestActor, now: RequestNow
) -> Response[str]:
    """An order: what is in it, how long it is held, how to pay for it."""
    return _order(request, db, actor, OrderId(order), now)


@post("/orders/{order:uuid}/pay", include_in_schema=False, sync_to_thread=True)
def pay(
    request: AnyRequest,
    order: FromPath[UUID],
    data: URLEncodedBody[PayForm],
    db: RequestDb,
    bus: RequestBus,
    actor: RequestActor,
    now: RequestNow,
) -> Response[str] | Redirect:
    """Begin to pay; leads to where that is done."""
    try:
        with db.begin_nested():
            provider = providers_of(request).get(data.provider)
            payment = counted_pay(request, db, bus, actor, OrderId(order), provider, now=now)
    except Failure as failure:
        return _order(request, db, actor, OrderId(order), now, failure=failure)
    link = provider.link(payment.reference) if payment.state is PaymentState.PENDING else None
    return Redirect(link or f"/orders/{order}", status_code=303)


@post("/orders/{order:uuid}/cancel", include_in_schema=False, sync_to_thread=True)
def cancel(
    request: AnyRequest,
    order: FromPath[UUID],
    db: RequestDb,
    bus: RequestBus,
    actor: RequestActor,
    now: RequestNow,
) -> Response[str] | Redirect:
    """Give an order back."""
    try:
        with db.begin_nested():
            counted_cancel_order(request, db, bus, actor, OrderId(order), now=now)
    except Failure as failure:
        return _order(request, db, actor, OrderId(order), now, failure=failure)
    return Redirect(f"/orders/{order}", status_code=303)


@get("/pay/test/{reference:str}", include_in_schema=False, sync_to_thread=True)
def till_page(
    request: AnyRequest, reference: FromPath[str], db: RequestDb, actor: RequestActor
) -> Response[str]:
    """The page of the test provider."""
    payment, order = _at_the_till(request, db, actor, reference)
    return show(
        request,
        "ticketing/till.html",
        actor=actor,
        payment=payment,
        order=order,
        choices=tuple(_AT_THE_TILL),
    )


@post("/pay/test/{reference:str}", include_in_schema=False, sync_to_thread=True)
def use_till(
    request: AnyRequest,
    reference: FromPath[str],
    data: URLEncodedBody[TillForm],
    db: RequestDb,
    bus: RequestBus,
    actor: RequestActor,
    now: RequestNow,
) -> Redirect:
    """Pay at the test provider, or decline to."""
    _, order = _at_the_till(request, db, actor, reference)
    outcome, manner = _AT_THE_TILL.get(data.do, _AT_THE_TILL["fail"])
    use(db, bus, providers_of(request), reference, outcome, manner, now=now)
    return Redirect(f"/orders/{order.id}", status_code=303)


def _order(
    request: AnyRequest,
    db: Db,
    actor: Actor,
    wanted: OrderId,
    now: datetime,
    *,
    failure: Failure | None = None,
) -> Response[str]:
    actor.demand_person()
    found = api.order(db, actor, wanted)
    where = shown(db, actor, api.occasion(db, actor, found.occasion), now=now)
    payments = api.payments(db, actor, wanted)
    return show(
        request,
        "ticketing/order.html",
        actor=actor,
        status=failure.status if failure else 200,
        order=found,
        tickets=sorted(found.tickets, key=lambda one: (one.seat or "", one.id)),
        waits=waits(found, now=now) and where.occasion.state is not OccasionState.CANCELLED,
        shown=where,
        types={one.type.id: one.type for one in where.offers},
        places={
            one.seat: park_api.space(db, one.seat).name
            for one in found.tickets
            if one.seat is not None
        },
        providers=api.ways(db, found, providers_of(request)),
        payee=api.payee_for(db, actor, wanted),
        transfer=next((one for one in payments if _is_due(one)), None),
        latest=payments[-1] if payments else None,
        refunds=api.refunds(db, actor, wanted),
        problem=said(request, failure) if failure else "",
    )


def _is_due(one: Payment) -> bool:
    return one.provider == _TRANSFER and one.state is PaymentState.PENDING


def _at_the_till(
    request: AnyRequest, db: Db, actor: Actor, reference: str
) -> tuple[Payment, Order]:
    """A payment at the test provider and its order; raises ProviderUnknown, PaymentUnknown."""
    actor.demand_person()
    providers_of(request).get(_TEST)
    payment = payment_called(db, actor, _TEST, reference)
    return payment, api.order(db, actor, payment.order)


ROUTES = (order_page, pay, cancel, till_page, use_till)
