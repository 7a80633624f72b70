"""The line and the waiting list for people: pages that work without a script."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from math import ceil
from uuid import UUID
from zoneinfo import ZoneInfo

from litestar import Response, get, post
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect
from msgspec import Struct

from shulian.identity.types import Actor
from shulian.kit.db import Db
from shulian.kit.errors import Failure, Invalid
from shulian.kit.http.edge import (
    AnyRequest,
    RequestBus,
    RequestDb,
    RequestNow,
    language_of,
)
from shulian.kit.http.pages import show
from shulian.park import api as park_api
from shulian.park.types import SpaceId
from shulian.ticketing import api
from shulian.ticketing.errors import TurnUnknown
from shulian.ticketing.routes.doors import (
    counted_give_up,
    counted_join,
    counted_leave,
    counted_wish,
)
from shulian.ticketing.routes.parts import RequestActor, faults, held_by, said
from shulian.ticketing.types import (
    Occasion,
    OccasionId,
    OccasionState,
    OrderId,
    Position,
    TicketTypeId,
    WishState,
)

_OPEN = (WishState.WAITING, WishState.OFFERED)


class WishForm(Struct, frozen=True):
    """What a group waits for; every part stands in the form, as text."""

    sold: str = ""
    count: str = ""


@dataclass(frozen=True, slots=True)
class _Site:
    """In which park an occasion is, and what time it is there."""

    park: SpaceId
    zone: str
    today: date


@get("/occasions/{occasion:uuid}/queue", include_in_schema=False, sync_to_thread=True)
def line_page(
    request: AnyRequest,
    occasion: FromPath[UUID],
    db: RequestDb,
    actor: RequestActor,
    now: RequestNow,
) -> Response[str]:
    """How one stands in the line: it asks again by itself, with a script or without."""
    actor.demand_person()
    where = api.occasion(db, actor, OccasionId(occasion))
    site = _site(db, where, now)
    try:
        position = api.ask(db, actor, where.id, now=now)
    except TurnUnknown:
        position = None
    return show(
        request,
        "ticketing/line.html",
        actor=actor,
        position=position,
        again=_again(position, now),
        window=api.window(db, actor, where.id, now=now),
        held=held_by(db, actor, where.id, now=now),
        it=where,
        park=site.park,
        zone=site.zone,
        today=site.today,
    )


@post("/occasions/{occasion:uuid}/queue", include_in_schema=False, sync_to_thread=True)
def join(
    request: AnyRequest,
    occasion: FromPath[UUID],
    db: RequestDb,
    actor: RequestActor,
    now: RequestNow,
) -> Redirect:
    """Take a place in the line."""
    counted_join(request, db, actor, OccasionId(occasion), now=now)
    return Redirect(f"/occasions/{occasion}/queue", status_code=303)


@post("/occasions/{occasion:uuid}/queue/leave", include_in_schema=False, sync_to_thread=True)
def leave(
    request: AnyRequest,
    occasion: FromPath[UUID],
    db: RequestDb,
    actor: RequestActor,
    now: RequestNow,
) -> Redirect:
    """Give up one's place."""
    counted_leave(request, db, actor, OccasionId(occasion), now=now)
    return Redirect(f"/occasions/{occasion}/queue", status_code=303)


@get("/occasions/{occasion:uuid}/waiting", include_in_schema=False, sync_to_thread=True)
def waiting_page(
    request: AnyRequest,
    occasion: FromPath[UUID],
    db: RequestDb,
    actor: RequestActor,
    now: RequestNow,
) -> Response[str]:
    """What one waits for, and how it stands."""
    return _waiting(request, db, actor, OccasionId(occasion), WishForm(), None, now)


