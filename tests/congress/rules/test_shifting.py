"""A congress on other days: every time in it moves along, by what clocks show."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from tests.congress.gatherings import FIRST, FORUMS, HALLS, SESSIONS, SPEAKERS, hours
from tests.congress.rules.test_venues import CONGRESS

from shulian.booking.types import Span
from shulian.congress.rules.days import last_day
from shulian.congress.rules.shifting import begin_on
from shulian.congress.types import Minutes, Placement, Programme

WEEK = timedelta(days=7)
WHOLE = Programme(
    replace(CONGRESS, last=FIRST + timedelta(days=1)),
    (),
    HALLS,
    FORUMS,
    SESSIONS,
    tuple(replace(one, available=(hours(0, 2),), wished=(hours(1, 2),)) for one in SPEAKERS),
)


def later(span: Span) -> Span:
    """A week after a span."""
    return Span(span.start + WEEK, span.end and span.end + WEEK)


def test_sessions_hours_and_absences_move_along_and_nothing_else_changes() -> None:
    made = begin_on(WHOLE, FIRST + WEEK, "Asia/Shanghai")

    assert made == replace(
        WHOLE,
        congress=replace(WHOLE.congress, first=FIRST + WEEK, last=FIRST + WEEK + timedelta(days=1)),
        halls=tuple(replace(one, hours=tuple(map(later, one.hours))) for one in HALLS),
        sessions=tuple(
            replace(one, placed=Placement(one.placed.hall, one.placed.start + WEEK))
            if one.placed
            else one
            for one in SESSIONS
        ),
        speakers=tuple(
            replace(one, available=(later(hours(0, 2)),), wished=(later(hours(1, 2)),))
            for one in SPEAKERS
        ),
    )
    assert begin_on(made, FIRST, "Asia/Shanghai") == WHOLE


def test_clocks_show_what_they_showed_though_summer_time_began_between() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    nine = datetime(2026, 3, 20, 9, tzinfo=berlin).astimezone(UTC)
    congress = replace(
        CONGRESS, first=date(2026, 3, 20), last=date(2026, 3, 20), timezone="Europe/Berlin"
    )
    session = replace(SESSIONS[0], placed=Placement(HALLS[0].space, nine))
    before = Programme(congress, (), HALLS, FORUMS, (session,))

    made = begin_on(before, date(2026, 4, 20), "Europe/Berlin").sessions[0].placed

    assert made
    assert made.start == datetime(2026, 4, 20, 9, tzinfo=berlin)
    elsewhere = begin_on(before, date(2026, 4, 20), "Asia/Shanghai").sessions[0].placed
    assert elsewhere
    assert elsewhere.start == datetime(2026, 4, 20, 1, tzinfo=UTC)


def test_the_last_night_of_a_congress_belongs_to_it() -> None:
    evening = datetime(2026, 12, 8, 14, tzinfo=UTC)  # 22:00 in Shanghai
    placed = Placement(HALLS[0].space, evening)
    night = [replace(SESSIONS[0], placed=placed, minutes=Minutes(one)) for one in (120, 121)]

    ends = [last_day(replace(WHOLE, sessions=(one,))) for one in night]

    assert ends == [date(2026, 12, 8), date(2026, 12, 9)]
    assert last_day(replace(WHOLE, sessions=())) == date(2026, 12, 8)
