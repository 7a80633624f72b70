"""The programme for programs: JSON under /api."""

from typing import Any

import msgspec
from litestar import Response, get
from litestar.params import FromPath, FromQuery
from litestar.status_codes import HTTP_304_NOT_MODIFIED

from shulian.congress import api
from shulian.congress.routes.parts import RequestActor
from shulian.congress.wire.programme import ProgrammeView, programme_view
from shulian.kit.http.edge import AnyRequest, RequestDb
from shulian.kit.http.etags import is_known, weak_tag


@get("/api/congresses/{slug:str}", sync_to_thread=True)
def read_programme(
    request: AnyRequest,
    slug: FromPath[str],
    db: RequestDb,
    actor: RequestActor,
    release: FromQuery[int | None] = None,
) -> Response[ProgrammeView]:
    """What visitors see of a congress, or saw as of a release; with an ETag."""
    congress = api.congress_by_slug(db, actor, slug)
    found = api.shown(db, actor, congress.id, release)
    view = msgspec.structs.replace(
        programme_view(found.release, found.programme), slug=congress.slug
    )
    tag = weak_tag(msgspec.json.encode(view))
    headers = {"etag": tag, "cache-control": "no-cache"}
    if is_known(request, tag):
        nothing: Any = None  # this status has no body
        return Response(nothing, status_code=HTTP_304_NOT_MODIFIED, headers=headers)
    return Response(view, headers=headers)


ROUTES = (read_programme,)
