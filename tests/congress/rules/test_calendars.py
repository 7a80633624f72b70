"""Sessions as other calendars read them."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar
from tests.congress.gatherings import hours

from shulian.congress.rules.calendars import Entry, written

ENTRY = Entry(
    id="one@shulian",
    span=hours(0, 1),
    title="全体会议; Plenary, day 1",
    about="开幕\r\nAnn Sample",
    place="楼 · 1F · 多功能厅",
    link="https://park.example/congresses/sample-2026/sessions/1",
    revised=datetime(2026, 11, 22, 4, tzinfo=UTC),
    sequence=3,
)


def read(entry: Entry, name: str = "") -> dict[str, object]:
    """An entry as another program reads it."""
    (event,) = Calendar.from_ical(written([entry], name)).walk("VEVENT")
    names: list[str] = [str(one) for one in event]  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]  # partly typed
    decoded: dict[str, object] = {one: event.decoded(one) for one in names}
    return {key: one.decode() if isinstance(one, bytes) else one for key, one in decoded.items()}


def test_an_entry_says_what_it_is() -> None:
    assert read(ENTRY) == {
        "UID": "one@shulian",
        "DTSTAMP": ENTRY.revised,
        "LAST-MODIFIED": ENTRY.revised,
        "SEQUENCE": 3,
        "DTSTART": ENTRY.span.start,
        "DTEND": ENTRY.span.end,
        "SUMMARY": "全体会议; Plenary, day 1",
        "DESCRIPTION": "开幕\nAnn Sample",
        "LOCATION": "楼 · 1F · 多功能厅",
        "URL": ENTRY.link,
        "STATUS": "CONFIRMED",
    }


def test_what_was_dropped_is_cancelled() -> None:
    assert read(replace(ENTRY, cancelled=True))["STATUS"] == "CANCELLED"


def test_what_says_nothing_more_has_no_description() -> None:
    assert "DESCRIPTION" not in read(replace(ENTRY, about=""))


def test_a_calendar_that_follows_knows_its_name_and_when_to_ask_again() -> None:
    lines = written([], "示例大会").decode().split("\r\n")

    assert lines == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Shulian//Congress//ZH",
        "CALSCALE:GREGORIAN",
        "NAME:示例大会",
        "X-WR-CALNAME:示例大会",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        "X-PUBLISHED-TTL:PT1H",
        "END:VCALENDAR",
        "",
    ]


def test_the_same_is_written_the_same() -> None:
    assert written([ENTRY], "x") == written([replace(ENTRY)], "x")


@given(st.text(st.characters(categories=("L", "N", "P", "S", "Zs")), min_size=1, max_size=300))
def test_any_title_comes_back_and_no_line_is_too_long(title: str) -> None:
    entry = replace(ENTRY, title=title, span=hours(0, 24))
    lines = written([entry]).split(b"\r\n")

    assert max(map(len, lines)) <= 75
    assert read(entry)["SUMMARY"] == title
    assert read(entry)["DTEND"] == ENTRY.span.start + timedelta(days=1)
