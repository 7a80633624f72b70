"""The park for people: home, plan and list, every space, search, the shell of the scene."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated

from litestar import Response, get
from litestar.params import FromPath, FromQuery, QueryParameter

from shulian.identity.types import Actor
from shulian.kit.db import Db
from shulian.kit.http.edge import (
    AnyRequest,
    RequestDb,
    RequestLanguage,
    RequestNow,
    language_of,
)
from shulian.kit.http.pages import show
from shulian.kit.progress import find as find_progress
from shulian.park import api
from shulian.park.errors import QueryWrong
from shulian.park.routes.forms import LiveForm, live_form
from shulian.park.routes.parts import (
    RequestActor,
    by_space,
    kinds_in,
    notice,
    panels,
    show_park,
    today,
    token_words,
)
from shulian.park.rules.listing import grouped
from shulian.park.rules.sun import compass, daylight
from shulian.park.types import EDIT, OPERATOR, Details, SpaceId, SpaceKind, Step

_LISTED = 120
"""So many spaces of a kind stand on a page at first."""
_SIGHTS = 3
"""So many of a kind stand on the first page."""


@get("/", include_in_schema=False, sync_to_thread=True)
def home(request: AnyRequest, db: RequestDb, actor: RequestActor, now: RequestNow) -> Response[str]:
    """What this installation is, and where to go."""
    # the park with most to enter stands first: a map of a city is buildings alone
    parks = sorted(api.parks(db), key=lambda one: (one.buildings - one.spaces, -one.buildings))
    if not parks:
        return show_park(request, "park/empty.html", actor=actor)
    first = parks[0].id
    return show_park(
        request,
        "park/home.html",
        actor=actor,
        place=api.place(db, first),
        now=now,
        park=parks[0],
        others=parks[1:],
        overview=api.overview(db, first),
        model=api.model(db, first),
        sights=api.highlights(db, first, most_of_a_kind=_SIGHTS),
    )


@get("/parks/{park:str}", include_in_schema=False, sync_to_thread=True)
def plan(
    request: AnyRequest,
    park: FromPath[str],
    db: RequestDb,
    actor: RequestActor,
    now: RequestNow,
    day: Annotated[date | None, QueryParameter(name="date")] = None,
) -> Response[str]:
    """A park as a plan and as a list, on one day."""
    where = SpaceId(park)
    place = api.place(db, where)
    shown = day or today(place, now)
    ghosts, delivered = api.ahead(db, where, shown)
    sun = api.sun(db, where, shown, now=now)
    return show_park(
        request,
        "park/park.html",
        actor=actor,
        place=place,
        now=now,
        park=api.space(db, where),
        phases=api.overview(db, where).phases,
        sheets=api.plan(db, where),
        root=api.tree(db, where),
        live=by_space(api.statuses(db, where, now=now)),
        ghosts=ghosts,
        delivered=delivered,
        shown=shown,
        asked=day,
        sun=sun,
        hours=[(minute // 60, compass(a), round(a), round(e)) for minute, a, e in daylight(sun)],
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
    """The part of the list below a space; with `nameless`, what the list leaves out of it."""
    details = api.details(db, SpaceId(space), now=now)
    steps = api.nameless_in(details) if "nameless" in request.query_params else details.children
    return show_park(
        request,
        "park/branch.html",
        actor=actor,
        place=api.place(db, details.park),
        now=now,
        steps=steps,
        park=details.park,
        standing=api.standing(db, [step.id for step in steps]),
        live=by_space(details.live),
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
    where = SpaceId(park) if park else None
    chosen = next((one for one in SpaceKind if one == kind), None)
    try:
        hits = (
            api.search(db, asked, park=where, kind=chosen, limit=api.MOST_HITS)
            if asked.strip()
            else ()
        )
    except QueryWrong:
        hits = ()
    return show_park(
        request,
        "park/search.html",
        actor=actor,
        q=asked,
        park=api.space(db, where) if where else None,
        kind=kind,
        kinds=kinds_in(request, language, tuple(SpaceKind)),
        hits=hits,
        full=len(hits) == api.MOST_HITS,
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
    place = api.place(db, details.park)
    language = language_of(request)
    said = next(
        (one for one in details.live if one.space == space and one.source == OPERATOR), None
    )
    every = "all" in request.query_params
    inside = [step for step in details.children if step.kind not in _IN_TABLES]
    return show_park(
        request,
        "park/space.html",
        actor=actor,
        place=place,
        now=now,
        status=status,
        details=details,
        drawing=api.plan_around(db, details),
        ghosts=api.ahead(db, details.park, today(place, now))[0],
        groups=grouped(inside, None if every else _LISTED),
        phases=_phases(db, details),
        storeys=_storeys(db, details),
        standing=api.standing(db, [one.id for one in details.children]),
        live=by_space(details.live),
        tokens=list(token_words(request, language).items()),
        said=said,
        typed=typed or live_form(said, place.timezone),
        notice=notice(request, language),
        undoable=_is_undoable(request, actor, details),
        errors=errors or {},
        panels=panels(request, db, actor, space, now),
    )


_IN_TABLES = (SpaceKind.PHASE, SpaceKind.STOREY)
"""The kinds that a page shows as a table of their own."""


def _is_undoable(request: AnyRequest, actor: Actor, details: Details) -> bool:
    """Whether the act that led to the page was an edit that the actor can take back at once."""
    edited = request.query_params.get("done") in {"saved", "reverted"}
    return edited and details.revertible and actor.may(EDIT)


def _phases(db: Db, details: Details) -> list[object]:
    """The phases of a site, each with what is built in it."""
    if details.space.kind is not SpaceKind.SITE:
        return []
    site = details.space.id
    return [one for one in api.overview(db, details.park).phases if one.space.parent == site]


def _storeys(db: Db, details: Details) -> tuple[Step, ...]:
    """The storeys of the building that a building or a storey belongs to, the highest first."""
    if details.space.kind is SpaceKind.BUILDING:
        steps = details.children
    elif details.space.kind is SpaceKind.STOREY and details.path:
        steps = api.children(db, details.path[-1].id)
    else:
        return ()
    return tuple(step for step in reversed(steps) if step.kind is SpaceKind.STOREY)


ROUTES = (home, plan, space_page, branch, search_page, scene_page)
