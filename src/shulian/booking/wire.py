"""What the ledger says over HTTP and what it takes.

Instants carry their offset; beside each stands the same by the clocks of the place it is about.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated
from uuid import UUID
from zoneinfo import ZoneInfo

from msgspec import UNSET, Meta, Struct, UnsetType

from shulian.booking.types import (
    Audience,
    Booking,
    BookingPage,
    BookingState,
    Claim,
    Holder,
    Occupied,
    Resource,
    ResourceId,
    Shortage,
    Span,
)
from shulian.identity.types import Names
from shulian.kit.text import Text
from shulian.park.types import Locality, SpaceId

Moment = Annotated[datetime, Meta(tz=True)]
_MOST_MINUTES = 44_640
"""A month."""


class LocalSpan(Struct, frozen=True):
    """A span by the clocks of a place."""

    start: datetime
    end: datetime | None
    timezone: str


class SpanView(Struct, frozen=True):
    """From `start` to just before `end` in UTC; none: without end."""

    start: datetime
    end: datetime | None
    local: LocalSpan | None
    """None: it is about no place."""


class ResourceView(Struct, frozen=True):
    """What can be booked."""

    id: UUID
    name: Text
    capacity: int
    space: SpaceId | None
    audience: Audience
    withdrawn: bool
    """Whether nobody books it anew."""


class WithdrawalView(Struct, frozen=True):
    """What was taken out of booking, and how much of it people hold still."""

    resource: ResourceView
    bookings: int
    until: datetime | None
    """When the last of them ends; none: there is none, or one without end."""


class ResourcePut(Struct, frozen=True, forbid_unknown_fields=True):
    """How a space is to be booked."""

    capacity: int = 1
    audience: Audience = Audience.PEOPLE


class ResourcePatch(Struct, frozen=True, forbid_unknown_fields=True):
    """What changes of a resource; what is left out stays."""

    capacity: int | UnsetType = UNSET
    audience: Audience | UnsetType = UNSET


class PartView(Struct, frozen=True):
    """A part of a resource's time, and how much of it is taken."""

    span: SpanView
    units: int
    left: int
    closed: bool


class CalendarView(Struct, frozen=True):
    """How much of a resource is taken, part by part."""

    resource: ResourceView
    parts: tuple[PartView, ...]


class ClaimAsk(Struct, frozen=True, forbid_unknown_fields=True):
    """So many units of a resource over a span."""

    resource: UUID
    start: Moment
    end: Moment | None = None
    """None: without end, which operators alone may book."""
    units: int = 1


class BookingAsk(Struct, frozen=True, forbid_unknown_fields=True):
    """What somebody wants to hold: all of it, or nothing."""

    claims: tuple[ClaimAsk, ...]
    title: str = ""
    organization: UUID | None = None
    """For one's organization; none: for oneself."""
    person: UUID | None = None
    """For somebody else, which operators alone may do."""


class MoveAsk(Struct, frozen=True, forbid_unknown_fields=True):
    """What a booking is to hold instead."""

    claims: tuple[ClaimAsk, ...]


class ExtendAsk(Struct, frozen=True, forbid_unknown_fields=True):
    """How much longer a booking is to last."""

    minutes: Annotated[int, Meta(ge=1, le=_MOST_MINUTES)]


class ClosureAsk(Struct, frozen=True, forbid_unknown_fields=True):
    """When nobody may book a resource."""

    start: Moment
    end: Moment | None = None
    title: str = ""


class WeeklyClosureAsk(Struct, frozen=True, forbid_unknown_fields=True):
    """When nobody may book a resource, every week at the same time by the clocks of its place."""

    start: Moment
    end: Moment
    until: date
    """The last day on which it begins."""
    without: tuple[date, ...] = ()
    """Days that are left out."""
    title: str = ""


class BookingsAsk(Struct, frozen=True, forbid_unknown_fields=True):
    """Several bookings at a time."""

    bookings: Annotated[tuple[UUID, ...], Meta(min_length=1, max_length=100)]


class HolderView(Struct, frozen=True):
    """Who holds a booking; nobody: it is closed."""

    person: UUID | None
    organization: UUID | None
    name: Text
    """Of the organization, else of the person."""


class ClaimView(Struct, frozen=True):
    """So many units of a resource over a span."""

    resource: UUID
    name: Text
    space: SpaceId | None
    span: SpanView
    units: int


