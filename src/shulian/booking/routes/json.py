"""The ledger for programs: JSON under /api."""

from datetime import timedelta
from typing import Annotated
from uuid import UUID

from litestar import Response, delete, get, patch, post, put
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import FromPath, FromQuery, HeaderParameter, JSONBody, QueryParameter
from litestar.status_codes import HTTP_200_OK, HTTP_201_CREATED, HTTP_409_CONFLICT
from msgspec import UnsetType

from shulian.booking import api, wire
from shulian.booking.errors import LimitReached, Taken
from shulian.booking.routes.parts import (
    RequestActor,
    problem_of,
    setting_of,
    visible,
    whole_week,
)
from shulian.booking.rules.spans import longer
from shulian.booking.types import Booking, BookingId, Holder, ResourceId, Span
from shulian.identity.api import names
from shulian.identity.errors import OrganizationMissing, PersonMissing
from shulian.identity.types import Actor, OrganizationId, PersonId
from shulian.kit.db import Db
from shulian.kit.http.edge import (
    AnyRequest,
    RequestBus,
    RequestDb,
    RequestNow,
)
from shulian.park.api import localities
from shulian.park.types import SpaceId

_TAKEN = {
    HTTP_409_CONFLICT: ResponseSpec(
        wire.TakenProblem | wire.LimitProblem,
        generate_examples=False,
        description=(
            "What is wanted is not free: what is in the way, and the next free spans; "
            "or it is more than one holder may have: which bookings count."
        ),
        media_type="application/problem+json",
    )
}
From = Annotated[wire.Moment | None, QueryParameter(name="from")]
To = Annotated[wire.Moment | None, QueryParameter(name="to")]
Key = Annotated[str | None, HeaderParameter(name="idempotency-key")]
"""What the one who asks calls the booking, so that asking again books nothing twice."""


@get("/api/parks/{park:str}/resources", sync_to_thread=True)
def list_resources(park: FromPath[str], db: RequestDb) -> list[wire.ResourceView]:
    """The spaces of a park that people book for themselves."""
    return [wire.resource_view(one) for one in api.resources_in(db, SpaceId(park))]


@get("/api/spaces/{space:str}/resource", sync_to_thread=True)
def read_resource(space: FromPath[str], db: RequestDb) -> wire.ResourceView:
    """How a space is booked."""
    return wire.resource_view(api.resource_of(db, SpaceId(space)))


@put("/api/spaces/{space:str}/resource", sync_to_thread=True)
def put_resource(
    space: FromPath[str],
    data: JSONBody[wire.ResourcePut],
    db: RequestDb,
    actor: RequestActor,
    now: RequestNow,
) -> wire.ResourceView:
    """Let a space be booked, or be booked otherwise; also one that was withdrawn."""
    where = SpaceId(space)
    made = api.add_resource(
        db, actor, capacity=data.capacity, space=where, audience=data.audience, now=now
    )
    api.change_resource(db, actor, made.id, capacity=data.capacity, audience=data.audience, now=now)
    return wire.resource_view(api.offer_resource(db, actor, made.id, now=now))


@patch("/api/resources/{resource:uuid}", sync_to_thread=True)
def change_resource(
    resource: FromPath[UUID],
    data: JSONBody[wire.ResourcePatch],
    db: RequestDb,
    actor: RequestActor,
    now: RequestNow,
) -> wire.ResourceView:
    """Let a resource hold more or less, or be booked by others."""
    changed = api.change_resource(
        db,
        actor,
        ResourceId(resource),
        capacity=None if isinstance(data.capacity, UnsetType) else data.capacity,
        audience=None if isinstance(data.audience, UnsetType) else data.audience,
        now=now,
    )
    return wire.resource_view(changed)


@delete("/api/resources/{resource:uuid}", status_code=HTTP_200_OK, sync_to_thread=True)
def withdraw_resource(
    resource: FromPath[UUID], db: RequestDb, actor: RequestActor, now: RequestNow
) -> wire.WithdrawalView:
    """Let nobody book a resource anew; what is booked stays until it is over or released."""
    wanted = ResourceId(resource)
    left = api.withdraw_resource(db, actor, wanted, now=now)
    told = wire.resource_view(api.resources(db, [wanted])[wanted])
    return wire.WithdrawalView(told, left.bookings, left.until)


