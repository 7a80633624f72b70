"""Occasions and what is sold for them for programs: JSON under /api."""

from uuid import UUID

from litestar import get, patch, post, put
from litestar.params import FromPath, JSONBody
from litestar.status_codes import HTTP_200_OK, HTTP_204_NO_CONTENT
from msgspec import UnsetType

from shulian.identity.types import OrganizationId
from shulian.kit.http.edge import RequestBus, RequestDb, RequestNow
from shulian.park.types import SpaceId
from shulian.ticketing import api
from shulian.ticketing.routes.parts import RequestActor
from shulian.ticketing.types import Fen, OccasionId, TicketTypeId
from shulian.ticketing.wire import offers as wire


@get("/api/parks/{park:str}/occasions", sync_to_thread=True)
def list_occasions(
    park: FromPath[str], db: RequestDb, actor: RequestActor, now: RequestNow
) -> list[wire.OccasionView]:
    """What takes place in a park now or later, the first first."""
    found = api.occasions(db, actor, SpaceId(park), now=now)
    return [wire.occasion_view(one) for one in found]


@post("/api/occasions", sync_to_thread=True)
def add_occasion(
    data: JSONBody[wire.OccasionAsk],
    db: RequestDb,
    bus: RequestBus,
    actor: RequestActor,
    now: RequestNow,
) -> wire.OccasionView:
    """Plan an occasion, and hold its hall for it."""
    made = api.add_occasion(
        db,
        bus,
        actor,
        organizer=OrganizationId(data.organizer),
        title=data.title,
        about=data.about,
        space=data.space,
        span=wire.span_of(data.span),
        gentle=data.gentle,
        now=now,
    )
    return wire.occasion_view(made)


@get("/api/occasions/{occasion:uuid}", sync_to_thread=True)
def read_occasion(
    occasion: FromPath[UUID], db: RequestDb, actor: RequestActor
) -> wire.OccasionView:
    """An occasion."""
    return wire.occasion_view(api.occasion(db, actor, OccasionId(occasion)))


@patch("/api/occasions/{occasion:uuid}", sync_to_thread=True)
def change_occasion(
    occasion: FromPath[UUID],
    data: JSONBody[wire.OccasionPatch],
    db: RequestDb,
    bus: RequestBus,
    actor: RequestActor,
    now: RequestNow,
) -> wire.OccasionView:
    """Call an occasion otherwise, or let it take place at another time with all that is held."""
    changed = api.change_occasion(
        db,
        bus,
        actor,
        OccasionId(occasion),
        title=None if isinstance(data.title, UnsetType) else data.title,
        about=None if isinstance(data.about, UnsetType) else data.about,
        space=None if isinstance(data.space, UnsetType) else data.space,
        span=None if isinstance(data.span, UnsetType) else wire.span_of(data.span),
        gentle=None if isinstance(data.gentle, UnsetType) else data.gentle,
        now=now,
    )
    return wire.occasion_view(changed)


@post("/api/occasions/{occasion:uuid}/open", status_code=HTTP_200_OK, sync_to_thread=True)
def open_occasion(
    occasion: FromPath[UUID],
    db: RequestDb,
    bus: RequestBus,
    actor: RequestActor,
    now: RequestNow,
) -> wire.OccasionView:
    """Sell its tickets, in their windows."""
    return wire.occasion_view(api.open_occasion(db, bus, actor, OccasionId(occasion), now=now))


@post("/api/occasions/{occasion:uuid}/close", status_code=HTTP_200_OK, sync_to_thread=True)
def close_occasion(
    occasion: FromPath[UUID],
    db: RequestDb,
    bus: RequestBus,
    actor: RequestActor,
    now: RequestNow,
) -> wire.OccasionView:
    """Sell nothing more for it until it is opened again."""
    return wire.occasion_view(api.close_occasion(db, bus, actor, OccasionId(occasion), now=now))


@post("/api/occasions/{occasion:uuid}/cancel", status_code=HTTP_200_OK, sync_to_thread=True)
def cancel_occasion(
    occasion: FromPath[UUID],
    db: RequestDb,
    bus: RequestBus,
    actor: RequestActor,
    now: RequestNow,
) -> wire.OccasionView:
    """Call it off: nobody comes in any more; order by order, all that was paid is due back."""
    return wire.occasion_view(api.cancel_occasion(db, bus, actor, OccasionId(occasion), now=now))


