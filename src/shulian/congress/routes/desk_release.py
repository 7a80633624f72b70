"""Releases at the desk: what one would change, what keeps it back, and those that were made."""

from litestar import Response, get, post
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect

from shulian.congress import api
from shulian.congress.routes.desks import Desk, attempt, go, open_desk
from shulian.congress.routes.forms import Typed, both, one
from shulian.congress.routes.parts import RequestActor
from shulian.congress.types import Level
from shulian.kit.errors import Failure
from shulian.kit.http.edge import AnyRequest, RequestBus, RequestDb, RequestNow

_FIELDS = ("name", "note_zh", "note_en")


@get("/congresses/{slug:str}/desk/release", include_in_schema=False, sync_to_thread=True)
def release_page(
    request: AnyRequest,
    slug: FromPath[str],
    db: RequestDb,
    actor: RequestActor,
    now: RequestNow,
) -> Response[str]:
    """What a release would change, and the form to make one."""
    return _page(open_desk(request, db, actor, slug, now))


@post("/congresses/{slug:str}/desk/release", include_in_schema=False, sync_to_thread=True)
def release(
    request: AnyRequest,
    slug: FromPath[str],
    data: URLEncodedBody[dict[str, object]],
    db: RequestDb,
    bus: RequestBus,
    actor: RequestActor,
    now: RequestNow,
) -> Response[str] | Redirect:
    """Make the draft public under a name."""
    desk = open_desk(request, db, actor, slug, now)

    def run() -> None:
        api.release(
            db,
            bus,
            actor,
            desk.congress.id,
            name=one(data, "name"),
            note=both(data, "note"),
            now=now,
        )

    if failure := attempt(db, run):
        return _page(desk, failure, data)
    return go(f"{desk.act}/release", "released")


def _page(desk: Desk, failure: Failure | None = None, typed: Typed | None = None) -> Response[str]:
    desk.demand_planner()
    placed = sum(each.placed is not None for each in desk.programme.sessions)
    return desk.page(
        "desk_release",
        failure=failure,
        values={name: one(typed or {}, name) for name in _FIELDS},
        changes=api.would_change(desk.db, desk.actor, desk.congress.id),
        releases=api.releases(desk.db, desk.actor, desk.congress.id),
        blocking=[each for each in desk.conflicts if each.level is Level.BLOCK],
        placed=placed,
        left=len(desk.programme.sessions) - placed,
    )


ROUTES = (release_page, release)
