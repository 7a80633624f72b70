"""Programmes from files at the desk: sent, looked at, then brought into the draft, or left."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from litestar import Response, get, post
from litestar.datastructures import UploadFile
from litestar.exceptions import HTTPException
from litestar.params import FromPath, MultipartBody, URLEncodedBody
from litestar.response import Redirect

from shulian.congress import api
from shulian.congress.errors import ExchangeTooLarge
from shulian.congress.routes.desks import Desk, attempt, go, open_desk
from shulian.congress.routes.downloads import ENDINGS
from shulian.congress.routes.forms import Typed, one, whole
from shulian.congress.routes.pace import pace_of
from shulian.congress.routes.parts import RequestActor, say
from shulian.congress.rules.exchange.differences import Coming
from shulian.congress.rules.exchange.drafts import LIMIT, Remark
from shulian.congress.rules.exchange.places import Room
from shulian.congress.types import Level, Programme, Upload, UploadId
from shulian.kit.errors import Failure, Invalid
from shulian.kit.http.edge import AnyRequest, RequestBus, RequestDb, RequestNow, language_of
from shulian.kit.http.problems import answer_failure, answer_http_exception
from shulian.park.types import IMPORT, SpaceId

_ENVELOPE = 64 << 10
"""[bytes] of a form around its file."""
_TOO_LARGE = 413
_MOST_LISTED = 300
"""Of faults, notices and sessions on a page; the rest is counted."""
_BUILT = "+"
"""What is chosen for a hall that the park is to have as well; no space is called so."""


@dataclass(frozen=True, slots=True)
class Said:
    """Something about a place of a file, in words."""

    where: str
    words: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A hall of a file, and which space of the park it may be."""

    room: Room
    options: tuple[tuple[str, str], ...]
    chosen: str


def refuse_large(request: AnyRequest, error: HTTPException) -> Response[object]:
    """Say how large a file may be, before any of it was read."""
    if error.status_code != _TOO_LARGE:
        return answer_http_exception(request, error)
    return answer_failure(request, ExchangeTooLarge(limit=LIMIT >> 20))


@get("/congresses/{slug:str}/desk/import", include_in_schema=False, sync_to_thread=True)
def import_page(
    request: AnyRequest,
    slug: FromPath[str],
    db: RequestDb,
    actor: RequestActor,
    now: RequestNow,
) -> Response[str]:
    """The form to send a file, and the draft as files."""
    return _page(open_desk(request, db, actor, slug, now))


@post(
    "/congresses/{slug:str}/desk/import",
    include_in_schema=False,
    sync_to_thread=True,
    request_max_body_size=LIMIT + _ENVELOPE,
    exception_handlers={HTTPException: refuse_large},
)
def send(
    request: AnyRequest,
    slug: FromPath[str],
    data: MultipartBody[dict[str, object]],
    db: RequestDb,
    actor: RequestActor,
    now: RequestNow,
) -> Response[str] | Redirect:
    """Have a file read; the page that follows shows what would come of it."""
    desk = open_desk(request, db, actor, slug, now)
    desk.demand_planner()
    kept: list[Upload] = []

    def run() -> None:
        name, content = _file(data)
        with pace_of(request).reading(str(actor.demand_person())):
            new = api.read_upload(db, actor, desk.congress.id, name=name, content=content, now=now)
        kept.append(new)

    if failure := attempt(db, run):
        return _page(desk, failure)
    return Redirect(f"{desk.act}/import/{kept[0].id}", status_code=303)


@get(
    "/congresses/{slug:str}/desk/import/{upload:uuid}", include_in_schema=False, sync_to_thread=True
)
def preview_page(
    request: AnyRequest,
    slug: FromPath[str],
    upload: FromPath[UUID],
    db: RequestDb,
    actor: RequestActor,
    now: RequestNow,
) -> Response[str]:
    """What a file would make of the draft."""
    desk = open_desk(request, db, actor, slug, now)
    looked = api.upload(db, actor, desk.congress.id, UploadId(upload), now=now)
    return _preview(desk, looked, looked.guessed)


@post(
    "/congresses/{slug:str}/desk/import/{upload:uuid}", include_in_schema=False, sync_to_thread=True
)
def decide(
    request: AnyRequest,
    slug: FromPath[str],
    upload: FromPath[UUID],
    data: URLEncodedBody[dict[str, object]],
    db: RequestDb,
    bus: RequestBus,
    actor: RequestActor,
    now: RequestNow,
) -> Response[str] | Redirect:
    """Bring the file in, look at it with other halls, or leave it; `do` says which."""
    desk = open_desk(request, db, actor, slug, now)
    looked = api.upload(db, actor, desk.congress.id, UploadId(upload), now=now)
    what, halls, built = one(data, "do"), _halls(data, looked), _built(data, looked)
    if what == "build":
        built = frozenset(room.space for room in looked.rooms if not room.sure)
        halls = {each: None if each in built else space for each, space in halls.items()}
    if what == "leave":
        api.drop_upload(db, actor, looked)
        return go(f"{desk.act}/import", "left")
    if what != "import":
        return _preview(desk, looked, halls, built)

    def run() -> None:
        version = whole(data, "version")
        api.import_upload(db, bus, actor, looked, halls, built=built, version=version, now=now)

    if failure := attempt(db, run):
        again = open_desk(request, db, actor, slug, now)
        return _preview(again, looked, halls, built, failure)
    return go(desk.act, "imported")


