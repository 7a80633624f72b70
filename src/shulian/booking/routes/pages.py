"""Booking a space, for people: its calendar, the form, and what is in the way."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from secrets import token_urlsafe
from uuid import UUID
from zoneinfo import ZoneInfo

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect

from shulian.booking import api
from shulian.booking.errors import (
    ClaimsWrong,
    KeyClash,
    LimitReached,
    SpanWrong,
    Taken,
    UnitsWrong,
    Withdrawn,
    WordsWrong,
)
from shulian.booking.routes.forms import BookForm, filled, span_of, units_of, usual, written
from shulian.booking.routes.parts import RequestActor, bookings_told, faults, shortages_told
from shulian.booking.rules.days import BlockState, DayView, day_view, read_day, span_of_day, week_of
from shulian.booking.types import MANAGE, Audience, Claim, Holder, Resource, Span
from shulian.booking.wire import BookingView, ShortageView
from shulian.identity.types import Actor, OrganizationId
from shulian.kit.db import Db
from shulian.kit.errors import Failure, Invalid, Refused
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
from shulian.park.types import LiveToken, Locality, SpaceId

_BOOKABLE = (BlockState.FREE, BlockState.PARTLY)
FIXABLE = (SpanWrong, UnitsWrong, ClaimsWrong, WordsWrong, Taken, LimitReached, Withdrawn)
"""What one can put right in a form."""


@dataclass(frozen=True, slots=True)
class Room:
    """A space that can be booked, and the clock there."""

    resource: Resource
    space: SpaceId
    where: Locality

    @property
    def zone(self) -> ZoneInfo:
        """The time zone of its park."""
        return ZoneInfo(self.where.timezone)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of sending the form."""

    status: int = 200
    errors: dict[str, str] | None = None
    problem: str = ""
    shortages: tuple[ShortageView, ...] = ()
    counting: tuple[BookingView, ...] = ()
    """The bookings that count where one holder has as many as one may."""


@get("/spaces/{space:str}/book", include_in_schema=False, sync_to_thread=True)
def book_page(
    request: AnyRequest,
    space: FromPath[str],
    db: RequestDb,
    actor: RequestActor,
    now: RequestNow,
    day: FromQuery[str] = "",
    start: FromQuery[str] = "",
    end: FromQuery[str] = "",
) -> Response[str]:
    """The calendar of a space, and the form with which one books it."""
    room = room_of(db, SpaceId(space))
    chosen = read_day(day, now.astimezone(room.zone).date())
    form = BookForm(day=chosen.isoformat(), start=start[:5], end=end[:5])
    return _page(request, db, actor, room, chosen, form, now, Answer())


@post("/spaces/{space:str}/book", include_in_schema=False, sync_to_thread=True)
def book(
    request: AnyRequest,
    space: FromPath[str],
    data: URLEncodedBody[BookForm],
    db: RequestDb,
    bus: RequestBus,
    actor: RequestActor,
    now: RequestNow,
) -> Response[str] | Redirect:
    """Book a space, or say in place what stands against it and when it is free."""
    room = room_of(db, SpaceId(space))
    person = actor.demand_person()
    span: Span | None = None
    try:
        span = span_of(data, room.zone)
        claim = Claim(room.resource.id, span, units_of(data.units))
        holder = Holder(person, _organization(data.organization))
        made = api.book(
            db,
            bus,
            actor,
            [claim],
            holder=holder,
            title=data.title,
            key=data.key or None,
            now=now,
        )
    except (*FIXABLE, KeyClash) as failure:
        answer = answer_of(request, db, actor, failure, now)
        typed = BookForm(**(filled(data, span, room.zone) if span else written(data)))
        chosen = read_day(typed.day, now.astimezone(room.zone).date())
        return _page(request, db, actor, room, chosen, typed, now, answer)
    return Redirect(f"/me/bookings?done=booked&booking={made.id}", status_code=303)


@get("/parks/{park:str}/book", include_in_schema=False, sync_to_thread=True)
def bookable_page(
    request: AnyRequest, park: FromPath[str], db: RequestDb, actor: RequestActor, now: RequestNow
) -> Response[str]:
    """Everything in a park that one can book, and what it is now."""
    where = SpaceId(park)
    place = park_api.place(db, where)
    language, words = language_of(request), edge_of(request).catalogue
    found = api.resources_in(db, where)
    statuses = {one.space: one for one in park_api.statuses(db, where, now=now)}
    return show(
        request,
        "booking/bookable.html",
        actor=actor,
        park=park_api.space(db, where),
        place=place,
        today=now.astimezone(ZoneInfo(place.timezone)).date(),
        zone=place.timezone,
        found=found,
        whereabouts=park_api.localities(db, [one.space for one in found if one.space]),
        live=statuses,
        live_words={one.value: words.say(language, f"live.{one}") for one in LiveToken},
    )


def room_of(db: Db, space: SpaceId) -> Room:
    """A space that can be booked; raises ResourceUnknown and SpaceUnknown."""
    known = park_api.space(db, space)
    resource = api.resource_of(db, known.id)
    return Room(resource, known.id, park_api.localities(db, [known.id])[known.id])


