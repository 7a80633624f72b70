"""The HTTP of congresses: the programme for everybody, the desk of those who make it."""

from shulian.congress.routes import (
    calendars,
    calls,
    desk,
    desk_forums,
    desk_halls,
    desk_import,
    desk_release,
    desk_rules,
    desk_search,
    desk_sessions,
    desk_speakers,
    downloads,
    draft,
    json,
    own,
    planning,
    programme,
    proposals,
    releases,
    search,
    session,
    timetable,
)
from shulian.congress.routes.pace import new_pace
from shulian.congress.routes.panel import hall_panel

ROUTES = (
    *programme.ROUTES,
    *session.ROUTES,
    *releases.ROUTES,
    *own.ROUTES,
    *calendars.ROUTES,
    *json.ROUTES,
    *downloads.ROUTES,
    *draft.ROUTES,
    *planning.ROUTES,
    *desk.ROUTES,
    *desk_halls.ROUTES,
    *desk_import.ROUTES,
    *desk_rules.ROUTES,
    *desk_forums.ROUTES,
    *desk_sessions.ROUTES,
    *desk_speakers.ROUTES,
    *desk_release.ROUTES,
    *desk_search.ROUTES,
    *search.ROUTES,
    *timetable.ROUTES,
    *calls.ROUTES,
    *proposals.ROUTES,
)
"""Every handler of congresses."""

__all__ = ["ROUTES", "hall_panel", "new_pace"]
