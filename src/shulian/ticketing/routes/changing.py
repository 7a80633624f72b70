"""What an organizer changes later: an occasion, a ticket type, the account for transfers."""

from collections.abc import Mapping
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect

from shulian.booking.errors import CapacityInUse, UnitsWrong
from shulian.identity.api import organization_names
from shulian.identity.types import Actor
from shulian.kit.db import Db
from shulian.kit.errors import Failure
from shulian.kit.http.edge import AnyRequest, RequestBus, RequestDb, RequestNow, language_of
from shulian.kit.http.pages import show
from shulian.park import api as park_api
from shulian.park.errors import SpaceUnknown
from shulian.park.types import SpaceId
from shulian.ticketing import api
from shulian.ticketing.errors import HallInUse, OnlineInUse, PriceInUse, TypeUnknown
from shulian.ticketing.routes.forms import (
    OccasionForm,
    PayeeForm,
    TypeForm,
    both,
    buyers_of,
    occasion_form,
    price_of,
    span_of,
    time_of,
    type_form,
    whole_of,
)
from shulian.ticketing.routes.parts import (
    Answer,
    RequestActor,
    answer_of,
    faults,
    places,
    said,
    say,
)
from shulian.ticketing.types import (
    SELL,
    Buyers,
    Occasion,
    OccasionId,
    Payee,
    TicketType,
)

_FIELDS: Mapping[type[Failure], str] = {
    CapacityInUse: "capacity",
    UnitsWrong: "capacity",
    PriceInUse: "price",
    OnlineInUse: "online",
    HallInUse: "space",
    SpaceUnknown: "space",
}
"""Failures that are about one field."""


@get("/occasions/{occasion:uuid}/desk/change", include_in_schema=False, sync_to_thread=True)
def occasion_page(
    request: AnyRequest, occasion: FromPath[UUID], db: RequestDb, actor: RequestActor
) -> Response[str]:
    """The form of an occasion as it is."""
    found = _organized(db, actor, occasion)
    return _occasion(request, db, actor, found, occasion_form(found, _zone(db, found)))


@post("/occasions/{occasion:uuid}/desk/change", include_in_schema=False, sync_to_thread=True)
def change_occasion(
    request: AnyRequest,
    occasion: FromPath[UUID],
    data: URLEncodedBody[OccasionForm],
    db: RequestDb,
    bus: RequestBus,
    actor: RequestActor,
    now: RequestNow,
) -> Response[str] | Redirect:
    """Have it called, told, placed or timed otherwise; or say in place what stands against it."""
    found = _organized(db, actor, occasion)
    zone = _zone(db, found)
    same = occasion_form(found, zone)
    # clocks show a time twice, and forms no seconds: what nobody touched stays exactly as it was
    untouched = not data.instead and (data.start, data.end) == (same.start, same.end)
    try:
        with db.begin_nested():
            api.change_occasion(
                db,
                bus,
                actor,
                found.id,
                title=both(data.title_zh, data.title_en),
                about=both(data.about_zh, data.about_en),
                space=SpaceId(data.space) if data.space else None,
                span=None if untouched else time_of(data, zone),
                gentle=bool(data.gentle),
                now=now,
            )
    except Failure as failure:
        return _occasion(request, db, actor, found, data, failure)
    return _back(occasion, "changed")


@get(
    "/occasions/{occasion:uuid}/desk/types/{kind:uuid}",
    include_in_schema=False,
    sync_to_thread=True,
)
def type_page(
    request: AnyRequest,
    occasion: FromPath[UUID],
    kind: FromPath[UUID],
    db: RequestDb,
    actor: RequestActor,
) -> Response[str]:
    """The form of a ticket type as it is."""
    where = _organized(db, actor, occasion)
    found = _type(db, actor, where, kind)
    capacity = api.capacity_of(db, actor, found.id)
    return _kind(request, db, actor, where, found, type_form(found, capacity, _zone(db, where)))


@post(
    "/occasions/{occasion:uuid}/desk/types/{kind:uuid}",
    include_in_schema=False,
    sync_to_thread=True,
)
def change_type(
    request: AnyRequest,
    occasion: FromPath[UUID],
    kind: FromPath[UUID],
    data: URLEncodedBody[TypeForm],
    db: RequestDb,
    bus: RequestBus,
    actor: RequestActor,
    now: RequestNow,
) -> Response[str] | Redirect:
    """Have it sold otherwise from now on; what can no longer change is not asked for."""
    where = _organized(db, actor, occasion)
    found = _type(db, actor, where, kind)
    zone, fixed = _zone(db, where), api.fixed(db, found.id)
    same = type_form(found, api.capacity_of(db, actor, found.id), zone)
    untouched = (data.start, data.end) == (same.start, same.end)
    try:
        with db.begin_nested():
            api.change_type(
                db,
                bus,
                actor,
                found.id,
                name=both(data.name_zh, data.name_en),
                price=None if "price" in fixed else price_of(data.price),
                capacity=_capacity(data, same),
                sale=None if untouched else span_of(data.start, data.end, zone, "sale"),
                buyers=buyers_of(data.buyers),
                online=None if "online" in fixed else bool(data.online),
                most=whole_of(data.most, "most") or 0,
                now=now,
            )
    except Failure as failure:
        return _kind(request, db, actor, where, found, data, failure)
    return _back(occasion, "type_changed")


