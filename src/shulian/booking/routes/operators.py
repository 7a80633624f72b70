"""The operators' side for programs: lists of a park, several at a time, closings every week."""

from typing import Annotated
from uuid import UUID
from zoneinfo import ZoneInfo

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter
from litestar.status_codes import HTTP_200_OK, HTTP_201_CREATED

from shulian.booking import api, wire
from shulian.booking.errors import SpanWrong, Taken
from shulian.booking.routes.ledger import asked_of, filter_of
from shulian.booking.routes.parts import RequestActor, bookings_told, problem_of, setting_of
from shulian.booking.rules import spans
from shulian.booking.rules.repeats import weekly
from shulian.booking.types import MANAGE, BookingId, ResourceId, Span
from shulian.kit.http.edge import AnyRequest, RequestBus, RequestDb, RequestNow
from shulian.park import api as park_api
from shulian.park.types import SpaceId

First = Annotated[str, QueryParameter(name="from")]
Last = Annotated[str, QueryParameter(name="to")]
Standing = Annotated[str, QueryParameter(name="state")]
"""`held`, `confirmed`, `closed`, `released`; empty: whatever is not released."""


@get("/api/parks/{park:str}/bookings", sync_to_thread=True)
def list_park(  # one for each thing that one filters by
    park: FromPath[str],
    db: RequestDb,
    actor: RequestActor,
    now: RequestNow,
    *,
    q: FromQuery[str] = "",
    holder: FromQuery[str] = "",
    space: FromQuery[str] = "",
    standing: Standing = "",
    first: First = "",
    last: Last = "",
    page: FromQuery[int] = 1,
) -> wire.BookingPageView:
    """A page of who holds what of a park, for operators; by days of the park's clocks."""
    actor.demand(MANAGE)
    where = SpaceId(park)
    told = {"q": q, "holder": holder, "space": space, "state": standing, "from": first, "to": last}
    asked = asked_of(told)
    wanted = filter_of(db, asked, ZoneInfo(park_api.place(db, where).timezone), now)
    found = api.park_page(db, actor, where, wanted, holder=asked.holder, page=page, now=now)
    return wire.page_view(found, setting_of(db, actor, found.bookings))


@post("/api/bookings/release", status_code=HTTP_200_OK, sync_to_thread=True)
def release_many(
    data: JSONBody[wire.BookingsAsk],
    db: RequestDb,
    bus: RequestBus,
    actor: RequestActor,
    now: RequestNow,
) -> list[wire.BookingView]:
    """Release several bookings, all or none; answers those that held something until now."""
    ids = [BookingId(one) for one in data.bookings]
    return list(bookings_told(db, actor, api.release_many(db, bus, actor, ids, now=now)))


@post("/api/bookings/restore", status_code=HTTP_200_OK, sync_to_thread=True)
def restore_many(
    request: AnyRequest,
    data: JSONBody[wire.BookingsAsk],
    db: RequestDb,
    bus: RequestBus,
    actor: RequestActor,
    now: RequestNow,
) -> Response[list[wire.BookingView]]:
    """Take back that several were released, all or none: each is a new booking."""
    ids = [BookingId(one) for one in data.bookings]
    try:
        made = api.restore_many(db, bus, actor, ids, now=now)
    except Taken as taken:
        return problem_of(request, db, actor, taken, now)
    return Response(list(bookings_told(db, actor, made)))


@post(
    "/api/resources/{resource:uuid}/closures/weekly",
    status_code=HTTP_201_CREATED,
    sync_to_thread=True,
)
def close_weekly(
    request: AnyRequest,
    resource: FromPath[UUID],
    data: JSONBody[wire.WeeklyClosureAsk],
    db: RequestDb,
    bus: RequestBus,
    actor: RequestActor,
    now: RequestNow,
) -> Response[list[wire.BookingView]]:
    """Let nobody book a resource at a time of every week; where one is taken, none is closed."""
    actor.demand(MANAGE)
    wanted, first = ResourceId(resource), Span(data.start, data.end)
    if code := spans.fault(first):
        raise SpanWrong(fields={"span": code})
    space = api.resources(db, [wanted])[wanted].space
    zone = ZoneInfo(park_api.localities(db, [space])[space].timezone if space else "UTC")
    found = weekly(first, data.until, zone)
    if not 0 < len(found) <= api.MOST_AT_ONCE:
        raise SpanWrong(fields={"until": "booking.until_wrong"}, most=api.MOST_AT_ONCE)
    left = [one for one in found if one.start.astimezone(zone).date() not in data.without]
    try:
        made = api.close_many(db, bus, actor, wanted, left, title=data.title, now=now)
    except Taken as taken:
        return problem_of(request, db, actor, taken, now)
    return Response(list(bookings_told(db, actor, made)), status_code=HTTP_201_CREATED)


ROUTES = (list_park, release_many, restore_many, close_weekly)
