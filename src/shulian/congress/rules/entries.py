"""What organizers type: brought into one form, and what is wrong with it as a code."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date

from shulian.congress.types import (
    LONGEST_CONGRESS,
    LONGEST_SESSION,
    Congress,
    Forum,
    Hall,
    Session,
    Speaker,
)
from shulian.kit.errors import Invalid
from shulian.kit.text import Text

LONGEST_TITLE = 300
LONGEST_ABOUT = 20_000
LONGEST_CODE = 40
LONGEST_SLUG = 60
LONGEST_LINK = 500
MOST_TALKS = 200
MOST_CREDITS = 100
MOST_EXPECTED = 1_000_000
_EARLIEST = date(2000, 1, 1)
_LATEST = date(2200, 1, 1)
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_SHOWN = {"Zs": " ", "Cf": ""}
"""What becomes of blanks and of marks without a width, by their category in Unicode."""
_LANGUAGES = re.compile(r"[A-Za-z0-9-]{2,20}(,[A-Za-z0-9-]{2,20}){0,5}")


def tidy(text: Text) -> Text:
    """Both sides composed, without blanks around them, and without what nobody sees.

    Programs leave marks of no width in what is copied out of them, and blanks of many kinds.
    """
    return Text(_tidy(text.zh), _tidy(text.en))


def demand(faults: Mapping[str, str | None]) -> None:
    """Raise Invalid with the fields that have a fault."""
    fields = {name: code for name, code in faults.items() if code}
    if fields:
        raise Invalid(fields=fields)


def congress_faults(one: Congress) -> dict[str, str | None]:
    """What is wrong with each field of a tidy congress."""
    days = (one.last - one.first).days + 1
    slug = _SLUG.fullmatch(one.slug) and len(one.slug) <= LONGEST_SLUG
    return {
        "title": title_fault(one.title),
        "about": about_fault(one.about),
        "slug": None if slug else "congress.slug_wrong",
        "first": None if _EARLIEST <= one.first <= _LATEST else "congress.day_wrong",
        "last": None if 1 <= days <= LONGEST_CONGRESS else "congress.days_wrong",
    }


def forum_faults(one: Forum) -> dict[str, str | None]:
    """What is wrong with each field of a tidy forum."""
    named = all(title_fault(each.name) is None for each in one.credits)
    return {
        "title": title_fault(one.title),
        "about": about_fault(one.about),
        "code": _line_fault(one.code, LONGEST_CODE),
        "credits": None if named and len(one.credits) <= MOST_CREDITS else "congress.credits_wrong",
    }


def session_faults(one: Session) -> dict[str, str | None]:
    """What is wrong with each field of a tidy session."""
    within = sum(each.minutes for each in one.talks)
    talks = all(
        title_fault(each.title) is None and about_fault(each.about) is None and each.minutes >= 0
        for each in one.talks
    )
    spoken = not one.language or _LANGUAGES.fullmatch(one.language)
    link = not one.link or one.link.startswith(("https://", "http://"))
    return {
        "title": title_fault(one.title),
        "about": about_fault(one.about),
        "minutes": None if 0 < one.minutes <= LONGEST_SESSION else "congress.minutes_wrong",
        "attendance": None if 0 <= one.attendance <= MOST_EXPECTED else "congress.attendance_wrong",
        "language": None if spoken else "congress.language_wrong",
        "link": _line_fault(one.link, LONGEST_LINK) or (None if link else "congress.link_wrong"),
        "talks": None if talks and len(one.talks) <= MOST_TALKS else "congress.talks_wrong",
        "length": "congress.talks_long" if 0 < one.minutes < within else None,
    }


def speaker_faults(one: Speaker) -> dict[str, str | None]:
    """What is wrong with each field of a tidy speaker."""
    spans = (*one.available, *one.wished)
    ordered = all(each.end is not None and each.start < each.end for each in spans)
    return {
        "name": title_fault(one.name),
        "title": _fault(one.title, LONGEST_TITLE, lines=False),
        "about": about_fault(one.about),
        "available": None if ordered else "congress.hours_wrong",
    }


def hall_faults(one: Hall) -> dict[str, str | None]:
    """What is wrong with each field of a hall."""
    ordered = all(each.end is not None and each.start < each.end for each in one.hours)
    capacity = 0 <= one.capacity <= MOST_EXPECTED
    return {
        "capacity": None if capacity else "congress.capacity_wrong",
        "hours": None if ordered else "congress.hours_wrong",
    }


def title_fault(title: Text) -> str | None:
    """What is wrong with a tidy title or name in two languages."""
    if not title:
        return "congress.title_missing"
    return _fault(title, LONGEST_TITLE, lines=False)


def about_fault(about: Text) -> str | None:
    """What is wrong with a tidy text about something."""
    return _fault(about, LONGEST_ABOUT, lines=True)


def _tidy(words: str) -> str:
    seen = (_SHOWN.get(unicodedata.category(one), one) for one in words)
    return unicodedata.normalize("NFC", "".join(seen)).strip()


def _fault(text: Text, longest: int, *, lines: bool) -> str | None:
    for side in (text.zh, text.en):
        if len(side) > longest:
            return "congress.words_long"
        if not all(one.isprintable() or (lines and one in "\n\r\t") for one in side):
            return "congress.words_wrong"
    return None


def _line_fault(raw: str, longest: int) -> str | None:
    return _fault(Text(raw), longest, lines=False)
