"""Sessions for one's own calendar: as a file, or followed at a private address."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from litestar import Response, get
from litestar.params import FromPath
from litestar.status_codes import HTTP_304_NOT_MODIFIED

from shulian.congress import api
from shulian.congress.errors import AddressUnknown
from shulian.congress.routes.parts import RequestActor
from shulian.congress.routes.viewing import path_of, told
from shulian.congress.rules import calendars, days
from shulian.congress.rules import programme as rules
from shulian.congress.types import Congress, SessionId
from shulian.kit.db import Db
from shulian.kit.http.edge import AnyRequest, RequestDb, RequestLanguage, RequestNow, edge_of
from shulian.kit.http.etags import is_known, weak_tag
from shulian.kit.text import Language
from shulian.park.types import SpaceId


@get(
    "/congresses/{slug:str}/sessions/{session:uuid}/file.ics",
    include_in_schema=False,
    sync_to_thread=True,
)
def session_file(
    request: AnyRequest,
    slug: FromPath[str],
    session: FromPath[UUID],
    db: RequestDb,
    actor: RequestActor,
    language: RequestLanguage,
) -> Response[bytes]:
    """A session, for one's calendar."""
    congress = api.congress_by_slug(db, actor, slug)
    found = api.session_date(db, actor, congress.id, SessionId(session))
    entries = _entries(request, db, congress, [found], language)
    return _file(calendars.written(entries), "session.ics")


@get("/congresses/{slug:str}/mine.ics", include_in_schema=False, sync_to_thread=True)
def mine_file(
    request: AnyRequest,
    slug: FromPath[str],
    db: RequestDb,
    actor: RequestActor,
    now: RequestNow,
    language: RequestLanguage,
) -> Response[bytes]:
    """One's own programme, for one's calendar."""
    actor.demand_person()
    congress = api.congress_by_slug(db, actor, slug)
    found = api.own_dates(db, actor, congress.id, now=now)
    entries = _entries(request, db, congress, found, language)
    return _file(calendars.written(entries), f"{congress.slug}.ics")


@get("/congress-calendars/{name:str}", include_in_schema=False, sync_to_thread=True)
def followed(
    request: AnyRequest, name: FromPath[str], db: RequestDb, now: RequestNow
) -> Response[bytes]:
    """What a calendar that follows somebody's programme is told; again only when it changed."""
    if not name.endswith(".ics"):
        raise AddressUnknown
    grants = request.app.state["grants"]
    found = api.follow(db, grants, name.removesuffix(".ics"), now=now)
    entries = _entries(request, db, found.congress, found.entries, found.language)
    body = calendars.written(entries, found.congress.title.into(found.language))
    tag = weak_tag(body)
    headers = {"etag": tag, "cache-control": "private, no-cache"}
    if is_known(request, tag):
        nothing: Any = None  # this status has no body
        return Response(nothing, status_code=HTTP_304_NOT_MODIFIED, headers=headers)
    return Response(body, media_type="text/calendar", headers=headers)


def _entries(
    request: AnyRequest,
    db: Db,
    congress: Congress,
    found: Sequence[api.Dated],
    language: Language,
) -> list[calendars.Entry]:
    halls = {one.session.placed.hall for one in found if one.session.placed}
    places = {one: _place(db, one, language) for one in halls}
    return [
        calendars.Entry(
            id=f"{one.session.id}@shulian",
            span=span,
            title=one.session.title.into(language),
            about=_about(request, one, language),
            place=places[one.session.placed.hall]
            or rules.index(one.programme).hall(one.session).into(language),
            link=f"{request.base_url}congresses/{congress.slug}/sessions/{one.session.id}",
            revised=one.revised,
            sequence=one.sequence,
            cancelled=one.gone,
        )
        for one in found
        if one.session.placed and (span := days.span_of(one.session))
    ]


def _place(db: Db, hall: SpaceId, language: Language) -> str:
    """Where a hall is, the outermost first."""
    return " · ".join(one.name.into(language) for one in told(path_of(db, hall)))


def _about(request: AnyRequest, one: api.Dated, language: Language) -> str:
    """What stands below an entry: the forum, who speaks, where to follow it from afar."""
    known = rules.index(one.programme)
    comma = edge_of(request).catalogue.say(language, "congress.comma")
    lines = [
        known.forums[one.session.forum].title.into(language),
        comma.join(who.name.into(language) for who in known.speaking(one.session)),
        one.session.link,
    ]
    return "\n".join(filter(None, lines))


def _file(body: bytes, name: str) -> Response[bytes]:
    headers = {
        "content-disposition": f'attachment; filename="{name}"',
        "cache-control": "no-store",
    }
    return Response(body, media_type="text/calendar", headers=headers)


ROUTES = (session_file, mine_file, followed)
