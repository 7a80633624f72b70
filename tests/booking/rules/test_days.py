"""Days by the clocks of a place, and what of each is taken."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from shulian.booking.rules.days import (
    BlockState,
    day_view,
    read_day,
    span_of_day,
    week_of,
)
from shulian.booking.types import Occupied, Span

SHANGHAI, BERLIN = ZoneInfo("Asia/Shanghai"), ZoneInfo("Europe/Berlin")
DAY = date(2026, 12, 1)
WHOLE = span_of_day(DAY, SHANGHAI)
BEFORE = WHOLE.start - timedelta(hours=1)
P, F, H, T, C = BlockState


def part(start: float, end: float, units: int = 0, *, closed: bool = False) -> Occupied:
    """So much is taken between two hours of the day."""
    hour = timedelta(hours=1)
    return Occupied(Span(WHOLE.start + start * hour, WHOLE.start + end * hour), units, closed)


def blocks(parts: list[Occupied], capacity: int = 1, now: datetime = BEFORE) -> list[object]:
    """State, start and length in hours, units left."""
    view = day_view(DAY, SHANGHAI, parts, capacity, now)
    return [
        (one.state, round(one.start * 24, 3), round(one.length * 24, 3), one.left)
        for one in view.blocks
    ]


def test_a_day_is_cut_into_what_is_free_taken_and_closed() -> None:
    parts = [part(-5, 9), part(9, 10, 1), part(10, 12), part(12, 13, 1, closed=True), part(13, 30)]

    assert blocks(parts) == [
        (F, 0, 9, 1),
        (T, 9, 1, 0),
        (F, 10, 2, 1),
        (C, 12, 1, 0),
        (F, 13, 11, 1),
    ]


def test_what_is_shared_is_partly_free() -> None:
    assert blocks([part(0, 9, 3), part(9, 24, 4)], capacity=4) == [(H, 0, 9, 1), (T, 9, 15, 0)]


def test_what_is_over_is_one_block_however_it_was_taken() -> None:
    parts = [part(0, 9, 1), part(9, 24)]
    now = WHOLE.start + timedelta(hours=10)

    assert blocks(parts, now=now) == [(P, 0, 10, 1), (F, 10, 14, 1)]


@pytest.mark.parametrize(
    ("parts", "now", "state"),
    [
        ([part(0, 24)], 0, F),
        ([part(0, 24, 1)], 0, T),
        ([part(0, 24, 1, closed=True)], 0, C),
        ([part(0, 9, 1), part(9, 24, 1, closed=True)], 0, T),
        ([part(0, 9, 1), part(9, 24)], 0, H),
        ([part(0, 9, 1), part(9, 24)], 9, F),
        ([part(0, 24)], 24, P),
    ],
)
def test_a_day_in_a_word(parts: list[Occupied], now: int, state: BlockState) -> None:
    at = WHOLE.start + timedelta(hours=now)

    assert day_view(DAY, SHANGHAI, parts, 1, at).state is state


@pytest.mark.parametrize(
    ("day", "hours", "marks"),
    [
        (date(2026, 10, 24), 24, ["00", "03", "06", "09", "12", "15", "18", "21"]),
        (date(2026, 10, 25), 25, ["00", "03", "06", "09", "12", "15", "18", "21"]),
        (date(2026, 3, 29), 23, ["00", "03", "06", "09", "12", "15", "18", "21"]),
    ],
)
def test_a_day_is_as_long_as_it_is(day: date, hours: int, marks: list[str]) -> None:
    span = span_of_day(day, BERLIN)
    view = day_view(day, BERLIN, [Occupied(span, 0)], 1, span.start)

    assert span.end == span.start + timedelta(hours=hours)
    assert [label for _, label in view.marks] == marks
    assert all(0 <= at < 1 for at, _ in view.marks)


def test_a_day_without_midnight_begins_when_it_begins() -> None:
    span = span_of_day(date(2026, 3, 8), ZoneInfo("America/Havana"))

    assert span == Span(datetime(2026, 3, 8, 5, tzinfo=UTC), datetime(2026, 3, 9, 4, tzinfo=UTC))


def test_a_week_begins_on_monday() -> None:
    assert [one.day for one in week_of(date(2026, 12, 1))] == [30, 1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2026-12-24", date(2026, 12, 24)),
        ("", DAY),
        ("tomorrow", DAY),
        ("0001-01-01", DAY),
        ("9999-12-31", DAY),
        ("2026-13-01", DAY),
    ],
)
def test_a_day_that_makes_no_sense_is_today(typed: str, day: date) -> None:
    assert read_day(typed, DAY) == day
