"""Forums at the desk: added, changed, dropped; who makes a forum changes that one alone."""

from collections.abc import Mapping
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect

from shulian.congress import api
from shulian.congress.errors import ForumUnknown
from shulian.congress.routes.desks import Desk, attempt, go, open_desk, uuid_of
from shulian.congress.routes.forms import Typed, both, credits_of, one, rows, whole
from shulian.congress.routes.moved import Row, as_it_is, meanwhile, rows_now, seen
from shulian.congress.routes.parts import RequestActor, say
from shulian.congress.types import Forum, ForumId, Part, ThemeId
from shulian.identity import api as identity
from shulian.identity.types import OrganizationId
from shulian.kit.errors import Failure
from shulian.kit.http.edge import AnyRequest, RequestBus, RequestDb, RequestNow, language_of
from shulian.kit.ids import new_id
from shulian.kit.text import Text

_SPARE = 3
"""Empty rows for who else stands behind a forum."""
_FIELDS = {
    "title_zh": "congress.desk.name",
    "title_en": "congress.desk.name",
    "about_zh": "congress.desk.about",
    "about_en": "congress.desk.about",
    "code": "congress.desk.code",
    "theme": "congress.desk.theme",
    "organization": "congress.desk.whose",
}
"""The fields of the form, with the words beside each."""
_CREDIT = ("part", "name_zh", "name_en")


@get("/congresses/{slug:str}/desk/forums/new", include_in_schema=False, sync_to_thread=True)
def new_page(
    request: AnyRequest,
    slug: FromPath[str],
    db: RequestDb,
    actor: RequestActor,
    now: RequestNow,
) -> Response[str]:
    """The form for one more forum."""
    desk = open_desk(request, db, actor, slug, now)
    desk.demand_planner()
    return _page(desk, None)


@post("/congresses/{slug:str}/desk/forums/new", include_in_schema=False, sync_to_thread=True)
def add(
    request: AnyRequest,
    slug: FromPath[str],
    data: URLEncodedBody[dict[str, object]],
    db: RequestDb,
    bus: RequestBus,
    actor: RequestActor,
    now: RequestNow,
) -> Response[str] | Redirect:
    """Have one more forum."""
    desk = open_desk(request, db, actor, slug, now)
    new = ForumId(new_id(now))

    def run() -> None:
        forum = _forum(data, Forum(new, Text()))
        api.add_forum(db, bus, actor, desk.congress.id, forum, now=now)

    if failure := attempt(db, run):
        return _page(desk, None, failure, data)
    return go(f"{desk.act}/forums/{new}", "added")


@get(
    "/congresses/{slug:str}/desk/forums/{forum:uuid}", include_in_schema=False, sync_to_thread=True
)
def forum_page(
    request: AnyRequest,
    slug: FromPath[str],
    forum: FromPath[UUID],
    db: RequestDb,
    actor: RequestActor,
    now: RequestNow,
) -> Response[str]:
    """A forum with its sessions."""
    desk = open_desk(request, db, actor, slug, now)
    return _page(desk, _of(desk, forum))


@post(
    "/congresses/{slug:str}/desk/forums/{forum:uuid}", include_in_schema=False, sync_to_thread=True
)
def change(
    request: AnyRequest,
    slug: FromPath[str],
    forum: FromPath[UUID],
    data: URLEncodedBody[dict[str, object]],
    db: RequestDb,
    bus: RequestBus,
    actor: RequestActor,
    now: RequestNow,
) -> Response[str] | Redirect:
    """Have a forum be otherwise, if nobody else has changed it meanwhile."""
    desk = open_desk(request, db, actor, slug, now)
    before = _of(desk, forum)

    def run() -> None:
        api.change_forum(db, bus, actor, _forum(data, before), now=now)

    if failure := attempt(db, run):
        return _page(desk, before, failure, data)
    return go(f"{desk.act}/forums/{forum}", "saved")


