"""What GeoJSON looks like (RFC 7946), and the properties of features that an import reads."""

from typing import Any

import msgspec

Value = str | int | float | bool | list[Any] | dict[str, Any] | None
"""Anything a property can hold; what was expected is decided where it is read."""

Position = list[float]
"""Longitude, latitude, and whatever else follows."""


class Point(msgspec.Struct, tag=True, tag_field="type", gc=False):
    """One position."""

    coordinates: Position


class MultiPoint(msgspec.Struct, tag=True, tag_field="type", gc=False):
    """Several positions."""

    coordinates: list[Position]


class LineString(msgspec.Struct, tag=True, tag_field="type", gc=False):
    """A line through its positions."""

    coordinates: list[Position]


class MultiLineString(msgspec.Struct, tag=True, tag_field="type", gc=False):
    """Several lines."""

    coordinates: list[list[Position]]


class Polygon(msgspec.Struct, tag=True, tag_field="type", gc=False):
    """A shell and its holes, each closed: the last position repeats the first."""

    coordinates: list[list[Position]]


class MultiPolygon(msgspec.Struct, tag=True, tag_field="type", gc=False):
    """Several polygons."""

    coordinates: list[list[list[Position]]]


class GeometryCollection(msgspec.Struct, tag=True, tag_field="type", gc=False):
    """Several geometries of any kind."""

    geometries: "list[Geometry]"


Geometry = (
    Point | MultiPoint | LineString | MultiLineString | Polygon | MultiPolygon | GeometryCollection
)


def polygons(geometry: Geometry) -> list[list[list[Position]]]:
    """The polygons of a geometry, each as its rings."""
    match geometry:
        case Polygon():
            return [geometry.coordinates]
        case MultiPolygon():
            return geometry.coordinates
        case GeometryCollection():
            return [one for member in geometry.geometries for one in polygons(member)]
        case _:
            return []


def lines(geometry: Geometry) -> list[list[Position]]:
    """The lines of a geometry."""
    match geometry:
        case LineString():
            return [geometry.coordinates]
        case MultiLineString():
            return geometry.coordinates
        case GeometryCollection():
            return [one for member in geometry.geometries for one in lines(member)]
        case _:
            return []


def points(geometry: Geometry) -> list[Position]:
    """The points of a geometry."""
    match geometry:
        case Point():
            return [geometry.coordinates]
        case MultiPoint():
            return geometry.coordinates
        case GeometryCollection():
            return [one for member in geometry.geometries for one in points(member)]
        case _:
            return []


_SPELLED = {
    "building_part": "building:part",
    "building_levels": "building:levels",
    "building_min_level": "building:min_level",
    "building_height": "building:height",
    "roof_height": "roof:height",
    "roof_levels": "roof:levels",
    "name_zh": "name:zh",
    "name_hans": "name:zh-Hans",
    "name_en": "name:en",
    "street": "addr:street",
    "housenumber": "addr:housenumber",
    "osm": "@id",
    "osm_type": "@type",
}


class Tags(msgspec.Struct, rename=_SPELLED, gc=False):
    """The properties an import reads: OpenStreetMap's keys, and how common exports spell them.

    `kind`, `kind_detail`, `root_id`, `is_tunnel`, `boundary`, `label_placement`, `addr_*` are
    Tilezen's; `num_floors` and `names` Overture's; `render_*` OpenMapTiles';
    `osm_id`, `osm_way_id` and `other_tags` GDAL's; `tags` is what osmtogeojson nests.
    """

    building: Value = None
    building_part: Value = None
    kind: Value = None
    kind_detail: Value = None

    height: Value = None
    building_height: Value = None
    render_height: Value = None
    min_height: Value = None
    render_min_height: Value = None
    building_levels: Value = None
    levels: Value = None
    num_floors: Value = None
    building_min_level: Value = None
    roof_height: Value = None
    roof_levels: Value = None

    name: Value = None
    name_zh: Value = None
    name_hans: Value = None
    name_en: Value = None
    int_name: Value = None
    names: Value = None
    street: Value = None
    housenumber: Value = None
    addr_street: Value = None
    addr_housenumber: Value = None
    website: Value = None

    highway: Value = None
    railway: Value = None
    waterway: Value = None
    natural: Value = None
    water: Value = None
    landuse: Value = None
    leisure: Value = None
    amenity: Value = None
    man_made: Value = None
    barrier: Value = None
    place: Value = None
    area: Value = None
    width: Value = None
    lanes: Value = None
    tunnel: Value = None
    is_tunnel: Value = None
    location: Value = None
    indoor: Value = None
    boundary: Value = None

    id: Value = None
    osm: Value = None
    osm_type: Value = None
    type: Value = None
    osm_id: Value = None
    osm_way_id: Value = None
    root_id: Value = None

    tags: Value = None
    other_tags: Value = None


class Feature(msgspec.Struct, gc=False):
    """A geometry and what is said of it."""

    geometry: Geometry | None = None
    id: Value = None
    properties: Tags | None = None


class Document(msgspec.Struct, gc=False):
    """The outermost object of a file; its features are read one by one."""

    type: str = ""
    features: list[msgspec.Raw] = []
    crs: Value = None