@get("/occasions/{occasion:uuid}/desk/payee", include_in_schema=False, sync_to_thread=True)
def payee_page(
    request: AnyRequest, occasion: FromPath[UUID], db: RequestDb, actor: RequestActor
) -> Response[str]:
    """The form of the account to which transfers go."""
    where = _organized(db, actor, occasion)
    found = api.payee(db, actor, where.organizer)
    typed = PayeeForm(found.name, found.bank, found.account) if found else PayeeForm()
    return _payee(request, db, actor, where, typed)


@post("/occasions/{occasion:uuid}/desk/payee", include_in_schema=False, sync_to_thread=True)
def put_payee(
    request: AnyRequest,
    occasion: FromPath[UUID],
    data: URLEncodedBody[PayeeForm],
    db: RequestDb,
    actor: RequestActor,
    now: RequestNow,
) -> Response[str] | Redirect:
    """Have transfers go there, or take none any more."""
    where = _organized(db, actor, occasion)
    try:
        if data.do == "drop":
            api.drop_payee(db, actor, where.organizer, now=now)
        else:
            told = Payee(data.name, data.bank, data.account)
            api.put_payee(db, actor, where.organizer, told, now=now)
    except Failure as failure:
        return _payee(request, db, actor, where, data, failure)
    return _back(occasion, "payee")


def _organized(db: Db, actor: Actor, wanted: UUID) -> Occasion:
    found = api.occasion(db, actor, OccasionId(wanted))
    actor.demand(SELL, found.organizer)
    return found


def _type(db: Db, actor: Actor, where: Occasion, wanted: UUID) -> TicketType:
    for one in api.types(db, actor, where.id):
        if one.id == wanted:
            return one
    raise TypeUnknown


def _zone(db: Db, where: Occasion) -> str:
    return park_api.place(db, park_api.path(db, where.space)[0].id).timezone


def _capacity(typed: TypeForm, same: TypeForm) -> int | None:
    """How many there are to be; none: as many as before."""
    told = typed.capacity.strip()
    return None if told in ("", same.capacity) else whole_of(told, "capacity")


def _beside(request: AnyRequest, failure: Failure | None) -> dict[str, str]:
    """What a failure says beside the one field that it is about."""
    for kind, field in _FIELDS.items():
        if isinstance(failure, kind):
            return {field: said(request, failure)}
    return {}


def _back(occasion: UUID, done: str) -> Redirect:
    return Redirect(f"/occasions/{occasion}/desk?done={done}", status_code=303)


def _occasion(
    request: AnyRequest,
    db: Db,
    actor: Actor,
    found: Occasion,
    typed: OccasionForm,
    failure: Failure | None = None,
) -> Response[str]:
    path, beside = park_api.path(db, found.space), _beside(request, failure)
    return show(
        request,
        "ticketing/change.html",
        actor=actor,
        status=failure.status if failure else 200,
        it=found,
        park=path[0].id,
        zone=_zone(db, found),
        spaces=places(db, path[0].id, language_of(request)),
        hall=path[-1].name,
        hall_is_fixed=api.hall_is_fixed(db, found.id),
        orders=api.undoing(db, actor, found.id).left,
        values=typed,
        answer=Answer() if beside else answer_of(request, failure),
        errors=faults(request, failure) | beside,
    )


def _kind(
    request: AnyRequest,
    db: Db,
    actor: Actor,
    where: Occasion,
    found: TicketType,
    typed: TypeForm,
    failure: Failure | None = None,
) -> Response[str]:
    every, beside = api.types(db, actor, where.id), _beside(request, failure)
    return show(
        request,
        "ticketing/type.html",
        actor=actor,
        status=failure.status if failure else 200,
        it=where,
        type=found,
        park=park_api.path(db, where.space)[0].id,
        zone=_zone(db, where),
        fixed=api.fixed(db, found.id),
        sharing=say(request, "ticketing.seats.comma").join(
            one.name.into(language_of(request))
            for one in every
            if one.quota == found.quota and one.id != found.id
        ),
        values=typed,
        price=type_form(found, None, _zone(db, where)).price,
        buyers=[(one.value, say(request, f"ticketing.buyers_choice.{one}")) for one in Buyers],
        problem="" if beside else answer_of(request, failure).problem,
        errors=faults(request, failure) | beside,
    )


def _payee(
    request: AnyRequest,
    db: Db,
    actor: Actor,
    where: Occasion,
    typed: PayeeForm,
    failure: Failure | None = None,
) -> Response[str]:
    return show(
        request,
        "ticketing/payee.html",
        actor=actor,
        status=failure.status if failure else 200,
        it=where,
        park=park_api.path(db, where.space)[0].id,
        organizer=organization_names(db, [where.organizer])[where.organizer],
        known=api.payee(db, actor, where.organizer) is not None,
        values=typed,
        problem=answer_of(request, failure).problem,
        errors=faults(request, failure),
    )


ROUTES = (
    occasion_page,
    change_occasion,
    type_page,
    change_type,
    payee_page,
    put_payee,
)
