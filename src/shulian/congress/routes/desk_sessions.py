"""Sessions at the desk: what they are, and their place, by a plain form with an undo."""

from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import urlencode
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect

from shulian.congress import api
from shulian.congress.errors import SessionUnknown
from shulian.congress.routes.desks import Desk, attempt, go, open_desk
from shulian.congress.routes.forms import (
    Typed,
    clock_of,
    moment_of,
    one,
    whole,
)
from shulian.congress.routes.moved import as_it_is, meanwhile, rows_now, seen
from shulian.congress.routes.parts import RequestActor, say
from shulian.congress.routes.session_forms import FIELDS, session_of, talks_of, values_of
from shulian.congress.rules import days
from shulian.congress.types import (
    ForumId,
    Minutes,
    Placement,
    Session,
    SessionId,
    SessionKind,
)
from shulian.kit.errors import Failure
from shulian.kit.http.edge import AnyRequest, RequestBus, RequestDb, RequestNow, language_of
from shulian.kit.ids import new_id
from shulian.kit.text import Text
from shulian.park.types import SpaceId


@get("/congresses/{slug:str}/desk/sessions/new", include_in_schema=False, sync_to_thread=True)
def new_page(
    request: AnyRequest,
    slug: FromPath[str],
    db: RequestDb,
    actor: RequestActor,
    now: RequestNow,
    forum: FromQuery[str] = "",
) -> Response[str]:
    """The form for one more session."""
    desk = open_desk(request, db, actor, slug, now)
    return _page(desk, None, values={**values_of(desk, None), "forum": forum})


@post("/congresses/{slug:str}/desk/sessions/new", include_in_schema=False, sync_to_thread=True)
def add(
    request: AnyRequest,
    slug: FromPath[str],
    data: URLEncodedBody[dict[str, object]],
    db: RequestDb,
    bus: RequestBus,
    actor: RequestActor,
    now: RequestNow,
) -> Response[str] | Redirect:
    """Have one more session."""
    desk = open_desk(request, db, actor, slug, now)
    new = SessionId(new_id(now))

    def run() -> None:
        blank = Session(new, ForumId(new), SessionKind.FORUM, Text(), Minutes(0))
        api.add_session(
            db, bus, actor, desk.congress.id, session_of(desk, data, blank, now), now=now
        )

    if failure := attempt(db, run):
        return _page(desk, None, failure, data)
    return go(f"{desk.act}/sessions/{new}", "added")


@get(
    "/congresses/{slug:str}/desk/sessions/{session:uuid}",
    include_in_schema=False,
    sync_to_thread=True,
)
def session_page(
    request: AnyRequest,
    slug: FromPath[str],
    session: FromPath[UUID],
    db: RequestDb,
    actor: RequestActor,
    now: RequestNow,
) -> Response[str]:
    """A session: its place, what is wrong with it, what it is."""
    desk = open_desk(request, db, actor, slug, now)
    return _page(desk, _of(desk, session))


@post(
    "/congresses/{slug:str}/desk/sessions/{session:uuid}",
    include_in_schema=False,
    sync_to_thread=True,
)
def change(
    request: AnyRequest,
    slug: FromPath[str],
    session: FromPath[UUID],
    data: URLEncodedBody[dict[str, object]],
    db: RequestDb,
    bus: RequestBus,
    actor: RequestActor,
    now: RequestNow,
) -> Response[str] | Redirect:
    """Have a session be otherwise, if nobody else has changed it meanwhile."""
    desk = open_desk(request, db, actor, slug, now)
    before = _of(desk, session)

    def run() -> None:
        after = session_of(desk, data, before, now)
        api.change_session(db, bus, actor, replace(after, version=_version(data)), now=now)

    if failure := attempt(db, run):
        return _page(desk, before, failure, data)
    return go(f"{desk.act}/sessions/{session}", "saved")


@post(
    "/congresses/{slug:str}/desk/sessions/{session:uuid}/place",
    include_in_schema=False,
    sync_to_thread=True,
)
def place(
    request: AnyRequest,
    slug: FromPath[str],
    session: FromPath[UUID],
    data: URLEncodedBody[dict[str, object]],
    db: RequestDb,
    bus: RequestBus,
    actor: RequestActor,
    now: RequestNow,
) -> Response[str] | Redirect:
    """Place a session, or take it out; the page that follows offers to undo that."""
    desk = open_desk(request, db, actor, slug, now)
    before = _of(desk, session)
    placed: list[Placement | None] = []

    def run() -> None:
        placed.append(_placement(desk, data))
        api.move_sessions(
            db,
            bus,
            actor,
            desk.congress.id,
            {before.id: api.Move(_version(data), placed[0], pinned=bool(one(data, "pinned")))},
            now=now,
        )

    if failure := attempt(db, run):
        return _page(desk, before, failure, placing=data)
    done = "undone" if one(data, "do") == "undo" else ("placed" if placed[0] else "unplaced")
    was = urlencode({"was": _told(desk, before)})
    return go(f"{desk.act}/sessions/{session}?{was}", done)


