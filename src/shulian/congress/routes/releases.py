"""The public list of changes: every release of a congress, and what it changed."""

from litestar import Response, get
from litestar.params import FromPath

from shulian.congress import api
from shulian.congress.routes.parts import RequestActor
from shulian.congress.routes.viewing import view_of
from shulian.congress.types import Release
from shulian.kit.db import Db
from shulian.kit.http.edge import AnyRequest, RequestDb
from shulian.kit.http.pages import show
from shulian.kit.text import Text
from shulian.park import api as park_api
from shulian.park.types import SpaceId


@get("/congresses/{slug:str}/changes", include_in_schema=False, sync_to_thread=True)
def changes_page(
    request: AnyRequest, slug: FromPath[str], db: RequestDb, actor: RequestActor
) -> Response[str]:
    """All releases, the newest first, each with what it changed."""
    view = view_of(db, actor, slug)
    releases = api.releases(db, actor, view.congress.id)
    known = {one.space: one.name for one in view.programme.halls}
    return show(
        request,
        "congress/changes.html",
        actor=actor,
        view=view,
        releases=releases,
        halls={**hall_names(db, releases), **known},
        there={one.id for one in view.programme.sessions},
    )


def hall_names(db: Db, releases: tuple[Release, ...]) -> dict[SpaceId, Text]:
    """What the halls are called that changes mention."""
    spaces = {
        place.hall
        for release in releases
        for change in release.changes
        for place in (change.before, change.after)
        if place is not None
    }
    found = park_api.localities(db, sorted(spaces))
    return {one: found[one].name if one in found else Text(one) for one in spaces}


ROUTES = (changes_page,)
