"""The park for programs: JSON under /api."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any

import msgspec
from litestar import Response, delete, get, patch, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter
from litestar.status_codes import HTTP_200_OK, HTTP_202_ACCEPTED, HTTP_304_NOT_MODIFIED
from msgspec import UnsetType

from shulian.identity.types import Actor
from shulian.kit.http.edge import AnyRequest, RequestBus, RequestDb, RequestNow
from shulian.kit.http.etags import is_known, weak_tag
from shulian.park import api, wire
from shulian.park.types import Field, FieldValue, SpaceId, SpaceKind

RequestActor = NamedDependency[Actor]


@get("/api/parks", sync_to_thread=True)
def list_parks(db: RequestDb) -> list[wire.ParkView]:
    """Every park."""
    return [wire.park_view(park) for park in api.parks(db)]


@get("/api/parks/{park:str}/scene", sync_to_thread=True)
def read_scene(
    request: AnyRequest, park: FromPath[str], db: RequestDb
) -> Response[wire.SceneManifest]:
    """What a client needs to open the scene of a park."""
    manifest = wire.scene_manifest(api.scene(db, SpaceId(park)))
    tag = weak_tag(msgspec.json.encode(manifest))
    headers = {"etag": tag, "cache-control": "no-cache"}
    if is_known(request, tag):
        nothing: Any = None  # this status has no body
        return Response(nothing, status_code=HTTP_304_NOT_MODIFIED, headers=headers)
    return Response(manifest, headers=headers)


@get("/api/parks/{park:str}/sun", sync_to_thread=True)
def read_sun(
    park: FromPath[str],
    db: RequestDb,
    now: RequestNow,
    day: Annotated[date | None, QueryParameter(name="date")] = None,
) -> wire.SunView:
    """Where the sun stands over a park through one local day, today if none is given."""
    return wire.sun_view(api.sun(db, SpaceId(park), day, now=now))


@get("/api/parks/{park:str}/live", sync_to_thread=True)
def list_statuses(park: FromPath[str], db: RequestDb, now: RequestNow) -> wire.LiveList:
    """What the spaces of a park are now."""
    return wire.live_list(api.statuses(db, SpaceId(park), now=now))


@post("/api/parks/{park:str}/tiles", status_code=HTTP_202_ACCEPTED, sync_to_thread=True)
def request_tiles(park: FromPath[str], db: RequestDb, actor: RequestActor) -> None:
    """Have the scene of a park built anew."""
    api.request_tiles(db, actor, SpaceId(park))


@get("/api/search", sync_to_thread=True)
def search(
    db: RequestDb,
    asked: Annotated[str, QueryParameter(name="q")],
    park: FromQuery[str | None] = None,
    kind: FromQuery[SpaceKind | None] = None,
    limit: FromQuery[int] = 20,
) -> wire.SearchResult:
    """Spaces whose names hold every word of `q`, in either language; the best first."""
    where = SpaceId(park) if park else None
    return wire.search_result(api.search(db, asked, park=where, kind=kind, limit=limit))


@get("/api/spaces/{space:str}", sync_to_thread=True)
def read_space(space: FromPath[str], db: RequestDb, now: RequestNow) -> wire.SpaceView:
    """A space and what surrounds it."""
    return wire.space_view(api.details(db, SpaceId(space), now=now))


@patch("/api/spaces/{space:str}", sync_to_thread=True)
def edit_space(
    space: FromPath[str],
    data: JSONBody[wire.SpacePatch],
    db: RequestDb,
    bus: RequestBus,
    actor: RequestActor,
    now: RequestNow,
) -> wire.SpaceView:
    """Change what a space says of itself; later imports respect it."""
    version = None if isinstance(data.version, UnsetType) else data.version
    told = dict(_told(data))
    api.edit_space(db, bus, actor, SpaceId(space), told, version=version, now=now)
    return wire.space_view(api.details(db, SpaceId(space), now=now))


@post("/api/spaces/{space:str}/revert", status_code=HTTP_200_OK, sync_to_thread=True)
def revert_edit(
    space: FromPath[str], db: RequestDb, bus: RequestBus, actor: RequestActor, now: RequestNow
) -> wire.SpaceView:
    """Take the last edit of a space back."""
    api.revert_edit(db, bus, actor, SpaceId(space), now=now)
    return wire.space_view(api.details(db, SpaceId(space), now=now))


@put("/api/spaces/{space:str}/live", sync_to_thread=True)
def put_status(
    space: FromPath[str],
    data: JSONBody[wire.LivePut],
    db: RequestDb,
    bus: RequestBus,
    actor: RequestActor,
    now: RequestNow,
) -> wire.LiveView:
    """Say as the operator what a space is now; answers what people see, which may be stronger."""
    shown = api.set_operator_status(
        db,
        bus,
        actor,
        SpaceId(space),
        token=data.token,
        words=data.words,
        number=data.number,
        until=data.until,
        now=now,
    )
    return wire.live_view(SpaceId(space), shown)


@delete("/api/spaces/{space:str}/live", sync_to_thread=True)
def clear_status(
    space: FromPath[str], db: RequestDb, bus: RequestBus, actor: RequestActor, now: RequestNow
) -> None:
    """Take back what the operator said of a space."""
    api.clear_operator_status(db, bus, actor, SpaceId(space), now=now)


def _told(patch_: wire.SpacePatch) -> Iterator[tuple[Field, FieldValue]]:
    """The fields that a patch names, with what it says in them."""
    texts = (
        (patch_.name, Field.NAME_ZH, Field.NAME_EN),
        (patch_.about, Field.ABOUT_ZH, Field.ABOUT_EN),
    )
    for text, zh, en in texts:
        if not isinstance(text, UnsetType):
            for field, words in ((zh, text.zh), (en, text.en)):
                if not isinstance(words, UnsetType):
                    yield field, words
    plain = (
        (Field.KIND, patch_.kind),
        (Field.CAPACITY, patch_.capacity),
        (Field.STATUS, patch_.status),
        (Field.LINK, patch_.link),
    )
    for field, value in plain:
        if not isinstance(value, UnsetType):
            yield field, value


ROUTES = (
    list_parks,
    read_scene,
    read_sun,
    list_statuses,
    request_tiles,
    search,
    read_space,
    edit_space,
    revert_edit,
    put_status,
    clear_status,
)