@post("/api/resources/{resource:uuid}/offer", status_code=HTTP_200_OK, sync_to_thread=True)
def offer_resource(
    resource: FromPath[UUID], db: RequestDb, actor: RequestActor, now: RequestNow
) -> wire.ResourceView:
    """Let a resource be booked again that was withdrawn."""
    return wire.resource_view(api.offer_resource(db, actor, ResourceId(resource), now=now))


@get("/api/resources/{resource:uuid}/calendar", sync_to_thread=True)
def read_calendar(
    resource: FromPath[UUID],
    db: RequestDb,
    actor: RequestActor,
    now: RequestNow,
    start: From = None,
    end: To = None,
) -> wire.CalendarView:
    """How much of a resource is taken between two instants; of the week to come if none is given.

    It says how much, and never by whom.
    """
    one = visible(db, actor, ResourceId(resource))
    found = api.calendar(db, one.id, whole_week(now, start, end), now=now)
    zone = None if one.space is None else localities(db, [one.space])[one.space].timezone
    parts = tuple(wire.part_view(part, one.capacity, zone) for part in found.parts)
    return wire.CalendarView(wire.resource_view(one), parts)


@get("/api/resources/{resource:uuid}/bookings", sync_to_thread=True)
def list_bookings(
    resource: FromPath[UUID],
    db: RequestDb,
    actor: RequestActor,
    now: RequestNow,
    start: From = None,
    end: To = None,
) -> list[wire.BookingView]:
    """Who holds a resource between two instants, for operators."""
    wanted = ResourceId(resource)
    found = api.bookings_of(db, actor, wanted, whole_week(now, start, end))
    setting = setting_of(db, actor, found)
    return [wire.booking_view(one, setting) for one in found]


@post(
    "/api/resources/{resource:uuid}/closures",
    status_code=HTTP_201_CREATED,
    responses=_TAKEN,
    sync_to_thread=True,
)
def close(
    request: AnyRequest,
    resource: FromPath[UUID],
    data: JSONBody[wire.ClosureAsk],
    db: RequestDb,
    bus: RequestBus,
    actor: RequestActor,
    now: RequestNow,
) -> Response[wire.BookingView]:
    """Let nobody book a resource for a time; opened again by giving the closure back."""
    span = Span(data.start, data.end)
    try:
        made = api.close(db, bus, actor, ResourceId(resource), span, title=data.title, now=now)
    except (Taken, LimitReached) as failure:
        return problem_of(request, db, actor, failure, now)
    return _told(db, actor, made, HTTP_201_CREATED)


@post("/api/bookings", status_code=HTTP_201_CREATED, responses=_TAKEN, sync_to_thread=True)
def book(
    request: AnyRequest,
    data: JSONBody[wire.BookingAsk],
    db: RequestDb,
    bus: RequestBus,
    actor: RequestActor,
    now: RequestNow,
    key: Key = None,
) -> Response[wire.BookingView]:
    """Book several things at once, all of them or nothing.

    Asked again with the same `Idempotency-Key`, the same booking is answered.
    """
    holder = _holder(db, actor, data)
    wanted = wire.claims_of(data.claims)
    try:
        made = api.book(
            db, bus, actor, wanted, holder=holder, title=data.title, key=key or None, now=now
        )
    except (Taken, LimitReached) as failure:
        return problem_of(request, db, actor, failure, now)
    return _told(db, actor, made, HTTP_201_CREATED)


@get("/api/bookings", sync_to_thread=True)
def own_bookings(db: RequestDb, actor: RequestActor, now: RequestNow) -> list[wire.BookingView]:
    """What one holds now or later, oneself and by one's organizations."""
    found = api.own_bookings(db, actor, now=now)
    setting = setting_of(db, actor, found)
    return [wire.booking_view(one, setting) for one in found]


