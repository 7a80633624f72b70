"""The forms of the organizers' desk: what browsers send, as values, and back again."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from shulian.booking.types import Span
from shulian.congress.types import Congress, Credit, Part, Speaker, SpeakerId
from shulian.kit.errors import Invalid, Value
from shulian.kit.text import Language, Text

Typed = Mapping[str, object]
"""A form as it was sent: texts, or lists of them where a name comes several times."""

_RANGE = re.compile(r"\s*(\d{1,2}[:：]\d{2})\s*[-–—~～至]\s*(\d{1,2}[:：]\d{2})\s*")
_BETWEEN = re.compile(r"[;；\n]")
_COMMAS = re.compile(r"[,，、;；]")
_LAST_HOUR = 24
_LONGEST_NUMBER = 9


def one(typed: Typed, name: str) -> str:
    """The value of a field; empty where it is not there. Browsers send lines with CR."""
    value = typed.get(name, "")
    if isinstance(value, list):
        value = value[0] if value else ""  # pyright: ignore[reportUnknownVariableType]
    return str(value).replace("\r\n", "\n")  # pyright: ignore[reportUnknownArgumentType]


def both(typed: Typed, name: str) -> Text:
    """A text in both languages."""
    return Text(one(typed, f"{name}_zh"), one(typed, f"{name}_en"))


def whole(typed: Typed, name: str, code: str = "field_invalid", **params: Value) -> int:
    """A whole number, 0 where nothing is typed; raises Invalid with what its words name."""
    raw = one(typed, name).strip() or "0"
    if not (raw.isascii() and raw.isdecimal() and len(raw) <= _LONGEST_NUMBER):
        raise Invalid(fields={name: code}, **params)
    return int(raw)


def day_of(typed: Typed, name: str) -> date:
    """A day; raises Invalid."""
    try:
        return date.fromisoformat(one(typed, name).strip())
    except ValueError as error:
        raise Invalid(fields={name: "congress.day_wrong"}) from error


def moment_of(day: str, clock: str, zone: str) -> datetime:
    """When the park's clocks show that; raises Invalid."""
    try:
        local = datetime.combine(date.fromisoformat(day), time.fromisoformat(clock))
    except ValueError as error:
        raise Invalid(fields={"time": "congress.time_wrong"}) from error
    return local.replace(tzinfo=ZoneInfo(zone))


def hours_of(raw: str, day: date, zone: str) -> tuple[Span, ...]:
    """Spans of one day, such as `09:00-12:00, 13:30-18:00`; 24:00 is its end. Raises Invalid."""
    found: list[Span] = []
    for part in filter(str.strip, _COMMAS.split(raw)):
        matched = _RANGE.fullmatch(part)
        if matched is None:
            raise Invalid(fields={"hours": "congress.hours_wrong"})
        start, end = (_at(day, each, zone) for each in matched.groups())
        if end <= start:
            raise Invalid(fields={"hours": "congress.hours_wrong"})
        found.append(Span(start, end))
    return tuple(sorted(found, key=lambda each: each.start))


def hours_text(hours: Sequence[Span], day: date, zone: str) -> str:
    """The spans that begin on one day, as `hours_of` reads them."""
    local = ZoneInfo(zone)
    return ", ".join(
        f"{each.start.astimezone(local):%H:%M}–{_end(each.end, day, local)}"
        for each in hours
        if each.end is not None and each.start.astimezone(local).date() == day
    )


def spans_of(raw: str, zone: str, field: str) -> tuple[Span, ...]:
    """A line for each day, `2026-12-07 09:00-12:00, 14:00-16:00` or the day alone, as spans.

    Raises Invalid.
    """
    found: list[Span] = []
    for line in filter(str.strip, raw.splitlines()):
        day, _, hours = line.strip().partition(" ")
        try:
            found += hours_of(hours or "00:00-24:00", date.fromisoformat(day), zone)
        except (ValueError, Invalid) as error:
            raise Invalid(fields={field: "congress.spans_wrong"}) from error
    return tuple(sorted(found, key=lambda each: each.start))


def spans_text(spans: Sequence[Span], zone: str) -> str:
    """Spans as `spans_of` reads them."""
    local = ZoneInfo(zone)
    days = sorted({each.start.astimezone(local).date() for each in spans})
    lines = ((day, hours_text(spans, day, zone)) for day in days)
    return "\n".join(f"{day} {hours}".removesuffix(" 00:00–24:00") for day, hours in lines)


def speakers_of(
    raw: str, speakers: Sequence[Speaker], field: str, *, first: Sequence[SpeakerId] = ()
) -> tuple[SpeakerId, ...]:
    """Who is named, with semicolons between; of two of one name who is of `first`.

    Raises Invalid with the name that is nobody's, or that of several.
    """
    found: list[SpeakerId] = []
    for name in (" ".join(each.split()) for each in _BETWEEN.split(raw)):
        if not name:
            continue
        called = [each.id for each in speakers if name in (each.name.zh, each.name.en)]
        if len(called) > 1:
            called = [each for each in called if each in first and each not in found]
        if not called:
            raise Invalid(fields={field: "congress.name_unclear"}, name=name)
        found.append(called[0])
    return tuple(dict.fromkeys(found))


def speakers_text(ids: Sequence[SpeakerId], speakers: Sequence[Speaker], language: Language) -> str:
    """Names as `speakers_of` reads them."""
    names = {each.id: each.name.into(language) for each in speakers}
    between = "；" if language is Language.ZH else "; "
    return between.join(names[each] for each in ids if each in names)


def credits_of(typed: Typed, before: Sequence[Credit]) -> tuple[Credit, ...]:
    """Who stands behind a forum: a row for each, those without a name are left out.

    What account a name had before it keeps. Raises Invalid.
    """
    accounts = {(each.part, each.name): each.organization for each in before}
    found: list[Credit] = []
    for row in rows(typed, "credit"):
        name = both(typed, f"credit.{row}.name")
        if not (name.zh.strip() or name.en.strip()):
            continue
        part = one(typed, f"credit.{row}.part")
        if part not in set(Part):
            raise Invalid(fields={"credits": "congress.credits_wrong"})
        found.append(Credit(Part(part), name, accounts.get((Part(part), name))))
    return tuple(found)


def rows(typed: Typed, name: str) -> list[int]:
    """The numbers of the rows that a form tells, such as `talk.3.title_zh`."""
    pattern = re.compile(rf"{name}\.(\d{{1,3}})\.")
    return sorted({int(found.group(1)) for each in typed if (found := pattern.match(each))})


def clock_of(at: datetime, congress: Congress) -> tuple[str, str]:
    """The day and the time of an instant on the park's clocks, as fields have them."""
    local = at.astimezone(ZoneInfo(congress.timezone))
    return f"{local:%Y-%m-%d}", f"{local:%H:%M}"


def _at(day: date, clock: str, zone: str) -> datetime:
    hour, minute = (int(each) for each in clock.replace("：", ":").split(":"))
    if (hour, minute) == (_LAST_HOUR, 0):
        day, hour = day + timedelta(days=1), 0
    try:
        return datetime.combine(day, time(hour, minute), ZoneInfo(zone))
    except ValueError as error:
        raise Invalid(fields={"hours": "congress.hours_wrong"}) from error


def _end(end: datetime, day: date, zone: ZoneInfo) -> str:
    local = end.astimezone(zone)
    return "24:00" if local.date() > day and local.time() == time() else f"{local:%H:%M}"
