"""A session, a forum, and those who speak: each a page of its own."""

from collections.abc import Collection
from uuid import UUID

from litestar import Response, get
from litestar.params import FromPath, FromQuery

from shulian.congress import api
from shulian.congress.errors import ForumUnknown, SessionUnknown, SpeakerUnknown
from shulian.congress.routes.linked import session_data
from shulian.congress.routes.parts import RequestActor
from shulian.congress.routes.releases import hall_names
from shulian.congress.routes.viewing import View, languages_of, path_of, told, view_of
from shulian.congress.rules import history
from shulian.congress.rules import programme as rules
from shulian.congress.types import ForumId, Session, SessionId, SpeakerId
from shulian.kit.http.edge import AnyRequest, RequestDb, language_of
from shulian.kit.http.pages import show


@get("/congresses/{slug:str}/sessions/{session:uuid}", include_in_schema=False, sync_to_thread=True)
def session_page(
    request: AnyRequest,
    slug: FromPath[str],
    session: FromPath[UUID],
    db: RequestDb,
    actor: RequestActor,
    release: FromQuery[int | None] = None,
) -> Response[str]:
    """A session: what, when, where, by whom, and what became of it."""
    view = view_of(db, actor, slug, release)
    releases = api.releases(db, actor, view.congress.id)
    steps = history.of_session(releases, SessionId(session))
    one = next((one for one in view.programme.sessions if one.id == session), None)
    if one is None and not (release is None and steps):
        raise SessionUnknown
    path = path_of(db, one.placed.hall) if one and one.placed else ()
    known = {each.space: each.name for each in view.programme.halls}
    return show(
        request,
        "congress/session.html" if one else "congress/gone.html",
        status=200 if one else 410,
        actor=actor,
        view=view,
        one=one,
        path=told(path),
        there=bool(path),
        lasting=rules.talk_starts(one) if one else (),
        steps=steps,
        halls={**hall_names(db, releases), **known},
        spoken=languages_of(one, language_of(request)) if one else (),
        siblings=_siblings(view, one),
        linked=session_data(request, db, view, one),
    )


@get("/congresses/{slug:str}/forums/{forum:uuid}", include_in_schema=False, sync_to_thread=True)
def forum_page(
    request: AnyRequest,
    slug: FromPath[str],
    forum: FromPath[UUID],
    db: RequestDb,
    actor: RequestActor,
    release: FromQuery[int | None] = None,
) -> Response[str]:
    """A forum: what it is about, who stands behind it, its sessions."""
    view = view_of(db, actor, slug, release)
    one = view.index.forums.get(ForumId(forum))
    if one is None:
        raise ForumUnknown
    found = tuple(each for each in view.programme.sessions if each.forum == one.id)
    return show(
        request,
        "congress/forum.html",
        actor=actor,
        view=view,
        forum=one,
        by_day=rules.by_day(found, view.zone),
        speakers=_speaking(view, found),
    )


@get("/congresses/{slug:str}/speakers", include_in_schema=False, sync_to_thread=True)
def speakers_page(
    request: AnyRequest,
    slug: FromPath[str],
    db: RequestDb,
    actor: RequestActor,
    release: FromQuery[int | None] = None,
    q: FromQuery[str] = "",
) -> Response[str]:
    """All who speak, or those of that name."""
    view = view_of(db, actor, slug, release)
    return show(
        request,
        "congress/speakers.html",
        actor=actor,
        view=view,
        found=rules.people(view.programme, q),
        q=q,
    )


@get("/congresses/{slug:str}/speakers/{speaker:uuid}", include_in_schema=False, sync_to_thread=True)
def speaker_page(
    request: AnyRequest,
    slug: FromPath[str],
    speaker: FromPath[UUID],
    db: RequestDb,
    actor: RequestActor,
    release: FromQuery[int | None] = None,
) -> Response[str]:
    """Somebody who speaks, and in what."""
    view = view_of(db, actor, slug, release)
    one = view.index.speakers.get(SpeakerId(speaker))
    if one is None:
        raise SpeakerUnknown
    found = [each for each in view.programme.sessions if one.id in each.everyone]
    return show(
        request,
        "congress/speaker.html",
        actor=actor,
        view=view,
        speaker=one,
        by_day=rules.by_day(found, view.zone),
    )


def _siblings(view: View, one: Session | None) -> tuple[Session, ...]:
    """The other sessions of the same forum."""
    if one is None:
        return ()
    return tuple(
        each for each in view.programme.sessions if each.forum == one.forum and each.id != one.id
    )


def _speaking(view: View, sessions: Collection[Session]) -> tuple[SpeakerId, ...]:
    """Who speaks in any of those sessions, in the order in which one meets them."""
    found = [who.id for one in sessions for who in view.index.speaking(one)]
    return tuple(dict.fromkeys(found))


ROUTES = (session_page, forum_page, speakers_page, speaker_page)
