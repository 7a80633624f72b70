"""Cells of a table: what organizers write in them, and what is meant."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from shulian.congress.rules.exchange.columns import PARTS
from shulian.congress.rules.exchange.making import text_of
from shulian.congress.rules.exchange.views import clean, line
from shulian.congress.types import Credit, Part

Value = str | int | float | bool | datetime | date | time | timedelta | None
_EXCEL = datetime(1899, 12, 30)  # noqa: DTZ001  # days of spreadsheets have no zone
"""Day 0 of spreadsheets, as they count from March 1900 on."""
_SERIALS = range(36_526, 73_051)
"""Days from 2000 to 2099, as spreadsheets number them."""
_DATE = re.compile(
    r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?|(\d{4})(\d{2})(\d{2})"
)
_AFTER_DATE = re.compile(r"\s*(?:\(.*\)|（.*）|T?00:00(?::00)?|(?:星期|周).)?\s*")
_TIME = re.compile(
    r"(上午|下午|晚上|中午|AM|PM)?\s*(\d{1,2})\s*[:点時时]\s*(\d{1,2})?分?(?::(\d{2}))?\s*(AM|PM)?"
    r"\s*(次日|\+1)?\s*([+-]\d{2}:\d{2})?",
    re.IGNORECASE,
)
_LATER = {"下午", "晚上", "PM"}
_CREDIT = re.compile(r"(?:([^:：]{1,12})[:：])?\s*(.+)", re.DOTALL)
_LIST = re.compile(r"[;；\n]")
_NAMES = {
    "1": Part.HOST,
    "主办": Part.HOST,
    "host": Part.HOST,
    "2": Part.ORGANIZER,
    "承办": Part.ORGANIZER,
    "organizer": Part.ORGANIZER,
    "organiser": Part.ORGANIZER,
    "3": Part.CO_ORGANIZER,
    "协办": Part.CO_ORGANIZER,
    "co-organizer": Part.CO_ORGANIZER,
    "co_organizer": Part.CO_ORGANIZER,
    "4": Part.SUPPORTER,
    "支持": Part.SUPPORTER,
    "supporter": Part.SUPPORTER,
    "5": Part.GUIDANCE,
    "指导": Part.GUIDANCE,
    "guidance": Part.GUIDANCE,
}
_LATEST = 30
"""Hours; later than that of the next day is another day's."""


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day, maybe of the next day, maybe with the offset that tells one of two."""

    minutes: int
    """From midnight; 24:00 is 1440."""
    seconds: int = 0
    offset: str = ""


def words(value: Value) -> str:
    """A cell as words."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    return clean(str(value))


def day(value: Value) -> date | None:
    """A date: of a spreadsheet, by its number there, or as ISO or Chinese writes it."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return (_EXCEL + timedelta(days=int(value))).date() if int(value) in _SERIALS else None
    told = words(value)
    found = _DATE.match(told)
    if found is None or not _AFTER_DATE.fullmatch(told[found.end() :]):
        return None
    try:
        return date(*(int(one) for one in found.groups() if one is not None))
    except ValueError:
        return None


def clock(value: Value) -> Clock | None:
    """A time of day: of a spreadsheet, as a part of the day there, or as one writes it."""
    match value:
        case datetime():
            extra = 1440 if (value.replace(tzinfo=None) - _EXCEL).days == 1 else 0
            return Clock(extra + value.hour * 60 + value.minute, value.second)
        case time():
            return Clock(value.hour * 60 + value.minute, value.second)
        case timedelta():
            minutes, rest = divmod(round(value.total_seconds()), 60)
            return Clock(minutes, rest) if 0 <= minutes < _LATEST * 60 else None
        case int() | float() if not isinstance(value, bool):
            minutes, rest = divmod(round(value * 86400), 60)
            return Clock(minutes, rest) if 0 <= minutes < _LATEST * 60 else None
        case _:
            return _clock(words(value).replace("：", ":"))


def _clock(told: str) -> Clock | None:
    found = _TIME.fullmatch(told.strip())
    if found is None:
        return None
    before, hours, minutes, seconds, after, next_day, offset = found.groups()
    hour, half = int(hours), (before or after or "").upper()
    if half and hour > 12:  # noqa: PLR2004  # of a clock with hands
        half = ""
    if half in _LATER and hour < 12:  # noqa: PLR2004
        hour += 12
    if half in {"上午", "AM"} and hour == 12:  # noqa: PLR2004
        hour = 0
    if next_day:
        hour += 24
    minute, second = int(minutes or 0), int(seconds or 0)
    if hour >= _LATEST or minute > 59 or second > 59:  # noqa: PLR2004  # of a clock
        return None
    return Clock(hour * 60 + minute, second, offset or "")


def span(value: Value) -> tuple[Clock, Clock] | None:
    """Two times in one cell: from, to."""
    told = words(value).replace("：", ":")
    parts = re.split(r"\s*(?:–|—|~|～|至|到|-)\s*", told)
    if len(parts) != 2:  # noqa: PLR2004  # from and to
        return None
    first, last = clock(parts[0]), clock(parts[1])
    return (first, last) if first and last else None


def number(value: Value) -> int | None:
    """A whole number, not below zero."""
    told = words(value).replace(",", "").replace("，", "").removesuffix("人").removesuffix("分钟")
    return int(told) if told.strip().isascii() and told.strip().isdigit() else None


def listed(value: Value) -> list[str]:
    """The names in a cell, parted by semicolons or lines."""
    return [one for one in map(line, _LIST.split(words(value))) if one]


def credits_of(value: Value) -> tuple[list[Credit], list[str]]:
    """Organizations as `1:name; 2:name …` or `主办:name`, and what tells none.

    A name without a part is that of a host.
    """
    found: list[Credit] = []
    wrong: list[str] = []
    for one in listed(value):
        told = _CREDIT.fullmatch(one)
        part = _part(told[1]) if told and told[1] else None
        if told and part and told[2].strip():
            found.append(Credit(part, text_of(line(told[2]))))
        elif told and not (told[1] or "").strip().isdigit() and not one.endswith((":", "：")):
            found.append(Credit(Part.HOST, text_of(one)))
        else:
            wrong.append(one)
    return found, wrong


def credit(one: Credit, name: str) -> str:
    """An organization as a list has it."""
    return f"{PARTS.index(one.part) + 1}:{name}"


def _part(told: str) -> Part | None:
    return _NAMES.get(told.strip().removesuffix("单位").removesuffix("方").strip().casefold())
