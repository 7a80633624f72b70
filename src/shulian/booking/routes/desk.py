"""The operators' side, for people: how a space is booked, by whom, and when it is closed."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from litestar import Response, get, post
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect

from shulian.booking import api
from shulian.booking.errors import (
    BookingUnknown,
    CapacityInUse,
    ResourceUnknown,
    SpanWrong,
    Taken,
    UnitsWrong,
)
from shulian.booking.routes.forms import (
    CloseForm,
    ResourceForm,
    audience_of,
    capacity_of,
    filled,
    span_of,
    until_of,
    written,
)
from shulian.booking.routes.ledger import asked_of, chosen_of, ids_of
from shulian.booking.routes.pages import FIXABLE, Answer, answer_of, room_of
from shulian.booking.routes.parts import RequestActor, bookings_told, setting_of
from shulian.booking.rules import spreadsheet
from shulian.booking.rules.days import read_day, span_of_day
from shulian.booking.rules.repeats import weekly
from shulian.booking.types import (
    MANAGE,
    NOBODY,
    Audience,
    Booking,
    BookingFilter,
    BookingId,
    BookingPage,
    Resource,
    Span,
)
from shulian.booking.wire import BookingView, booking_view
from shulian.identity.types import Actor
from shulian.kit.db import Db
from shulian.kit.errors import Failure
from shulian.kit.http.edge import (
    AnyRequest,
    RequestBus,
    RequestDb,
    RequestNow,
    edge_of,
    language_of,
)
from shulian.kit.http.pages import show
from shulian.park import api as park_api
from shulian.park.types import SpaceId

_SHOWN = timedelta(days=28)
"""So far ahead bookings are listed where nobody says until when."""
_LONGEST = timedelta(days=400)
_DONE = frozenset({"resource", "offered", "closed", "opened", "released", "restored"})


@get("/spaces/{space:str}/bookings", include_in_schema=False, sync_to_thread=True)
def desk_page(
    request: AnyRequest,
    space: FromPath[str],
    db: RequestDb,
    actor: RequestActor,
    now: RequestNow,
) -> Response[str]:
    """How a space is booked, who holds it when, and the forms that change that."""
    actor.demand(MANAGE)
    return _page(request, db, actor, SpaceId(space), now)


@get("/spaces/{space:str}/bookings.csv", include_in_schema=False, sync_to_thread=True)
def desk_file(
    request: AnyRequest,
    space: FromPath[str],
    db: RequestDb,
    actor: RequestActor,
    now: RequestNow,
) -> Response[str]:
    """The same as a file for spreadsheets."""
    actor.demand(MANAGE)
    room = room_of(db, SpaceId(space))
    first, last = _days(request, now.astimezone(room.zone).date())
    told = _bookings(db, actor, room.resource, _span(first, last, room.zone))
    return Response(
        spreadsheet.written(told, room.resource.id),
        media_type="text/csv",
        headers={
            "content-disposition": f'attachment; filename="bookings-{first}-{last}.csv"',
            "cache-control": "no-store",
        },
    )


@post("/spaces/{space:str}/bookings/resource", include_in_schema=False, sync_to_thread=True)
def put_resource(
    request: AnyRequest,
    space: FromPath[str],
    data: URLEncodedBody[ResourceForm],
    db: RequestDb,
    actor: RequestActor,
    now: RequestNow,
) -> Response[str] | Redirect:
    """Let a space be booked, or be booked otherwise."""
    actor.demand(MANAGE)
    where = SpaceId(space)
    try:
        capacity, audience = capacity_of(data.capacity), audience_of(data)
        made = api.add_resource(
            db, actor, capacity=capacity, space=where, audience=audience, now=now
        )
        api.change_resource(db, actor, made.id, capacity=capacity, audience=audience, now=now)
    except (UnitsWrong, CapacityInUse) as failure:
        answer = answer_of(request, db, actor, failure, now)
        if not answer.errors:
            answer = Answer(answer.status, {"capacity": answer.problem})
        return _page(request, db, actor, where, now, answer, settings=data)
    return Redirect(f"/spaces/{space}/bookings?done=resource", status_code=303)


@post("/spaces/{space:str}/bookings/withdraw", include_in_schema=False, sync_to_thread=True)
def withdraw(space: FromPath[str], db: RequestDb, actor: RequestActor, now: RequestNow) -> Redirect:
    """Let nobody book a space anew; the page that follows says what is held of it still."""
    actor.demand(MANAGE)
    api.withdraw_resource(db, actor, api.resource_of(db, SpaceId(space)).id, now=now)
    return Redirect(f"/spaces/{space}/bookings", status_code=303)


@post("/spaces/{space:str}/bookings/offer", include_in_schema=False, sync_to_thread=True)
def offer(space: FromPath[str], db: RequestDb, actor: RequestActor, now: RequestNow) -> Redirect:
    """Let a space be booked again."""
    actor.demand(MANAGE)
    api.offer_resource(db, actor, api.resource_of(db, SpaceId(space)).id, now=now)
    return Redirect(f"/spaces/{space}/bookings?done=offered", status_code=303)


@post("/spaces/{space:str}/bookings/close", include_in_schema=False, sync_to_thread=True)
def close(
    request: AnyRequest,
    space: FromPath[str],
    data: URLEncodedBody[CloseForm],
    db: RequestDb,
    bus: RequestBus,
    actor: RequestActor,
    now: RequestNow,
) -> Response[str] | Redirect:
    """Let nobody book a space for a time, once or every week, or say who has it then."""
    actor.demand(MANAGE)
    room = room_of(db, SpaceId(space))
    span: Span | None = None
    wanted: tuple[Span, ...] = ()
    try:
        span = span_of(data, room.zone)
        wanted = _repeated(data, span, room.zone)
        made = api.close_many(db, bus, actor, room.resource.id, wanted, title=data.title, now=now)
    except FIXABLE as failure:
        typed = CloseForm(**(filled(data, span, room.zone) if span else written(data)))
        answer = answer_of(request, db, actor, failure, now)
        taken = _days_taken(failure, room.zone) if len(wanted) > 1 else ()
        return _page(request, db, actor, room.space, now, answer, closing=typed, taken=taken)
    return _done(space, "closed", made)


@post(
    "/spaces/{space:str}/bookings/{booking:uuid}/release",
    include_in_schema=False,
    sync_to_thread=True,
)
def release(
    space: FromPath[str],
    booking: FromPath[UUID],
    db: RequestDb,
    bus: RequestBus,
    actor: RequestActor,
    now: RequestNow,
) -> Redirect:
    """Release what somebody holds of a space, or open again what is closed."""
    actor.demand(MANAGE)
    (before,) = _here(db, actor, SpaceId(space), [BookingId(booking)])
    api.give_back(db, bus, actor, before.id, now=now)
    return _done(space, "opened" if before.holder == NOBODY else "released", [before])


@post("/spaces/{space:str}/bookings/restore", include_in_schema=False, sync_to_thread=True)
def restore(
    request: AnyRequest,
    space: FromPath[str],
    data: URLEncodedBody[dict[str, object]],
    db: RequestDb,
    bus: RequestBus,
    actor: RequestActor,
    now: RequestNow,
) -> Response[str] | Redirect:
    """Take back that something was released or opened, or say what is in the way."""
    actor.demand(MANAGE)
    chosen = [one.id for one in _here(db, actor, SpaceId(space), chosen_of(data))]
    try:
        api.restore_many(db, bus, actor, chosen, now=now)
    except FIXABLE as failure:
        answer = answer_of(request, db, actor, failure, now)
        return _page(request, db, actor, SpaceId(space), now, above=answer)
    return _done(space, "restored")


@post("/spaces/{space:str}/bookings/reopen", include_in_schema=False, sync_to_thread=True)
def reopen(
    space: FromPath[str],
    data: URLEncodedBody[dict[str, object]],
    db: RequestDb,
    bus: RequestBus,
    actor: RequestActor,
    now: RequestNow,
) -> Redirect:
    """Take back that times were closed, all of those that were closed together."""
    actor.demand(MANAGE)
    chosen = [one.id for one in _here(db, actor, SpaceId(space), chosen_of(data))]
    return _done(space, "opened", api.release_many(db, bus, actor, chosen, now=now))


def _repeated(form: CloseForm, span: Span, zone: ZoneInfo) -> tuple[Span, ...]:
    """All times that a form closes; raises SpanWrong where it comes again too often."""
    until = until_of(form)
    if until is None:
        return (span,)
    found = weekly(span, until, zone)
    if not 0 < len(found) <= api.MOST_AT_ONCE:
        raise SpanWrong(fields={"until": "booking.until_wrong"}, most=api.MOST_AT_ONCE)
    without = set(form.without.split())
    return tuple(one for one in found if _day_of(one, zone) not in without)


def _days_taken(failure: Failure, zone: ZoneInfo) -> tuple[str, ...]:
    """The days of a series on which somebody has it."""
    if not isinstance(failure, Taken):
        return ()
    return tuple(sorted({_day_of(one.claim.span, zone) for one in failure.shortages}))


def _day_of(span: Span, zone: ZoneInfo) -> str:
    return span.start.astimezone(zone).date().isoformat()


def _here(db: Db, actor: Actor, space: SpaceId, wanted: Sequence[BookingId]) -> tuple[Booking, ...]:
    """Those bookings, all of that space; raises BookingUnknown."""
    room = room_of(db, space)
    found = tuple(api.booking(db, actor, one) for one in wanted)
    if any(room.resource.id not in {one.resource for one in each.claims} for each in found):
        raise BookingUnknown
    return found


def _done(space: str, done: str, bookings: Sequence[Booking] = ()) -> Redirect:
    """To the page, with what has been done and what that can be taken back for."""
    made = f"&made={'.'.join(str(one.id) for one in bookings)}" if bookings else ""
    return Redirect(f"/spaces/{space}/bookings?done={done}{made}#bookings", status_code=303)


def _page(
    request: AnyRequest,
    db: Db,
    actor: Actor,
    space: SpaceId,
    now: datetime,
    answer: Answer | None = None,
    *,
    settings: ResourceForm | None = None,
    closing: CloseForm | None = None,
    taken: tuple[str, ...] = (),
    above: Answer | None = None,
) -> Response[str]:
    where = park_api.localities(db, [park_api.space(db, space).id])[space]
    resource = _resource(db, space)
    zone = ZoneInfo(where.timezone)
    today = now.astimezone(zone).date()
    first, last = _days(request, today)
    words, language = edge_of(request).catalogue, language_of(request)
    query = request.query_params
    found = _listed(request, db, actor, resource, _span(first, last, zone), now)
    return show(
        request,
        "booking/desk.html",
        actor=actor,
        status=(answer or above or Answer()).status,
        details=park_api.details(db, space, now=now),
        resource=resource,
        left=api.remaining(db, actor, resource.id, now=now) if resource else None,
        zone=where.timezone,
        today=today,
        first=first,
        last=last,
        told=bookings_told(db, actor, found.bookings) if found else (),
        shown=found,
        turn=f"/spaces/{space}/bookings?from={first}&to={last}&page=",
        park=where.park,
        audiences=[(one.value, words.say(language, f"booking.audience.{one}")) for one in Audience],
        settings=settings or _settings(resource),
        closing=closing or CloseForm(day=today.isoformat()),
        answer=answer or Answer(),
        above=above or Answer(),
        taken=taken,
        done=query.get("done", "") if query.get("done", "") in _DONE else "",
        made=ids_of(query.get("made", "").split(".")),
        own=api.OWN,
    )


def _resource(db: Db, space: SpaceId) -> Resource | None:
    try:
        return api.resource_of(db, space)
    except ResourceUnknown:
        return None


def _settings(resource: Resource | None) -> ResourceForm:
    if resource is None:
        return ResourceForm()
    return ResourceForm(str(resource.capacity), resource.audience)


def _bookings(db: Db, actor: Actor, resource: Resource, span: Span) -> list[BookingView]:
    found = api.bookings_of(db, actor, resource.id, span)
    setting = setting_of(db, actor, found)
    return [booking_view(one, setting) for one in found]


def _listed(
    request: AnyRequest,
    db: Db,
    actor: Actor,
    resource: Resource | None,
    span: Span,
    now: datetime,
) -> BookingPage | None:
    """A page of what is in force of a resource in those days."""
    if resource is None or resource.space is None:
        return None
    park = park_api.localities(db, [resource.space])[resource.space].park
    wanted = BookingFilter(resources=frozenset({resource.id}), span=span, released=False)
    page = asked_of(request.query_params).page
    return api.park_page(db, actor, park, wanted, page=page, now=now)


def _days(request: AnyRequest, today: date) -> tuple[date, date]:
    """The days that an address asks for, first and last: four weeks where it says nothing."""
    first = read_day(request.query_params.get("from", ""), today)
    last = read_day(request.query_params.get("to", ""), first + _SHOWN)
    return first, min(max(last, first), first + _LONGEST)


def _span(first: date, last: date, zone: ZoneInfo) -> Span:
    return Span(span_of_day(first, zone).start, span_of_day(last, zone).end)


ROUTES = (
    desk_page,
    desk_file,
    put_resource,
    withdraw,
    offer,
    close,
    release,
    restore,
    reopen,
)
