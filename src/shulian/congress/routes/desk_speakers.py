"""Speakers at the desk: who they are, when they can be there, and when they would rather."""

from collections.abc import Mapping
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect

from shulian.congress import api
from shulian.congress.errors import SpeakerUnknown
from shulian.congress.routes.desks import Desk, attempt, go, open_desk
from shulian.congress.routes.forms import Typed, both, one, spans_of, spans_text, whole
from shulian.congress.routes.moved import as_it_is, meanwhile, seen
from shulian.congress.routes.parts import RequestActor, say
from shulian.congress.types import Presence, Session, Speaker, SpeakerId
from shulian.kit.errors import Failure, Invalid
from shulian.kit.http.edge import AnyRequest, RequestBus, RequestDb, RequestNow
from shulian.kit.ids import new_id
from shulian.kit.text import Text

_FIELDS = {
    "name_zh": "congress.desk.name",
    "name_en": "congress.desk.name",
    "title_zh": "congress.desk.role",
    "title_en": "congress.desk.role",
    "about_zh": "congress.desk.about",
    "about_en": "congress.desk.about",
    "presence": "congress.desk.presence",
    "available": "congress.desk.available",
    "wished": "congress.desk.wished",
}
"""The fields of the form, with the words beside each."""


@get("/congresses/{slug:str}/desk/speakers", include_in_schema=False, sync_to_thread=True)
def speakers_page(
    request: AnyRequest,
    slug: FromPath[str],
    db: RequestDb,
    actor: RequestActor,
    now: RequestNow,
    q: FromQuery[str] = "",
) -> Response[str]:
    """All speakers, or those whose name or title has those words."""
    desk = open_desk(request, db, actor, slug, now)
    found = [each for each in desk.programme.speakers if _matches(each, q)]
    counts = {each.id: len(_sessions(desk, each.id)) for each in found}
    return desk.page("desk_speakers", q=q, speakers=found, counts=counts)


@get("/congresses/{slug:str}/desk/speakers/new", include_in_schema=False, sync_to_thread=True)
def new_page(
    request: AnyRequest,
    slug: FromPath[str],
    db: RequestDb,
    actor: RequestActor,
    now: RequestNow,
) -> Response[str]:
    """The form for one more speaker."""
    return _page(open_desk(request, db, actor, slug, now), None)


@post("/congresses/{slug:str}/desk/speakers/new", include_in_schema=False, sync_to_thread=True)
def add(
    request: AnyRequest,
    slug: FromPath[str],
    data: URLEncodedBody[dict[str, object]],
    db: RequestDb,
    bus: RequestBus,
    actor: RequestActor,
    now: RequestNow,
) -> Response[str] | Redirect:
    """Have one more speaker."""
    desk = open_desk(request, db, actor, slug, now)
    new = Speaker(SpeakerId(new_id(now)), Text())

    def run() -> None:
        api.add_speaker(db, bus, actor, desk.congress.id, _speaker(desk, data, new), now=now)

    if failure := attempt(db, run):
        return _page(desk, None, failure, data)
    return go(f"{desk.act}/speakers", "added")


@get(
    "/congresses/{slug:str}/desk/speakers/{speaker:uuid}",
    include_in_schema=False,
    sync_to_thread=True,
)
def speaker_page(
    request: AnyRequest,
    slug: FromPath[str],
    speaker: FromPath[UUID],
    db: RequestDb,
    actor: RequestActor,
    now: RequestNow,
) -> Response[str]:
    """A speaker."""
    desk = open_desk(request, db, actor, slug, now)
    return _page(desk, _of(desk, speaker))


