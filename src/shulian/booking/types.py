"""The nouns of the ledger: what can be booked, who holds how much of it, and when.

Instants carry their time zone. Units are whole: persons, seats, hours of compute …
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType
from uuid import UUID

import msgspec

from shulian.identity.types import OrganizationId, Permission, PersonId
from shulian.kit.text import Text
from shulian.park.types import SpaceId

ResourceId = NewType("ResourceId", UUID)
BookingId = NewType("BookingId", UUID)

MANAGE = Permission("booking.manage")
"""Say what can be booked, book for anyone, close resources, release what others hold."""
PERMISSIONS = (MANAGE,)

MOST_UNITS = 100_000_000
"""The largest capacity of a resource."""
MOST_CLAIMS = 1_000
"""Claims of one booking."""
LONGEST_TITLE = 200
LONGEST_KEY = 200


class Audience(StrEnum):
    """Who may book a resource for themselves."""

    FEATURES = "features"
    """Nobody: a feature above does it for them, such as the sale of tickets."""
    MEMBERS = "members"
    """Members of an organization, for it."""
    PEOPLE = "people"
    """Everyone with an account."""


class BookingState(StrEnum):
    """Where a booking stands."""

    HELD = "held"
    """For a while, until it is confirmed or expires."""
    CONFIRMED = "confirmed"
    RELEASED = "released"
    """It holds nothing any more."""


@dataclass(frozen=True, slots=True)
class Span:
    """From `start` to just before `end`; none: without end."""

    start: datetime
    end: datetime | None


@dataclass(frozen=True, slots=True)
class Resource:
    """A space or an allowance with a capacity."""

    id: ResourceId
    name: Text
    capacity: int
    space: SpaceId | None = None
    """The space it is; none: an allowance, such as a quota of tickets."""
    audience: Audience = Audience.FEATURES
    withdrawn: bool = False
    """Whether nobody books it anew; what is booked already stays."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a booking: a person, or an organization for which a person booked."""

    person: PersonId | None = None
    organization: OrganizationId | None = None


NOBODY = Holder()
"""Holds what is closed: a blackout is a booking by nobody."""


@dataclass(frozen=True, slots=True)
class Claim:
    """So many units of a resource over a span."""

    resource: ResourceId
    span: Span
    units: int = 1


@dataclass(frozen=True, slots=True)
class Booking:
    """Units of resources held for somebody: all of its claims, or none."""

    id: BookingId
    source: str
    """The feature it belongs to: `booking` where people book for themselves."""
    holder: Holder
    title: str
    state: BookingState
    claims: tuple[Claim, ...]
    created: datetime
    expires: datetime | None = None
    """When a hold ends by itself."""
    key: str | None = None
    """What the one who asked called it, so that asking again books nothing twice."""


@dataclass(frozen=True, slots=True)
class Occupied:
    """A part of a resource's time in which some of it is taken."""

    span: Span
    units: int
    closed: bool = False
    """Whether it is a blackout."""


@dataclass(frozen=True, slots=True)
class BookingFilter:
    """Which bookings are wanted; what is empty does not restrict."""

    holders: tuple[Holder, ...] | None = None
    """Of a holder with an organization all that is held for it, whoever booked."""
    resources: frozenset[ResourceId] | None = None
    state: BookingState | None = None
    closed: bool | None = None
    """Whether nobody holds it: a blackout."""
    span: Span | None = None
    """They hold something then, or did."""
    words: str = ""
    """In their title, or in what a resource of theirs is called."""
    released: bool | None = None
    past: bool | None = None
    """Whether they hold nothing any more, now or later."""


@dataclass(frozen=True, slots=True)
class BookingPage:
    """Some of many bookings."""

    bookings: tuple[Booking, ...]
    count: int
    """Of all that were asked for."""
    page: int
    """From 1 on."""
    pages: int


@dataclass(frozen=True, slots=True)
class Link:
    """An address by which somebody's calendar follows their bookings."""

    person: PersonId
    created: datetime
    used: datetime | None = None
    """When a calendar asked last, to within an hour."""


@dataclass(frozen=True, slots=True)
class Remaining:
    """What people still hold of a resource, now or later; closures do not count."""

    bookings: int
    until: datetime | None
    """When the last of it ends; none: there is none, or one without end."""


@dataclass(frozen=True, slots=True)
class Shortage:
    """A claim that cannot be had: what is in the way, and when it could be."""

    claim: Claim
    left: int
    """The units that are free throughout its span."""
    in_the_way: tuple[Occupied, ...]
    next_free: tuple[Span, ...]
    """The next spans as long as the one that was wanted."""


class ShowStatus(msgspec.Struct, frozen=True, tag="booking.show_status"):
    """The job that says on a space what it is now, for what can be booked there."""

    resource: UUID


class RepairStatuses(msgspec.Struct, frozen=True, tag="booking.repair_statuses"):
    """The job that says so of every space that can be booked, whatever was missed."""


class SweepHolds(msgspec.Struct, frozen=True, tag="booking.sweep_holds"):
    """The job that ends the holds whose time is over."""
