"""The programme of a congress for everybody: by day, theme, hall and words; now and next."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from litestar import Response, get
from litestar.params import FromPath, FromQuery

from shulian.congress import api
from shulian.congress.api.demo import in_the_making
from shulian.congress.routes.downloads import ENDINGS
from shulian.congress.routes.linked import congress_data
from shulian.congress.routes.parts import RequestActor
from shulian.congress.routes.viewing import View, day_name, view_of
from shulian.congress.rules import programme as rules
from shulian.congress.types import PLAN, Congress, ThemeId
from shulian.kit.http.edge import AnyRequest, RequestDb, RequestNow, language_of
from shulian.kit.http.pages import show
from shulian.park import api as park_api
from shulian.park.types import SpaceId

_ALL = "all"
_LONGEST = 100
"""Letters of what is looked for."""


@get("/parks/{park:str}/congresses", include_in_schema=False, sync_to_thread=True)
def congresses_page(
    request: AnyRequest,
    park: FromPath[str],
    db: RequestDb,
    actor: RequestActor,
    now: RequestNow,
) -> Response[str]:
    """The congresses of a park: those that are or come, and those that are over."""
    where = park_api.space(db, SpaceId(park))
    found = api.congresses(db, actor, where.id)
    return show(
        request,
        "congress/congresses.html",
        actor=actor,
        park=where,
        coming=[one for one in reversed(found) if not _over(one, now)],
        calling=api.open_calls(db, where.id, now=now),
        past=[one for one in found if _over(one, now)],
        public={one.id for one in found if api.releases(db, actor, one.id)},
        making=in_the_making(db, where.id, now=now),
        organizes=any(actor.may(PLAN, one.organization.id) for one in actor.belongings),
    )


@get("/congresses/{slug:str}", include_in_schema=False, sync_to_thread=True)
def programme_page(
    request: AnyRequest,
    slug: FromPath[str],
    db: RequestDb,
    actor: RequestActor,
    now: RequestNow,
    *,
    release: FromQuery[int | None] = None,
    day: FromQuery[str] = "",
    theme: FromQuery[str] = "",
    hall: FromQuery[str] = "",
    q: FromQuery[str] = "",
) -> Response[str]:
    """The programme: one day as a timetable, or all that somebody looks for."""
    view = view_of(db, actor, slug, release)
    shown_days = rules.days_shown(view.programme)
    words = " ".join(q.split())[:_LONGEST]
    filters = (_theme(theme), SpaceId(hall) if hall else None, words)
    wanted = rules.Wanted(_day(view, day, shown_days, now, any(filters)), *filters)
    found = rules.matching(view.programme, wanted)
    around = rules.now_and_next(view.programme, now) if release is None else rules.Moment()
    return show(
        request,
        "congress/programme.html",
        actor=actor,
        view=view,
        days=[(one, day_name(one, language_of(request))) for one in shown_days],
        wanted=wanted,
        found=found,
        people=rules.people(view.programme, words) if words else (),
        grid=rules.grid(view.programme, found) if wanted.day and not words else None,
        by_day=rules.by_day(found, view.zone),
        around=around,
        now=now,
        today=_today(view, now),
        newest=_newest(view, api.releases(db, actor, view.congress.id)),
        asked={"theme": theme, "hall": hall, "q": words},
        linked=congress_data(request, db, view, found),
        endings=ENDINGS,
    )


@get("/congresses/{slug:str}/now", include_in_schema=False, sync_to_thread=True)
def now_part(
    request: AnyRequest,
    slug: FromPath[str],
    db: RequestDb,
    actor: RequestActor,
    now: RequestNow,
) -> Response[str]:
    """What takes place now and next: a page, or the part of one that asks again each minute."""
    view = view_of(db, actor, slug)
    part = "hx-request" in request.headers
    return show(
        request,
        "congress/now.html" if part else "congress/now_page.html",
        actor=actor,
        view=view,
        around=rules.now_and_next(view.programme, now),
        now=now,
        today=_today(view, now),
    )


def _today(view: View, now: datetime) -> date:
    return now.astimezone(ZoneInfo(view.zone)).date()


def _over(congress: Congress, now: datetime) -> bool:
    return now.astimezone(ZoneInfo(congress.timezone)).date() > congress.last


def _theme(told: str) -> ThemeId | None:
    """The theme that a query names; one that cannot be is one that nothing has."""
    try:
        return ThemeId(UUID(told)) if told else None
    except ValueError:
        return ThemeId(UUID(int=0))


def _day(
    view: View,
    told: str,
    days: Sequence[date],
    now: datetime,
    looks: bool,  # noqa: FBT001  # whether somebody looks for something
) -> date | None:
    """The day that is asked for; else all where somebody looks, today, or the first one."""
    asked = next((one for one in days if one.isoformat() == told), None)
    if asked or told == _ALL or looks:
        return asked
    today = _today(view, now)
    return today if today in days else days[0]


def _newest(view: View, releases: Sequence[object]) -> bool:
    """Whether what is shown is what holds now."""
    return view.number is None or view.number == len(releases)


ROUTES = (congresses_page, programme_page, now_part)