@post("/occasions/{occasion:uuid}/waiting", include_in_schema=False, sync_to_thread=True)
def wish(
    request: AnyRequest,
    occasion: FromPath[UUID],
    data: URLEncodedBody[WishForm],
    db: RequestDb,
    actor: RequestActor,
    now: RequestNow,
) -> Response[str] | Redirect:
    """Wait for so many tickets; where that cannot be, the form says why."""
    where = OccasionId(occasion)
    try:
        with db.begin_nested():
            counted_wish(request, db, actor, _type(data.sold), _count(data.count), now=now)
    except Failure as failure:
        return _waiting(request, db, actor, where, data, failure, now)
    return Redirect(f"/occasions/{occasion}/waiting?done=waiting", status_code=303)


@post("/occasions/{occasion:uuid}/waiting/over", include_in_schema=False, sync_to_thread=True)
def give_up(
    request: AnyRequest,
    occasion: FromPath[UUID],
    data: URLEncodedBody[WishForm],
    db: RequestDb,
    bus: RequestBus,
    actor: RequestActor,
    now: RequestNow,
) -> Redirect:
    """Wait no more, or decline what is offered."""
    counted_give_up(request, db, bus, actor, _type(data.sold), now=now)
    return Redirect(f"/occasions/{occasion}/waiting?done=over", status_code=303)


def _waiting(
    request: AnyRequest,
    db: RequestDb,
    actor: Actor,
    wanted: OccasionId,
    typed: WishForm,
    failure: Failure | None,
    now: datetime,
) -> Response[str]:
    actor.demand_person()
    where = api.occasion(db, actor, wanted)
    site = _site(db, where, now)
    types = api.types(db, actor, wanted)
    places = api.own_places(db, actor, wanted)
    offered = {one.wish.type for one in places if one.wish.state is WishState.OFFERED}
    return show(
        request,
        "ticketing/waiting.html",
        actor=actor,
        status=failure.status if failure else 200,
        names={one.id: one.name for one in types},
        options=[
            (str(one.id), one.name.into(language_of(request)))
            for one in types
            if one.id not in offered and where.state is OccasionState.OPEN
        ],
        most=max((one.most for one in types), default=1),
        typed=typed,
        places=[one for one in places if one.wish.state in _OPEN],
        over=_over(places),
        until=_until(db, actor, places),
        errors=faults(request, failure),
        problem=said(request, failure) if failure else "",
        done=request.query_params.get("done", ""),
        it=where,
        park=site.park,
        zone=site.zone,
        today=site.today,
    )


def _site(db: Db, where: Occasion, now: datetime) -> _Site:
    path = park_api.path(db, where.space)
    zone = park_api.place(db, path[0].id).timezone
    return _Site(path[0].id, zone, now.astimezone(ZoneInfo(zone)).date())


def _again(position: Position | None, now: datetime) -> int:
    """After how many seconds the page asks anew: when it is told to, or when a turn is over."""
    if position is None or position.turn.until is None:
        return position.again if position else 0
    return max(1, ceil((position.turn.until - now).total_seconds()) + 1)


def _over(places: Sequence[api.Place]) -> tuple[api.Place, ...]:
    """What one waits for no more, and how it ended; the last of each type, if it is over."""
    known: dict[TicketTypeId, api.Place] = {}
    for one in places:
        known.setdefault(one.wish.type, one)
    return tuple(one for one in known.values() if one.wish.state not in _OPEN)


def _until(db: Db, actor: Actor, places: Sequence[api.Place]) -> dict[OrderId, datetime | None]:
    """Until when what is offered is kept."""
    orders = [one.wish.order for one in places if one.wish.state is WishState.OFFERED]
    return {one: api.order(db, actor, one).expires for one in orders if one is not None}


def _type(typed: str) -> TicketTypeId:
    try:
        return TicketTypeId(UUID(typed))
    except ValueError as error:
        raise Invalid(fields={"sold": "field_invalid"}) from error


def _count(typed: str) -> int:
    if not (typed.strip().isdecimal() and typed.isascii()):
        raise Invalid(fields={"count": "field_invalid"})
    return int(typed.strip()[:9])


ROUTES = (line_page, join, leave, waiting_page, wish, give_up)
