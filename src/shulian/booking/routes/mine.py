"""One's own bookings, for people: what one holds and has held, searched and page by page."""

from collections.abc import Sequence
from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID

from litestar import Response, get
from litestar.params import FromQuery

from shulian.booking import api
from shulian.booking.routes.moving import NO_PLACE
from shulian.booking.routes.parts import RequestActor, bookings_told, setting_of
from shulian.booking.rules import spreadsheet
from shulian.booking.types import Booking, BookingId
from shulian.booking.wire import Setting, booking_view
from shulian.identity.types import Actor
from shulian.kit.db import Db
from shulian.kit.http.edge import AnyRequest, RequestDb, RequestNow
from shulian.kit.http.pages import show

_DONE = frozenset({"booked", "moved", "released", "again"})


@get("/me/bookings", include_in_schema=False, sync_to_thread=True)
def mine(
    request: AnyRequest,
    db: RequestDb,
    actor: RequestActor,
    now: RequestNow,
    done: FromQuery[str] = "",
    booking: FromQuery[UUID | None] = None,
    q: FromQuery[str] = "",
    page: FromQuery[int] = 1,
) -> Response[str]:
    """What one holds now or later, and what has just been done."""
    subject = api.booking(db, actor, BookingId(booking)) if booking and done in _DONE else None
    return _page(request, db, actor, now, words=q, page=page, subject=subject, done=done)


@get("/me/bookings/past", include_in_schema=False, sync_to_thread=True)
def mine_past(
    request: AnyRequest,
    db: RequestDb,
    actor: RequestActor,
    now: RequestNow,
    q: FromQuery[str] = "",
    page: FromQuery[int] = 1,
) -> Response[str]:
    """What one has held, and what was given back."""
    return _page(request, db, actor, now, past=True, words=q, page=page)


@get("/me/bookings.csv", include_in_schema=False, sync_to_thread=True)
def mine_table(
    db: RequestDb,
    actor: RequestActor,
    now: RequestNow,
    past: FromQuery[str] = "",
    q: FromQuery[str] = "",
) -> Response[str]:
    """The same, all pages of it, for spreadsheets."""
    found = api.own_export(db, actor, past=bool(past), words=q, now=now)
    return table(bookings_told(db, actor, found), "bookings.csv")


def table(told: Sequence[spreadsheet.BookingView], name: str) -> Response[str]:
    """Bookings as a file for spreadsheets."""
    headers = {
        "content-disposition": f'attachment; filename="{name}"',
        "cache-control": "no-store",
    }
    return Response(spreadsheet.written(told), media_type="text/csv", headers=headers)


def _page(
    request: AnyRequest,
    db: Db,
    actor: Actor,
    now: datetime,
    *,
    past: bool = False,
    words: str,
    page: int,
    subject: Booking | None = None,
    done: str = "",
) -> Response[str]:
    found = api.own_page(db, actor, past=past, words=words, page=page, now=now)
    told = [*found.bookings, *([subject] if subject else [])]
    setting = setting_of(db, actor, told)
    here = "/me/bookings/past" if past else "/me/bookings"
    asked = {"q": words} if words else {}
    return show(
        request,
        "booking/mine.html",
        actor=actor,
        found=[booking_view(one, setting) for one in found.bookings],
        shown=found,
        zones=_zones(told, setting),
        subject=booking_view(subject, setting) if subject else None,
        done=done if subject else "",
        own=api.OWN,
        past=past,
        q=words,
        file=f"/me/bookings.csv?{urlencode({**asked, **({'past': '1'} if past else {})})}",
        turn=f"{here}?{urlencode({**asked, 'page': ''})}",
        link=api.own_link(db, actor),
    )


def _zones(found: Sequence[Booking], setting: Setting) -> dict[UUID, str]:
    return {one.id: setting.zone(one.claims[0].resource) or NO_PLACE for one in found}


ROUTES = (mine, mine_past, mine_table)
