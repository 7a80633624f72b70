"""How high things are: metres out of all the ways people write them, storeys counted, defaults."""

import math
import re
from typing import TypeGuard

import msgspec

from shulian.park.rules.geojson.grammar import Tags, Value

STOREY = 3.2
"""[m] from one floor to the next where only their number is known."""
HIGHEST = 1500.0
"""[m] no building is higher than this."""
_MOST_LEVELS = 300.0
_FOOT = 0.3048
_INCH = 0.0254

_METRES = re.compile(r"~?\s*(-?\d+(?:[.,]\d+)?(?:[eE][+-]?\d{1,3})?)\s*(?:m|met(?:er|re)s?|米)?\.?")
_FEET = re.compile(
    r"(?P<feet>-?\d+(?:\.\d+)?)\s*(?:'|′|ft|feet|foot)"
    r"(?:\s*(?P<inches>\d+(?:\.\d+)?)\s*(?:\"|″|''|in|inch(?:es)?)?)?\.?"
)

DEFAULTS = {
    "apartments": 18.0,
    "residential": 18.0,
    "dormitory": 18.0,
    "commercial": 16.0,
    "office": 16.0,
    "hotel": 24.0,
    "retail": 9.0,
    "mall": 16.0,
    "supermarket": 8.0,
    "shop": 6.0,
    "bank": 12.0,
    "industrial": 10.0,
    "warehouse": 9.0,
    "factory": 10.0,
    "manufacture": 10.0,
    "school": 12.0,
    "university": 16.0,
    "college": 16.0,
    "hospital": 18.0,
    "public": 12.0,
    "civic": 12.0,
    "government": 16.0,
    "train_station": 12.0,
    "transportation": 10.0,
    "stadium": 25.0,
    "parking": 9.0,
    "church": 15.0,
    "temple": 9.0,
    "place_of_worship": 12.0,
    "tower": 30.0,
    "chimney": 30.0,
    "communications_tower": 60.0,
    "water_tower": 25.0,
    "silo": 15.0,
    "storage_tank": 12.0,
    "house": 6.4,
    "detached": 6.4,
    "semidetached_house": 6.4,
    "terrace": 6.4,
    "bungalow": 4.0,
    "roof": 5.0,
    "construction": 9.0,
    "shed": 3.0,
    "garage": 3.0,
    "garages": 3.0,
    "kiosk": 3.0,
    "hut": 3.0,
    "carport": 3.0,
    "greenhouse": 4.0,
    "toilets": 3.2,
}
"""[m] of buildings whose height nobody wrote down, by what they are."""
_DEFAULT = 9.6


class Extent(msgspec.Struct, frozen=True, gc=False):
    """From where to where a body reaches [m above ground]."""

    base: float
    top: float | None
    """None: nobody wrote it down."""
    fault: str = ""
    """What was written and could not be believed; empty when all is well."""


UNKNOWN = Extent(0.0, None)


def default(kind: str) -> float:
    """Height of a building of `kind` [m] of which nobody wrote it down."""
    return DEFAULTS.get(kind, _DEFAULT)


def metres(value: Value) -> float | None:
    """A length as people write it: `12`, `12 m`, `12,5`, `40'`, `5'10"`, `39 ft` → [m]."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return _finite(value)
    if not isinstance(value, str):
        return None
    words = value.partition(";")[0].strip().lower()
    if found := _METRES.fullmatch(words):
        return _finite(found[1].replace(",", "."))
    if found := _FEET.fullmatch(words):
        feet, inches = float(found["feet"]), float(found["inches"] or 0)
        return _finite(feet * _FOOT + math.copysign(inches, feet) * _INCH)
    return None


def _finite(value: float | str) -> float | None:
    try:
        number = float(value)
    except OverflowError:
        return None
    return number if math.isfinite(number) else None


def extent(tags: Tags) -> Extent:
    """How high a building or part reaches: its height, else its storeys times `STOREY` and roof.

    A height includes the roof, a number of storeys does not (OpenStreetMap's Simple 3D Buildings).
    """
    if tags.min_height is None and tags.building_min_level is None and _plain(tags.height):
        return Extent(0.0, float(tags.height))
    given = _first(tags.height, tags.building_height, tags.render_height)
    levels = _first(tags.building_levels, tags.levels, tags.num_floors)
    low = tags.render_min_height if tags.min_height is None else tags.min_height
    if given is None and levels is None and low is None and tags.building_min_level is None:
        return UNKNOWN
    top, fault = _top(given)
    if top is None and levels is not None:
        top = _stacked(levels, tags)
        fault = fault or ("" if top is not None else f"building:levels={levels!r:.40}")
    base = _floors(tags.building_min_level) if low is None else metres(low)
    if base is None or base >= HIGHEST or (top is not None and 0 < top <= base):
        return Extent(0.0, top, fault or f"min_height={low!r:.40}")
    return Extent(max(base, 0.0), top, fault)


def _plain(height: Value) -> TypeGuard[float]:
    """Whether a height is a number one can believe."""
    return isinstance(height, float | int) and 0 <= height <= HIGHEST and height is not True


def _first(one: Value, other: Value, third: Value) -> Value:
    """The first of three that says something."""
    if one is not None and one != "":
        return one
    return third if other is None or other == "" else other


def _top(given: Value) -> tuple[float | None, str]:
    """The height that was given, if it can be believed; else what was written."""
    if given is None:
        return None, ""
    height = metres(given)
    if height is None or not 0 <= height <= HIGHEST:
        return None, f"height={given!r:.40}"
    return height, ""


def _floors(value: Value) -> float | None:
    """Metres above ground at which storey number `value` begins."""
    count = metres(value) if value is not None else 0.0
    return None if count is None or count > _MOST_LEVELS else max(count, 0.0) * STOREY


def _stacked(levels: Value, tags: Tags) -> float | None:
    body = _floors(levels)
    if not body:
        return None
    roof = metres(tags.roof_height) if tags.roof_height is not None else _floors(tags.roof_levels)
    return body + (roof if roof is not None and 0 <= roof < body else 0.0)