class BookingView(Struct, frozen=True):
    """Units of resources held for somebody."""

    id: UUID
    source: str
    holder: HolderView
    title: str
    state: BookingState
    claims: tuple[ClaimView, ...]
    created: datetime
    expires: datetime | None


class ShortageView(Struct, frozen=True):
    """A claim that cannot be had: what is in the way, and when it could be."""

    claim: ClaimView
    left: int
    in_the_way: tuple[PartView, ...]
    next_free: tuple[SpanView, ...]
    bookings: tuple[BookingView, ...]
    """Whose they are, for operators; empty for others."""


class TakenProblem(Struct, frozen=True):
    """What is wanted is not free (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    params: dict[str, str | float]
    shortages: tuple[ShortageView, ...]


class LimitProblem(Struct, frozen=True):
    """Somebody would hold more than one may (RFC 9457): `params` say how much that is."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    params: dict[str, str | float]
    bookings: tuple[BookingView, ...]
    """Those that count."""


class BookingPageView(Struct, frozen=True):
    """Some of many bookings."""

    bookings: tuple[BookingView, ...]
    count: int
    """Of all that were asked for."""
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class Setting:
    """What bookings are told with: their resources, where those are, and who is who."""

    resources: dict[ResourceId, Resource]
    where: dict[SpaceId, Locality]
    names: Names

    def zone(self, wanted: ResourceId) -> str | None:
        """The time zone of a resource; none: it is no place."""
        space = self.resources[wanted].space
        return self.where[space].timezone if space is not None and space in self.where else None


def resource_view(one: Resource) -> ResourceView:
    """What can be booked."""
    return ResourceView(one.id, one.name, one.capacity, one.space, one.audience, one.withdrawn)


def span_view(span: Span, timezone: str | None) -> SpanView:
    """A span, and the same by the clocks of `timezone`."""
    if timezone is None:
        return SpanView(span.start, span.end, None)
    zone = ZoneInfo(timezone)
    end = span.end and span.end.astimezone(zone)
    return SpanView(span.start, span.end, LocalSpan(span.start.astimezone(zone), end, timezone))


def part_view(part: Occupied, capacity: int, timezone: str | None) -> PartView:
    """How much of a resource is taken in a part of its time."""
    left = max(capacity - part.units, 0)
    return PartView(span_view(part.span, timezone), part.units, left, part.closed)


def claim_view(claim: Claim, setting: Setting) -> ClaimView:
    """So many units of a resource over a span."""
    resource = setting.resources[claim.resource]
    span = span_view(claim.span, setting.zone(claim.resource))
    return ClaimView(resource.id, resource.name, resource.space, span, claim.units)


def holder_view(holder: Holder, names: Names) -> HolderView:
    """Who holds something."""
    if holder.organization is not None:
        called = names.organizations.get(holder.organization, Text())
    else:
        name = "" if holder.person is None else names.people.get(holder.person, "")
        called = Text(name, name)
    return HolderView(holder.person, holder.organization, called)


def booking_view(booking: Booking, setting: Setting) -> BookingView:
    """What somebody holds."""
    return BookingView(
        id=booking.id,
        source=booking.source,
        holder=holder_view(booking.holder, setting.names),
        title=booking.title,
        state=booking.state,
        claims=tuple(claim_view(one, setting) for one in booking.claims),
        created=booking.created,
        expires=booking.expires,
    )


def page_view(page: BookingPage, setting: Setting) -> BookingPageView:
    """Some of many bookings."""
    told = tuple(booking_view(one, setting) for one in page.bookings)
    return BookingPageView(told, page.count, page.page, page.pages)


def shortage_view(
    shortage: Shortage, setting: Setting, bookings: Sequence[Booking] = ()
) -> ShortageView:
    """Why a claim cannot be had; `bookings` are whose it is, for those who may know."""
    wanted = shortage.claim.resource
    capacity, timezone = setting.resources[wanted].capacity, setting.zone(wanted)
    return ShortageView(
        claim=claim_view(shortage.claim, setting),
        left=shortage.left,
        in_the_way=tuple(part_view(one, capacity, timezone) for one in shortage.in_the_way),
        next_free=tuple(span_view(one, timezone) for one in shortage.next_free),
        bookings=tuple(booking_view(one, setting) for one in bookings),
    )


def claims_of(asked: Sequence[ClaimAsk]) -> tuple[Claim, ...]:
    """The claims that were asked for."""
    return tuple(
        Claim(ResourceId(one.resource), Span(one.start, one.end), one.units) for one in asked
    )
