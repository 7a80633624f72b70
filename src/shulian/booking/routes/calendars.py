"""Bookings in one's own calendar: as a file, or followed at a private address."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect
from litestar.status_codes import HTTP_200_OK, HTTP_304_NOT_MODIFIED

from shulian.booking import api
from shulian.booking.errors import LinkUnknown
from shulian.booking.routes.parts import RequestActor, setting_of
from shulian.booking.rules import icalendar
from shulian.booking.types import Booking, BookingId, BookingState
from shulian.booking.wire import Setting
from shulian.kit.http.edge import (
    AnyRequest,
    RequestDb,
    RequestLanguage,
    RequestNow,
    edge_of,
)
from shulian.kit.http.etags import is_known, weak_tag
from shulian.kit.http.pages import show
from shulian.kit.text import Language

_ALWAYS = datetime(2000, 1, 1, tzinfo=UTC)
"""Stands for when a file was made, where it is asked whether two say the same."""


@get("/me/bookings.ics", include_in_schema=False, sync_to_thread=True)
def mine_file(
    request: AnyRequest,
    db: RequestDb,
    actor: RequestActor,
    now: RequestNow,
    language: RequestLanguage,
) -> Response[str]:
    """All that one holds, for one's calendar."""
    found = api.own_bookings(db, actor, now=now)
    entries = _entries(request, found, setting_of(db, actor, found), language)
    return _file(icalendar.written(entries, now), "bookings.ics")


@get("/bookings/{booking:uuid}/file.ics", include_in_schema=False, sync_to_thread=True)
def booking_file(
    request: AnyRequest,
    booking: FromPath[UUID],
    db: RequestDb,
    actor: RequestActor,
    now: RequestNow,
    language: RequestLanguage,
) -> Response[str]:
    """One booking, for one's calendar."""
    found = [api.booking(db, actor, BookingId(booking))]
    entries = _entries(request, found, setting_of(db, actor, found), language)
    return _file(icalendar.written(entries, now), "booking.ics")


@get("/me/bookings/calendar", include_in_schema=False, sync_to_thread=True)
def link_page(request: AnyRequest, db: RequestDb, actor: RequestActor) -> Response[str]:
    """Whether a calendar follows one's bookings, and the forms that change that."""
    return show(request, "booking/link.html", actor=actor, link=api.own_link(db, actor), fresh="")


@post(
    "/me/bookings/calendar",
    status_code=HTTP_200_OK,
    include_in_schema=False,
    sync_to_thread=True,
)
def make_link(
    request: AnyRequest, db: RequestDb, actor: RequestActor, now: RequestNow
) -> Response[str]:
    """Make an address; the page that answers is the only one that shows it."""
    secret = api.make_link(db, actor, now=now)
    fresh = f"{request.base_url}calendars/{secret}.ics"
    answer = show(
        request, "booking/link.html", actor=actor, link=api.own_link(db, actor), fresh=fresh
    )
    answer.headers["cache-control"] = "no-store"
    return answer


@post("/me/bookings/calendar/revoke", include_in_schema=False, sync_to_thread=True)
def revoke_link(db: RequestDb, actor: RequestActor, now: RequestNow) -> Redirect:
    """Let no calendar follow any more."""
    api.revoke_link(db, actor, now=now)
    return Redirect("/me/bookings/calendar", status_code=303)


@get("/calendars/{name:str}", include_in_schema=False, sync_to_thread=True)
def followed(
    request: AnyRequest, name: FromPath[str], db: RequestDb, now: RequestNow
) -> Response[str]:
    """What a calendar that follows somebody's bookings is told; again only when it has changed."""
    if not name.endswith(".ics"):
        raise LinkUnknown
    grants = request.app.state["grants"]
    found = api.follow(db, grants, name.removesuffix(".ics"), now=now)
    setting = setting_of(db, found.actor, found.bookings)
    entries = _entries(request, found.bookings, setting, found.language)
    title = edge_of(request).catalogue.say(found.language, "booking.mine.title")
    tag = weak_tag(icalendar.written(entries, _ALWAYS, title).encode())
    headers = {"etag": tag, "cache-control": "private, no-cache"}
    if is_known(request, tag):
        nothing: Any = None  # this status has no body
        return Response(nothing, status_code=HTTP_304_NOT_MODIFIED, headers=headers)
    text = icalendar.written(entries, now, title)
    return Response(text, media_type="text/calendar", headers=headers)


def _entries(
    request: AnyRequest, found: Sequence[Booking], setting: Setting, language: Language
) -> list[icalendar.Entry]:
    return [
        icalendar.Entry(
            id=f"{one.id}-{number}@shulian",
            span=claim.span,
            title=one.title or setting.resources[claim.resource].name.into(language),
            place=setting.resources[claim.resource].name.into(language),
            link=f"{request.base_url}bookings/{one.id}",
            certain=one.state is BookingState.CONFIRMED,
        )
        for one in found
        for number, claim in enumerate(one.claims)
    ]


def _file(text: str, name: str) -> Response[str]:
    headers = {
        "content-disposition": f'attachment; filename="{name}"',
        "cache-control": "no-store",
    }
    return Response(text, media_type="text/calendar", headers=headers)


ROUTES = (mine_file, booking_file, link_page, make_link, revoke_link, followed)
