"""Calendars, as text and as XML: back without loss, by their RFCs, and hostile ones refused."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from dateutil.tz import tzical
from defusedxml.ElementTree import fromstring
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar
from tests.congress.rules.exchange.programmes import (
    DINNER,
    HALL_A,
    HALL_B,
    OPENING,
    SMALL,
    TOWER,
    programmes,
)

from shulian.congress.errors import (
    ExchangeTooLarge,
    ExchangeTooMany,
    ExchangeUnreadable,
    ExchangeUnsafe,
)
from shulian.congress.rules.exchange import calendar_reading, calendars, xcal
from shulian.congress.rules.exchange.calendars import Selection
from shulian.congress.rules.exchange.drafts import LIMIT, Draft, Given
from shulian.congress.rules.exchange.views import Telling
from shulian.congress.rules.timezones import component
from shulian.congress.types import Minutes, Placement, Programme
from shulian.kit.text import Language, Text

NOW = datetime(2026, 7, 1, 8, tzinfo=UTC)


@settings(deadline=None, max_examples=20)
@given(programme=programmes())
def test_every_programme_comes_back_as_it_was_from_ics(programme: Programme) -> None:
    draft = calendar_reading.read(calendars.write(programme, NOW))

    assert (draft.faults, draft.notices, draft.programme) == ((), (), programme)


@settings(deadline=None, max_examples=20)
@given(programme=programmes())
def test_every_programme_comes_back_as_it_was_from_xcal(programme: Programme) -> None:
    draft = xcal.read(xcal.write(calendars.calendar(programme, NOW)))

    assert (draft.faults, draft.notices, draft.programme) == ((), (), programme)


@settings(deadline=None, max_examples=30)
@given(
    name=st.sampled_from(
        [
            "Asia/Shanghai",
            "Europe/Berlin",
            "America/New_York",
            "Africa/Cairo",
            "Australia/Lord_Howe",
        ]
    ),
    after=st.timedeltas(timedelta(days=1), timedelta(days=728)),
)
def test_the_clocks_in_a_calendar_are_those_of_the_zone(name: str, after: timedelta) -> None:
    zone = ZoneInfo(name)
    made = component(zone, datetime(2026, 1, 1, tzinfo=UTC), datetime(2028, 1, 1, tzinfo=UTC))
    calendar = Calendar()
    calendar.add_component(made)
    told = tzical(StringIO(calendar.to_ical().decode())).get(name)

    local = datetime(2026, 1, 1, tzinfo=zone) + after
    shown_twice = local.utcoffset() != local.replace(fold=1).utcoffset()
    assert shown_twice or local.replace(tzinfo=told).utcoffset() == local.utcoffset()


def ics(*lines: str, frame: str = "X-WR-TIMEZONE:Asia/Shanghai") -> bytes:
    """A calendar with one entry of such lines."""
    told = {"UID": "UID:1@firm.example", "SUMMARY": "SUMMARY:a", "LOCATION": "LOCATION:r"}
    said = {one.split(":")[0].split(";")[0]: one for one in lines}
    inside = (*(told | said).values(),)
    return "\r\n".join(
        ("BEGIN:VCALENDAR", frame, "BEGIN:VEVENT", *inside, "END:VEVENT", "END:VCALENDAR", "")
    ).encode()


def taken(content: bytes, given_: Given = Given()) -> Programme:  # noqa: B008  # frozen
    """The programme of a calendar without faults."""
    draft = calendar_reading.read(content, given_)
    assert draft.faults == ()
    assert draft.programme is not None
    return draft.programme


def wrong(draft: Draft) -> list[tuple[str, str]]:
    """What is wrong with a calendar, which makes nothing then."""
    assert draft.programme is None
    return [(one.code, one.where) for one in draft.faults]


def events(content: bytes) -> dict[str, dict[str, str]]:
    """The entries of a calendar, as another library reads them."""
    found: list[Any] = Calendar.from_ical(content).walk("VEVENT")
    return {
        str(one["UID"]): {
            key: value.to_ical().decode() for key, value in one.items() if key != "DTSTAMP"
        }
        for one in found
    }


def test_an_entry_tells_what_calendars_know() -> None:
    telling = Telling(Language.EN, {HALL_A: Text("科学会堂", "Science Hall")})
    made = calendars.write(SMALL, NOW, Selection(base="https://park.example/"), telling)

    assert events(made)[f"{OPENING}@shulian"] == {
        "UID": f"{OPENING}@shulian",
        "LAST-MODIFIED": "20260701T080000Z",
        "SEQUENCE": "3",
        "DTSTART": "20260717T090000",
        "DTEND": "20260717T103000",
        "LOCATION": "Great Hall\\, Science Hall",
        "URL": f"https://park.example/sessions/{OPENING}",
        "STATUS": "CONFIRMED",
        "SUMMARY": "Opening",
        "DESCRIPTION": "开幕\\n\\nWelcome\\n\\n欢迎\\n\\n• Cities — Ada Sample\\n\\n"
        "Bo Sample\\, Ada Sample",
        "CATEGORIES": "Digital twins",
        "CONFERENCE": "https://live.example/opening",
    }


def test_lines_are_folded_between_characters() -> None:
    long = replace(SMALL.sessions[0], about=Text("数链园区" * 60))
    made = calendars.write(replace(SMALL, sessions=(long,)), NOW)

    lines = made.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert [one for one in lines if one.decode() == ""] == [b""]
    assert "数链园区" * 60 in taken(made).sessions[0].about.zh


def test_a_selection_holds_those_sessions_and_what_was_dropped() -> None:
    gone = replace(SMALL.sessions[2], version=4)
    selection = Selection({TOWER}, dropped=(gone,), versions={TOWER: 12})
    made = calendars.write(replace(SMALL, sessions=SMALL.sessions[:2]), NOW, selection)

    assert {uid: (one["STATUS"], one["SEQUENCE"]) for uid, one in events(made).items()} == {
        f"{TOWER}@shulian": ("CONFIRMED", "12"),
        f"{DINNER}@shulian": ("CANCELLED", "4"),
    }
    assert b"X-SHULIAN" not in made


def test_what_is_cancelled_is_not_taken() -> None:
    made = calendars.write(SMALL, NOW, Selection((TOWER,), dropped=(SMALL.sessions[2],)))
    draft = calendar_reading.read(made)

    assert draft.programme is not None
    assert [one.id for one in draft.programme.sessions] == [TOWER]
    assert [(one.code, one.where) for one in draft.notices] == [("cancelled", "夜话")]


def test_a_time_that_clocks_show_again_is_told_in_utc() -> None:
    congress = replace(
        SMALL.congress, timezone="Europe/Berlin", first=date(2026, 10, 25), last=date(2026, 10, 25)
    )
    again = replace(
        SMALL.sessions[1], placed=Placement(HALL_B, datetime(2026, 10, 25, 1, 30, tzinfo=UTC))
    )
    told = replace(SMALL, congress=congress, sessions=(again,))
    made = calendars.write(told, NOW, Selection((TOWER,)))

    assert b"DTSTART:20261025T013000Z" in made
    assert [one.placed for one in taken(made).sessions] == [
        Placement(taken(made).halls[0].space, datetime(2026, 10, 25, 1, 30, tzinfo=UTC))
    ]


def test_an_xcal_has_the_parts_of_its_rfc() -> None:
    space = "{urn:ietf:params:xml:ns:icalendar-2.0}"
    root = fromstring(xcal.write(calendars.calendar(SMALL, NOW)))
    [first, *_] = root.iter(f"{space}vevent")

    assert root.tag == f"{space}icalendar"
    assert first.findtext(f"{space}properties/{space}uid/{space}text") == f"{OPENING}@shulian"
    start = first.find(f"{space}properties/{space}dtstart")
    assert [(one.tag, "".join(one.itertext()).strip()) for one in start or ()] == [
        (f"{space}parameters", "Asia/Shanghai"),
        (f"{space}date-time", "2026-07-17T09:00:00"),
    ]


@pytest.mark.parametrize("form", ["ics", "xcal"])
def test_what_others_move_in_a_calendar_is_moved(form: str) -> None:
    if form == "ics":
        made = calendars.write(SMALL, NOW)
        made = made.replace(b"20260717T110000", b"20260717T140000")
        made = made.replace(b"20260717T114500", b"20260717T150000").replace(
            "夜话\r".encode(), "长夜\r".encode()
        )
        draft = calendar_reading.read(made)
    else:
        made = xcal.write(calendars.calendar(SMALL, NOW))
        made = made.replace(b"2026-07-17T11:00:00", b"2026-07-17T14:00:00")
        made = made.replace(b"2026-07-17T11:45:00", b"2026-07-17T15:00:00").replace(
            "<text>夜话".encode(), "<text>长夜".encode()
        )
        draft = xcal.read(made)

    opening, tower, dinner, later = SMALL.sessions
    moved = Placement(HALL_B, datetime(2026, 7, 17, 6, tzinfo=UTC))
    assert draft.programme == replace(
        SMALL,
        sessions=(
            opening,
            replace(tower, minutes=Minutes(60), placed=moved),
            replace(dinner, title=Text("长夜")),
            later,
        ),
    )


@pytest.mark.parametrize(
    ("lines", "start", "minutes"),
    [
        (("DTSTART:20260717T090000", "DURATION:PT1H30M"), datetime(2026, 7, 17, 1, tzinfo=UTC), 90),
        (
            ("DTSTART:20260717T090000Z", "DTEND:20260717T100000Z"),
            datetime(2026, 7, 17, 9, tzinfo=UTC),
            60,
        ),
        (
            ("DTSTART;TZID=Europe/Berlin:20260717T090000", "DURATION:PT5M"),
            datetime(2026, 7, 17, 7, tzinfo=UTC),
            5,
        ),
        (("DTSTART;VALUE=DATE:20260717",), datetime(2026, 7, 16, 16, tzinfo=UTC), 1440),
        (("DTSTART:20260717T090000",), datetime(2026, 7, 17, 1, tzinfo=UTC), 0),
    ],
)
def test_calendars_by_other_hands_are_read(
    lines: tuple[str, ...], start: datetime, minutes: int
) -> None:
    [one] = taken(ics(*lines)).sessions

    assert one.placed is not None
    assert (one.placed.start, one.minutes) == (start, minutes)


def test_an_entry_by_other_hands_keeps_its_guid_link_and_track() -> None:
    lines = ("DTSTART:20260717T090000", "CATEGORIES:Twins", "URL:https://x.example/1")
    found = taken(ics(f"UID:{OPENING}", *lines))

    assert found.sessions[0].id == OPENING
    assert found.sessions[0].link == "https://x.example/1"
    assert [one.title for one in found.forums] == [Text(en="Twins")]
    assert taken(ics(*lines)) == taken(ics(*lines))


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        (("DTSTART:soon",), "start_unreadable"),
        ((), "start_unreadable"),
        (("DTSTART;TZID=Mars/Olympus:20260717T090000",), "zone_unknown"),
        (("DTSTART;TZID=Europe/Berlin:20260329T023000",), "time_skipped"),
        (("DTSTART:20260717T090000", "DTEND:soon"), "start_unreadable"),
        (("DTSTART:20260717T090000", "DTEND:20260717T080000"), "ends_before"),
        (("DTSTART:20260717T090000", "DTEND:20260718T090100"), "session_too_long"),
        (("DTSTART:20260717T090000", "RRULE:FREQ=DAILY;COUNT=1000000"), "recurrence"),
        (("DTSTART:20260717T090000", "LOCATION:"), "room_missing"),
    ],
)
def test_what_is_wrong_with_an_entry_is_named(lines: tuple[str, ...], code: str) -> None:
    assert wrong(calendar_reading.read(ics(*lines))) == [(code, "a")]


def test_a_uid_that_is_there_twice_is_named() -> None:
    once = ics("DTSTART:20260717T090000")
    entry = once[once.index(b"BEGIN:VEVENT") : once.index(b"END:VCALENDAR")]
    content = once.replace(entry, entry + entry)

    assert wrong(calendar_reading.read(content)) == [("guid_twice", "a")]


def test_a_floating_time_that_clocks_show_twice_is_the_first_and_one_is_told() -> None:
    content = ics("DTSTART:20261025T023000", frame="X-WR-TIMEZONE:Europe/Berlin")
    draft = calendar_reading.read(content)

    assert [one.code for one in draft.notices] == ["time_twice"]
    [one] = taken(content).sessions
    assert one.placed is not None
    assert one.placed.start == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_a_calendar_of_fifty_megabytes_is_refused_by_its_size() -> None:
    with pytest.raises(ExchangeTooLarge) as error:
        calendar_reading.read(b"BEGIN:VCALENDAR\r\n" + b" " * (50 << 20))

    assert error.value.params == {"limit": LIMIT >> 20}


def test_a_calendar_of_many_small_parts_is_refused_before_it_is_built() -> None:
    with pytest.raises(ExchangeTooMany):
        calendar_reading.read(b"BEGIN:VALARM\r\nEND:VALARM\r\n" * 30_000)


def test_a_calendar_that_is_nested_deep_is_refused() -> None:
    with pytest.raises(ExchangeUnsafe):
        calendar_reading.read(b"BEGIN:VEVENT\r\n" * 1000)


@pytest.mark.parametrize(
    "content",
    [b"", b"BEGIN:VCALENDAR", b"\0\0", b"\xff\xfe", b"BEGIN:VTODO\r\nEND:VTODO\r\n"],
    ids=["empty", "cut", "nul", "no text", "other"],
)
def test_what_is_no_calendar_is_unreadable(content: bytes) -> None:
    with pytest.raises(ExchangeUnreadable):
        calendar_reading.read(content)


BROKEN = (
    b"<icalendar xmlns=':'><vcalendar><properties><sequence><integer>x"
    b"</integer></sequence></properties></vcalendar></icalendar>"
)


@pytest.mark.parametrize(
    "content",
    [
        b"<icalendar/>",
        b"<icalendar xmlns=':'><vcalendar/></icalendar>",
        BROKEN,
    ],
)
def test_what_is_no_xcal_is_unreadable(content: bytes) -> None:
    with pytest.raises(ExchangeUnreadable):
        xcal.read(content.replace(b":", xcal.NAMESPACE.encode()))


def test_own_words_that_were_spoilt_are_passed_over() -> None:
    made = calendars.write(SMALL, NOW).replace(b"X-SHULIAN-PROGRAMME:", b"X-SHULIAN-PROGRAMME:*")

    assert [one.id for one in taken(made).sessions] == [OPENING, TOWER, DINNER]
