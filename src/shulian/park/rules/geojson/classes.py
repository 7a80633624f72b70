"""Classes of lines: what roads, paths, railways and brooks become, and how wide they are."""

from shulian.park.rules.geojson.grammar import Tags
from shulian.park.rules.geojson.heights import metres
from shulian.park.rules.geojson.words import said
from shulian.park.types import SceneryKind

_ROADS = {
    "motorway": 15.0, "trunk": 14.0, "primary": 12.0, "secondary": 10.0, "tertiary": 8.0,
    "unclassified": 6.0, "residential": 6.0, "living_street": 5.0, "road": 6.0, "busway": 4.0,
    "motorway_link": 6.0, "trunk_link": 6.0, "primary_link": 6.0, "secondary_link": 5.0,
    "tertiary_link": 5.0, "service": 4.0, "track": 3.0, "raceway": 8.0,
    "highway": 15.0, "major_road": 10.0, "minor_road": 5.0,
}  # fmt: skip
_PATHS = {
    "pedestrian": 5.0, "footway": 2.0, "cycleway": 2.5, "path": 1.8, "steps": 2.0,
    "bridleway": 2.0, "pier": 3.0, "boardwalk": 3.0,
}  # fmt: skip
_RAILS = {
    "rail": 3.2, "subway": 3.2, "light_rail": 3.2, "tram": 3.0, "narrow_gauge": 2.8,
    "monorail": 2.0, "funicular": 3.0, "preserved": 3.2,
}  # fmt: skip
_WIDTHS = _ROADS | _PATHS | _RAILS
"""How wide a way of each class is drawn [m]."""
_FLOWING = {"river": 16.0, "canal": 8.0, "stream": 2.0, "ditch": 1.0, "drain": 1.0}
HEDGE = 1.0
"""[m]"""

KINDS = {
    **dict.fromkeys(_ROADS, SceneryKind.ROAD),
    **dict.fromkeys(_PATHS, SceneryKind.PATH),
    **dict.fromkeys(_RAILS, SceneryKind.RAIL),
    "stream": SceneryKind.WATER,
    "hedge": SceneryKind.GREEN,
}
"""What a line of each class becomes; all that flows is `stream`."""

_TILEZEN = frozenset(("highway", "major_road", "minor_road", "path", "rail"))
_LANE = 3.25
_WIDEST = 80.0


def way_class(tags: Tags) -> str:
    """The class of a road, path or railway; empty for everything else.

    In Tilezen's tiles `kind` is the coarse class and `kind_detail` OpenStreetMap's; what is
    `kind` subway, tram or train there is a route, drawn once more along its rails.
    """
    kind = said(tags.kind)
    if kind:
        detail = said(tags.kind_detail)
        known = detail if detail in _WIDTHS else kind
        return known if kind in _TILEZEN else ""
    for value in (tags.highway, tags.railway):
        if value is not None and (found := said(value)) in _WIDTHS:
            return found
    return ""


def way_width(tags: Tags, kind: str) -> float:
    """How wide a way of a class is [m]."""
    return _width(tags, _WIDTHS[kind])


def flow_class(tags: Tags) -> str:
    """The class of a river or brook of which the middle line is known; else empty."""
    sort = said(tags.waterway) or said(tags.kind)
    return sort if sort in _FLOWING else ""


def flow_width(tags: Tags) -> float:
    """How wide a river or brook is [m]."""
    return _width(tags, _FLOWING[flow_class(tags)])


def _width(tags: Tags, usual: float) -> float:
    """As wide as measured, else by its lanes, else as usual [m]."""
    measured = metres(tags.width)
    if measured is not None and 0 < measured <= _WIDEST:
        return measured
    lanes = metres(tags.lanes)
    if lanes is not None and 1 <= lanes <= _WIDEST / _LANE:
        return lanes * _LANE
    return usual
