"""One booking, for people: looked at, moved, extended, given back, put into a calendar."""

from datetime import datetime
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect

from shulian.booking import api
from shulian.booking.routes.forms import ExtendForm, minutes_of
from shulian.booking.routes.moving import Part, parts_of, refused, seen, typed
from shulian.booking.routes.pages import FIXABLE, Answer, answer_of
from shulian.booking.routes.parts import RequestActor, setting_of
from shulian.booking.rules.spans import longer
from shulian.booking.types import Booking, BookingId, BookingState
from shulian.booking.wire import booking_view
from shulian.identity.types import Actor
from shulian.kit.db import Db
from shulian.kit.http.edge import (
    AnyRequest,
    RequestBus,
    RequestDb,
    RequestNow,
    edge_of,
    language_of,
)
from shulian.kit.http.pages import show

EXTENSIONS = (30, 60)
"""Minutes by which a page extends a booking."""


@get("/bookings/{booking:uuid}", include_in_schema=False, sync_to_thread=True)
def booking_page(
    request: AnyRequest,
    booking: FromPath[UUID],
    db: RequestDb,
    actor: RequestActor,
    now: RequestNow,
) -> Response[str]:
    """One booking, and the form with which one moves it."""
    return _page(request, db, actor, api.booking(db, actor, BookingId(booking)), now)


@post("/bookings/{booking:uuid}/move", include_in_schema=False, sync_to_thread=True)
def move(
    request: AnyRequest,
    booking: FromPath[UUID],
    data: URLEncodedBody[dict[str, object]],
    db: RequestDb,
    bus: RequestBus,
    actor: RequestActor,
    now: RequestNow,
) -> Response[str] | Redirect:
    """Move all of a booking, each claim to its own time, or say in place what stands against it."""
    before = api.booking(db, actor, BookingId(booking))
    if data.get("seen", seen(before)) != seen(before):
        changed = edge_of(request).catalogue.say(language_of(request), "booking.changed_meanwhile")
        return _page(request, db, actor, before, now, answer=Answer(409, problem=changed))
    parts = typed(request, parts_of(before, setting_of(db, actor, [before])), data)
    wanted = [one.wanted for one in parts if one.wanted is not None]
    if len(wanted) < len(parts):
        return _page(request, db, actor, before, now, parts=parts, answer=Answer(422))
    try:
        api.move(db, bus, actor, before.id, wanted, now=now)
    except FIXABLE as failure:
        parts, answer = refused(request, db, actor, parts, failure, now)
        return _page(request, db, actor, before, now, parts=parts, answer=answer)
    return Redirect(f"/me/bookings?done=moved&booking={booking}", status_code=303)


@post("/bookings/{booking:uuid}/extend", include_in_schema=False, sync_to_thread=True)
def extend(
    request: AnyRequest,
    booking: FromPath[UUID],
    data: URLEncodedBody[ExtendForm],
    db: RequestDb,
    bus: RequestBus,
    actor: RequestActor,
    now: RequestNow,
) -> Response[str] | Redirect:
    """Hold all of a booking longer, or say what comes after it."""
    before = api.booking(db, actor, BookingId(booking))
    try:
        claims = longer(before.claims, minutes_of(data, EXTENSIONS))
        api.move(db, bus, actor, before.id, claims, now=now)
    except FIXABLE as failure:
        answer = answer_of(request, db, actor, failure, now)
        return _page(request, db, actor, before, now, answer=answer)
    return Redirect(f"/me/bookings?done=moved&booking={booking}", status_code=303)


@post("/bookings/{booking:uuid}/release", include_in_schema=False, sync_to_thread=True)
def release(
    booking: FromPath[UUID],
    db: RequestDb,
    bus: RequestBus,
    actor: RequestActor,
    now: RequestNow,
) -> Redirect:
    """Give a booking back; the page that follows offers to take that back."""
    api.give_back(db, bus, actor, BookingId(booking), now=now)
    return Redirect(f"/me/bookings?done=released&booking={booking}", status_code=303)


@post("/bookings/{booking:uuid}/again", include_in_schema=False, sync_to_thread=True)
def again(
    request: AnyRequest,
    booking: FromPath[UUID],
    db: RequestDb,
    bus: RequestBus,
    actor: RequestActor,
    now: RequestNow,
) -> Response[str] | Redirect:
    """Take back that it was given back, if nobody else has it by now."""
    wanted = BookingId(booking)
    try:
        made = api.book_again(db, bus, actor, wanted, now=now)
    except FIXABLE as failure:
        answer = answer_of(request, db, actor, failure, now)
        return _page(request, db, actor, api.booking(db, actor, wanted), now, answer=answer)
    return Redirect(f"/me/bookings?done=again&booking={made.id}", status_code=303)


def _page(
    request: AnyRequest,
    db: Db,
    actor: Actor,
    found: Booking,
    now: datetime,
    *,
    parts: list[Part] | None = None,
    answer: Answer | None = None,
) -> Response[str]:
    setting = setting_of(db, actor, [found])
    told = answer or Answer()
    shown = parts_of(found, setting) if parts is None else parts
    return show(
        request,
        "booking/booking.html",
        actor=actor,
        status=told.status,
        booking=booking_view(found, setting),
        changeable=_is_changeable(found, now),
        form_parts=shown,
        seen=seen(found),
        zone=shown[0].zone,
        extensions=EXTENSIONS,
        answer=told,
    )


def _is_changeable(found: Booking, now: datetime) -> bool:
    """Whether a page can move it: it holds something still, and belongs to people themselves."""
    over = found.state is BookingState.RELEASED or all(
        one.span.end is not None and one.span.end <= now for one in found.claims
    )
    return found.source == api.OWN and not over


ROUTES = (booking_page, move, extend, release, again)
