"""All bookings of a park, for operators: filtered, page by page, several released and restored."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import cast
from urllib.parse import urlencode
from uuid import UUID
from zoneinfo import ZoneInfo

from litestar import Response, get, post
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect

from shulian.booking import api
from shulian.booking.errors import ClaimsWrong, ResourceUnknown
from shulian.booking.routes.mine import table
from shulian.booking.routes.pages import FIXABLE, Answer, answer_of
from shulian.booking.routes.parts import RequestActor, bookings_told
from shulian.booking.rules.days import read_day, span_of_day
from shulian.booking.rules.spans import EARLIEST
from shulian.booking.types import MANAGE, BookingFilter, BookingId, BookingState, ResourceId, Span
from shulian.identity.types import Actor
from shulian.kit.db import Db
from shulian.kit.http.edge import (
    AnyRequest,
    RequestBus,
    RequestDb,
    RequestNow,
    edge_of,
    language_of,
)
from shulian.kit.http.pages import show
from shulian.park import api as park_api
from shulian.park.types import SpaceId

_STATES = ("held", "confirmed", "closed", "released")
_LONGEST_FIELD = 200
_LONGEST_NUMBER = 9


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address of the page asks for, as it was typed."""

    q: str = ""
    holder: str = ""
    space: str = ""
    state: str = ""
    first: str = ""
    last: str = ""
    page: int = 1

    @property
    def query(self) -> str:
        """The same as an address has it, without the page."""
        told = {
            "q": self.q,
            "holder": self.holder,
            "space": self.space,
            "state": self.state,
            "from": self.first,
            "to": self.last,
        }
        return urlencode({name: one for name, one in told.items() if one})


@get("/parks/{park:str}/bookings", include_in_schema=False, sync_to_thread=True)
def ledger_page(
    request: AnyRequest,
    park: FromPath[str],
    db: RequestDb,
    actor: RequestActor,
    now: RequestNow,
) -> Response[str]:
    """Who holds what of a park, and the forms that release and restore."""
    actor.demand(MANAGE)
    query = request.query_params
    return _page(
        request,
        db,
        actor,
        SpaceId(park),
        asked_of(query),
        now,
        released=ids_of(query.get("released", "").split(".")),
        restored=bool(query.get("restored")),
    )


@get("/parks/{park:str}/bookings.csv", include_in_schema=False, sync_to_thread=True)
def ledger_file(
    request: AnyRequest,
    park: FromPath[str],
    db: RequestDb,
    actor: RequestActor,
    now: RequestNow,
) -> Response[str]:
    """The same, all pages of it, for spreadsheets."""
    actor.demand(MANAGE)
    where, asked = SpaceId(park), asked_of(request.query_params)
    zone = ZoneInfo(park_api.place(db, where).timezone)
    wanted = filter_of(db, asked, zone, now)
    found = api.park_export(db, actor, where, wanted, holder=asked.holder, now=now)
    return table(bookings_told(db, actor, found), "bookings.csv")


@post("/parks/{park:str}/bookings/release", include_in_schema=False, sync_to_thread=True)
def release(
    request: AnyRequest,
    park: FromPath[str],
    data: URLEncodedBody[dict[str, object]],
    db: RequestDb,
    bus: RequestBus,
    actor: RequestActor,
    now: RequestNow,
) -> Response[str] | Redirect:
    """Release what is marked; the page that follows offers to take that back."""
    actor.demand(MANAGE)
    where, asked = SpaceId(park), asked_of(_strings(data))
    chosen = chosen_of(data)
    try:
        gone = api.release_many(db, bus, actor, chosen, now=now)
    except ClaimsWrong:
        words, language = edge_of(request).catalogue, language_of(request)
        problem = words.say(language, "booking.ledger.none_marked", most=str(api.MOST_AT_ONCE))
        return _page(request, db, actor, where, asked, now, answer=Answer(422, problem=problem))
    told = ".".join(str(one.id) for one in gone)
    return _back(where, asked, released=told)


@post("/parks/{park:str}/bookings/restore", include_in_schema=False, sync_to_thread=True)
def restore(
    request: AnyRequest,
    park: FromPath[str],
    data: URLEncodedBody[dict[str, object]],
    db: RequestDb,
    bus: RequestBus,
    actor: RequestActor,
    now: RequestNow,
) -> Response[str] | Redirect:
    """Take back that several were released: all of them, or say what is in the way."""
    actor.demand(MANAGE)
    where, asked = SpaceId(park), asked_of(_strings(data))
    chosen = chosen_of(data)
    try:
        api.restore_many(db, bus, actor, chosen, now=now)
    except FIXABLE as failure:
        answer = answer_of(request, db, actor, failure, now)
        return _page(request, db, actor, where, asked, now, answer=answer, released=chosen)
    return _back(where, asked, restored="1")


