"""The halls of a congress at the desk: which spaces of the park, for how many, and when."""

from datetime import date
from itertools import chain

from litestar import Response, get, post
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect

from shulian.booking.types import Span
from shulian.congress import api
from shulian.congress.errors import HallUnknown
from shulian.congress.routes.desks import Desk, attempt, go, open_desk
from shulian.congress.routes.forms import Typed, hours_of, hours_text, one, whole
from shulian.congress.routes.parts import RequestActor
from shulian.congress.rules import days
from shulian.congress.types import Hall
from shulian.kit.errors import Failure
from shulian.kit.http.edge import AnyRequest, RequestBus, RequestDb, RequestNow, language_of
from shulian.park import api as park_api
from shulian.park.types import SpaceId


@get("/congresses/{slug:str}/desk/halls", include_in_schema=False, sync_to_thread=True)
def halls_page(
    request: AnyRequest,
    slug: FromPath[str],
    db: RequestDb,
    actor: RequestActor,
    now: RequestNow,
) -> Response[str]:
    """All halls, and the form for one more."""
    return _halls(open_desk(request, db, actor, slug, now))


@post("/congresses/{slug:str}/desk/halls", include_in_schema=False, sync_to_thread=True)
def add_hall(
    request: AnyRequest,
    slug: FromPath[str],
    data: URLEncodedBody[dict[str, object]],
    db: RequestDb,
    bus: RequestBus,
    actor: RequestActor,
    now: RequestNow,
) -> Response[str] | Redirect:
    """Use one more space, in the same hours every day."""
    desk = open_desk(request, db, actor, slug, now)
    desk.demand_planner()

    def run() -> None:
        every = days.days_of(desk.congress)
        hours = chain.from_iterable(
            hours_of(one(data, "hours"), day, desk.congress.timezone) for day in every
        )
        space = SpaceId(one(data, "space"))
        capacity = whole(data, "capacity", "congress.capacity_wrong")
        if not capacity:
            capacity = park_api.space(db, space).capacity or 0
        hall = Hall(space, park_api.space(db, space).name, capacity, tuple(hours))
        api.put_hall(db, bus, actor, desk.congress.id, hall, now=now)

    if failure := attempt(db, run):
        return _halls(desk, failure, data)
    return go(f"{desk.act}/halls", "added")


@get("/congresses/{slug:str}/desk/halls/{space:str}", include_in_schema=False, sync_to_thread=True)
def hall_page(
    request: AnyRequest,
    slug: FromPath[str],
    space: FromPath[str],
    db: RequestDb,
    actor: RequestActor,
    now: RequestNow,
) -> Response[str]:
    """One hall with its hours of each day."""
    desk = open_desk(request, db, actor, slug, now)
    return _hall(desk, _of(desk, space))


@post("/congresses/{slug:str}/desk/halls/{space:str}", include_in_schema=False, sync_to_thread=True)
def change_hall(
    request: AnyRequest,
    slug: FromPath[str],
    space: FromPath[str],
    data: URLEncodedBody[dict[str, object]],
    db: RequestDb,
    bus: RequestBus,
    actor: RequestActor,
    now: RequestNow,
) -> Response[str] | Redirect:
    """Have a hall hold so many, in those hours; `copy` names a day whose hours all days take."""
    desk = open_desk(request, db, actor, slug, now)
    desk.demand_planner()
    hall = _of(desk, space)
    copied = one(data, "copy")

    def run() -> None:
        hours = chain.from_iterable(
            hours_of(one(data, f"hours.{copied or day}"), day, desk.congress.timezone)
            for day in days.days_of(desk.congress)
        )
        after = Hall(
            hall.space,
            hall.name,
            whole(data, "capacity", "congress.capacity_wrong"),
            tuple(hours),
        )
        api.put_hall(db, bus, actor, desk.congress.id, after, now=now)

    if failure := attempt(db, run):
        return _hall(desk, hall, failure, data)
    if copied:
        return go(f"{desk.act}/halls/{hall.space}", "copied")
    after = open_desk(request, db, actor, slug, now)
    hurt = after.hurt(hall=hall.space) > desk.hurt(hall=hall.space)
    return go(f"{desk.act}/halls/{hall.space}" if hurt else f"{desk.act}/halls", "saved")


@post(
    "/congresses/{slug:str}/desk/halls/{space:str}/drop",
    include_in_schema=False,
    sync_to_thread=True,
)
def drop_hall(
    request: AnyRequest,
    slug: FromPath[str],
    space: FromPath[str],
    db: RequestDb,
    bus: RequestBus,
    actor: RequestActor,
    now: RequestNow,
) -> Response[str] | Redirect:
    """Use a hall no more."""
    desk = open_desk(request, db, actor, slug, now)
    desk.demand_planner()
    hall = _of(desk, space)

    def run() -> None:
        api.drop_hall(db, bus, actor, desk.congress.id, hall.space, now=now)

    if failure := attempt(db, run):
        return _hall(desk, hall, failure)
    return go(f"{desk.act}/halls", "dropped")


def _of(desk: Desk, space: str) -> Hall:
    hall = desk.halls.get(SpaceId(space))
    if hall is None:
        raise HallUnknown(space=space)
    return hall


def _halls(desk: Desk, failure: Failure | None = None, typed: Typed | None = None) -> Response[str]:
    language = language_of(desk.request)
    spaces = [
        (each.id, each.name.into(language) or each.id)
        for kind in api.HALL_KINDS
        for each in park_api.spaces(desk.db, kind=kind, within=desk.congress.park)
        if each.id not in desk.halls
    ]
    rows = [(hall, _by_day(desk, hall.hours)) for hall in desk.programme.halls]
    values = {name: one(typed or {}, name) for name in ("space", "capacity", "hours")}
    if typed is None:
        values["hours"] = "09:00–12:00, 13:30–18:00"
    return desk.page("desk_halls", failure=failure, spaces=spaces, rows=rows, values=values)


def _hall(
    desk: Desk, hall: Hall, failure: Failure | None = None, typed: Typed | None = None
) -> Response[str]:
    hours = _by_day(desk, hall.hours)
    if typed:
        hours = [(day, one(typed, f"hours.{day}")) for day, _ in hours]
    return desk.page(
        "desk_hall",
        failure=failure,
        hall=hall,
        hurt=desk.hurt(hall=hall.space),
        hours=hours,
        capacity=one(typed, "capacity") if typed else str(hall.capacity),
    )


def _by_day(desk: Desk, hours: tuple[Span, ...]) -> list[tuple[date, str]]:
    zone = desk.congress.timezone
    return [(day, hours_text(hours, day, zone)) for day in days.days_of(desk.congress)]


ROUTES = (halls_page, add_hall, hall_page, change_hall, drop_hall)
