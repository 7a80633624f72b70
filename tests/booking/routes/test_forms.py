"""What browsers send, by the clocks of a place."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from shulian.booking.errors import SpanWrong, UnitsWrong
from shulian.booking.routes.forms import (
    BookForm,
    ExtendForm,
    ResourceForm,
    audience_of,
    filled,
    minutes_of,
    span_of,
    units_of,
    usual,
)
from shulian.booking.types import Audience, Span

SHANGHAI, BERLIN = ZoneInfo("Asia/Shanghai"), ZoneInfo("Europe/Berlin")
HOUR = timedelta(hours=1)


def utc(day: int, hour: int, minute: int = 0, month: int = 12) -> datetime:
    """An instant of 2026."""
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("fields", "span"),
    [
        (("2026-12-01", "09:00", "10:30", ""), Span(utc(1, 1), utc(1, 2, 30))),
        (("2026-12-01", "22:00", "00:00", ""), Span(utc(1, 14), utc(1, 16))),
        (("2026-12-01", "00:00", "00:00", ""), Span(utc(30, 16, month=11), utc(1, 16))),
        (("2026-12-01", "22:00", "02:00", "2026-12-02"), Span(utc(1, 14), utc(1, 18))),
        ((" 2026-12-01 ", "09:00:00", "10:00", "2026-12-01"), Span(utc(1, 1), utc(1, 2))),
    ],
)
def test_a_form_tells_a_span(fields: tuple[str, str, str, str], span: Span) -> None:
    form = BookForm(*fields)

    assert span_of(form, SHANGHAI) == span
    assert span_of(BookForm(**filled(form, span, SHANGHAI)), SHANGHAI) == span


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        (
            ("", "", "", ""),
            {
                "day": "booking.day_wrong",
                "start": "booking.time_wrong",
                "end": "booking.time_wrong",
            },
        ),
        (("2026-02-30", "09:00", "10:00", ""), {"day": "booking.day_wrong"}),
        (("0001-01-01", "00:00", "10:00", ""), {"day": "booking.span_far"}),
        (("9999-12-31", "00:00", "00:00", ""), {"day": "booking.span_far"}),
        (("2026-12-01", "25:00", "10:00", ""), {"start": "booking.time_wrong"}),
        (("2026-12-01", "09:00+01:00", "10:00", ""), {"start": "booking.time_wrong"}),
        (("2026-12-01", "10:00", "09:00", ""), {"end": "booking.span_backwards"}),
        (("2026-12-01", "10:00", "10:00", ""), {"end": "booking.span_backwards"}),
        (("2026-12-01", "10:00", "11:00", "2026-11-30"), {"end": "booking.span_backwards"}),
        (("2026-12-01", "10:00", "11:00", "soon"), {"end_day": "booking.day_wrong"}),
    ],
)
def test_a_form_that_makes_no_sense_says_where(
    fields: tuple[str, str, str, str], wrong: dict[str, str]
) -> None:
    with pytest.raises(SpanWrong) as refused:
        span_of(BookForm(*fields), SHANGHAI)

    assert dict(refused.value.fields) == wrong


def test_a_time_that_never_comes_is_told() -> None:
    with pytest.raises(SpanWrong) as refused:
        span_of(BookForm("2026-03-29", "02:30", "04:00"), BERLIN)

    assert dict(refused.value.fields) == {"start": "booking.time_skipped"}


def test_a_time_that_comes_twice_is_asked_for() -> None:
    with pytest.raises(SpanWrong) as refused:
        span_of(BookForm("2026-10-25", "02:30", "04:00"), BERLIN)
    found = [
        span_of(BookForm("2026-10-25", "02:30", "04:00", start_fold=fold), BERLIN)
        for fold in ("0", "1")
    ]

    end = utc(25, 3, month=10)
    assert dict(refused.value.fields) == {"start": "booking.time_twice"}
    assert found == [Span(utc(25, 0, 30, 10), end), Span(utc(25, 1, 30, 10), end)]
    assert [filled(BookForm(), one, BERLIN)["start_fold"] for one in found] == ["0", "1"]


def test_an_offer_goes_before_what_was_typed() -> None:
    span = Span(utc(1, 2), utc(1, 3))
    offer = f"{span.start.isoformat()}/{utc(1, 3).isoformat()}"

    assert span_of(BookForm("2026-12-01", "09:00", "10:00", instead=offer), SHANGHAI) == span


@pytest.mark.parametrize(
    "offer", ["x", "/", "2026-12-01T00:00:00/2026-12-01T01:00:00", "2026-12-01T00:00:00Z/"]
)
def test_an_offer_that_was_never_made_is_refused(offer: str) -> None:
    with pytest.raises(SpanWrong):
        span_of(BookForm(instead=offer), SHANGHAI)


@pytest.mark.parametrize("typed", ["", "-1", "1.5", "９", "x", "1" * 13])
def test_what_is_no_number_is_refused(typed: str) -> None:
    with pytest.raises(UnitsWrong):
        units_of(typed)


def test_a_form_knows_its_choices() -> None:
    with pytest.raises(SpanWrong):
        minutes_of(ExtendForm("45"), (30, 60))
    with pytest.raises(UnitsWrong):
        audience_of(ResourceForm(audience="all"))

    assert minutes_of(ExtendForm("30"), (30, 60)) == timedelta(minutes=30)
    assert audience_of(ResourceForm(audience="members")) is Audience.MEMBERS
    assert units_of(" 12 ") == 12


@pytest.mark.parametrize(
    ("free", "now", "proposed"),
    [
        (Span(utc(1, 1), utc(1, 9)), utc(1, 0), Span(utc(1, 1), utc(1, 2))),
        (Span(utc(1, 1), utc(1, 9)), utc(1, 3, 7), Span(utc(1, 3, 15), utc(1, 4, 15))),
        (Span(utc(1, 1), utc(1, 9)), utc(1, 3), Span(utc(1, 3), utc(1, 4))),
        (Span(utc(1, 1), utc(1, 1, 20)), utc(1, 0), Span(utc(1, 1), utc(1, 1, 20))),
        (Span(utc(1, 1), utc(1, 1, 20)), utc(1, 1, 16), Span(utc(1, 1, 19), utc(1, 1, 20))),
    ],
)
def test_an_hour_is_proposed_or_what_there_is(free: Span, now: datetime, proposed: Span) -> None:
    assert usual(free, now) == proposed