def asked_of(query: Mapping[str, str]) -> Asked:
    """What an address, or the form of a page that kept it, asks for."""

    def one(name: str) -> str:
        return query.get(name, "").replace("\0", "").strip()[:_LONGEST_FIELD]

    page = one("page")
    state = one("state")
    return Asked(
        q=one("q"),
        holder=one("holder"),
        space=one("space"),
        state=state if state in _STATES else "",
        first=one("from"),
        last=one("to"),
        page=int(page)
        if page.isascii() and page.isdecimal() and len(page) <= _LONGEST_NUMBER
        else 1,
    )


def filter_of(db: Db, asked: Asked, zone: ZoneInfo, now: datetime) -> BookingFilter:
    """The bookings that are asked for; where no day and no state is, those now and later."""
    today = now.astimezone(zone).date()
    closed = asked.state == "closed"
    return BookingFilter(
        resources=_resources(db, asked.space),
        state=BookingState(asked.state) if asked.state and not closed else None,
        closed=True if closed else None,
        span=_days(asked, today, zone),
        words=asked.q,
        released=asked.state == "released",
        past=None if asked.first or asked.last or asked.state == "released" else False,
    )


def chosen_of(data: Mapping[str, object]) -> tuple[BookingId, ...]:
    """The bookings that are marked in a form, one or many."""
    found = data.get("booking", [])
    many = cast("list[object]", found) if isinstance(found, list) else [found]
    return ids_of([str(one) for one in many])


def ids_of(typed: list[str]) -> tuple[BookingId, ...]:
    """Ids of bookings, as far as they are ids."""
    found: list[BookingId] = []
    for one in typed[: api.MOST_AT_ONCE + 1]:
        try:
            found.append(BookingId(UUID(one)))
        except ValueError:
            continue
    return tuple(found)


def _days(asked: Asked, today: date, zone: ZoneInfo) -> Span | None:
    """The days that are asked for, first and last; none of them: any time."""
    if not asked.first and not asked.last:
        return None
    first = read_day(asked.first, today) if asked.first else EARLIEST.date()
    last = read_day(asked.last, first) if asked.last else None
    start = max(span_of_day(first, zone).start, EARLIEST)
    return Span(start, span_of_day(max(first, last), zone).end if last else None)


def _resources(db: Db, space: str) -> frozenset[ResourceId] | None:
    """The resource of the space that is asked for; none asked for: any."""
    if not space:
        return None
    try:
        return frozenset({api.resource_of(db, SpaceId(space)).id})
    except ResourceUnknown:
        return frozenset()


def _strings(data: Mapping[str, object]) -> dict[str, str]:
    return {name: one for name, one in data.items() if isinstance(one, str)}


def _back(park: SpaceId, asked: Asked, **done: str) -> Redirect:
    """To the page as it was, at its beginning, with what has been done."""
    told = [one for one in (asked.query, urlencode(done)) if one]
    return Redirect(f"/parks/{park}/bookings?{'&'.join(told)}", status_code=303)


def _page(
    request: AnyRequest,
    db: Db,
    actor: Actor,
    park: SpaceId,
    asked: Asked,
    now: datetime,
    *,
    answer: Answer | None = None,
    released: tuple[BookingId, ...] = (),
    restored: bool = False,
) -> Response[str]:
    place = park_api.place(db, park)
    wanted = filter_of(db, asked, ZoneInfo(place.timezone), now)
    found = api.park_page(db, actor, park, wanted, holder=asked.holder, page=asked.page, now=now)
    words, language = edge_of(request).catalogue, language_of(request)
    here = f"/parks/{park}/bookings"
    return show(
        request,
        "booking/ledger.html",
        actor=actor,
        status=answer.status if answer else 200,
        park=park_api.space(db, park),
        zone=place.timezone,
        asked=asked,
        states=[("", words.say(language, "booking.ledger.any"))]
        + [(one, words.say(language, f"booking.ledger.{one}")) for one in _STATES],
        found=bookings_told(db, actor, found.bookings),
        shown=found,
        act=here,
        turn=f"{here}?{asked.query}{'&' if asked.query else ''}page=",
        own=api.OWN,
        answer=answer or Answer(),
        released=released,
        restored=restored,
    )


ROUTES = (ledger_page, ledger_file, release, restore)
