"""Buying under rush for programs: the line, orders, and the waiting list as JSON under /api."""

from typing import Annotated
from uuid import UUID

from litestar import Response, delete, get, post, put
from litestar.params import FromPath, HeaderParameter, JSONBody
from litestar.status_codes import HTTP_200_OK, HTTP_201_CREATED, HTTP_204_NO_CONTENT

from shulian.kit.http.edge import AnyRequest, RequestBus, RequestDb, RequestNow
from shulian.ticketing import api
from shulian.ticketing.routes.doors import (
    counted_give_up,
    counted_join,
    counted_leave,
    counted_place,
    counted_wish,
)
from shulian.ticketing.routes.parts import RequestActor
from shulian.ticketing.types import OccasionId, OrderId, Position, TicketTypeId
from shulian.ticketing.wire import line, orders, waiting

Key = Annotated[str | None, HeaderParameter(name="idempotency-key")]
"""What the one who asks calls the order, so that asking again orders nothing twice."""


@post("/api/occasions/{occasion:uuid}/queue", status_code=HTTP_200_OK, sync_to_thread=True)
def join(
    request: AnyRequest,
    occasion: FromPath[UUID],
    db: RequestDb,
    actor: RequestActor,
    now: RequestNow,
) -> Response[line.PositionView]:
    """Take a place in the line before a sale; who has one keeps it, however often they ask."""
    return _told(counted_join(request, db, actor, OccasionId(occasion), now=now))


@get("/api/occasions/{occasion:uuid}/queue", sync_to_thread=True)
def ask(
    occasion: FromPath[UUID], db: RequestDb, actor: RequestActor, now: RequestNow
) -> Response[line.PositionView]:
    """How one stands in the line; `Retry-After` says when to ask again."""
    return _told(api.ask(db, actor, OccasionId(occasion), now=now))


@delete(
    "/api/occasions/{occasion:uuid}/queue", status_code=HTTP_204_NO_CONTENT, sync_to_thread=True
)
def leave(
    request: AnyRequest,
    occasion: FromPath[UUID],
    db: RequestDb,
    actor: RequestActor,
    now: RequestNow,
) -> None:
    """Give up one's place."""
    counted_leave(request, db, actor, OccasionId(occasion), now=now)


@post("/api/occasions/{occasion:uuid}/orders", status_code=HTTP_201_CREATED, sync_to_thread=True)
def place(
    request: AnyRequest,
    occasion: FromPath[UUID],
    data: JSONBody[orders.OrderAsk],
    db: RequestDb,
    bus: RequestBus,
    actor: RequestActor,
    now: RequestNow,
    key: Key = None,
) -> orders.OrderView:
    """Hold tickets until they are paid, all that are wanted or none."""
    wanted = orders.wanted_of(data)
    made = counted_place(
        request, db, bus, actor, OccasionId(occasion), wanted, key=key or None, now=now
    )
    return orders.order_view(made)


@get("/api/orders/{order:uuid}", sync_to_thread=True)
def read_order(order: FromPath[UUID], db: RequestDb, actor: RequestActor) -> orders.OrderView:
    """An order of one's own; to others it is not there."""
    return orders.order_view(api.order(db, actor, OrderId(order)))


@get("/api/occasions/{occasion:uuid}/waiting", sync_to_thread=True)
def read_places(
    occasion: FromPath[UUID], db: RequestDb, actor: RequestActor
) -> list[waiting.WishView]:
    """What one waits for, or waited for."""
    found = api.own_places(db, actor, OccasionId(occasion))
    return [waiting.wish_view(one.wish, one.ahead) for one in found]


@put("/api/ticket-types/{sold:uuid}/waiting", sync_to_thread=True)
def wish(
    request: AnyRequest,
    sold: FromPath[UUID],
    data: JSONBody[waiting.WishAsk],
    db: RequestDb,
    actor: RequestActor,
    now: RequestNow,
) -> waiting.WishView:
    """Wait for so many tickets of a type: a group gets all of them, or waits on."""
    found = counted_wish(request, db, actor, TicketTypeId(sold), data.count, now=now)
    return waiting.wish_view(found.wish, found.ahead)


@delete(
    "/api/ticket-types/{sold:uuid}/waiting", status_code=HTTP_204_NO_CONTENT, sync_to_thread=True
)
def give_up(
    request: AnyRequest,
    sold: FromPath[UUID],
    db: RequestDb,
    bus: RequestBus,
    actor: RequestActor,
    now: RequestNow,
) -> None:
    """Wait no more, or decline what is offered."""
    counted_give_up(request, db, bus, actor, TicketTypeId(sold), now=now)


def _told(found: Position) -> Response[line.PositionView]:
    headers = {"cache-control": "no-store"}
    if found.again:
        headers["retry-after"] = str(found.again)
    return Response(line.position_view(found), headers=headers)


ROUTES = (join, ask, leave, place, read_order, read_places, wish, give_up)
