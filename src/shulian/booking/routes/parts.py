"""What every answer about bookings needs beside them: their resources, where those are, names."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from litestar import Response
from litestar.di import NamedDependency

from shulian.booking import api
from shulian.booking.errors import LimitReached, ResourceUnknown, SpanWrong, Taken
from shulian.booking.rules.spans import FAR_FUTURE, LATEST
from shulian.booking.types import MANAGE, Booking, Resource, ResourceId, Shortage, Span
from shulian.booking.wire import (
    BookingView,
    LimitProblem,
    Setting,
    ShortageView,
    TakenProblem,
    booking_view,
    shortage_view,
)
from shulian.identity.api import names
from shulian.identity.types import Actor
from shulian.kit.db import Db
from shulian.kit.errors import Invalid
from shulian.kit.http.edge import AnyRequest, edge_of, language_of
from shulian.park import api as park_api

RequestActor = NamedDependency[Actor]

MOST_IN_THE_WAY = 20
"""So much of what is in the way is told; the rest is no news."""
_WEEK = timedelta(days=7)


def setting_of(
    db: Db, actor: Actor, bookings: Sequence[Booking], more: Iterable[ResourceId] = ()
) -> Setting:
    """What `bookings`, and other resources, are told with."""
    wanted = {claim.resource for one in bookings for claim in one.claims} | set(more)
    resources = api.resources(db, wanted)
    spaces = [one.space for one in resources.values() if one.space is not None]
    holders = [one.holder for one in bookings]
    return Setting(
        resources,
        park_api.localities(db, spaces),
        names(
            db,
            actor,
            {one.person for one in holders if one.person is not None},
            {one.organization for one in holders if one.organization is not None},
        ),
    )


def visible(db: Db, actor: Actor, wanted: ResourceId) -> Resource:
    """A resource whose calendar the actor may see: a space, or as an operator any."""
    resource = api.resources(db, [wanted])[wanted]
    if resource.space is None and not actor.may(MANAGE):
        raise ResourceUnknown(resource=str(wanted))
    return resource


def shortages_told(db: Db, actor: Actor, taken: Taken, now: datetime) -> tuple[ShortageView, ...]:
    """What is in the way of what was wanted; to operators also whose it is."""
    short: tuple[Shortage, ...] = taken.shortages
    holders = [_holders(db, actor, one, now) for one in short]
    setting = setting_of(
        db, actor, [one for each in holders for one in each], [one.claim.resource for one in short]
    )
    return tuple(
        shortage_view(_cut(one), setting, each) for one, each in zip(short, holders, strict=True)
    )


def bookings_told(db: Db, actor: Actor, found: Sequence[Booking]) -> tuple[BookingView, ...]:
    """Bookings that the actor may see, as they are told."""
    setting = setting_of(db, actor, found)
    return tuple(booking_view(one, setting) for one in found)


def problem_of(
    request: AnyRequest, db: Db, actor: Actor, failure: Taken | LimitReached, now: datetime
) -> Response[Any]:
    """Why it cannot be had, as a problem that says when it could be, or what stands against it.

    Any: beside the type with which a handler answers when it can be had.
    """
    words, language = edge_of(request).catalogue, language_of(request)
    said = (
        f"urn:shulian:error:{failure.code}",
        words.say(language, f"problem.{failure.status}"),
        failure.status,
        words.explain(language, failure),
        failure.code,
        dict(failure.params),
    )
    problem = (
        TakenProblem(*said, shortages_told(db, actor, failure, now))
        if isinstance(failure, Taken)
        else LimitProblem(*said, bookings_told(db, actor, failure.bookings))
    )
    return Response(problem, status_code=failure.status, media_type="application/problem+json")


def faults(request: AnyRequest, failure: Invalid) -> dict[str, str]:
    """What is wrong with each field of a form, in the asker's language."""
    words, language = edge_of(request).catalogue, language_of(request)
    return {
        field: words.say(language, f"error.{code}", **failure.params)
        for field, code in failure.fields.items()
    }


def _holders(db: Db, actor: Actor, short: Shortage, now: datetime) -> tuple[Booking, ...]:
    if not actor.may(MANAGE):
        return ()
    found = api.bookings_of(db, actor, short.claim.resource, short.claim.span)
    counting = [one for one in found if (one.expires or FAR_FUTURE) > now]
    return tuple(counting[:MOST_IN_THE_WAY])


def _cut(short: Shortage) -> Shortage:
    return Shortage(short.claim, short.left, short.in_the_way[:MOST_IN_THE_WAY], short.next_free)


def whole_week(now: datetime, start: datetime | None, end: datetime | None) -> Span:
    """The span that a query asks for: a week from now where it says nothing; raises SpanWrong."""
    begin = start or now
    if begin.tzinfo is None:
        raise SpanWrong(fields={"span": "booking.span_without_zone"})
    return Span(begin, end or min(begin, LATEST) + _WEEK)
