"""Occasions and what is sold for them over HTTP. Prices are fen."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from msgspec import UNSET, Meta, Struct, UnsetType

from shulian.booking.types import Span
from shulian.kit.text import Text
from shulian.park.types import SpaceId
from shulian.ticketing.types import (
    Buyers,
    Count,
    Figures,
    Occasion,
    OccasionState,
    Seat,
    SeatState,
    TicketType,
)

Moment = Annotated[datetime, Meta(tz=True)]
_INT = 2**31 - 1
Number = Annotated[int, Meta(ge=-_INT, le=_INT)]
"""What a database can hold; whether it makes sense is said at the door."""


class SpanAsk(Struct, frozen=True, forbid_unknown_fields=True):
    """From `start` to just before `end`."""

    start: Moment
    end: Moment


class OccasionView(Struct, frozen=True):
    """What one may come to."""

    id: UUID
    organizer: UUID
    title: Text
    about: Text
    space: SpaceId
    start: datetime
    end: datetime | None
    state: OccasionState
    gentle: bool
    """Whether those who come at the same time are let in to buy one after the other."""


class OccasionAsk(Struct, frozen=True, forbid_unknown_fields=True):
    """An occasion that is planned."""

    organizer: UUID
    title: Text
    space: SpaceId
    span: SpanAsk
    about: Text = Text()
    gentle: bool = False


class OccasionPatch(Struct, frozen=True, forbid_unknown_fields=True):
    """What changes of an occasion; what is left out stays."""

    title: Text | UnsetType = UNSET
    about: Text | UnsetType = UNSET
    space: SpaceId | UnsetType = UNSET
    span: SpanAsk | UnsetType = UNSET
    gentle: bool | UnsetType = UNSET


class TypeView(Struct, frozen=True):
    """What is sold for an occasion, and how much of it could be had now."""

    id: UUID
    name: Text
    price: int
    left: int
    sale_start: datetime
    sale_end: datetime | None
    buyers: Buyers
    seated: bool
    on_site: bool
    online: bool
    most: int
    """In one order."""


class TypeAsk(Struct, frozen=True, forbid_unknown_fields=True):
    """Something that is to be sold for an occasion."""

    name: Text
    price: Number
    sale: SpanAsk
    capacity: Number | None = None
    shares: UUID | None = None
    """The type from whose quota it is taken instead."""
    buyers: Buyers = Buyers.PEOPLE
    seated: bool = False
    on_site: bool = True
    online: bool = True
    most: Number = 10


class TypePatch(Struct, frozen=True, forbid_unknown_fields=True):
    """What changes of a type; what is left out stays."""

    name: Text | UnsetType = UNSET
    price: Number | UnsetType = UNSET
    sale: SpanAsk | UnsetType = UNSET
    capacity: Number | UnsetType = UNSET
    buyers: Buyers | UnsetType = UNSET
    online: bool | UnsetType = UNSET
    most: Number | UnsetType = UNSET


class SeatsPut(Struct, frozen=True, forbid_unknown_fields=True):
    """Exactly the seats that are sold as a type."""

    seats: Annotated[tuple[SpaceId, ...], Meta(max_length=20_000)]


class SeatView(Struct, frozen=True):
    """A seat of an occasion."""

    seat: SpaceId
    type: UUID
    state: SeatState


class CountView(Struct, frozen=True):
    """How many tickets are what; `revenue` is fen."""

    sold: int
    held: int
    left: int
    inside: int
    out: int
    online: int
    no_shows: int
    revenue: int


class TypeCount(Struct, frozen=True):
    """The counts of one type."""

    type: UUID
    count: CountView


class FiguresView(Struct, frozen=True):
    """How an occasion sells."""

    types: tuple[TypeCount, ...]
    all: CountView


def occasion_view(one: Occasion) -> OccasionView:
    """An occasion."""
    return OccasionView(
        id=one.id,
        organizer=one.organizer,
        title=one.title,
        about=one.about,
        space=one.space,
        start=one.span.start,
        end=one.span.end,
        state=one.state,
        gentle=one.gentle,
    )


def type_view(one: TicketType, left: int) -> TypeView:
    """A ticket type."""
    return TypeView(
        id=one.id,
        name=one.name,
        price=one.price,
        left=left,
        sale_start=one.sale.start,
        sale_end=one.sale.end,
        buyers=one.buyers,
        seated=one.seated,
        on_site=one.on_site,
        online=one.online,
        most=one.most,
    )


def seat_view(one: Seat) -> SeatView:
    """A seat."""
    return SeatView(one.space, one.type, one.state)


def figures_view(figures: Figures) -> FiguresView:
    """The figures of an occasion."""
    types = tuple(TypeCount(type_, _count(count)) for type_, count in figures.types)
    return FiguresView(types, _count(figures.all))


def span_of(asked: SpanAsk) -> Span:
    """What is asked for."""
    return Span(asked.start, asked.end)


def _count(one: Count) -> CountView:
    return CountView(
        sold=one.sold,
        held=one.held,
        left=one.left,
        inside=one.inside,
        out=one.out,
        online=one.online,
        no_shows=one.no_shows,
        revenue=one.revenue,
    )