@post(
    "/congresses/{slug:str}/desk/speakers/{speaker:uuid}",
    include_in_schema=False,
    sync_to_thread=True,
)
def change(
    request: AnyRequest,
    slug: FromPath[str],
    speaker: FromPath[UUID],
    data: URLEncodedBody[dict[str, object]],
    db: RequestDb,
    bus: RequestBus,
    actor: RequestActor,
    now: RequestNow,
) -> Response[str] | Redirect:
    """Have a speaker be otherwise, if nobody else has changed them meanwhile."""
    desk = open_desk(request, db, actor, slug, now)
    before = _of(desk, speaker)

    def run() -> None:
        api.change_speaker(db, bus, actor, _speaker(desk, data, before), now=now)

    if failure := attempt(db, run):
        return _page(desk, before, failure, data)
    return go(f"{desk.act}/speakers/{speaker}", "saved")


@post(
    "/congresses/{slug:str}/desk/speakers/{speaker:uuid}/drop",
    include_in_schema=False,
    sync_to_thread=True,
)
def drop(
    request: AnyRequest,
    slug: FromPath[str],
    speaker: FromPath[UUID],
    db: RequestDb,
    bus: RequestBus,
    actor: RequestActor,
    now: RequestNow,
) -> Response[str] | Redirect:
    """Have a speaker no more."""
    desk = open_desk(request, db, actor, slug, now)
    before = _of(desk, speaker)

    def run() -> None:
        api.drop_speaker(db, bus, actor, before.id, now=now)

    if failure := attempt(db, run):
        return _page(desk, before, failure)
    return go(f"{desk.act}/speakers", "dropped")


def _of(desk: Desk, speaker: UUID) -> Speaker:
    found = next((each for each in desk.programme.speakers if each.id == speaker), None)
    if found is None:
        raise SpeakerUnknown
    return found


def _speaker(desk: Desk, data: Typed, before: Speaker) -> Speaker:
    presence, zone = one(data, "presence"), desk.congress.timezone
    if presence not in set(Presence):
        raise Invalid(fields={"presence": "field_invalid"})
    return Speaker(
        before.id,
        both(data, "name"),
        both(data, "title"),
        both(data, "about"),
        before.person,
        Presence(presence),
        spans_of(one(data, "available"), zone, "available"),
        spans_of(one(data, "wished"), zone, "wished"),
        whole(data, "version"),
    )


def _page(
    desk: Desk, speaker: Speaker | None, failure: Failure | None = None, typed: Typed | None = None
) -> Response[str]:
    speaker = as_it_is(speaker, failure)
    now = _values(desk, speaker)
    presences = [(each.value, say(desk.request, f"congress.presence.{each}")) for each in Presence]
    sessions = _sessions(desk, speaker.id) if speaker else []
    return desk.page(
        "desk_speaker",
        failure=failure,
        speaker=speaker,
        mine=all(desk.edits(desk.forums.get(each.forum)) for each in sessions),
        sessions=sessions,
        values=now if typed is None else {name: one(typed, name) for name in _FIELDS},
        seen=seen(speaker, failure, typed),
        presences=presences,
        meanwhile=meanwhile(desk.request, failure, typed, now, _FIELDS, {"presence": presences}),
        hurt=desk.hurt(speaker=speaker.id) if speaker else 0,
    )


def _values(desk: Desk, speaker: Speaker | None) -> Mapping[str, str]:
    if speaker is None:
        return {**dict.fromkeys(_FIELDS, ""), "presence": Presence.ON_SITE.value}
    zone = desk.congress.timezone
    return {
        "name_zh": speaker.name.zh,
        "name_en": speaker.name.en,
        "title_zh": speaker.title.zh,
        "title_en": speaker.title.en,
        "about_zh": speaker.about.zh,
        "about_en": speaker.about.en,
        "presence": speaker.presence.value,
        "available": spans_text(speaker.available, zone),
        "wished": spans_text(speaker.wished, zone),
    }


def _sessions(desk: Desk, speaker: SpeakerId) -> list[Session]:
    return [each for each in desk.programme.sessions if speaker in each.everyone]


def _matches(speaker: Speaker, q: str) -> bool:
    told = (speaker.name.zh, speaker.name.en, speaker.title.zh, speaker.title.en)
    return all(any(word in each.casefold() for each in told) for word in q.casefold().split())


ROUTES = (speakers_page, new_page, add, speaker_page, change, drop)
