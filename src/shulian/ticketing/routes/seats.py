"""Seats for programs, the script of the page and the scene: proposals, and what is on in a hall."""

from uuid import UUID

from litestar import get
from litestar.params import FromPath, FromQuery

from shulian.identity.types import Actor
from shulian.kit.db import Db
from shulian.kit.http.edge import AnyRequest, RequestDb, RequestNow
from shulian.park import api as park_api
from shulian.park.types import SpaceId
from shulian.ticketing import api
from shulian.ticketing.api import halls
from shulian.ticketing.api.desks import occasions_in
from shulian.ticketing.errors import SoldOut, TypeUnknown, WantedWrong
from shulian.ticketing.routes.parts import RequestActor, shown
from shulian.ticketing.types import Occasion, OccasionId, Seat
from shulian.ticketing.wire.seats import HallOccasion, Proposal, SeatPrice


@get("/api/occasions/{occasion:uuid}/proposal", sync_to_thread=True)
def read_proposal(
    request: AnyRequest,
    occasion: FromPath[UUID],
    type: FromQuery[UUID],  # noqa: A002  # what the query calls it
    db: RequestDb,
    actor: RequestActor,
    now: RequestNow,
    count: FromQuery[int] = 1,
) -> Proposal:
    """The best free seats of one type for a party; `near`, repeated, names seats picked by hand."""
    where = api.occasion(db, actor, OccasionId(occasion))
    found = next((one for one in api.types(db, actor, where.id) if one.id == type), None)
    if found is None or not found.seated:
        raise TypeUnknown
    if not 1 <= count <= found.most:
        raise WantedWrong(fields={"count": "ticketing.too_many"}, most=found.most)
    seen = halls.hall(db, where, now=now)
    near = {SpaceId(one) for one in request.query_params.getall("near", [])}
    proposed = halls.propose(seen, found.id, count, near=near)
    if proposed is None:
        raise SoldOut(left=int(seen.free(found.id).sum()))
    total = found.price * len(proposed.seats)
    return Proposal(found.id, proposed.seats, proposed.parts, proposed.lonely, total)


@get("/api/spaces/{space:str}/occasions", sync_to_thread=True)
def read_occasions(
    space: FromPath[str], db: RequestDb, actor: RequestActor, now: RequestNow
) -> tuple[HallOccasion, ...]:
    """What one may come to in a hall, the next first, and the seats that are sold for it now."""
    where = SpaceId(space)
    park = park_api.path(db, where)[0].id
    found = occasions_in(db, where, park, now=now)
    return tuple(_view(db, actor, one, now) for one in found)


def _view(db: Db, actor: Actor, one: Occasion, now: RequestNow) -> HallOccasion:
    assert one.span.end is not None  # noqa: S101  # no occasion is without end
    seats = api.seats(db, one.id, now=now)
    prices = tuple(
        SeatPrice(
            offer.type.id,
            offer.type.name,
            offer.type.price,
            offer.type.most,
            _of(seats, offer.type.id),
        )
        for offer in shown(db, actor, one, now=now).open
        if offer.type.seated
    )
    return HallOccasion(one.id, one.title, one.span.start, one.span.end, prices)


def _of(seats: tuple[Seat, ...], type_: UUID) -> tuple[SpaceId, ...]:
    return tuple(one.space for one in seats if one.type == type_)


ROUTES = (read_proposal, read_occasions)
