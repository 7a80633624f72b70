"""The page of the timetable's editor; without script it is the list of what is when and where."""

from datetime import date
from zoneinfo import ZoneInfo

from litestar import Response, get
from litestar.params import FromPath

from shulian.congress.routes.desks import open_desk
from shulian.congress.routes.parts import RequestActor
from shulian.congress.rules import days
from shulian.congress.types import Session
from shulian.kit.http.edge import AnyRequest, RequestDb, RequestNow, edge_of, language_of

_SPOKEN = ("congress.editor.", "congress.kind.", "congress.level.", "congress.rule.")
"""What the script says."""


@get("/congresses/{slug:str}/desk/timetable", include_in_schema=False, sync_to_thread=True)
def timetable_page(
    request: AnyRequest,
    slug: FromPath[str],
    db: RequestDb,
    actor: RequestActor,
    now: RequestNow,
) -> Response[str]:
    """The timetable, to be changed."""
    desk = open_desk(request, db, actor, slug, now)
    zone = ZoneInfo(desk.congress.timezone)
    by_day: dict[date | None, list[Session]] = {}
    for one in desk.programme.sessions:
        day = one.placed.start.astimezone(zone).date() if one.placed else None
        by_day.setdefault(day, []).append(one)
    return desk.page(
        "desk_timetable",
        by_day=by_day,
        span_of=days.span_of,
        broken={which for one in desk.draft.conflicts for which in one.sessions},
        spoken=edge_of(request).catalogue.below(language_of(request), _SPOKEN),
    )


ROUTES = (timetable_page,)
