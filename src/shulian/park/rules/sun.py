"""Where the sun stands: NREL's Solar Position Algorithm, through one local day.

Reda and Andreas 2004, Solar Energy 76(5), doi:10.1016/j.solener.2003.12.003; pvlib's
implementation.
"""

from datetime import UTC, date, datetime, time, timedelta
from functools import cache, lru_cache
from importlib.machinery import PathFinder
from importlib.util import find_spec, module_from_spec
from math import isfinite
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np

from shulian.park.errors import DayOutside
from shulian.park.types import SunDay

FIRST, LAST = date(1950, 1, 1), date(2050, 12, 31)
"""The days for which the algorithm's terms and the clocks' history can both be trusted."""

_STEP = 10
"""Minutes from sample to sample."""
_DAY = 24 * 60
_PRESSURE = 1013.25
"""[hPa] at sea level."""
_TEMPERATURE = 15.0
"""[°C] of the standard atmosphere."""
_REFRACTION = 0.5667
"""[°] by which the air lifts the sun at the horizon."""
_WINDS = ("n", "ne", "e", "se", "s", "sw", "w", "nw")


@lru_cache(maxsize=1024)
def sun_day(longitude: float, latitude: float, timezone: str, day: date) -> SunDay:
    """The sun over a point at sea level through `day` by the clocks of `timezone`.

    longitude, latitude  [°], WGS 84
    Raises DayOutside before 1950 and after 2050.
    """
    if not FIRST <= day <= LAST:
        raise DayOutside(day=day.isoformat(), first=FIRST.isoformat(), last=LAST.isoformat())
    zone = ZoneInfo(timezone)
    minutes = range(0, _DAY + 1, _STEP)
    instants = np.array([_instant(day, minute, zone) for minute in minutes])
    spa = _algorithm()
    delta_t = spa.calculate_deltat(day.year, day.month)
    air = (_PRESSURE, _TEMPERATURE, delta_t, _REFRACTION)
    found = spa.solar_position(instants, latitude, longitude, 0.0, *air)
    elevations: list[float] = found[2].tolist()
    azimuths: list[float] = found[4].tolist()
    samples = zip(minutes, azimuths, elevations, strict=True)
    midnights = np.array(
        [
            datetime.combine(day + timedelta(days=shift), time(), UTC).timestamp()
            for shift in (-1, 0, 1)
        ]
    )
    _, rises, falls = spa.transit_sunrise_sunset(midnights, latitude, longitude, delta_t, 1)
    return SunDay(
        day,
        timezone,
        tuple((minute, round(a, 3), round(e, 3)) for minute, a, e in samples),
        _clock(rises.tolist(), day, zone),
        _clock(falls.tolist(), day, zone),
    )


def daylight(day: SunDay) -> tuple[tuple[int, float, float], ...]:
    """The samples of `day` at full hours at which the sun stands above the horizon."""
    return tuple(one for one in day.samples if one[0] % 60 == 0 and one[0] < _DAY and one[2] > 0)


def compass(azimuth: float) -> str:
    """The nearest of the eight winds to an azimuth [°]."""
    return _WINDS[round(azimuth / 45) % 8]


@cache
def _algorithm() -> Any:
    """The module `pvlib.spa` alone, which needs numpy only.

    Importing it by name would run all of pvlib first, with pandas, scipy and requests: 4 s and
    90 MB that a web process has no other use for.
    """
    package = find_spec("pvlib")
    if package is None or not package.submodule_search_locations:
        raise ModuleNotFoundError("pvlib")
    spec = PathFinder.find_spec("spa", package.submodule_search_locations)
    if spec is None or spec.loader is None:
        raise ModuleNotFoundError("pvlib.spa")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _instant(day: date, minute: int, zone: ZoneInfo) -> float:
    """Seconds since 1970 at a minute of the day by the clock there."""
    days, minute = divmod(minute, _DAY)
    hours, minute = divmod(minute, 60)
    there = datetime.combine(day + timedelta(days=days), time(hours, minute), zone)
    return there.timestamp()


def _clock(instants: list[float], day: date, zone: ZoneInfo) -> time | None:
    """The one of `instants` that falls on `day` there, to the minute."""
    for instant in instants:
        if isfinite(instant):
            there = datetime.fromtimestamp(instant + 30, zone)
            if there.date() == day:
                return there.time().replace(second=0, microsecond=0)
    return None