def week(db: Db, room: Room, day: date, now: datetime) -> tuple[DayView, ...]:
    """The seven days among which `day` is, and what of each is taken."""
    days = week_of(day)
    first, last = (span_of_day(one, room.zone) for one in (days[0], days[-1]))
    found = api.calendar(db, room.resource.id, Span(first.start, last.end), now=now)
    return tuple(day_view(one, room.zone, found.parts, room.resource.capacity, now) for one in days)


def answer_of(request: AnyRequest, db: Db, actor: Actor, failure: Failure, now: datetime) -> Answer:
    """What a form says of what stands against it."""
    words, language = edge_of(request).catalogue, language_of(request)
    errors = faults(request, failure) if isinstance(failure, Invalid) else {}
    shortages = shortages_told(db, actor, failure, now) if isinstance(failure, Taken) else ()
    counting = failure.bookings if isinstance(failure, LimitReached) else ()
    key = "booking.sent_twice" if isinstance(failure, KeyClash) else f"error.{failure.code}"
    problem = "" if errors else words.say(language, key, **failure.params)
    if "span" in errors:  # the ledger knows no fields of forms
        errors = {**errors, "end": errors.pop("span")}
    told = bookings_told(db, actor, counting)
    return Answer(failure.status, errors, problem, shortages, told)


def _page(
    request: AnyRequest,
    db: Db,
    actor: Actor,
    room: Room,
    day: date,
    form: BookForm,
    now: datetime,
    answer: Answer,
) -> Response[str]:
    days = week(db, room, day, now)
    chosen = next(one for one in days if one.day == day)
    return show(
        request,
        "booking/book.html",
        actor=actor,
        status=answer.status,
        room=room,
        details=park_api.details(db, room.space, now=now),
        zone=room.where.timezone,
        today=now.astimezone(room.zone).date(),
        days=days,
        chosen=chosen,
        earlier=(days[0].day - timedelta(days=7)).isoformat(),
        later=(days[-1].day + timedelta(days=1)).isoformat(),
        form=_proposed(form, chosen, room, now),
        offers=_offers(chosen, room, now),
        key=token_urlsafe(12),
        holders=_holders(request, actor, room.resource),
        refusal=_refusal(request, actor, room.resource),
        answer=answer,
    )


def _offers(day: DayView, room: Room, now: datetime) -> dict[Span, dict[str, str]]:
    """What the form is filled with by choosing a part of the day that is free."""
    return {
        one.span: filled(BookForm(), usual(one.span, now), room.zone)
        for one in day.blocks
        if one.state in _BOOKABLE
    }


def _proposed(form: BookForm, day: DayView, room: Room, now: datetime) -> BookForm:
    """The form, filled with the first time that is free where none is asked for."""
    if form.start or form.end:
        return form
    free = [one for one in day.blocks if one.state in _BOOKABLE]
    if not free:
        return form
    morning = [one for one in free if _reaches_morning(one.span, room.zone)]
    span = _from_morning((morning or free)[0].span, room.zone)
    return BookForm(**filled(form, usual(span, now), room.zone))


_MORNING = 9
"""The hour at which a form begins to propose."""


def _reaches_morning(span: Span, zone: ZoneInfo) -> bool:
    end = span.end.astimezone(zone) if span.end else None
    return end is None or end.hour > _MORNING or end.date() > span.start.astimezone(zone).date()


def _from_morning(span: Span, zone: ZoneInfo) -> Span:
    """What is free from the morning on, where it is free before as well."""
    start = span.start.astimezone(zone)
    later = start.replace(hour=_MORNING, minute=0)
    if start >= later or (span.end is not None and later >= span.end):
        return span
    return Span(later, span.end)


def _holders(request: AnyRequest, actor: Actor, resource: Resource) -> list[tuple[str, str]]:
    """For whom the actor may book, as choices of the form."""
    words, language = edge_of(request).catalogue, language_of(request)
    own = [("", words.say(language, "booking.for_oneself", name=actor.name))]
    theirs = [
        (str(one.organization.id), one.organization.name.into(language)) for one in actor.belongings
    ]
    alone = resource.audience is Audience.PEOPLE or actor.may(MANAGE)
    return [*(own if alone else []), *theirs]


def _refusal(request: AnyRequest, actor: Actor, resource: Resource) -> str:
    """Why the actor cannot book it at all, whenever it is free; empty where they can."""
    words, language = edge_of(request).catalogue, language_of(request)
    if resource.withdrawn:
        return words.say(language, "error.booking.withdrawn")
    if actor.may(MANAGE):
        return ""
    if resource.audience is Audience.FEATURES:
        return words.say(language, "booking.refused.features")
    if resource.audience is Audience.MEMBERS and actor.person and not actor.belongings:
        return words.say(language, "booking.refused.members")
    return ""


def _organization(typed: str) -> OrganizationId | None:
    """The organization that a form names; raises Refused where nobody can be a member of it."""
    try:
        return OrganizationId(UUID(typed)) if typed else None
    except ValueError as error:
        raise Refused(permission=MANAGE) from error


ROUTES = (book_page, book, bookable_page)