def _file(data: Typed) -> tuple[str, bytes]:
    """The name and the content of the file of a form; raises Invalid."""
    told = data.get("file")
    if not isinstance(told, UploadFile):
        raise Invalid(fields={"file": "congress.file_missing"})
    with told.file as file:
        return told.filename, file.read(LIMIT + 1)


def _halls(data: Typed, looked: api.Looked) -> Mapping[SpaceId, SpaceId | None]:
    """The space that is chosen for each hall of the file; one that is no choice is none."""
    there = {each.space for each in looked.spaces}
    chosen = (SpaceId(one(data, f"hall.{number}")) for number in range(len(looked.rooms)))
    pairs = zip(looked.rooms, chosen, strict=True)
    return {room.space: space if space in there else None for room, space in pairs}


def _built(data: Typed, looked: api.Looked) -> frozenset[SpaceId]:
    """The halls of the file that the park is to have as well."""
    chosen = (one(data, f"hall.{number}") for number in range(len(looked.rooms)))
    pairs = zip(looked.rooms, chosen, strict=True)
    return frozenset(room.space for room, value in pairs if value == _BUILT and not room.sure)


def _page(desk: Desk, failure: Failure | None = None) -> Response[str]:
    desk.demand_planner()
    return desk.page("desk_import", failure=failure, limit=LIMIT >> 20, endings=ENDINGS)


def _preview(
    desk: Desk,
    looked: api.Looked,
    halls: Mapping[SpaceId, SpaceId | None],
    built: Collection[SpaceId] = (),
    failure: Failure | None = None,
) -> Response[str]:
    draft = looked.read.draft
    if draft.programme is None:
        told = [_said(desk.request, each) for each in draft.faults]
        return desk.page(
            "desk_preview",
            failure=failure,
            looked=looked,
            most=_MOST_LISTED,
            faults=told,
            foreseen=None,
        )
    foreseen = api.foresee_upload(desk.db, desk.actor, looked, halls, now=desk.now)
    conflicts = foreseen.conflicts
    return desk.page(
        "desk_preview",
        failure=None if isinstance(failure, Invalid) else failure,
        looked=looked,
        most=_MOST_LISTED,
        faults=[
            Said(_place(where, draft.programme), say(desk.request, f"error.{code}"))
            for where, code in foreseen.faults.items()
        ],
        notices=[_said(desk.request, each) for each in draft.notices],
        rooms=[
            _choice(desk, looked, each, _BUILT if each.space in built else halls.get(each.space))
            for each in looked.rooms
        ],
        built=len(built),
        builds=desk.actor.may(IMPORT) and any(not each.sure for each in looked.rooms),
        foreseen=foreseen,
        names={each.space: each.name for each in foreseen.after.halls}
        | {each.space: each.name for each in desk.programme.halls},
        comings={
            kind: [each for each in foreseen.differences if each.coming is kind] for kind in Coming
        },
        blocking=sum(each.level is Level.BLOCK for each in conflicts),
        warning=sum(each.level is Level.WARN for each in conflicts),
    )


def _said(request: AnyRequest, remark: Remark) -> Said:
    """What the catalogue says begins with the place, which has a column of its own here."""
    words = say(request, f"congress.exchange.{remark.code}", where="", **remark.params)
    words = words.lstrip(" :：")
    return Said(remark.where, words[:1].upper() + words[1:])


def _choice(desk: Desk, looked: api.Looked, room: Room, chosen: str | None) -> Choice:
    language = language_of(desk.request)
    spaces = [
        (str(each.space), " · ".join(filter(None, (each.venue.into(language), name))))
        for each in looked.spaces
        for name in (each.name.into(language) or each.space,)
    ]
    other = [("", say(desk.request, "congress.import.nowhere"))]
    if not room.sure and desk.actor.may(IMPORT):
        other.append((_BUILT, say(desk.request, "congress.import.build")))
    return Choice(room, (*other, *sorted(spaces, key=lambda each: each[1])), chosen or "")


def _place(where: str, programme: Programme) -> str:
    """What stands at `sessions.3.title`: its title, rather than its number."""
    kind, _, rest = where.partition(".")
    number, _, part = rest.partition(".")
    listed = getattr(programme, kind, ())
    if not number.isdecimal() or int(number) >= len(listed):
        return where
    thing = listed[int(number)]
    name = getattr(thing, "title", None) if kind in {"sessions", "forums"} else thing.name
    return f"{name.zh or name.en or number} · {part}" if name else where


ROUTES = (import_page, send, preview_page, decide)
