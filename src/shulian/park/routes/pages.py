"""The park for people: home, plan and tree, every space, search, the shell of the scene."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated
from zoneinfo import ZoneInfo

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, QueryParameter

from shulian.identity.types import Actor
from shulian.kit.db import Db
from shulian.kit.http.edge import (
    AnyRequest,
    RequestDb,
    RequestLanguage,
    RequestNow,
    edge_of,
    language_of,
)
from shulian.kit.http.pages import show
from shulian.kit.progress import find as find_progress
from shulian.kit.text import Language
from shulian.park import api
from shulian.park.errors import QueryWrong
from shulian.park.routes.forms import LiveForm, live_form
from shulian.park.types import (
    OPERATOR,
    Details,
    LiveStatus,
    LiveToken,
    SpaceId,
    SpaceKind,
    Step,
)

RequestActor = NamedDependency[Actor]

_LISTED = 120
"""So many children of a space stand on its page at first."""
_FEATURED = (SpaceKind.HALL, SpaceKind.EXHIBITION_HALL, SpaceKind.PLAZA)
_MOST_FEATURED = 9


@get("/", include_in_schema=False, sync_to_thread=True)
def home(request: AnyRequest, db: RequestDb, actor: RequestActor, now: RequestNow) -> Response[str]:
    """What this installation is, and where to go."""
    parks = sorted(api.parks(db), key=lambda park: -park.spaces)
    featured: dict[str, object] = {}
    if parks:
        scene = api.scene(db, parks[0].id)
        named = [place for place in scene.places if place.kind in _FEATURED and place.extent]
        featured = {
            "drawing": api.plan(db, parks[0].id),
            "area": scene.park.area,
            "phases": scene.phases,
            "places": named[:_MOST_FEATURED],
        }
    return show(
        request,
        "park/home.html",
        actor=actor,
        parks=parks,
        featured=featured,
        today=now.date(),
    )


@get("/parks/{park:str}", include_in_schema=False, sync_to_thread=True)
def plan(
    request: AnyRequest,
    park: FromPath[str],
    db: RequestDb,
    actor: RequestActor,
    now: RequestNow,
    language: RequestLanguage,
    day: Annotated[date | None, QueryParameter(name="date")] = None,
) -> Response[str]:
    """A park as a plan and as a tree, on one day."""
    where = SpaceId(park)
    place = api.place(db, where)
    shown = day or now.astimezone(ZoneInfo(place.timezone)).date()
    ghosts, delivered = api.ahead(db, where, shown)
    return show(
        request,
        "park/park.html",
        actor=actor,
        details=api.details(db, where, now=now),
        drawing=api.plan(db, where),
        tree=api.tree(db, where),
        live=_by_space(api.statuses(db, where, now=now)),
        live_words=_live_words(request, language),
        ghosts=ghosts,
        delivered_count=delivered,
        date=shown.isoformat(),
        sun=api.sun(db, where, shown, now=now),
        progress=find_progress(db, api.tiles_work(where)),
    )


@get("/spaces/{space:str}", include_in_schema=False, sync_to_thread=True)
def space_page(
    request: AnyRequest,
    space: FromPath[str],
    db: RequestDb,
    actor: RequestActor,
    now: RequestNow,
) -> Response[str]:
    """A space: what it is, what it is now, what is in it."""
    return answer_space(request, db, actor, SpaceId(space), now)


@get("/spaces/{space:str}/branch", include_in_schema=False, sync_to_thread=True)
def branch(
    request: AnyRequest,
    space: FromPath[str],
    db: RequestDb,
    actor: RequestActor,
    now: RequestNow,
) -> Response[str]:
    """The part of the tree below a space."""
    details = api.details(db, SpaceId(space), now=now)
    return show(
        request,
        "park/branch.html",
        actor=actor,
        children=details.children,
        parents=api.parents(db, [step.id for step in details.children]),
        live=_by_space(details.live),
    )


@get("/search", include_in_schema=False, sync_to_thread=True)
def search_page(
    request: AnyRequest,
    db: RequestDb,
    actor: RequestActor,
    language: RequestLanguage,
    asked: Annotated[str, QueryParameter(name="q")] = "",
    park: FromQuery[str] = "",
    kind: FromQuery[str] = "",
) -> Response[str]:
    """Spaces found by words."""
    chosen = next((one for one in SpaceKind if one == kind), None)
    try:
        hits = (
            api.search(
                db, asked, park=SpaceId(park) if park else None, kind=chosen, limit=api.MOST_HITS
            )
            if asked.strip()
            else ()
        )
    except QueryWrong:
        hits = ()
    return show(
        request,
        "park/search.html",
        actor=actor,
        q=asked,
        park=park,
        kind=kind,
        kinds=kinds_in(request, language),
        hits=hits,
    )


@get("/parks/{park:str}/scene", include_in_schema=False, sync_to_thread=True)
def scene_page(
    request: AnyRequest, park: FromPath[str], db: RequestDb, actor: RequestActor
) -> Response[str]:
    """The shell in which the browser draws a park."""
    return show(request, "park/scene.html", actor=actor, park=api.space(db, SpaceId(park)))


def answer_space(
    request: AnyRequest,
    db: Db,
    actor: Actor,
    space: SpaceId,
    now: datetime,
    *,
    errors: Mapping[str, str] | None = None,
    typed: LiveForm | None = None,
    status: int = 200,
) -> Response[str]:
    """The page of a space; with `errors`, what was wrong with the status form as `typed`."""
    details = api.details(db, space, now=now)
    language = language_of(request)
    every = "all" in request.query_params
    said = next(
        (one for one in details.live if one.space == space and one.source == OPERATOR), None
    )
    return show(
        request,
        "park/space.html",
        actor=actor,
        status=status,
        details=details,
        drawing=api.plan_around(db, details),
        children=_steps(details, every=every),
        live=_by_space(details.live),
        live_words=_live_words(request, language),
        tokens=list(_live_words(request, language).items()),
        said=said,
        typed=typed or live_form(said, api.place(db, details.park).timezone),
        notice=_notice(request, language),
        errors=errors or {},
    )


def kinds_in(request: AnyRequest, language: Language) -> list[tuple[str, str]]:
    """Every kind of space and its word."""
    words = edge_of(request).catalogue
    return [(kind, words.say(language, f"kind.{kind}")) for kind in SpaceKind]


def _steps(details: Details, *, every: bool) -> tuple[Step, ...]:
    return details.children if every else details.children[:_LISTED]


def _by_space(statuses: tuple[LiveStatus, ...]) -> dict[SpaceId, LiveStatus]:
    return {status.space: status for status in statuses}


def _live_words(request: AnyRequest, language: Language) -> dict[str, str]:
    words = edge_of(request).catalogue
    return {token.value: words.say(language, f"live.{token}") for token in LiveToken}


def _notice(request: AnyRequest, language: Language) -> str:
    done = request.query_params.get("done", "")
    key = {
        "status": "park.say.done",
        "cleared": "park.say.cleared",
        "saved": "park.edit.saved",
        "reverted": "park.edit.reverted",
    }.get(done)
    return edge_of(request).catalogue.say(language, key) if key else ""


ROUTES = (home, plan, space_page, branch, search_page, scene_page)
