"""The organizer's desk: an occasion opened and closed, what is sold, which rows, money, figures."""

from collections.abc import Callable
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
from shulian.ticketing import api
from shulian.ticketing.api import halls
from shulian.ticketing.api.desks import desk as desk_of
from shulian.ticketing.routes.forms import (
    TypeForm,
    both,
    buyers_of,
    id_of,
    local,
    price_of,
    span_of,
    whole_of,
)
from shulian.ticketing.routes.parts import (
    RequestActor,
    faults,
    listed,
    said,
    say,
    shown,
)
from shulian.ticketing.types import (
    SELL,
    Buyers,
    OccasionId,
    PaymentId,
    RefundId,
    TicketTypeId,
)

_DONE = frozenset(
    {
        "made",
        "changed",
        "opened",
        "closed",
        "type",
        "type_changed",
        "seats",
        "cancelled",
        "payee",
        "transfer",
        "refund",
    }
)


@get("/occasions/{occasion:uuid}/desk", include_in_schema=False, sync_to_thread=True)
def desk_page(
    request: AnyRequest,
    occasion: FromPath[UUID],
    db: RequestDb,
    actor: RequestActor,
    now: RequestNow,
) -> Response[str]:
    """All that an organizer sees and does of an occasion."""
    return _desk(request, db, actor, OccasionId(occasion), now)


@post("/occasions/{occasion:uuid}/desk/types", include_in_schema=False, sync_to_thread=True)
def add_type(
    request: AnyRequest,
    occasion: FromPath[UUID],
    data: URLEncodedBody[TypeForm],
    db: RequestDb,
    bus: RequestBus,
    actor: RequestActor,
    now: RequestNow,
) -> Response[str] | Redirect:
    """Sell something else."""
    where = OccasionId(occasion)

    def run() -> None:
        zone = shown(db, actor, api.occasion(db, actor, where), now=now).zone
        shares = TicketTypeId(id_of(data.shares, "shares")) if data.shares else None
        api.add_type(
            db,
            bus,
            actor,
            where,
            name=both(data.name_zh, data.name_en),
            price=price_of(data.price),
            capacity=whole_of(data.capacity, "capacity"),
            shares=shares,
            sale=span_of(data.start, data.end, zone, "sale"),
            buyers=buyers_of(data.buyers),
            seated=bool(data.seated),
            online=bool(data.online),
            most=whole_of(data.most, "most") or 0,
            now=now,
        )

    return _done(request, db, actor, where, now, "type", run, typed=data)


@post(
    "/occasions/{occasion:uuid}/desk/types/{kind:uuid}/seats",
    include_in_schema=False,
    sync_to_thread=True,
)
def put_seats(
    request: AnyRequest,
    occasion: FromPath[UUID],
    kind: FromPath[UUID],
    data: URLEncodedBody[dict[str, object]],
    db: RequestDb,
    bus: RequestBus,
    actor: RequestActor,
    now: RequestNow,
) -> Response[str] | Redirect:
    """Sell the seats of some rows as one type."""
    where = OccasionId(occasion)

    def run() -> None:
        rows = set(listed(data, "row"))
        found = halls.layout(db, api.occasion(db, actor, where)).rows
        seats = [
            mark.id for place, row in enumerate(found) if str(place) in rows for mark in row.marks
        ]
        api.put_seats(db, bus, actor, TicketTypeId(kind), seats, now=now)

    return _done(request, db, actor, where, now, "seats", run)


@post("/occasions/{occasion:uuid}/desk/open", include_in_schema=False, sync_to_thread=True)
def open_(
    request: AnyRequest,
    occasion: FromPath[UUID],
    db: RequestDb,
    bus: RequestBus,
    actor: RequestActor,
    now: RequestNow,
) -> Response[str] | Redirect:
    """Begin to sell."""
    where = OccasionId(occasion)

    def run() -> None:
        api.open_occasion(db, bus, actor, where, now=now)

    return _done(request, db, actor, where, now, "opened", run)


@post("/occasions/{occasion:uuid}/desk/close", include_in_schema=False, sync_to_thread=True)
def close(
    request: AnyRequest,
    occasion: FromPath[UUID],
    db: RequestDb,
    bus: RequestBus,
    actor: RequestActor,
    now: RequestNow,
) -> Response[str] | Redirect:
    """Sell nothing more for now."""
    where = OccasionId(occasion)

    def run() -> None:
        api.close_occasion(db, bus, actor, where, now=now)

    return _done(request, db, actor, where, now, "closed", run)


@post("/occasions/{occasion:uuid}/desk/cancel", include_in_schema=False, sync_to_thread=True)
def cancel(
    request: AnyRequest,
    occasion: FromPath[UUID],
    db: RequestDb,
    bus: RequestBus,
    actor: RequestActor,
    now: RequestNow,
) -> Response[str] | Redirect:
    """Call an occasion off."""
    where = OccasionId(occasion)

    def run() -> None:
        api.cancel_occasion(db, bus, actor, where, now=now)

    return _done(request, db, actor, where, now, "cancelled", run)