@get("/api/occasions/{occasion:uuid}/types", sync_to_thread=True)
def list_types(
    occasion: FromPath[UUID], db: RequestDb, actor: RequestActor, now: RequestNow
) -> list[wire.TypeView]:
    """What is sold for an occasion, and how much of it could be had now."""
    found = api.types(db, actor, OccasionId(occasion))
    left = api.left(db, OccasionId(occasion), now=now)
    return [wire.type_view(one, left[one.id]) for one in found]


@post("/api/occasions/{occasion:uuid}/types", sync_to_thread=True)
def add_type(
    occasion: FromPath[UUID],
    data: JSONBody[wire.TypeAsk],
    db: RequestDb,
    bus: RequestBus,
    actor: RequestActor,
    now: RequestNow,
) -> wire.TypeView:
    """Sell something else for an occasion."""
    made = api.add_type(
        db,
        bus,
        actor,
        OccasionId(occasion),
        name=data.name,
        price=Fen(data.price),
        capacity=data.capacity,
        shares=data.shares and TicketTypeId(data.shares),
        sale=wire.span_of(data.sale),
        buyers=data.buyers,
        seated=data.seated,
        online=data.online,
        on_site=data.on_site,
        most=data.most,
        now=now,
    )
    return wire.type_view(made, api.left(db, OccasionId(occasion), now=now)[made.id])


@patch("/api/ticket-types/{sold:uuid}", sync_to_thread=True)
def change_type(
    sold: FromPath[UUID],
    data: JSONBody[wire.TypePatch],
    db: RequestDb,
    bus: RequestBus,
    actor: RequestActor,
    now: RequestNow,
) -> wire.TypeView:
    """Sell a type otherwise from now on; what is ordered stays as it was ordered."""
    changed = api.change_type(
        db,
        bus,
        actor,
        TicketTypeId(sold),
        name=None if isinstance(data.name, UnsetType) else data.name,
        price=None if isinstance(data.price, UnsetType) else Fen(data.price),
        capacity=None if isinstance(data.capacity, UnsetType) else data.capacity,
        sale=None if isinstance(data.sale, UnsetType) else wire.span_of(data.sale),
        buyers=None if isinstance(data.buyers, UnsetType) else data.buyers,
        online=None if isinstance(data.online, UnsetType) else data.online,
        most=None if isinstance(data.most, UnsetType) else data.most,
        now=now,
    )
    return wire.type_view(changed, api.left(db, changed.occasion, now=now)[changed.id])


@put("/api/ticket-types/{sold:uuid}/seats", status_code=HTTP_204_NO_CONTENT, sync_to_thread=True)
def put_seats(
    sold: FromPath[UUID],
    data: JSONBody[wire.SeatsPut],
    db: RequestDb,
    bus: RequestBus,
    actor: RequestActor,
    now: RequestNow,
) -> None:
    """Sell exactly these seats as a type."""
    api.put_seats(db, bus, actor, TicketTypeId(sold), data.seats, now=now)


@get("/api/occasions/{occasion:uuid}/seats", sync_to_thread=True)
def list_seats(
    occasion: FromPath[UUID], db: RequestDb, actor: RequestActor, now: RequestNow
) -> list[wire.SeatView]:
    """The seats of an occasion, and what each is now."""
    where = api.occasion(db, actor, OccasionId(occasion))
    return [wire.seat_view(one) for one in api.seats(db, where.id, now=now)]


@get("/api/occasions/{occasion:uuid}/figures", sync_to_thread=True)
def read_figures(
    occasion: FromPath[UUID], db: RequestDb, actor: RequestActor, now: RequestNow
) -> wire.FiguresView:
    """How an occasion sells, for its organizer."""
    return wire.figures_view(api.figures(db, actor, OccasionId(occasion), now=now))


ROUTES = (
    list_occasions,
    add_occasion,
    read_occasion,
    change_occasion,
    open_occasion,
    close_occasion,
    cancel_occasion,
    list_types,
    add_type,
    change_type,
    put_seats,
    list_seats,
    read_figures,
)