@get("/api/me/bookings", sync_to_thread=True)
def own_page(
    db: RequestDb,
    actor: RequestActor,
    now: RequestNow,
    past: FromQuery[bool] = False,  # noqa: FBT002  # a query names it
    q: FromQuery[str] = "",
    page: FromQuery[int] = 1,
) -> wire.BookingPageView:
    """A page of what one holds now or later, or of what is over: by what it is for, and where."""
    found = api.own_page(db, actor, past=past, words=q, page=page, now=now)
    return wire.page_view(found, setting_of(db, actor, found.bookings))


@get("/api/bookings/{booking:uuid}", sync_to_thread=True)
def read_booking(booking: FromPath[UUID], db: RequestDb, actor: RequestActor) -> wire.BookingView:
    """A booking of one's own; to others it is not there."""
    found = api.booking(db, actor, BookingId(booking))
    return wire.booking_view(found, setting_of(db, actor, [found]))


@put("/api/bookings/{booking:uuid}/claims", responses=_TAKEN, sync_to_thread=True)
def move(
    request: AnyRequest,
    booking: FromPath[UUID],
    data: JSONBody[wire.MoveAsk],
    db: RequestDb,
    bus: RequestBus,
    actor: RequestActor,
    now: RequestNow,
) -> Response[wire.BookingView]:
    """Hold something else, or at another time; nothing is given back unless all of it is free."""
    claims = wire.claims_of(data.claims)
    try:
        made = api.move(db, bus, actor, BookingId(booking), claims, now=now)
    except (Taken, LimitReached) as failure:
        return problem_of(request, db, actor, failure, now)
    return _told(db, actor, made)


@post(
    "/api/bookings/{booking:uuid}/extend",
    status_code=HTTP_200_OK,
    responses=_TAKEN,
    sync_to_thread=True,
)
def extend(
    request: AnyRequest,
    booking: FromPath[UUID],
    data: JSONBody[wire.ExtendAsk],
    db: RequestDb,
    bus: RequestBus,
    actor: RequestActor,
    now: RequestNow,
) -> Response[wire.BookingView]:
    """Hold all of it longer; what has no end stays so."""
    before = api.booking(db, actor, BookingId(booking))
    claims = longer(before.claims, timedelta(minutes=data.minutes))
    try:
        made = api.move(db, bus, actor, before.id, claims, now=now)
    except (Taken, LimitReached) as failure:
        return problem_of(request, db, actor, failure, now)
    return _told(db, actor, made)


@delete("/api/bookings/{booking:uuid}", status_code=HTTP_200_OK, sync_to_thread=True)
def give_back(
    booking: FromPath[UUID],
    db: RequestDb,
    bus: RequestBus,
    actor: RequestActor,
    now: RequestNow,
) -> wire.BookingView:
    """Give a booking back, or open again what was closed."""
    after = api.give_back(db, bus, actor, BookingId(booking), now=now)
    return wire.booking_view(after, setting_of(db, actor, [after]))


def _holder(db: Db, actor: Actor, data: wire.BookingAsk) -> Holder:
    """For whom it is; raises PersonMissing and OrganizationMissing where nobody is known by it."""
    person = PersonId(data.person) if data.person else actor.demand_person()
    organization = OrganizationId(data.organization) if data.organization else None
    known = names(db, actor, [person], [organization] if organization else [])
    if person not in known.people:
        raise PersonMissing
    if organization is not None and organization not in known.organizations:
        raise OrganizationMissing
    return Holder(person, organization)


def _told(
    db: Db, actor: Actor, made: Booking, status: int = HTTP_200_OK
) -> Response[wire.BookingView]:
    view = wire.booking_view(made, setting_of(db, actor, [made]))
    return Response(view, status_code=status)


ROUTES = (
    list_resources,
    read_resource,
    put_resource,
    change_resource,
    withdraw_resource,
    offer_resource,
    read_calendar,
    list_bookings,
    close,
    book,
    own_bookings,
    own_page,
    read_booking,
    move,
    extend,
    give_back,
)
