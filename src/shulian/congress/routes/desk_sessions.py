"""Sessions at the desk: what they are, and their place, by a plain form with an undo."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect

from shulian.congress import api
from shulian.congress.errors import ForumUnknown, SessionUnknown
from shulian.congress.routes.desks import Desk, attempt, go, open_desk, uuid_of
from shulian.congress.routes.forms import (
    Typed,
    both,
    clock_of,
    moment_of,
    one,
    rows,
    speakers_of,
    speakers_text,
    whole,
)
from shulian.congress.routes.parts import RequestActor, say
from shulian.congress.rules import days
from shulian.congress.types import (
    ForumId,
    Minutes,
    Placement,
    Session,
    SessionId,
    SessionKind,
    Talk,
    TalkId,
)
from shulian.kit.errors import Failure, Invalid
from shulian.kit.http.edge import AnyRequest, RequestBus, RequestDb, RequestNow, language_of
from shulian.kit.ids import new_id
from shulian.kit.text import Text
from shulian.park.types import SpaceId

_SPARE = 2
"""Empty rows for more talks."""
_USUAL = 90
"""[min]."""
_FIELDS = (
    "forum",
    "kind",
    "title_zh",
    "title_en",
    "about_zh",
    "about_en",
    "minutes",
    "attendance",
    "language",
    "link",
    "speakers",
    "version",
)
_TALK = ("id", "title_zh", "title_en", "about_zh", "about_en", "minutes", "speakers")


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
    return _page(desk, None, values={**_values(desk, None), "forum": forum})


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
        api.add_session(db, bus, actor, desk.congress.id, _session(desk, data, blank, now), now=now)

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
        after = _session(desk, data, before, now)
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


def _session(desk: Desk, data: Typed, before: Session, now: datetime) -> Session:
    forum, kind = uuid_of(one(data, "forum")), one(data, "kind")
    if forum is None:
        raise ForumUnknown
    if kind not in set(SessionKind):
        raise Invalid(fields={"kind": "field_invalid"})
    people = desk.programme.speakers
    return replace(
        before,
        forum=ForumId(forum),
        kind=SessionKind(kind),
        title=both(data, "title"),
        about=both(data, "about"),
        minutes=Minutes(whole(data, "minutes", "congress.minutes_wrong")),
        attendance=whole(data, "attendance", "congress.attendance_wrong"),
        language=one(data, "language"),
        link=one(data, "link"),
        speakers=speakers_of(one(data, "speakers"), people, "speakers", first=before.speakers),
        talks=tuple(filter(None, (_talk(desk, data, row, before, now) for row in _rows(data)))),
    )


def _rows(data: Typed) -> list[int]:
    return rows(data, "talk")


def _talk(desk: Desk, data: Typed, row: int, before: Session, now: datetime) -> Talk | None:
    """The talk of a row; a row without a title is none."""
    start = f"talk.{row}."
    title = both(data, f"{start}title")
    if not (title.zh.strip() or title.en.strip()):
        return None
    known = {each.id: each for each in before.talks}
    told = uuid_of(one(data, f"{start}id"))
    which = next((each for each in known if each == told), TalkId(new_id(now)))
    return Talk(
        which,
        title,
        both(data, f"{start}about"),
        Minutes(whole(data, f"{start}minutes")),
        speakers_of(
            one(data, f"{start}speakers"),
            desk.programme.speakers,
            "talks",
            first=known[which].speakers if which in known else (),
        ),
    )


def _page(
    desk: Desk,
    session: Session | None,
    failure: Failure | None = None,
    typed: Typed | None = None,
    *,
    values: Mapping[str, str] | None = None,
    placing: Typed | None = None,
) -> Response[str]:
    language = language_of(desk.request)
    if typed is not None:
        values = {name: one(typed, name) for name in _FIELDS}
    forums = [each for each in desk.programme.forums if desk.edits(each)]
    mine = desk.edits(desk.forums.get(session.forum)) if session else bool(forums)
    if session and not mine:
        forums = [desk.forums[session.forum]]
    return desk.page(
        "desk_session",
        failure=failure,
        session=session,
        forum=desk.forums.get(session.forum) if session else None,
        span=days.span_of(session) if session else None,
        mine=mine,
        values=values or _values(desk, session),
        talks=_talks(desk, session, typed),
        forums=[(str(each.id), each.title.into(language)) for each in forums],
        kinds=[(each.value, say(desk.request, f"congress.kind.{each}")) for each in SessionKind],
        places=[("", say(desk.request, "congress.desk.no_place"))]
        + [(each.space, each.name.into(language)) for each in desk.programme.halls],
        place=_place(desk, session, placing),
        wrong=[each for each in desk.conflicts if session and session.id in each.sessions],
        was=_was(desk, session),
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


def _values(desk: Desk, session: Session | None) -> Mapping[str, str]:
    if session is None:
        usual = {"kind": SessionKind.FORUM.value, "minutes": str(_USUAL), "attendance": "0"}
        return {**dict.fromkeys(_FIELDS, ""), **usual}
    language = language_of(desk.request)
    return {
        "forum": str(session.forum),
        "kind": session.kind.value,
        "title_zh": session.title.zh,
        "title_en": session.title.en,
        "about_zh": session.about.zh,
        "about_en": session.about.en,
        "minutes": str(session.minutes),
        "attendance": str(session.attendance),
        "language": session.language,
        "link": session.link,
        "speakers": speakers_text(session.speakers, desk.programme.speakers, language),
        "version": str(session.version),
    }


def _talks(desk: Desk, session: Session | None, typed: Typed | None) -> list[Mapping[str, str]]:
    spare: list[Mapping[str, str]] = [{str(name): "" for name in _TALK}] * _SPARE
    if typed is not None:
        return [{name: one(typed, f"talk.{row}.{name}") for name in _TALK} for row in _rows(typed)]
    language = language_of(desk.request)
    there: list[Mapping[str, str]] = [
        {
            "id": str(each.id),
            "title_zh": each.title.zh,
            "title_en": each.title.en,
            "about_zh": each.about.zh,
            "about_en": each.about.en,
            "minutes": str(each.minutes),
            "speakers": speakers_text(each.speakers, desk.programme.speakers, language),
        }
        for each in (session.talks if session else ())
    ]
    return [*there, *spare]


ROUTES = (new_page, add, session_page, change, place, drop)
