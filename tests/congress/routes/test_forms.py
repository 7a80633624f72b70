"""What the desk's forms say, as values: hours, spans, names; and what they say that is none."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from tests.congress.gatherings import ANN, BO, SPEAKERS

from shulian.booking.types import Span
from shulian.congress.routes import forms
from shulian.kit.errors import Invalid
from shulian.kit.text import Language

ZONE = "Asia/Shanghai"
DAY = date(2026, 12, 7)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """An instant of December, in UTC."""
    return datetime(2026, 12, day, hour, minute, tzinfo=UTC)


def test_hours_of_a_day_are_read_in_order_however_they_are_written() -> None:
    found = forms.hours_of("13：30—24:00，9:00 - 12:00", DAY, ZONE)

    assert found == (Span(at(7, 1), at(7, 4)), Span(at(7, 5, 30), at(7, 16)))
    assert forms.hours_text(found, DAY, ZONE) == "09:00–12:00, 13:30–24:00"


@pytest.mark.parametrize("raw", ["12:00-9:00", "9-12", "25:00-26:00", "09:00-09:61", "soon"])
def test_hours_that_are_none_are_refused(raw: str) -> None:
    with pytest.raises(Invalid) as refused:
        forms.hours_of(raw, DAY, ZONE)

    assert refused.value.fields == {"hours": "congress.hours_wrong"}


def test_spans_are_a_line_a_day_and_the_day_alone_is_all_of_it() -> None:
    raw = "2026-12-08\n2026-12-07 09:00-12:00, 14:00-16:00"

    found = forms.spans_of(raw, ZONE, "available")

    assert found == (
        Span(at(7, 1), at(7, 4)),
        Span(at(7, 6), at(7, 8)),
        Span(at(7, 16), at(8, 16)),
    )
    assert forms.spans_text(found, ZONE) == "2026-12-07 09:00–12:00, 14:00–16:00\n2026-12-08"


@pytest.mark.parametrize("raw", ["soon", "2026-13-01", "2026-12-07 9"])
def test_spans_that_are_none_are_refused(raw: str) -> None:
    with pytest.raises(Invalid) as refused:
        forms.spans_of(raw, ZONE, "wished")

    assert refused.value.fields == {"wished": "congress.spans_wrong"}


def test_speakers_are_found_by_name_in_either_language() -> None:
    found = forms.speakers_of("柏示例； Ann  Sample;Bo Sample", SPEAKERS, "speakers")

    assert found == (BO, ANN)
    assert forms.speakers_text(found, SPEAKERS, Language.ZH) == "柏示例；安示例"


def test_of_two_of_one_name_those_are_meant_who_were_there() -> None:
    twins = (SPEAKERS[0], replace(SPEAKERS[1], name=SPEAKERS[0].name))

    assert forms.speakers_of("Ann Sample", twins, "speakers", first=(BO,)) == (BO,)
    with pytest.raises(Invalid):
        forms.speakers_of("Ann Sample", twins, "speakers")
