"""When something takes place, for people and for their calendars."""

from datetime import UTC, datetime
from uuid import UUID

import pytest
from icalendar import Calendar

from shulian.booking.types import Span
from shulian.kit.text import Language
from shulian.ticketing.rules.calendars import entry, when

START = datetime(2026, 12, 1, 11, 30, tzinfo=UTC)
ZONE = "Asia/Shanghai"
NOW = datetime(2026, 11, 22, tzinfo=UTC)


@pytest.mark.parametrize(
    ("end", "language", "words"),
    [
        (datetime(2026, 12, 1, 13, 30, tzinfo=UTC), Language.ZH, "2026年12月1日星期二 19:30–21:30"),
        (
            datetime(2026, 12, 1, 13, 30, tzinfo=UTC),
            Language.EN,
            "Tuesday 1 December 2026 19:30–21:30",
        ),
        (
            datetime(2026, 12, 1, 16, 30, tzinfo=UTC),
            Language.ZH,
            "2026年12月1日星期二 19:30 – 2026年12月2日星期三 00:30",
        ),
        (None, Language.ZH, "2026年12月1日星期二 19:30"),
    ],
)
def test_the_day_stands_twice_only_where_there_are_two(
    end: datetime | None, language: Language, words: str
) -> None:
    assert when(Span(START, end), ZONE, language).replace(",", "") == words


def test_a_calendar_reads_the_entry() -> None:
    end = datetime(2026, 12, 1, 13, 30, tzinfo=UTC)
    made = entry(
        UUID(int=1),
        Span(START, end),
        title="演出; a, b\nc",
        where="East, 1",
        url="https://park.example/tickets/1",
        cancelled=False,
        now=NOW,
    )

    [event] = Calendar.from_ical(made).walk("VEVENT")
    assert (event.decoded("dtstart"), event.decoded("dtend")) == (START, end)
    assert (str(event["summary"]), str(event["location"])) == ("演出; a, b\nc", "East, 1")
    assert (str(event["uid"]), str(event["status"])) == (f"{UUID(int=1)}@shulian", "CONFIRMED")


def test_what_is_cancelled_says_so() -> None:
    made = entry(
        UUID(int=1), Span(START, None), title="t", where="", url="", cancelled=True, now=NOW
    )

    assert b"STATUS:CANCELLED" in made
    assert b"DTEND" not in made
