"""What comes again every week, by the clocks of a place that are put forward and back."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from shulian.booking.rules.repeats import weekly
from shulian.booking.types import Span

BERLIN = ZoneInfo("Europe/Berlin")
SHANGHAI = ZoneInfo("Asia/Shanghai")


def local(day: date, start: str, end: str, zone: ZoneInfo = BERLIN) -> Span:
    """A time of a day as clocks of a zone show it."""
    first, last = (
        datetime.fromisoformat(f"{day}T{one}").replace(tzinfo=zone).astimezone(UTC)
        for one in (start, end)
    )
    return Span(first, last)


def told(found: tuple[Span, ...]) -> list[str]:
    """The spans in UTC."""
    return [f"{one.start:%m-%d %H:%M}–{one.end:%H:%M}" for one in found if one.end]


def test_it_comes_every_week_until_the_last_day() -> None:
    first = local(date(2026, 12, 1), "08:00", "09:00", SHANGHAI)

    assert told(weekly(first, date(2026, 12, 15), SHANGHAI)) == [
        "12-01 00:00–01:00",
        "12-08 00:00–01:00",
        "12-15 00:00–01:00",
    ]
    assert told(weekly(first, date(2026, 12, 14), SHANGHAI)) == [
        "12-01 00:00–01:00",
        "12-08 00:00–01:00",
    ]


@pytest.mark.parametrize(("until", "count"), [(date(2026, 12, 1), 1), (date(2026, 11, 30), 0)])
def test_it_comes_once_or_not_at_all(until: date, count: int) -> None:
    first = local(date(2026, 12, 1), "08:00", "09:00", SHANGHAI)

    assert len(weekly(first, until, SHANGHAI)) == count


def test_by_the_clocks_it_stays_the_same_hour_when_they_are_changed() -> None:
    first = local(date(2026, 3, 22), "09:00", "10:00")

    assert told(weekly(first, date(2026, 3, 29), BERLIN)) == [
        "03-22 08:00–09:00",
        "03-29 07:00–08:00",
    ]


def test_what_a_clock_skips_is_when_it_would_have_been() -> None:
    first = local(date(2026, 3, 22), "02:30", "03:30")

    assert told(weekly(first, date(2026, 3, 29), BERLIN))[1] == "03-29 01:30–02:30"


def test_of_two_it_is_the_first() -> None:
    first = local(date(2026, 10, 18), "02:15", "02:45")

    assert told(weekly(first, date(2026, 10, 25), BERLIN))[1] == "10-25 00:15–00:45"


def test_a_day_that_never_comes_ends_all_the_same() -> None:
    first = local(date(2026, 12, 1), "08:00", "09:00")

    assert len(weekly(first, date(9999, 12, 1), BERLIN)) == 1001
