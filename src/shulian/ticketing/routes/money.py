"""Payments for programs, and what providers say: JSON under /api."""

from datetime import datetime
from uuid import UUID

from litestar import delete, get, post, put
from litestar.concurrency import sync_to_thread
from litestar.params import FromPath, JSONBody
from litestar.status_codes import HTTP_200_OK, HTTP_204_NO_CONTENT

from shulian.identity.types import OrganizationId
from shulian.kit.errors import Failure
from shulian.kit.http.edge import AnyRequest, RequestBus, RequestDb, RequestNow, edge_of
from shulian.ticketing import api
from shulian.ticketing.errors import ProviderUnknown
from shulian.ticketing.routes.counter import counter_of
from shulian.ticketing.routes.doors import counted_cancel_order, counted_pay
from shulian.ticketing.routes.parts import RequestActor, providers_of
from shulian.ticketing.types import OrderId, Payment, PaymentId, RefundId
from shulian.ticketing.wire import orders
from shulian.ticketing.wire import payments as wire

SIGNATURE = "x-signature"
"""The header that says whose word a notice is."""


@get("/api/me/orders", sync_to_thread=True)
def list_orders(db: RequestDb, actor: RequestActor) -> list[orders.OrderView]:
    """What one ordered, the newest first."""
    return [orders.order_view(one) for one in api.own_orders(db, actor)]


@post("/api/orders/{order:uuid}/cancel", status_code=HTTP_200_OK, sync_to_thread=True)
def cancel_order(
    request: AnyRequest,
    order: FromPath[UUID],
    db: RequestDb,
    bus: RequestBus,
    actor: RequestActor,
    now: RequestNow,
) -> orders.OrderView:
    """Give all of an order back; what was paid for it is due."""
    return orders.order_view(counted_cancel_order(request, db, bus, actor, OrderId(order), now=now))


@get("/api/orders/{order:uuid}/money", sync_to_thread=True)
def read_money(
    request: AnyRequest, order: FromPath[UUID], db: RequestDb, actor: RequestActor
) -> wire.MoneyView:
    """What was paid for an order, what goes back of it, and how one may pay."""
    found = api.order(db, actor, OrderId(order))
    payee = api.payee_for(db, actor, found.id)
    return wire.MoneyView(
        payments=tuple(_shown(request, one) for one in api.payments(db, actor, found.id)),
        refunds=wire.refund_views(api.refunds(db, actor, found.id)),
        providers=api.ways(db, found, providers_of(request)),
        payee=wire.payee_view(payee) if payee else None,
    )


@post("/api/orders/{order:uuid}/payments", status_code=HTTP_200_OK, sync_to_thread=True)
def pay(
    request: AnyRequest,
    order: FromPath[UUID],
    data: JSONBody[wire.PayAsk],
    db: RequestDb,
    bus: RequestBus,
    actor: RequestActor,
    now: RequestNow,
) -> wire.PaymentView:
    """Begin to pay for an order; asked again, the same payment goes on."""
    provider = providers_of(request).get(data.provider)
    return _shown(request, counted_pay(request, db, bus, actor, OrderId(order), provider, now=now))


@get("/api/organizations/{organizer:uuid}/payee", sync_to_thread=True)
def read_payee(
    organizer: FromPath[UUID], db: RequestDb, actor: RequestActor
) -> wire.PayeeView | None:
    """The account to which transfers to an organizer go, for those who sell for it; or none."""
    found = api.payee(db, actor, OrganizationId(organizer))
    return wire.payee_view(found) if found else None


@put("/api/organizations/{organizer:uuid}/payee", sync_to_thread=True)
def put_payee(
    organizer: FromPath[UUID],
    data: JSONBody[wire.PayeeAsk],
    db: RequestDb,
    actor: RequestActor,
    now: RequestNow,
) -> wire.PayeeView:
    """Have transfers to an organizer go there from now on."""
    told = api.put_payee(db, actor, OrganizationId(organizer), wire.payee_of(data), now=now)
    return wire.payee_view(told)


@delete(
    "/api/organizations/{organizer:uuid}/payee",
    status_code=HTTP_204_NO_CONTENT,
    sync_to_thread=True,
)
def drop_payee(
    organizer: FromPath[UUID], db: RequestDb, actor: RequestActor, now: RequestNow
) -> None:
    """Take no transfers any more."""
    api.drop_payee(db, actor, OrganizationId(organizer), now=now)


@post("/api/payments/{payment:uuid}/confirm", status_code=HTTP_200_OK, sync_to_thread=True)
def confirm_transfer(
    request: AnyRequest,
    payment: FromPath[UUID],
    db: RequestDb,
    bus: RequestBus,
    actor: RequestActor,
    now: RequestNow,
) -> wire.PaymentView:
    """Say as the organizer that a bank transfer has come."""
    told = api.confirm_transfer(db, bus, actor, PaymentId(payment), now=now)
    return _shown(request, told)


@post("/api/refunds/{refund:uuid}/settle", status_code=HTTP_200_OK, sync_to_thread=True)
def settle_refund(
    refund: FromPath[UUID], db: RequestDb, actor: RequestActor, now: RequestNow
) -> wire.RefundView:
    """Say as the organizer that the money has been sent back."""
    return wire.refund_view(api.settle_refund(db, actor, RefundId(refund), now=now))


@post(
    "/api/providers/{provider:str}/notices",
    status_code=HTTP_200_OK,
    opt={"exclude_from_csrf": True},
)
async def hear(request: AnyRequest, provider: FromPath[str], now: RequestNow) -> wire.HeardView:
    """What a provider says became of a payment; whose word it is, its signature says.

    A notice that is refused is written down, in a transaction of its own.
    """
    body = await request.body()
    return await sync_to_thread(_hear, request, provider, body, now)


def _hear(request: AnyRequest, provider: str, body: bytes, now: datetime) -> wire.HeardView:
    edge, speaker = edge_of(request), providers_of(request).get(provider)
    try:
        with edge.transaction() as (db, bus):
            notice = speaker.read(body, request.headers.get(SIGNATURE, ""))
            return wire.HeardView(api.hear(db, bus, speaker, notice, now=now).state)
    except Failure as failure:
        counter_of(request).notices.count(request.client.host if request.client else "")
        with edge.transaction() as (db, _):
            api.refuse_notice(db, speaker.name, failure, body, now=now)
        raise


def _shown(request: AnyRequest, one: Payment) -> wire.PaymentView:
    try:
        link = providers_of(request).get(one.provider).link(one.reference)
    except ProviderUnknown:  # it was made while there was such a way to pay
        link = None
    return wire.payment_view(one, link)


ROUTES = (
    list_orders,
    cancel_order,
    read_money,
    pay,
    read_payee,
    put_payee,
    drop_payee,
    confirm_transfer,
    settle_refund,
    hear,
)
