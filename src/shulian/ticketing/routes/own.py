"""My tickets and orders: looked at, named, handed on, used from afar instead, given back."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect

from shulian.identity.api import persons
from shulian.identity.types import Actor
from shulian.kit.db import Db
from shulian.kit.errors import Failure, Invalid
from shulian.kit.http.edge import AnyRequest, RequestBus, RequestDb, RequestNow
from shulian.kit.http.pages import show
from shulian.kit.text import Text
from shulian.park import api as park_api
from shulian.ticketing import api
from shulian.ticketing.routes.doors import counted_cancel_ticket, counted_hand_on
from shulian.ticketing.routes.forms import AttendForm, HandOnForm, NameForm
from shulian.ticketing.routes.parts import RequestActor, Shown, faults, said, shown, waits
from shulian.ticketing.types import (
    Attendance,
    OccasionId,
    Ticket,
    TicketId,
    TicketType,
    TicketTypeId,
)

_MOST_PARKS = 5
"""To which one who has no tickets is led."""
_DONE = frozenset({"handed", "taken", "kept", "named", "attend", "cancelled"})


@dataclass(frozen=True, slots=True)
class _Group:
    """The tickets that somebody has for one occasion."""

    shown: Shown
    tickets: tuple[Ticket, ...]
    over: bool

    @property
    def types(self) -> dict[TicketTypeId, TicketType]:
        """What is sold for it."""
        return {one.type.id: one.type for one in self.shown.offers}


@get("/me/tickets", include_in_schema=False, sync_to_thread=True)
def tickets_page(
    request: AnyRequest, db: RequestDb, actor: RequestActor, now: RequestNow
) -> Response[str]:
    """One's own tickets and orders."""
    return _page(request, db, actor, now)


@post("/tickets/{ticket:uuid}/hand-on", include_in_schema=False, sync_to_thread=True)
def hand_on(
    request: AnyRequest,
    ticket: FromPath[UUID],
    data: URLEncodedBody[HandOnForm],
    db: RequestDb,
    actor: RequestActor,
    now: RequestNow,
) -> Response[str] | Redirect:
    """Offer a ticket to somebody else."""

    def run() -> None:
        counted_hand_on(
            request, db, actor, TicketId(ticket), email=data.email, name=data.name, now=now
        )

    return _done(request, db, actor, now, ticket, "handed", run)


@post("/tickets/{ticket:uuid}/take", include_in_schema=False, sync_to_thread=True)
def take(
    request: AnyRequest,
    ticket: FromPath[UUID],
    db: RequestDb,
    bus: RequestBus,
    actor: RequestActor,
    now: RequestNow,
) -> Response[str] | Redirect:
    """Take a ticket that is handed on to one."""

    def run() -> None:
        api.take_gift(db, bus, actor, TicketId(ticket), now=now)

    return _done(request, db, actor, now, ticket, "taken", run)


@post("/tickets/{ticket:uuid}/keep", include_in_schema=False, sync_to_thread=True)
def keep(
    request: AnyRequest,
    ticket: FromPath[UUID],
    db: RequestDb,
    actor: RequestActor,
    now: RequestNow,
) -> Response[str] | Redirect:
    """Hand a ticket on no more, or decline one."""

    def run() -> None:
        api.end_gift(db, actor, TicketId(ticket), now=now)

    return _done(request, db, actor, now, ticket, "kept", run)


@post("/tickets/{ticket:uuid}/name", include_in_schema=False, sync_to_thread=True)
def rename(
    request: AnyRequest,
    ticket: FromPath[UUID],
    data: URLEncodedBody[NameForm],
    db: RequestDb,
    bus: RequestBus,
    actor: RequestActor,
    now: RequestNow,
) -> Response[str] | Redirect:
    """Say whom a ticket lets in."""

    def run() -> None:
        api.rename(db, bus, actor, TicketId(ticket), name=data.name, now=now)

    return _done(request, db, actor, now, ticket, "named", run)


