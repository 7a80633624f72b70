"""New congresses: the form with which an organizer begins one; and what a congress is called."""

from collections.abc import Mapping

from litestar import Response, get, post
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect

from shulian.congress import api
from shulian.congress.routes.desks import attempt, go, open_desk, uuid_of
from shulian.congress.routes.forms import Typed, both, day_of, one
from shulian.congress.routes.parts import RequestActor, faults, said
from shulian.congress.types import PLAN, Congress
from shulian.identity.errors import OrganizationMissing
from shulian.identity.types import Actor, OrganizationId
from shulian.kit.db import Db
from shulian.kit.errors import Failure
from shulian.kit.http.edge import AnyRequest, RequestBus, RequestDb, RequestNow, language_of
from shulian.kit.http.pages import show
from shulian.park import api as park_api
from shulian.park.types import SpaceId


@get("/parks/{park:str}/congresses/new", include_in_schema=False, sync_to_thread=True)
def new_page(
    request: AnyRequest, park: FromPath[str], db: RequestDb, actor: RequestActor
) -> Response[str]:
    """The form for a new congress."""
    return _new(request, db, actor, SpaceId(park), {})


@post("/parks/{park:str}/congresses/new", include_in_schema=False, sync_to_thread=True)
def add(
    request: AnyRequest,
    park: FromPath[str],
    data: URLEncodedBody[dict[str, object]],
    db: RequestDb,
    bus: RequestBus,
    actor: RequestActor,
    now: RequestNow,
) -> Response[str] | Redirect:
    """Begin a congress."""
    made: list[Congress] = []

    def run() -> None:
        organizer = uuid_of(one(data, "organizer"))
        if organizer is None:
            raise OrganizationMissing
        new = api.add_congress(
            db,
            bus,
            actor,
            organizer=OrganizationId(organizer),
            park=SpaceId(park),
            slug=one(data, "slug"),
            title=both(data, "title"),
            about=both(data, "about"),
            first=day_of(data, "first"),
            last=day_of(data, "last"),
            now=now,
        )
        made.append(new)

    if failure := attempt(db, run):
        return _new(request, db, actor, SpaceId(park), data, failure)
    return go(f"/congresses/{made[0].slug}/desk", "made")


@get("/congresses/{slug:str}/desk/change", include_in_schema=False, sync_to_thread=True)
def change_page(
    request: AnyRequest,
    slug: FromPath[str],
    db: RequestDb,
    actor: RequestActor,
    now: RequestNow,
) -> Response[str]:
    """What a congress is called, and its days."""
    desk = open_desk(request, db, actor, slug, now)
    return desk.page("desk_change", values=_values(desk.congress))


@post("/congresses/{slug:str}/desk/change", include_in_schema=False, sync_to_thread=True)
def change(
    request: AnyRequest,
    slug: FromPath[str],
    data: URLEncodedBody[dict[str, object]],
    db: RequestDb,
    bus: RequestBus,
    actor: RequestActor,
    now: RequestNow,
) -> Response[str] | Redirect:
    """Call a congress otherwise, or have it on other days."""
    desk = open_desk(request, db, actor, slug, now)
    desk.demand_planner()
    after: list[Congress] = []

    def run() -> None:
        changed = api.change_congress(
            db,
            bus,
            actor,
            desk.congress.id,
            slug=one(data, "slug"),
            title=both(data, "title"),
            about=both(data, "about"),
            first=day_of(data, "first"),
            last=day_of(data, "last"),
            now=now,
        )
        after.append(changed)

    if failure := attempt(db, run):
        return desk.page("desk_change", failure=failure, values=_typed(data))
    return go(f"/congresses/{after[0].slug}/desk", "saved")


_FIELDS = ("title_zh", "title_en", "about_zh", "about_en", "slug", "first", "last", "organizer")


def _typed(data: Typed) -> Mapping[str, str]:
    return {name: one(data, name) for name in _FIELDS}


def _values(it: Congress) -> Mapping[str, str]:
    return {
        "title_zh": it.title.zh,
        "title_en": it.title.en,
        "about_zh": it.about.zh,
        "about_en": it.about.en,
        "slug": it.slug,
        "first": it.first.isoformat(),
        "last": it.last.isoformat(),
    }


def _new(
    request: AnyRequest,
    db: Db,
    actor: Actor,
    park: SpaceId,
    typed: Typed,
    failure: Failure | None = None,
) -> Response[str]:
    language = language_of(request)
    organizers = [
        (str(each.organization.id), each.organization.name.into(language))
        for each in actor.belongings
        if actor.may(PLAN, each.organization.id)
    ]
    if not organizers:
        actor.demand(PLAN)
    return show(
        request,
        "congress/desk_new.html",
        actor=actor,
        status=failure.status if failure else 200,
        park=park_api.space(db, park),
        zone=park_api.place(db, park).timezone,
        organizers=organizers,
        values=_typed(typed),
        problem=said(request, failure),
        errors=faults(request, failure),
    )


ROUTES = (new_page, add, change_page, change)
