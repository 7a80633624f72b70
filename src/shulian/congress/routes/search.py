"""Searches for a timetable for programs: begun, read, ended, applied and taken back."""

from uuid import UUID

from litestar import get, post
from litestar.params import FromPath, JSONBody
from litestar.status_codes import HTTP_200_OK

from shulian.congress import api
from shulian.congress.errors import SolveUnknown
from shulian.congress.routes.pace import pace_of
from shulian.congress.routes.parts import RequestActor
from shulian.congress.routes.searching import search_view
from shulian.congress.types import CongressId, Solve, SolveId
from shulian.congress.wire import search as wire
from shulian.identity.types import Actor
from shulian.kit.db import Db
from shulian.kit.http.edge import AnyRequest, RequestBus, RequestDb, RequestNow


@post("/api/congresses/{congress:uuid}/search", sync_to_thread=True)
def begin_search(
    request: AnyRequest,
    congress: FromPath[UUID],
    data: JSONBody[wire.SearchTold],
    db: RequestDb,
    actor: RequestActor,
    now: RequestNow,
) -> wire.SearchView:
    """Search a timetable for the present draft; there is one search of a congress at a time."""
    pace_of(request).moves.count(str(actor.demand_person()))
    where = CongressId(congress)
    begun = api.begin_solve(
        db, actor, where, seconds=data.seconds, seed=data.seed, move=data.move, now=now
    )
    return _view(request, db, actor, begun, now)


@get("/api/congresses/{congress:uuid}/search", sync_to_thread=True)
def read_search(
    request: AnyRequest,
    congress: FromPath[UUID],
    db: RequestDb,
    actor: RequestActor,
    now: RequestNow,
) -> wire.SearchView:
    """The newest search: how far it is, what it would move, what it cannot keep, and why."""
    pace_of(request).looks.count(str(actor.demand_person()))
    found = api.newest_solve(db, actor, CongressId(congress))
    if found is None:
        raise SolveUnknown
    return _view(request, db, actor, found, now)


@post(
    "/api/congresses/{congress:uuid}/search/{search:uuid}/cancel",
    status_code=HTTP_200_OK,
    sync_to_thread=True,
)
def cancel_search(
    request: AnyRequest,
    congress: FromPath[UUID],
    search: FromPath[UUID],
    db: RequestDb,
    actor: RequestActor,
    now: RequestNow,
) -> wire.SearchView:
    """Have it end; the best that it has found stays."""
    solve = _of(request, db, actor, congress, search)
    return _view(request, db, actor, api.cancel_solve(db, actor, solve.id, now=now), now)


@post(
    "/api/congresses/{congress:uuid}/search/{search:uuid}/apply",
    status_code=HTTP_200_OK,
    sync_to_thread=True,
)
def apply_search(
    request: AnyRequest,
    congress: FromPath[UUID],
    search: FromPath[UUID],
    db: RequestDb,
    bus: RequestBus,
    actor: RequestActor,
    now: RequestNow,
) -> wire.SearchView:
    """Make what it found the draft; `stayed` are sessions that somebody changed meanwhile."""
    solve = _of(request, db, actor, congress, search)
    api.apply_solve(db, bus, actor, solve.id, now=now)
    return _again(request, db, actor, solve, now)


@post(
    "/api/congresses/{congress:uuid}/search/{search:uuid}/undo",
    status_code=HTTP_200_OK,
    sync_to_thread=True,
)
def undo_search(
    request: AnyRequest,
    congress: FromPath[UUID],
    search: FromPath[UUID],
    db: RequestDb,
    bus: RequestBus,
    actor: RequestActor,
    now: RequestNow,
) -> wire.SearchView:
    """Have what it moved be where it was; `stayed` are sessions that somebody changed since."""
    solve = _of(request, db, actor, congress, search)
    api.undo_solve(db, bus, actor, solve.id, now=now)
    return _again(request, db, actor, solve, now)


def _of(request: AnyRequest, db: Db, actor: Actor, congress: UUID, search: UUID) -> Solve:
    pace_of(request).moves.count(str(actor.demand_person()))
    return api.solve_of(db, actor, CongressId(congress), SolveId(search))


def _again(
    request: AnyRequest, db: Db, actor: Actor, solve: Solve, now: RequestNow
) -> wire.SearchView:
    found = api.solve_of(db, actor, solve.congress, solve.id)
    return _view(request, db, actor, found, now)


def _view(
    request: AnyRequest, db: Db, actor: Actor, solve: Solve, now: RequestNow
) -> wire.SearchView:
    draft = api.draft(db, actor, solve.congress, now=now)
    return search_view(request, draft.programme, solve, now)


ROUTES = (begin_search, read_search, cancel_search, apply_search, undo_search)