@post(
    "/congresses/{slug:str}/desk/forums/{forum:uuid}/drop",
    include_in_schema=False,
    sync_to_thread=True,
)
def drop(
    request: AnyRequest,
    slug: FromPath[str],
    forum: FromPath[UUID],
    db: RequestDb,
    bus: RequestBus,
    actor: RequestActor,
    now: RequestNow,
) -> Response[str] | Redirect:
    """Have a forum no more."""
    desk = open_desk(request, db, actor, slug, now)
    desk.demand_planner()
    before = _of(desk, forum)

    def run() -> None:
        api.drop_forum(db, bus, actor, before.id, now=now)

    if failure := attempt(db, run):
        return _page(desk, before, failure)
    return go(desk.act, "dropped")


def _of(desk: Desk, forum: UUID) -> Forum:
    found = desk.forums.get(ForumId(forum))
    if found is None:
        raise ForumUnknown
    return found


def _forum(typed: Typed, before: Forum) -> Forum:
    theme, whose = uuid_of(one(typed, "theme")), uuid_of(one(typed, "organization"))
    return Forum(
        before.id,
        both(typed, "title"),
        both(typed, "about"),
        ThemeId(theme) if theme else None,
        one(typed, "code"),
        OrganizationId(whose) if whose else None,
        credits_of(typed, before.credits),
        whole(typed, "version"),
    )


def _page(
    desk: Desk, forum: Forum | None, failure: Failure | None = None, typed: Typed | None = None
) -> Response[str]:
    forum, language = as_it_is(forum, failure), language_of(desk.request)
    none = [("", say(desk.request, "congress.desk.none"))]
    names = {each.id: each.name for each in identity.organizations(desk.db, desk.actor)}
    if forum and forum.organization:
        names |= identity.organization_names(desk.db, [forum.organization])
    choices = {
        "theme": none
        + [(str(each.id), each.name.into(language)) for each in desk.programme.themes],
        "organization": none + [(str(each), name.into(language)) for each, name in names.items()],
    }
    now, behind = _values(forum), _credits(forum, typed)
    return desk.page(
        "desk_forum",
        failure=failure,
        forum=forum,
        mine=desk.edits(forum),
        values=now if typed is None else {name: one(typed, name) for name in _FIELDS},
        seen=seen(forum, failure, typed),
        credits=behind,
        parts_of=[(each.value, say(desk.request, f"congress.part.{each}")) for each in Part],
        themes=choices["theme"],
        organizations=choices["organization"],
        sessions=[each for each in desk.programme.sessions if forum and each.forum == forum.id],
        meanwhile=[
            *meanwhile(desk.request, failure, typed, now, _FIELDS, choices),
            *rows_now(
                desk.request,
                failure,
                "congress.desk.credits",
                _worded(desk, behind),
                _worded(desk, _credits(forum, None)),
            ),
        ],
    )


def _worded(desk: Desk, credits_: list[Row]) -> list[Row]:
    known = {each.value: say(desk.request, f"congress.part.{each}") for each in Part}
    return [{**each, "part": known.get(each["part"], "")} for each in credits_]


def _values(forum: Forum | None) -> Mapping[str, str]:
    if forum is None:
        return dict.fromkeys(_FIELDS, "")
    return {
        "title_zh": forum.title.zh,
        "title_en": forum.title.en,
        "about_zh": forum.about.zh,
        "about_en": forum.about.en,
        "code": forum.code,
        "theme": str(forum.theme or ""),
        "organization": str(forum.organization or ""),
    }


def _credits(forum: Forum | None, typed: Typed | None) -> list[Row]:
    spare: list[Row] = [dict(zip(_CREDIT, (Part.ORGANIZER.value, "", ""), strict=True))] * _SPARE
    if typed is not None:
        return [
            {name: one(typed, f"credit.{row}.{name}") for name in _CREDIT}
            for row in rows(typed, "credit")
        ] or spare
    there = forum.credits if forum else ()
    told = ((each.part.value, each.name.zh, each.name.en) for each in there)
    return [*(dict(zip(_CREDIT, each, strict=True)) for each in told), *spare]


ROUTES = (new_page, add, forum_page, change, drop)
