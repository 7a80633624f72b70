"""What one may come to, and buying tickets for it: occasions, seats, orders placed."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect

from shulian.identity.api import organization_names
from shulian.identity.types import Actor
from shulian.kit.db import Db
from shulian.kit.errors import Failure
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
from shulian.ticketing.api import halls
from shulian.ticketing.errors import SeatsTaken, SoldOut, TurnNeeded
from shulian.ticketing.routes.doors import counted_place
from shulian.ticketing.routes.forms import wanted_of
from shulian.ticketing.routes.parts import (
    Offer,
    RequestActor,
    first,
    held_by,
    listed,
    new_key,
    organizes,
    said,
    say,
    shown,
)
from shulian.ticketing.rules.plans import Mark, SeatPlan
from shulian.ticketing.types import OccasionId, SeatState, TicketTypeId

_CATEGORIES = 5
"""Prices that differ by colour and shape on a plan."""
_USUAL = 2
"""So many seats people look for, as a rule."""
_SPOKEN = (
    "grid",
    "seat",
    "free",
    "zero",
    "comma",
    "count",
    "drop",
    "most",
    "picked_one",
    "dropped_one",
    "best_together",
    "best_apart",
    "gone",
    "lonely",
    "failed",
    "state_free",
    "state_mine",
    "state_taken",
)
"""Words that the script of the page says."""


@get("/parks/{park:str}/occasions", include_in_schema=False, sync_to_thread=True)
def occasions_page(
    request: AnyRequest,
    park: FromPath[str],
    db: RequestDb,
    actor: RequestActor,
    now: RequestNow,
) -> Response[str]:
    """What one may come to in a park."""
    found = api.occasions(db, actor, SpaceId(park), now=now)
    return show(
        request,
        "ticketing/occasions.html",
        actor=actor,
        park=park_api.space(db, SpaceId(park)),
        found=[shown(db, actor, one, now=now) for one in found],
        organizes=organizes(actor),
    )


@get("/occasions/{occasion:uuid}", include_in_schema=False, sync_to_thread=True)
def occasion_page(
    request: AnyRequest,
    occasion: FromPath[UUID],
    db: RequestDb,
    actor: RequestActor,
    now: RequestNow,
) -> Response[str]:
    """An occasion: what it is, when and where, and what tickets there are."""
    return _occasion(request, db, actor, OccasionId(occasion), now)


@get("/occasions/{occasion:uuid}/seats", include_in_schema=False, sync_to_thread=True)
def seats_page(
    request: AnyRequest,
    occasion: FromPath[UUID],
    db: RequestDb,
    actor: RequestActor,
    now: RequestNow,
    type: FromQuery[str] = "",  # noqa: A002  # what the query calls it
    count: FromQuery[int] = 0,
) -> Response[str]:
    """The plan of the hall, with the best seats picked where as many are asked for."""
    picked = set(request.query_params.getall("seat", []))
    return _seats(
        request, db, actor, OccasionId(occasion), now, type_=type, count=count, near=picked
    )


@post("/occasions/{occasion:uuid}/order", include_in_schema=False, sync_to_thread=True)
def order(
    request: AnyRequest,
    occasion: FromPath[UUID],
    data: URLEncodedBody[dict[str, object]],
    db: RequestDb,
    bus: RequestBus,
    actor: RequestActor,
    now: RequestNow,
) -> Response[str] | Redirect:
    """Hold the tickets that a form wants; where that cannot be, the form says why."""
    where = OccasionId(occasion)
    actor.demand_person()
    picked = [SpaceId(one) for one in listed(data, "seat")]
    try:
        with db.begin_nested():
            wanted = wanted_of(data, picked, api.seats(db, where, now=now) if picked else ())
            key = first(data, "key") or None
            placed = counted_place(request, db, bus, actor, where, wanted, key=key, now=now)
    except TurnNeeded:
        api.join(db, actor, where, now=now)
        return Redirect(f"/occasions/{occasion}/queue", status_code=303)
    except Failure as failure:
        if picked:
            return _refused(request, db, actor, where, now, picked, failure)
        return _occasion(request, db, actor, where, now, failure=failure, typed=data)
    return Redirect(f"/orders/{placed.id}", status_code=303)


def _occasion(
    request: AnyRequest,
    db: Db,
    actor: Actor,
    occasion: OccasionId,
    now: datetime,
    *,
    failure: Failure | None = None,
    typed: Mapping[str, object] | None = None,
) -> Response[str]:
    found = api.occasion(db, actor, occasion)
    return show(
        request,
        "ticketing/occasion.html",
        actor=actor,
        status=failure.status if failure else 200,
        shown=shown(db, actor, found, now=now),
        organizer=organization_names(db, [found.organizer])[found.organizer],
        organizes=organizes(actor, found.organizer),
        held=held_by(db, actor, occasion, now=now),
        key=new_key(),
        typed=typed or {},
        problem=said(request, failure) if failure else "",
    )


def _refused(
    request: AnyRequest,
    db: Db,
    actor: Actor,
    occasion: OccasionId,
    now: datetime,
    picked: list[SpaceId],
    failure: Failure,
) -> Response[str]:
    """The plan again: which seats went, and others instead."""
    if not isinstance(failure, SeatsTaken | SoldOut):
        return _seats(request, db, actor, occasion, now, failure=failure, near=set(picked))
    seen = halls.hall(db, api.occasion(db, actor, occasion), now=now)
    gone = failure.which if isinstance(failure, SeatsTaken) else ()
    names = [one.name.into(language_of(request)) for one in seen.seats if one.id in gone]
    told = say(request, "ticketing.seats.comma").join(names)
    return _seats(
        request,
        db,
        actor,
        occasion,
        now,
        type_=next((str(seen.sold[one].type) for one in picked if one in seen.sold), ""),
        count=len(picked),
        failure=failure,
        problem=say(request, "ticketing.seats.went", seats=told) if told else "",
    )


def _seats(
    request: AnyRequest,
    db: Db,
    actor: Actor,
    occasion: OccasionId,
    now: datetime,
    *,
    type_: str = "",
    count: int = 0,
    near: Collection[str] = (),
    failure: Failure | None = None,
    problem: str = "",
) -> Response[str]:
    """The plan of the hall with seats picked: those of `near` that are free, or the best ones.

    type_, count  of which type how many; 0: as many as are picked
    """
    where = shown(db, actor, api.occasion(db, actor, occasion), now=now)
    seen = halls.hall(db, where.occasion, now=now)
    plan = halls.plan(seen)
    seated = [one for one in where.open if one.type.seated]
    wanted = _type(type_, seated)
    most = wanted.type.most if wanted else 1
    count = min(max(count, 0), most)
    found = halls.propose(seen, wanted.type.id, count) if wanted and count else None
    chosen = set(found.seats) if found else _free(seen, near)
    prices = {str(one.type.id): one.type.price for one in where.offers}
    picked = [mark for row in plan.rows for mark in row.marks if mark.id in chosen]
    return show(
        request,
        "ticketing/seats.html",
        actor=actor,
        status=failure.status if failure else 200,
        shown=where,
        plan=_open_rows(plan, {one.type.id for one in seated}),
        seated=seated,
        categories=_categories(where.offers),
        prices=prices,
        type=wanted.type.id if wanted else "",
        most=most,
        asked=count or _USUAL,
        chosen=chosen,
        picked=picked,
        sum=sum(prices[str(mark.type)] for mark in picked),
        held=held_by(db, actor, occasion, now=now),
        key=new_key(),
        minutes=int(api.HOLD.total_seconds() // 60),
        problem=problem or (said(request, failure) if failure else ""),
        note=_note(request, wanted is not None and count > 0, found),
        spoken={one: say(request, f"ticketing.seats.{one}") for one in _SPOKEN},
    )


def _categories(offers: Sequence[Offer]) -> dict[TicketTypeId, int]:
    """Which colour and shape the seats of each type have."""
    seated = [one.type.id for one in offers if one.type.seated]
    return {one: place % _CATEGORIES for place, one in enumerate(seated)}


def _type(told: str, seated: list[Offer]) -> Offer | None:
    """The type that is asked for, else the first that there is something left of."""
    for one in seated:
        if str(one.type.id) == told:
            return one
    return next((one for one in seated if one.left), None)


def _free(seen: halls.Hall, picked: Collection[str]) -> set[SpaceId]:
    return {
        one for one, seat in seen.sold.items() if one in picked and seat.state is SeatState.FREE
    }


def _open_rows(plan: SeatPlan, types: Collection[TicketTypeId]) -> SeatPlan:
    """The plan with what is not sold now closed."""

    def told(mark: Mark) -> Mark:
        return mark if mark.type in types else replace(mark, state=SeatState.CLOSED)

    rows = tuple(replace(row, marks=tuple(map(told, row.marks))) for row in plan.rows)
    return replace(plan, rows=rows)


def _note(request: AnyRequest, asked: bool, found: halls.Proposed | None) -> str:  # noqa: FBT001  # whether a party was asked for
    """What is to be said of the seats that were found for a party."""
    if not asked or (found is not None and len(found.parts) == 1):
        return ""
    return say(request, f"ticketing.seats.{'apart' if found else 'too_few'}")


ROUTES = (occasions_page, occasion_page, seats_page, order)
