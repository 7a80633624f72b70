"""The sun stands where the algorithm's paper says, and rises where it meets the horizon."""

from datetime import date, time

import pytest

from shulian.park.errors import DayOutside
from shulian.park.rules.sun import sun_day
from shulian.park.types import SunDay

SHANGHAI = (121.4737, 31.2304, "Asia/Shanghai")


def at(sun: SunDay, hours: int, minutes: int = 0) -> tuple[float, float]:
    """Azimuth and elevation [°] at a time of the day."""
    return {minute: (a, e) for minute, a, e in sun.samples}[hours * 60 + minutes]


def elevation(sun: SunDay, moment: time) -> float:
    """Elevation [°] between two samples."""
    share, minute = _minutes(moment) % 10 / 10, _minutes(moment) // 10 * 10
    heights = {one: height for one, _, height in sun.samples}
    return heights[minute] * (1 - share) + heights[minute + 10] * share


def test_the_papers_example_comes_out() -> None:
    # Reda and Andreas 2004, table A5.1: 2003-10-17 12:30:30 at UTC-7, azimuth 194.34024°,
    # zenith 50.11162°; half a minute before, the sun stands 0.14° further east
    sun = sun_day(-105.1786, 39.742476, "America/Denver", date(2003, 10, 17))

    assert at(sun, 13, 30) == pytest.approx((194.34, 90 - 50.11), abs=0.2)


@pytest.mark.parametrize("month", range(1, 13))
def test_it_rises_and_sets_when_its_upper_edge_meets_the_horizon(month: int) -> None:
    sun = sun_day(*SHANGHAI, date(2026, month, 21))

    # centre 0.833° below, of which the air lifts it by about 0.5°; a minute is 0.2°
    assert sun.sunrise is not None
    assert sun.sunset is not None
    assert elevation(sun, sun.sunrise) == pytest.approx(-0.55, abs=0.35)
    assert elevation(sun, sun.sunset) == pytest.approx(-0.55, abs=0.35)
    assert sun.sunrise < sun.sunset


def test_there_is_a_sample_every_ten_minutes_from_midnight_to_midnight() -> None:
    sun = sun_day(*SHANGHAI, date(2026, 6, 21))

    assert [minute for minute, _, _ in sun.samples] == list(range(0, 1441, 10))


def test_one_day_goes_over_into_the_next() -> None:
    today, tomorrow = (sun_day(*SHANGHAI, date(2026, 6, day)) for day in (21, 22))

    assert today.samples[-1][1:] == tomorrow.samples[0][1:]


def test_the_sun_is_highest_in_the_south_at_noon() -> None:
    azimuth, height = at(sun_day(*SHANGHAI, date(2026, 12, 22)), 11, 50)

    assert azimuth == pytest.approx(180, abs=3)
    assert height == pytest.approx(90 - 31.23 - 23.44, abs=0.2)


@pytest.mark.parametrize(("month", "sign"), [(6, 1), (12, -1)])
def test_beyond_the_polar_circle_it_neither_rises_nor_sets(month: int, sign: int) -> None:
    sun = sun_day(25.0, 70.0, "Europe/Helsinki", date(2026, month, 21))

    assert (sun.sunrise, sun.sunset) == (None, None)
    assert all(sign * height > 0 for _, _, height in sun.samples)


def test_clocks_that_are_put_forward_are_followed() -> None:
    before, after = (sun_day(-74.0, 40.7, "America/New_York", date(2026, 3, day)) for day in (7, 9))

    assert before.sunrise is not None
    assert after.sunrise is not None
    assert 55 <= _minutes(after.sunrise) - _minutes(before.sunrise) <= 60


@pytest.mark.parametrize("day", [date(1949, 12, 31), date(2051, 1, 1), date.min, date.max])
def test_other_centuries_are_refused(day: date) -> None:
    with pytest.raises(DayOutside):
        sun_day(*SHANGHAI, day)


@pytest.mark.parametrize("day", [date(1950, 1, 1), date(2050, 12, 31)])
def test_the_first_and_the_last_day_are_known(day: date) -> None:
    assert sun_day(*SHANGHAI, day).sunrise is not None


def _minutes(moment: time) -> int:
    return moment.hour * 60 + moment.minute
