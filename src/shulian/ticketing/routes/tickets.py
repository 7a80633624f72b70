"""One's own tickets and what is handed on, for programs: JSON under /api."""

from uuid import UUID

from litestar import delete, get, patch, post
from litestar.params import FromPath, JSONBody
from litestar.status_codes import HTTP_200_OK, HTTP_204_NO_CONTENT
from msgspec import UnsetType

from shulian.kit.http.edge import AnyRequest, RequestBus, RequestDb, RequestNow
from shulian.ticketing import api
from shulian.ticketing.routes.doors import counted_cancel_ticket, counted_hand_on
from shulian.ticketing.routes.parts import RequestActor
from shulian.ticketing.types import TicketId
from shulian.ticketing.wire import tickets as wire


@get("/api/me/tickets", sync_to_thread=True)
def list_tickets(db: RequestDb, actor: RequestActor) -> list[wire.OwnTicketView]:
    """One's valid tickets, the newest first."""
    return [wire.ticket_view(one) for one in api.own_tickets(db, actor)]


@get("/api/tickets/{ticket:uuid}", sync_to_thread=True)
def read_ticket(ticket: FromPath[UUID], db: RequestDb, actor: RequestActor) -> wire.OwnTicketView:
    """A ticket of one's own, or one that one may sell or check."""
    return wire.ticket_view(api.ticket(db, actor, TicketId(ticket)))


@patch("/api/tickets/{ticket:uuid}", sync_to_thread=True)
def change_ticket(
    ticket: FromPath[UUID],
    data: JSONBody[wire.TicketPatch],
    db: RequestDb,
    bus: RequestBus,
    actor: RequestActor,
    now: RequestNow,
) -> wire.OwnTicketView:
    """Say whom a ticket lets in, or take part by another way; the rest stays as it is."""
    wanted = TicketId(ticket)
    if not isinstance(data.name, UnsetType):
        api.rename(db, bus, actor, wanted, name=data.name, now=now)
    if not isinstance(data.attendance, UnsetType):
        api.attend(db, bus, actor, wanted, data.attendance, now=now)
    return wire.ticket_view(api.ticket(db, actor, wanted))


@post("/api/tickets/{ticket:uuid}/hand-on", status_code=HTTP_200_OK, sync_to_thread=True)
def hand_on(
    request: AnyRequest,
    ticket: FromPath[UUID],
    data: JSONBody[wire.HandOnAsk],
    db: RequestDb,
    actor: RequestActor,
    now: RequestNow,
) -> wire.GiftView:
    """Offer a ticket to somebody else; it stays one's own until they take it."""
    given = counted_hand_on(
        request, db, actor, TicketId(ticket), email=data.email, name=data.name, now=now
    )
    return wire.gift_view(given)


@get("/api/me/gifts", sync_to_thread=True)
def list_gifts(db: RequestDb, actor: RequestActor) -> wire.GiftsView:
    """What one may take of others, and what one is handing on."""
    return wire.gifts_view(api.gifts_to(db, actor), api.gifts_by(db, actor))


@post("/api/tickets/{ticket:uuid}/take", status_code=HTTP_200_OK, sync_to_thread=True)
def take_gift(
    ticket: FromPath[UUID],
    db: RequestDb,
    bus: RequestBus,
    actor: RequestActor,
    now: RequestNow,
) -> wire.OwnTicketView:
    """Take a ticket that is handed on to one; older codes let nobody in any more."""
    return wire.ticket_view(api.take_gift(db, bus, actor, TicketId(ticket), now=now))


@delete("/api/tickets/{ticket:uuid}/hand-on", status_code=HTTP_204_NO_CONTENT, sync_to_thread=True)
def end_gift(ticket: FromPath[UUID], db: RequestDb, actor: RequestActor, now: RequestNow) -> None:
    """Hand it on no more, or decline it."""
    api.end_gift(db, actor, TicketId(ticket), now=now)


@post("/api/tickets/{ticket:uuid}/cancel", status_code=HTTP_200_OK, sync_to_thread=True)
def cancel_ticket(
    request: AnyRequest,
    ticket: FromPath[UUID],
    db: RequestDb,
    bus: RequestBus,
    actor: RequestActor,
    now: RequestNow,
) -> wire.OwnTicketView:
    """Give one ticket of a paid order back; its price is due."""
    return wire.ticket_view(
        counted_cancel_ticket(request, db, bus, actor, TicketId(ticket), now=now)
    )


ROUTES = (
    list_tickets,
    read_ticket,
    change_ticket,
    hand_on,
    list_gifts,
    take_gift,
    end_gift,
    cancel_ticket,
)