@post(
    "/occasions/{occasion:uuid}/desk/transfers/{payment:uuid}",
    include_in_schema=False,
    sync_to_thread=True,
)
def confirm(
    request: AnyRequest,
    occasion: FromPath[UUID],
    payment: FromPath[UUID],
    db: RequestDb,
    bus: RequestBus,
    actor: RequestActor,
    now: RequestNow,
) -> Response[str] | Redirect:
    """Say that a bank transfer has come."""

    def run() -> None:
        api.confirm_transfer(db, bus, actor, PaymentId(payment), now=now)

    return _done(request, db, actor, OccasionId(occasion), now, "transfer", run)


@post(
    "/occasions/{occasion:uuid}/desk/refunds/{refund:uuid}",
    include_in_schema=False,
    sync_to_thread=True,
)
def settle(
    request: AnyRequest,
    occasion: FromPath[UUID],
    refund: FromPath[UUID],
    db: RequestDb,
    actor: RequestActor,
    now: RequestNow,
) -> Response[str] | Redirect:
    """Say that money has been sent back."""

    def run() -> None:
        api.settle_refund(db, actor, RefundId(refund), now=now)

    return _done(request, db, actor, OccasionId(occasion), now, "refund", run)


@get("/occasions/{occasion:uuid}/tickets.csv", include_in_schema=False, sync_to_thread=True)
def tickets_csv(occasion: FromPath[UUID], db: RequestDb, actor: RequestActor) -> Response[str]:
    """All tickets as a table."""
    return _table(api.tickets_as_csv(db, actor, OccasionId(occasion)), "tickets")


@get("/occasions/{occasion:uuid}/payments.csv", include_in_schema=False, sync_to_thread=True)
def payments_csv(occasion: FromPath[UUID], db: RequestDb, actor: RequestActor) -> Response[str]:
    """All payments as a table."""
    return _table(api.payments_as_csv(db, actor, OccasionId(occasion)), "payments")


def _table(content: str, name: str) -> Response[str]:
    headers = {"content-disposition": f'attachment; filename="{name}.csv"'}
    return Response(content, media_type="text/csv", headers=headers)


def _done(
    request: AnyRequest,
    db: Db,
    actor: Actor,
    occasion: OccasionId,
    now: datetime,
    done: str,
    run: Callable[[], None],
    *,
    typed: TypeForm | None = None,
) -> Response[str] | Redirect:
    """Do it, or say on the desk why it cannot be."""
    actor.demand(SELL, api.occasion(db, actor, occasion).organizer)
    try:
        with db.begin_nested():
            run()
    except Failure as failure:
        return _desk(request, db, actor, occasion, now, failure=failure, typed=typed)
    return Redirect(f"/occasions/{occasion}/desk?done={done}", status_code=303)


def _desk(
    request: AnyRequest,
    db: Db,
    actor: Actor,
    occasion: OccasionId,
    now: datetime,
    *,
    failure: Failure | None = None,
    typed: TypeForm | None = None,
) -> Response[str]:
    found = api.occasion(db, actor, occasion)
    figures = api.figures(db, actor, occasion, now=now)
    where = shown(db, actor, found, now=now)
    done = request.query_params.get("done", "")
    return show(
        request,
        "ticketing/desk.html",
        actor=actor,
        status=failure.status if failure else 200,
        shown=where,
        figures=dict(figures.types),
        whole=figures.all,
        money=desk_of(db, actor, occasion),
        payee=api.payee(db, actor, found.organizer),
        undoing=api.undoing(db, actor, occasion),
        rows=_rows(db, actor, occasion, now),
        values=typed or _usual(where.zone, now, found.span.start),
        buyers=[(one.value, say(request, f"ticketing.buyers_choice.{one}")) for one in Buyers],
        problem=said(request, failure) if failure else "",
        errors=faults(request, failure) if typed else {},
        done=done if done in _DONE else "",
    )


def _rows(
    db: Db, actor: Actor, occasion: OccasionId, now: datetime
) -> list[tuple[str, int, set[TicketTypeId]]]:
    """The rows of the hall: what each is called, how many seats it has, and sold as what."""
    sold = {one.space: one.type for one in api.seats(db, occasion, now=now)}
    return [
        (row.label, len(row.marks), {sold[mark.id] for mark in row.marks if mark.id in sold})
        for row in halls.layout(db, api.occasion(db, actor, occasion)).rows
    ]


def _usual(zone: str, now: datetime, begins: datetime) -> TypeForm:
    """The form for something else to sell, as it stands before anything is typed."""
    return TypeForm(start=local(now, zone), end=local(begins, zone), seated="1", online="1")


ROUTES = (
    desk_page,
    add_type,
    put_seats,
    open_,
    close,
    cancel,
    confirm,
    settle,
    tickets_csv,
    payments_csv,
)
