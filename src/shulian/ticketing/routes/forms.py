"""The forms of ticketing's pages: what browsers send, as values."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal, InvalidOperation
from uuid import UUID
from zoneinfo import ZoneInfo

from msgspec import Struct

from shulian.booking.types import Span
from shulian.kit.errors import Invalid
from shulian.kit.text import Text
from shulian.park.types import SpaceId
from shulian.ticketing.errors import SeatWrong, WantedWrong
from shulian.ticketing.rules import sheets
from shulian.ticketing.types import (
    Buyers,
    Fen,
    Occasion,
    Seat,
    TicketType,
    TicketTypeId,
    Wanted,
)

_COUNT = "count."
_LONGEST_NUMBER = 9


class PayForm(Struct, frozen=True):
    """By which way somebody pays."""

    provider: str = ""


class TillForm(Struct, frozen=True):
    """What somebody does at the test provider, and how that is told."""

    do: str = ""


class HandOnForm(Struct, frozen=True):
    """To whom a ticket goes."""

    email: str = ""
    name: str = ""


class NameForm(Struct, frozen=True):
    """Whom a ticket lets in."""

    name: str = ""


class AttendForm(Struct, frozen=True):
    """How somebody takes part."""

    attendance: str = ""


class OccasionForm(Struct, frozen=True):
    """An occasion; every field stands in the form, as text."""

    organizer: str = ""
    space: str = ""
    title_zh: str = ""
    title_en: str = ""
    about_zh: str = ""
    about_en: str = ""
    start: str = ""
    end: str = ""
    gentle: str = ""
    instead: str = ""
    """A time that was offered and chosen, as two instants with a slash between; it goes first."""


class TypeForm(Struct, frozen=True):
    """Something that is sold."""

    name_zh: str = ""
    name_en: str = ""
    price: str = ""
    capacity: str = ""
    shares: str = ""
    start: str = ""
    end: str = ""
    buyers: str = Buyers.PEOPLE
    seated: str = ""
    online: str = ""
    most: str = "10"


class PayeeForm(Struct, frozen=True):
    """The account to which transfers go; `do` is `drop` to take none any more."""

    name: str = ""
    bank: str = ""
    account: str = ""
    do: str = ""


def occasion_form(one: Occasion, zone: str) -> OccasionForm:
    """The form of an occasion as it is."""
    assert one.span.end is not None  # noqa: S101  # no occasion is without end
    return OccasionForm(
        space=one.space,
        title_zh=one.title.zh,
        title_en=one.title.en,
        about_zh=one.about.zh,
        about_en=one.about.en,
        start=local(one.span.start, zone),
        end=local(one.span.end, zone),
        gentle="1" if one.gentle else "",
    )


def type_form(one: TicketType, capacity: int | None, zone: str) -> TypeForm:
    """The form of a ticket type as it is."""
    assert one.sale.end is not None  # noqa: S101  # no window of sale is without end
    return TypeForm(
        name_zh=one.name.zh,
        name_en=one.name.en,
        price=sheets.yuan(one.price).removesuffix(".00"),
        capacity="" if capacity is None else str(capacity),
        start=local(one.sale.start, zone),
        end=local(one.sale.end, zone),
        buyers=one.buyers,
        seated="1" if one.seated else "",
        online="1" if one.online else "",
        most=str(one.most),
    )


def time_of(typed: OccasionForm, zone: str) -> Span:
    """When an occasion is to be: the time that was chosen of those offered, else the one typed."""
    if not typed.instead:
        return span_of(typed.start, typed.end, zone)
    start, _, end = typed.instead.partition("/")
    try:
        return Span(datetime.fromisoformat(start), datetime.fromisoformat(end))
    except ValueError as error:
        raise Invalid(fields={"start": "field_invalid"}) from error


def wanted_of(
    typed: Mapping[str, object], picked: Sequence[SpaceId], seats: Sequence[Seat]
) -> list[Wanted]:
    """What a form wants: counts by type, and the seats that were picked of `seats`."""
    found = [
        Wanted(_type_of(name), _whole(str(value)))
        for name, value in typed.items()
        if name.startswith(_COUNT) and str(value).strip() not in ("", "0")
    ]
    types = {one.space: one.type for one in seats}
    by_type: dict[TicketTypeId, list[SpaceId]] = {}
    for seat in picked:
        if seat not in types:
            raise SeatWrong(seat=seat)
        by_type.setdefault(types[seat], []).append(seat)
    return [*found, *(Wanted(one, len(each), tuple(each)) for one, each in by_type.items())]


def span_of(start: str, end: str, timezone: str, field: str = "start") -> Span:
    """A span typed by the clock of a park; raises Invalid."""
    try:
        zone = ZoneInfo(timezone)
        from_, until = (datetime.fromisoformat(one.strip()) for one in (start, end))
    except ValueError as error:
        raise Invalid(fields={field: "field_invalid"}) from error
    return Span(from_.replace(tzinfo=zone), until.replace(tzinfo=zone))


def local(at: datetime, timezone: str) -> str:
    """An instant as a form has it, by the clock of a park."""
    return at.astimezone(ZoneInfo(timezone)).strftime("%Y-%m-%dT%H:%M")


def price_of(typed: str) -> Fen:
    """A price typed in yuan; raises Invalid."""
    try:
        fen = Decimal(typed.strip() or "0") * 100
        if (
            not fen.is_finite()
            or fen != fen.to_integral_value()
            or len(typed) > 2 * _LONGEST_NUMBER
        ):
            raise Invalid(fields={"price": "ticketing.price_wrong"})
    except InvalidOperation as error:
        raise Invalid(fields={"price": "ticketing.price_wrong"}) from error
    return Fen(int(fen))


def whole_of(typed: str, field: str) -> int | None:
    """A whole number, or none where nothing is typed; raises Invalid."""
    told = typed.strip()
    if not told:
        return None
    if not (told.isascii() and told.isdecimal() and len(told) <= _LONGEST_NUMBER):
        raise Invalid(fields={field: "field_invalid"})
    return int(told)


def id_of(typed: str, field: str) -> UUID:
    """An id; raises Invalid."""
    try:
        return UUID(typed)
    except ValueError as error:
        raise Invalid(fields={field: "field_invalid"}) from error


def buyers_of(typed: str) -> Buyers:
    """For whom a type is; raises Invalid."""
    if typed not in set(Buyers):
        raise Invalid(fields={"buyers": "field_invalid"})
    return Buyers(typed)


def both(zh: str, en: str) -> Text:
    """A text in both languages as it was typed; browsers send lines with CR."""
    return Text(zh.replace("\r\n", "\n"), en.replace("\r\n", "\n"))


def _type_of(name: str) -> TicketTypeId:
    try:
        return TicketTypeId(UUID(name.removeprefix(_COUNT)))
    except ValueError as error:
        raise WantedWrong(fields={"count": "ticketing.count_wrong"}, most=0) from error


def _whole(typed: str) -> int:
    try:
        return int(typed[:_LONGEST_NUMBER])
    except ValueError as error:
        raise WantedWrong(fields={"count": "ticketing.count_wrong"}, most=0) from error
