"""Whatever the bytes: a plan, or one of the import's own failures."""

import gzip
import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from tests.park.rules.geojson.making import PARK, Json, box, feature, line, point, polygon

from shulian.park.errors import ImportCrowded, ImportRefused, ImportTooLarge
from shulian.park.rules.geojson.read import read
from shulian.park.rules.plans import check
from shulian.park.types import SpaceKind

_INSERTED = [b"-", b"9", b"[", b'"', b"e", b",", b"\\", b"{"]
_words = st.text(max_size=8)
_numbers = (
    st.integers()
    | st.floats(allow_nan=True, allow_infinity=True)
    | st.sampled_from([0, 90, 180, -180, 1e308, 121.6, 31.2])
)
_json = st.recursive(
    st.none() | st.booleans() | _numbers | _words,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                ["type", "features", "geometry", "coordinates", "properties", "id", "crs", "name"]
            )
            | _words,
            inner,
            max_size=5,
        )
    ),
    max_leaves=20,
)
_positions = st.lists(_numbers | _words | st.none(), max_size=4)
_rings = st.lists(_positions, max_size=6)
_geometries = st.recursive(
    st.none()
    | st.fixed_dictionaries({"type": st.sampled_from(["Point"]), "coordinates": _positions})
    | st.fixed_dictionaries(
        {"type": st.sampled_from(["LineString", "MultiPoint"]), "coordinates": _rings}
    )
    | st.fixed_dictionaries(
        {
            "type": st.sampled_from(["Polygon", "MultiLineString"]),
            "coordinates": st.lists(_rings, max_size=3),
        }
    )
    | st.fixed_dictionaries(
        {
            "type": st.sampled_from(["MultiPolygon"]),
            "coordinates": st.lists(st.lists(_rings, max_size=2), max_size=2),
        }
    ),
    lambda inner: st.fixed_dictionaries(
        {"type": st.just("GeometryCollection"), "geometries": st.lists(inner, max_size=3)}
    ),
    max_leaves=4,
)
_tags = st.dictionaries(
    st.sampled_from(
        [
            "building", "building:part", "kind", "kind_detail", "height", "min_height", "@id",
            "building:levels", "name", "name:zh", "highway", "natural", "landuse", "waterway",
            "root_id", "id", "tags", "other_tags", "width", "lanes", "names", "is_tunnel",
        ]
    ),
    _json
    | st.sampled_from(
        [
            "yes", "building", "building_part", "way/1", "12 m", "residential", "wood", "tree",
            "tree_row", "water", "river", "park", "-1", 1, 2,
        ]
    ),
    max_size=5,
)  # fmt: skip
_near = st.tuples(
    st.floats(121.59, 121.61, allow_nan=False), st.floats(31.19, 31.21, allow_nan=False)
).map(list)
_shapes = st.one_of(
    st.lists(_near, min_size=1, max_size=9).map(
        lambda ring: {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}
    ),
    st.lists(_near, min_size=2, max_size=9).map(
        lambda corners: {"type": "LineString", "coordinates": corners}
    ),
    _near.map(lambda position: {"type": "Point", "coordinates": position}),
)


def features(geometries: st.SearchStrategy[Any]) -> st.SearchStrategy[Json]:
    """Features of any of these geometries with any tags."""
    return st.fixed_dictionaries(
        {"type": st.just("Feature"), "geometry": geometries, "properties": _tags},
        optional={"id": _numbers | _words},
    )


def checked(*files: tuple[str, bytes]) -> None:
    """A plan that holds together, or a failure."""
    try:
        found = read(files, park=PARK)
    except (ImportRefused, ImportTooLarge, ImportCrowded):
        return
    if abs(found.plan.place.latitude) <= 85:
        check(found.plan)
    assert [space.id for space in found.plan.spaces[:2]] == [PARK, "park.site"]
    for space in found.plan.spaces[2:]:
        assert space.kind is SpaceKind.BUILDING
        assert space.shape is not None
        assert all(prism.top > prism.base >= 0 for prism in space.shape.prisms)
        assert all(len(ring) > 2 for prism in space.shape.prisms for ring in prism.rings)


@given(st.binary(max_size=200))
def test_any_bytes(data: bytes) -> None:
    checked(("any.geojson", data))


@given(st.binary(max_size=200))
def test_any_gzipped_bytes(data: bytes) -> None:
    checked(("any.geojson.gz", gzip.compress(data)))


@given(_json)
def test_any_json(value: object) -> None:
    checked(("any.geojson", json.dumps(value).encode()))


@given(st.lists(features(_geometries), max_size=4), _json)
def test_any_collection(found: list[Json], crs: object) -> None:
    document = {"type": "FeatureCollection", "features": found, "crs": crs}
    checked(("any.geojson", json.dumps(document).encode()))


@given(st.lists(features(_shapes), min_size=1, max_size=8))
def test_any_features_of_one_place(found: list[Json]) -> None:
    checked(("a.geojson", json.dumps({"type": "FeatureCollection", "features": found}).encode()))


@given(st.data())
def test_a_valid_file_with_bytes_changed(data: st.DataObject) -> None:
    text = bytearray(
        json.dumps(
            {
                "type": "FeatureCollection",
                "features": [
                    feature(polygon(box(0, 0, 20, 10)), building="yes", height=12, at_id="way/1"),
                    feature(polygon(box(2, 2, 8, 8)), building__part="yes", height="40'"),
                    feature(line((0, -5), (50, -5)), highway="residential", name="环路"),
                    feature(point(5, -20), natural="tree"),
                    feature(polygon(box(30, 0, 60, 30)), natural="wood", id=-7),
                ],
            }
        ).encode()
    )
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(text) - 1))
        change = data.draw(st.sampled_from(["replace", "delete", "insert"]))
        if change == "replace":
            text[place] = data.draw(st.integers(0, 255))
        elif change == "delete":
            del text[place : place + data.draw(st.integers(1, 30))]
        else:
            text[place:place] = data.draw(st.sampled_from(_INSERTED))
        if not text:
            return
    checked(("changed.geojson", bytes(text)))