@post("/tickets/{ticket:uuid}/attend", include_in_schema=False, sync_to_thread=True)
def attend(
    request: AnyRequest,
    ticket: FromPath[UUID],
    data: URLEncodedBody[AttendForm],
    db: RequestDb,
    bus: RequestBus,
    actor: RequestActor,
    now: RequestNow,
) -> Response[str] | Redirect:
    """Take part on site or from afar."""

    def run() -> None:
        if data.attendance not in set(Attendance):
            raise Invalid(fields={"attendance": "field_invalid"})
        wish = Attendance(data.attendance)
        api.attend(db, bus, actor, TicketId(ticket), wish, now=now)

    return _done(request, db, actor, now, ticket, "attend", run)


@post("/tickets/{ticket:uuid}/cancel", include_in_schema=False, sync_to_thread=True)
def cancel(
    request: AnyRequest,
    ticket: FromPath[UUID],
    db: RequestDb,
    bus: RequestBus,
    actor: RequestActor,
    now: RequestNow,
) -> Response[str] | Redirect:
    """Give a ticket back."""

    def run() -> None:
        counted_cancel_ticket(request, db, bus, actor, TicketId(ticket), now=now)

    return _done(request, db, actor, now, ticket, "cancelled", run)


def _done(
    request: AnyRequest,
    db: Db,
    actor: Actor,
    now: datetime,
    ticket: UUID,
    done: str,
    run: Callable[[], None],
) -> Response[str] | Redirect:
    """Do it, or say on the page beside the ticket why it cannot be."""
    try:
        with db.begin_nested():
            run()
    except Failure as failure:
        return _page(request, db, actor, now, about=TicketId(ticket), failure=failure)
    return Redirect(f"/me/tickets?done={done}", status_code=303)


def _page(
    request: AnyRequest,
    db: Db,
    actor: Actor,
    now: datetime,
    *,
    about: TicketId | None = None,
    failure: Failure | None = None,
) -> Response[str]:
    tickets, orders = api.own_tickets(db, actor), api.own_orders(db, actor)
    offered = api.gifts_to(db, actor)
    every = (*tickets, *(one for _, one in offered))
    mentioned = {one.occasion for one in every} | {one.occasion for one in orders}
    found = {one: shown(db, actor, api.occasion(db, actor, one), now=now) for one in mentioned}
    done = request.query_params.get("done", "")
    return show(
        request,
        "ticketing/own.html",
        actor=actor,
        status=failure.status if failure else 200,
        groups=_grouped(tickets, found, now),
        orders=[(one, found[one.occasion], waits(one, now=now)) for one in orders],
        places=_places(db, every),
        parks=() if tickets else park_api.parks(db)[:_MOST_PARKS],
        offered=[(gift, one, found[one.occasion]) for gift, one in offered],
        givers=persons(db, {one.owner for _, one in offered}),
        given={one.ticket: one for one in api.gifts_by(db, actor)},
        about=about,
        problem=said(request, failure) if failure else "",
        errors=faults(request, failure),
        done=done if done in _DONE else "",
    )


def _grouped(
    tickets: tuple[Ticket, ...], found: dict[OccasionId, Shown], now: datetime
) -> list[_Group]:
    """Tickets by occasion: the next one first, those that are over last."""
    groups = [
        _Group(
            one,
            tuple(sorted((each for each in tickets if each.occasion == id_), key=_by_seat)),
            one.occasion.span.end is not None and one.occasion.span.end <= now,
        )
        for id_, one in found.items()
    ]
    groups = [one for one in groups if one.tickets]
    return sorted(groups, key=lambda one: (one.over, one.shown.occasion.span.start))


def _by_seat(one: Ticket) -> tuple[str, str]:
    return (one.seat or "", str(one.id))


def _places(db: Db, tickets: tuple[Ticket, ...]) -> dict[str, Text]:
    """What their seats are called."""
    seats = {one.seat for one in tickets if one.seat is not None}
    return {seat: park_api.space(db, seat).name for seat in seats}


ROUTES = (tickets_page, hand_on, take, keep, rename, attend, cancel)