@post(
    "/congresses/{slug:str}/desk/sessions/{session:uuid}/drop",
    include_in_schema=False,
    sync_to_thread=True,
)
def drop(
    request: AnyRequest,
    slug: FromPath[str],
    session: FromPath[UUID],
    db: RequestDb,
    bus: RequestBus,
    actor: RequestActor,
    now: RequestNow,
) -> Response[str] | Redirect:
    """Have a session no more."""
    desk = open_desk(request, db, actor, slug, now)
    before = _of(desk, session)

    def run() -> None:
        api.drop_session(db, bus, actor, before.id, now=now)

    if failure := attempt(db, run):
        return _page(desk, before, failure)
    return go(f"{desk.act}/forums/{before.forum}", "dropped")


def _of(desk: Desk, session: UUID) -> Session:
    found = desk.sessions.get(SessionId(session))
    if found is None:
        raise SessionUnknown
    return found


def _version(data: Typed) -> int:
    return whole(data, "version")


def _placement(desk: Desk, data: Typed) -> Placement | None:
    hall, day, clock = (one(data, name) for name in ("hall", "day", "time"))
    if not hall:
        return None
    return Placement(SpaceId(hall), moment_of(day, clock, desk.congress.timezone))


def _told(desk: Desk, session: Session) -> str:
    """Where a session was, so that a form can bring it back there."""
    pinned = "1" if session.pinned else ""
    if session.placed is None:
        return f"|||{pinned}"
    day, clock = clock_of(session.placed.start, desk.congress)
    return f"{session.placed.hall}|{day}|{clock}|{pinned}"


def _page(
    desk: Desk,
    session: Session | None,
    failure: Failure | None = None,
    typed: Typed | None = None,
    *,
    values: Mapping[str, str] | None = None,
    placing: Typed | None = None,
) -> Response[str]:
    session, language = as_it_is(session, failure), language_of(desk.request)
    now, talks = values_of(desk, session), talks_of(desk, session, typed)
    if typed is not None:
        values = {name: one(typed, name) for name in FIELDS}
    forums = [each for each in desk.programme.forums if desk.edits(each)]
    mine = desk.edits(desk.forums.get(session.forum)) if session else bool(forums)
    if session and not mine:
        forums = [desk.forums[session.forum]]
    choices = {
        "forum": [(str(each.id), each.title.into(language)) for each in forums],
        "kind": [(each.value, say(desk.request, f"congress.kind.{each}")) for each in SessionKind],
    }
    held = talks_of(desk, session, None)
    return desk.page(
        "desk_session",
        failure=failure,
        session=session,
        forum=desk.forums.get(session.forum) if session else None,
        span=days.span_of(session) if session else None,
        mine=mine,
        values=values or now,
        seen=seen(session, failure, typed or placing),
        talks=talks,
        forums=choices["forum"],
        kinds=choices["kind"],
        places=[("", say(desk.request, "congress.desk.no_place"))]
        + [(each.space, each.name.into(language)) for each in desk.programme.halls],
        place=_place(desk, session, placing),
        wrong=[each for each in desk.conflicts if session and session.id in each.sessions],
        was=_was(desk, session),
        meanwhile=[
            *meanwhile(desk.request, failure, typed, now, FIELDS, choices),
            *rows_now(desk.request, failure, "congress.desk.talks", talks, held),
        ],
    )


def _place(desk: Desk, session: Session | None, placing: Typed | None) -> Mapping[str, str]:
    if placing is not None:
        return {name: one(placing, name) for name in ("hall", "day", "time", "pinned")}
    if session is None or session.placed is None:
        first = desk.congress.first.isoformat()
        pinned = "1" if session and session.pinned else ""
        return {"hall": "", "day": first, "time": "09:00", "pinned": pinned}
    day, clock = clock_of(session.placed.start, desk.congress)
    return {
        "hall": session.placed.hall,
        "day": day,
        "time": clock,
        "pinned": "1" if session.pinned else "",
    }


def _was(desk: Desk, session: Session | None) -> Mapping[str, str] | None:
    """Where the session was before the move that was just made; none: there is nothing to undo."""
    told = desk.request.query_params.get("was", "").split("|")
    names: list[str] = ["hall", "day", "time", "pinned"]
    if session is None or len(told) != len(names):
        return None
    was = dict(zip(names, told, strict=True))
    return was if was != _place(desk, session, None) else None


ROUTES = (new_page, add, session_page, change, place, drop)
