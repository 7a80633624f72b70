"""One's own programme: stars, clashes, notices, and the address that a calendar follows."""

from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect
from litestar.status_codes import HTTP_200_OK
from msgspec import Struct

from shulian.congress import api
from shulian.congress.routes.parts import RequestActor, say
from shulian.congress.routes.releases import hall_names
from shulian.congress.routes.viewing import View, view_of
from shulian.congress.rules import programme as rules
from shulian.congress.types import SessionId
from shulian.identity.types import Actor
from shulian.kit.db import Db
from shulian.kit.http.edge import AnyRequest, RequestDb, RequestNow
from shulian.kit.http.pages import show


class StarForm(Struct):
    """From which page a session is starred."""

    back: str = ""
    """`session` or `mine`; else the programme."""
    at: str = ""
    """The day of the programme one looks at."""


class SeenForm(Struct):
    """Up to which release one has seen what changed."""

    release: int


@get("/me/programme", include_in_schema=False, sync_to_thread=True)
def every_page(request: AnyRequest, db: RequestDb, actor: RequestActor) -> Response[str]:
    """The congresses of which one has something."""
    return show(
        request,
        "congress/every.html",
        actor=actor,
        found=api.own_congresses(db, actor),
        proposed=api.own_calls(db, actor),
        awaiting=api.awaiting(db, actor),
    )


@get("/congresses/{slug:str}/mine", include_in_schema=False, sync_to_thread=True)
def mine_page(
    request: AnyRequest,
    slug: FromPath[str],
    db: RequestDb,
    actor: RequestActor,
    now: RequestNow,
) -> Response[str]:
    """What one wants to see, in order; what is in its way; what became of it."""
    actor.demand_person()
    view = view_of(db, actor, slug)
    mine = api.own(db, actor, view.congress.id, now=now)
    releases = api.releases(db, actor, view.congress.id)
    known = {one.space: one.name for one in view.programme.halls}
    return show(
        request,
        "congress/mine.html",
        actor=actor,
        view=view,
        mine=mine,
        by_day=rules.by_day(mine.sessions, view.zone),
        sessions={one.id: one for one in mine.sessions},
        halls={**hall_names(db, releases), **known},
        tags=_tags(request, mine),
    )


@post(
    "/congresses/{slug:str}/sessions/{session:uuid}/star",
    include_in_schema=False,
    sync_to_thread=True,
)
def star(
    request: AnyRequest,
    slug: FromPath[str],
    session: FromPath[UUID],
    data: URLEncodedBody[StarForm],
    db: RequestDb,
    actor: RequestActor,
    now: RequestNow,
) -> Response[str] | Redirect:
    """Keep that one wants to see a session."""
    actor.demand_person()
    congress = api.congress_by_slug(db, actor, slug)
    api.star(db, actor, congress.id, SessionId(session), now=now)
    return _back(request, db, actor, slug, session, data)


@post(
    "/congresses/{slug:str}/sessions/{session:uuid}/unstar",
    include_in_schema=False,
    sync_to_thread=True,
)
def unstar(
    request: AnyRequest,
    slug: FromPath[str],
    session: FromPath[UUID],
    data: URLEncodedBody[StarForm],
    db: RequestDb,
    actor: RequestActor,
) -> Response[str] | Redirect:
    """Keep it no more."""
    actor.demand_person()
    congress = api.congress_by_slug(db, actor, slug)
    api.unstar(db, actor, congress.id, SessionId(session))
    return _back(request, db, actor, slug, session, data)


@post("/congresses/{slug:str}/mine/seen", include_in_schema=False, sync_to_thread=True)
def seen(
    slug: FromPath[str],
    data: URLEncodedBody[SeenForm],
    db: RequestDb,
    actor: RequestActor,
    now: RequestNow,
) -> Redirect:
    """Keep that one has seen what changed."""
    actor.demand_person()
    congress = api.congress_by_slug(db, actor, slug)
    api.mark_seen(db, actor, congress.id, data.release, now=now)
    return Redirect(f"/congresses/{slug}/mine", status_code=303)


@get("/congresses/{slug:str}/mine/calendar", include_in_schema=False, sync_to_thread=True)
def link_page(
    request: AnyRequest,
    slug: FromPath[str],
    db: RequestDb,
    actor: RequestActor,
    now: RequestNow,
) -> Response[str]:
    """Whether a calendar follows one's programme, and the forms that change that."""
    actor.demand_person()
    view = view_of(db, actor, slug)
    since = api.own(db, actor, view.congress.id, now=now).link
    return _link(request, actor, view, since=since)


@post(
    "/congresses/{slug:str}/mine/calendar",
    status_code=HTTP_200_OK,
    include_in_schema=False,
    sync_to_thread=True,
)
def make_link(
    request: AnyRequest,
    slug: FromPath[str],
    db: RequestDb,
    actor: RequestActor,
    now: RequestNow,
) -> Response[str]:
    """Make an address; the page that answers is the only one that shows it."""
    actor.demand_person()
    view = view_of(db, actor, slug)
    secret = api.make_link(db, actor, view.congress.id, now=now)
    fresh = f"{request.base_url}congress-calendars/{secret}.ics"
    answer = _link(request, actor, view, since=now, fresh=fresh)
    answer.headers["cache-control"] = "no-store"
    return answer


@post("/congresses/{slug:str}/mine/calendar/revoke", include_in_schema=False, sync_to_thread=True)
def revoke_link(
    slug: FromPath[str], db: RequestDb, actor: RequestActor, now: RequestNow
) -> Redirect:
    """Let no calendar follow any more."""
    actor.demand_person()
    congress = api.congress_by_slug(db, actor, slug)
    api.revoke_link(db, actor, congress.id, now=now)
    return Redirect(f"/congresses/{slug}/mine/calendar", status_code=303)


def _tags(request: AnyRequest, mine: api.Own) -> dict[SessionId, list[str]]:
    """What stands beside sessions: in which one speaks, which are in each other's way."""
    clashing = {each for one in mine.clashes for each in (one.first, one.second)}
    speaks, clashes = (say(request, f"congress.mine.{one}") for one in ("speaks", "clash"))
    return {
        one.id: [
            *([speaks] if one.id in mine.speaking else []),
            *([clashes] if one.id in clashing else []),
        ]
        for one in mine.sessions
    }


def _link(
    request: AnyRequest, actor: Actor, view: View, *, since: object, fresh: str = ""
) -> Response[str]:
    return show(request, "congress/calendar.html", actor=actor, view=view, since=since, fresh=fresh)


def _back(
    request: AnyRequest, db: Db, actor: Actor, slug: str, session: UUID, data: StarForm
) -> Response[str] | Redirect:
    """The button as it is now for a script that asks for it, else the page one came from."""
    if "hx-request" in request.headers:
        view = view_of(db, actor, slug)
        one = next((one for one in view.programme.sessions if one.id == session), None)
        if one is not None:
            return show(
                request,
                "congress/star.html",
                actor=actor,
                view=view,
                one=one,
                back=data.back,
                at=data.at,
            )
    rest = {"session": f"/sessions/{session}", "mine": "/mine"}.get(data.back, "")
    day = f"?day={data.at}" if data.at.replace("-", "").isalnum() and not rest else ""
    place = "" if data.back == "session" else f"#session-{session}"
    return Redirect(f"/congresses/{slug}{rest}{day}{place}", status_code=303)


ROUTES = (every_page, mine_page, star, unstar, seen, link_page, make_link, revoke_link)
