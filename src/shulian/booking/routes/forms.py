"""The forms of the ledger's pages: what browsers send, by the clocks of a place, as spans."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from msgspec import Struct

from shulian.booking.errors import SpanWrong, UnitsWrong
from shulian.booking.rules.spans import EARLIEST, LATEST, end_of, instant, is_twice
from shulian.booking.types import Audience, Span

_MIDNIGHT = time()
_QUARTER = timedelta(minutes=15)
_USUAL = timedelta(hours=1)
_LONGEST_NUMBER = 12


class SpanForm(Struct, frozen=True):
    """When; every field stands in the form, as text."""

    day: str = ""
    start: str = ""
    end: str = ""
    end_day: str = ""
    """Empty: the same day."""
    start_fold: str = ""
    end_fold: str = ""
    """Which one, of a time that a clock shows twice: `0` the first, `1` the second."""
    instead: str = ""
    """A span that was offered and chosen, as two instants with a slash between; it goes first."""


class BookForm(SpanForm, frozen=True):
    """What somebody wants to book."""

    units: str = "1"
    organization: str = ""
    """Empty: for oneself."""
    title: str = ""
    key: str = ""


class MoveForm(SpanForm, frozen=True):
    """When a booking is to be instead."""

    units: str = "1"


class CloseForm(SpanForm, frozen=True):
    """When nobody may book."""

    title: str = ""
    until: str = ""
    """The last day on which it comes again, every week; empty: it does not."""
    without: str = ""
    """The days that are left out, for what is booked then, with spaces between."""


class ExtendForm(Struct, frozen=True):
    """How much longer a booking is to last."""

    minutes: str = ""


class ResourceForm(Struct, frozen=True):
    """How a space is to be booked."""

    capacity: str = "1"
    audience: str = Audience.PEOPLE


def span_of(form: SpanForm, zone: ZoneInfo, *, endless: bool = False) -> Span:
    """The span that a form tells; raises SpanWrong with the fields that make no sense.

    endless  whether it needs no end
    """
    if form.instead:
        return _offered(form.instead)
    wrong: dict[str, str] = {}
    day = _day(form.day, "day", wrong)
    if endless and not form.end.strip():
        return Span(_begin(form, day, zone, wrong), None)
    end_day = _day(form.end_day, "end_day", wrong) if form.end_day.strip() else day
    start, end = _time(form.start, "start", wrong), _time(form.end, "end", wrong)
    if day is None or end_day is None or start is None or end is None:
        raise SpanWrong(fields=wrong)
    if end == _MIDNIGHT and not form.end_day.strip():
        end_day = day + timedelta(days=1)
    begins = _instant(datetime.combine(day, start), zone, form.start_fold, "start", wrong)
    ends = _instant(datetime.combine(end_day, end), zone, form.end_fold, "end", wrong)
    if begins is not None and ends is not None and ends <= begins:
        wrong["end"] = "booking.span_backwards"
    if wrong or begins is None:
        raise SpanWrong(fields=wrong)
    return Span(begins, ends)


def _begin(form: SpanForm, day: date | None, zone: ZoneInfo, wrong: dict[str, str]) -> datetime:
    """When something begins that has no end; raises SpanWrong."""
    start = _time(form.start, "start", wrong)
    if day is None or start is None:
        raise SpanWrong(fields=wrong)
    begins = _instant(datetime.combine(day, start), zone, form.start_fold, "start", wrong)
    if begins is None:
        raise SpanWrong(fields=wrong)
    return begins


def until_of(form: CloseForm) -> date | None:
    """Until when a closing comes again every week, none: once; raises SpanWrong."""
    if not form.until.strip():
        return None
    wrong: dict[str, str] = {}
    until = _day(form.until, "until", wrong)
    if wrong:
        raise SpanWrong(fields=wrong)
    return until


def filled(form: SpanForm, span: Span, zone: ZoneInfo) -> dict[str, str]:
    """The fields that tell `span` by the clocks of `zone`, in the order of a form's own."""
    start = span.start.astimezone(zone)
    told = {
        **written(form),
        "day": start.date().isoformat(),
        "start": f"{start:%H:%M}",
        "start_fold": str(start.fold) if is_twice(_plain(start), zone) else "",
        "instead": "",
    }
    if span.end is None:
        return {**told, "end": "", "end_day": "", "end_fold": ""}
    end = span.end.astimezone(zone)
    same = end.date() == start.date() or (
        end.time() == _MIDNIGHT and end.date() == start.date() + timedelta(days=1)
    )
    return {
        **told,
        "end": f"{end:%H:%M}",
        "end_day": "" if same else end.date().isoformat(),
        "end_fold": str(end.fold) if is_twice(_plain(end), zone) else "",
    }


