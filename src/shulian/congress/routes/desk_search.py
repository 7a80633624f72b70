"""The search for a timetable at the desk: begun, followed, ended, applied and taken back."""

from collections.abc import Callable

from litestar import Response, get, post
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect

from shulian.congress import api
from shulian.congress.errors import SolveUnknown
from shulian.congress.routes.desks import Desk, attempt, open_desk, uuid_of
from shulian.congress.routes.forms import Typed, one, whole
from shulian.congress.routes.parts import RequestActor
from shulian.congress.routes.searching import search_view
from shulian.congress.rules import searches
from shulian.congress.types import Solve, SolveId
from shulian.kit.errors import Failure
from shulian.kit.http.edge import AnyRequest, RequestBus, RequestDb, RequestNow

_SECONDS = 30
"""That a search is offered."""
_WIDTH, _HEIGHT = 640, 160
"""Of the curve; it is stretched to its place."""


@get("/congresses/{slug:str}/desk/search", include_in_schema=False, sync_to_thread=True)
def search_page(
    request: AnyRequest,
    slug: FromPath[str],
    db: RequestDb,
    actor: RequestActor,
    now: RequestNow,
) -> Response[str]:
    """How far the newest search is, and the form for another one."""
    return _page(open_desk(request, db, actor, slug, now))


@post("/congresses/{slug:str}/desk/search", include_in_schema=False, sync_to_thread=True)
def begin(
    request: AnyRequest,
    slug: FromPath[str],
    data: URLEncodedBody[dict[str, object]],
    db: RequestDb,
    actor: RequestActor,
    now: RequestNow,
) -> Response[str] | Redirect:
    """Begin to search; without `keep` every session may move at no price."""
    desk = open_desk(request, db, actor, slug, now)
    desk.demand_planner()

    def run() -> None:
        api.begin_solve(
            db,
            actor,
            desk.congress.id,
            seconds=whole(data, "seconds", "congress.seconds_wrong", most=api.LONGEST_SOLVE),
            seed=whole(data, "seed", "congress.seed_wrong", most=api.LARGEST_SEED),
            move=_price(data) if one(data, "keep") else 0,
            now=now,
        )

    if failure := attempt(db, run):
        return _page(desk, failure, data)
    return _there(desk)


@post("/congresses/{slug:str}/desk/search/cancel", include_in_schema=False, sync_to_thread=True)
def cancel(
    request: AnyRequest,
    slug: FromPath[str],
    data: URLEncodedBody[dict[str, object]],
    db: RequestDb,
    actor: RequestActor,
    now: RequestNow,
) -> Response[str] | Redirect:
    """Have it end."""
    desk = open_desk(request, db, actor, slug, now)
    return _done(desk, data, lambda solve: api.cancel_solve(db, actor, solve.id, now=now))


@post("/congresses/{slug:str}/desk/search/apply", include_in_schema=False, sync_to_thread=True)
def apply(
    request: AnyRequest,
    slug: FromPath[str],
    data: URLEncodedBody[dict[str, object]],
    db: RequestDb,
    bus: RequestBus,
    actor: RequestActor,
    now: RequestNow,
) -> Response[str] | Redirect:
    """Make what it found the draft."""
    desk = open_desk(request, db, actor, slug, now)
    return _done(desk, data, lambda solve: api.apply_solve(db, bus, actor, solve.id, now=now))


@post("/congresses/{slug:str}/desk/search/undo", include_in_schema=False, sync_to_thread=True)
def undo(
    request: AnyRequest,
    slug: FromPath[str],
    data: URLEncodedBody[dict[str, object]],
    db: RequestDb,
    bus: RequestBus,
    actor: RequestActor,
    now: RequestNow,
) -> Response[str] | Redirect:
    """Have what it moved be where it was."""
    desk = open_desk(request, db, actor, slug, now)
    return _done(desk, data, lambda solve: api.undo_solve(db, bus, actor, solve.id, now=now))


def _done(desk: Desk, data: Typed, act: Callable[[Solve], object]) -> Response[str] | Redirect:
    """Do something with the search that a form names."""
    desk.demand_planner()

    def run() -> None:
        named = uuid_of(one(data, "search"))
        if named is None:
            raise SolveUnknown
        act(api.solve_of(desk.db, desk.actor, desk.congress.id, SolveId(named)))

    if failure := attempt(desk.db, run):
        return _page(desk, failure)
    return _there(desk)


def _there(desk: Desk) -> Redirect:
    """On to the page, which says by itself how it stands."""
    return Redirect(f"{desk.act}/search", status_code=303)


def _price(data: Typed) -> int:
    return whole(data, "move", "congress.move_wrong", most=api.DEAREST_MOVE)


def _page(desk: Desk, failure: Failure | None = None, typed: Typed | None = None) -> Response[str]:
    desk.demand_planner()
    solve = api.newest_solve(desk.db, desk.actor, desk.congress.id)
    view = search_view(desk.request, desk.programme, solve, desk.now) if solve else None
    seconds = max(view.gone, view.seconds if solve and solve.live else 0) if view else 0
    curve = searches.drawn(solve.course, seconds, width=_WIDTH, height=_HEIGHT) if solve else None
    return desk.page(
        "desk_search",
        failure=failure,
        search=view,
        live=solve is not None and solve.live,
        curve=curve,
        values=_values(solve, typed),
        longest=api.LONGEST_SOLVE,
        dearest=api.DEAREST_MOVE,
        usual=str(api.USUAL_MOVE),
    )


def _values(solve: Solve | None, typed: Typed | None) -> dict[str, str]:
    """What the form has: what was typed, else what the search before took."""
    if typed is not None:
        return {name: one(typed, name) for name in ("seconds", "keep", "move", "seed")}
    move = solve.move if solve else api.USUAL_MOVE
    return {
        "seconds": str(solve.seconds if solve else _SECONDS),
        "keep": "on" if move else "",
        "move": str(move or api.USUAL_MOVE),
        "seed": str(solve.seed if solve else 0),
    }


ROUTES = (search_page, begin, cancel, apply, undo)
