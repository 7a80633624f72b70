"""Builders of GeoJSON: geometries given in metres around one origin."""

import json
from collections.abc import Sequence
from typing import Any

import numpy as np

from shulian.kit.geometry import Frame
from shulian.park.rules.geojson.read import read
from shulian.park.types import Import, Point, Scenery, SceneryKind, Space, SpaceId, SpaceKind

ORIGIN = (121.6, 31.2)
PARK = SpaceId("park")
Json = dict[str, Any]
Corners = Sequence[Point]

_frame = Frame(*ORIGIN)


def lonlat(corners: Corners) -> list[list[float]]:
    """Metres east and north of the origin as GeoJSON positions, to a millimetre."""
    return np.round(_frame.to_lonlat(np.array(corners, dtype=float)), 8).tolist()


def box(west: float, south: float, east: float, north: float) -> list[Point]:
    """The corners of a rectangle [m], counter-clockwise."""
    return [(west, south), (east, south), (east, north), (west, north)]


def polygon(shell: Corners, *holes: Corners) -> Json:
    """A polygon of corners in metres; its rings are closed."""
    rings = [lonlat([*ring, ring[0]]) for ring in (shell, *holes)]
    return {"type": "Polygon", "coordinates": rings}


def line(*corners: Point) -> Json:
    """A line through points in metres."""
    return {"type": "LineString", "coordinates": lonlat(corners)}


def point(east: float, north: float) -> Json:
    """A point in metres."""
    return {"type": "Point", "coordinates": lonlat([(east, north)])[0]}


def feature(geometry: Json | None, /, **properties: object) -> Json:
    """A feature; `__` in the name of a property stands for a colon, a leading `at_` for @."""
    tags = {
        name.replace("at_", "@", 1).replace("__", ":"): value for name, value in properties.items()
    }
    return {"type": "Feature", "properties": tags, "geometry": geometry}


def collection(*features: Json, **members: object) -> bytes:
    """A FeatureCollection as text."""
    document = {"type": "FeatureCollection", **members, "features": features}
    return json.dumps(document, ensure_ascii=False).encode()


def imported(*features: Json, **options: Any) -> Import:
    """What an import makes of features, around the builders' origin."""
    files = [("a.geojson", collection(*features))]
    options.setdefault("origin", ORIGIN)
    return read(files, park=PARK, **options)


def buildings(found: Import) -> list[Space]:
    """The buildings of a plan."""
    return [space for space in found.plan.spaces if space.kind is SpaceKind.BUILDING]


def scenery(found: Import, kind: SceneryKind) -> list[Scenery]:
    """The scenery of one kind."""
    return [one for one in found.plan.scenery if one.kind is kind]


def heights(space: Space) -> list[tuple[float, float]]:
    """Base and top of each prism of a space."""
    assert space.shape is not None
    return [(prism.base, prism.top) for prism in space.shape.prisms]


def ground(space: Space) -> float:
    """The ground that the prisms of a space stand on [m²], each counted."""
    assert space.shape is not None
    return sum(sum(map(_area, prism.rings)) for prism in space.shape.prisms)


def area(one: Scenery) -> float:
    """The ground that a piece of scenery covers [m²]."""
    return sum(sum(map(_area, rings)) for rings in one.rings)


def _area(ring: Corners) -> float:
    """Positive for a counter-clockwise ring [m²]."""
    pairs = zip(ring, [*ring[1:], ring[0]], strict=True)
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairs) / 2


def codes(found: Import) -> list[tuple[str, str]]:
    """Code and feature of each notice, without those about missing heights."""
    return [
        (notice.code, notice.feature) for notice in found.notices if notice.code != "height_missing"
    ]