def written(form: SpanForm) -> dict[str, str]:
    """The fields as they were typed."""
    return {name: str(getattr(form, name)) for name in form.__struct_fields__}


def usual(free: Span, now: datetime) -> Span:
    """What a form proposes of time that is free: an hour, from the next quarter on."""
    start = max(free.start, _next_quarter(now)) if free.start <= now else free.start
    start = min(start, end_of(free) - timedelta(minutes=1))
    return Span(start, min(start + _USUAL, end_of(free)))


def units_of(typed: str) -> int:
    """How many units a form tells; raises UnitsWrong where it is no number."""
    return _number(typed, "units")


def capacity_of(typed: str) -> int:
    """What capacity a form tells; raises UnitsWrong where it is no number."""
    return _number(typed, "capacity")


def minutes_of(form: ExtendForm, choices: tuple[int, ...]) -> timedelta:
    """How much longer a form says; raises SpanWrong where it is none of `choices`."""
    if form.minutes not in {str(one) for one in choices}:
        raise SpanWrong(fields={"minutes": "field_invalid"})
    return timedelta(minutes=int(form.minutes))


def audience_of(form: ResourceForm) -> Audience:
    """Who may book, by a form; raises UnitsWrong where it is nobody known."""
    try:
        return Audience(form.audience)
    except ValueError as error:
        raise UnitsWrong(fields={"audience": "field_invalid"}) from error


def _number(typed: str, field: str) -> int:
    text = typed.strip()
    if not (text.isascii() and text.isdecimal() and len(text) <= _LONGEST_NUMBER):
        raise UnitsWrong(fields={field: "field_invalid"})
    return int(text)


def _offered(text: str) -> Span:
    start, _, end = text.partition("/")
    try:
        span = Span(datetime.fromisoformat(start), datetime.fromisoformat(end))
    except ValueError as error:
        raise SpanWrong(fields={"day": "field_invalid"}) from error
    if span.start.tzinfo is None or end_of(span).tzinfo is None:
        raise SpanWrong(fields={"day": "field_invalid"})
    return span


def _day(typed: str, field: str, wrong: dict[str, str]) -> date | None:
    try:
        found = date.fromisoformat(typed.strip())
    except ValueError:
        wrong[field] = "booking.day_wrong"
        return None
    if not EARLIEST.date() <= found < LATEST.date():  # clocks know no zones long before or after
        wrong[field] = "booking.span_far"
        return None
    return found


def _time(typed: str, field: str, wrong: dict[str, str]) -> time | None:
    try:
        found = time.fromisoformat(typed.strip())
    except ValueError:
        found = None
    if found is None or found.tzinfo is not None:
        wrong[field] = "booking.time_wrong"
        return None
    return found


def _instant(
    local: datetime, zone: ZoneInfo, fold: str, field: str, wrong: dict[str, str]
) -> datetime | None:
    """The instant of a local time; a fault where a clock never shows it, or twice."""
    if is_twice(local, zone) and fold not in {"0", "1"}:
        wrong[field] = "booking.time_twice"
        return None
    found = instant(local.replace(fold=int(fold == "1")), zone)
    if found is None:
        wrong[field] = "booking.time_skipped"
    return found


def _plain(local: datetime) -> datetime:
    return local.replace(tzinfo=None, fold=0)


def _next_quarter(now: datetime) -> datetime:
    whole = now.replace(minute=0, second=0, microsecond=0)
    return whole + _QUARTER * (-((whole - now) // _QUARTER))
