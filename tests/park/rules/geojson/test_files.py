"""Bytes become text, text becomes features: every form GeoJSON comes in, and what is refused."""

import gc
import gzip
import json

import pytest
from tests.park.rules.geojson.making import (
    ORIGIN,
    PARK,
    box,
    buildings,
    codes,
    collection,
    feature,
    polygon,
)

from shulian.kit.errors import Failure
from shulian.park.errors import (
    ImportCrowded,
    ImportDamaged,
    ImportEmpty,
    ImportEncoding,
    ImportMalformed,
    ImportNested,
    ImportNotGeoJson,
    ImportTooLarge,
)
from shulian.park.rules.geojson.documents import MOST_FEATURES, MOST_VALUES
from shulian.park.rules.geojson.read import read
from shulian.park.types import Import

HOUSE = feature(polygon(box(0, 0, 20, 10)), building="yes", height=12, at_id="way/1")
SHED = feature(polygon(box(40, 0, 50, 10)), building="yes", height=3, at_id="way/2")
BOTH = ["park.w1", "park.w2"]


def parsed(data: bytes, limit: int = 1 << 20) -> Import:
    return read([("a.geojson", data)], park=PARK, origin=ORIGIN, limit=limit)


def ids(found: Import) -> list[str]:
    return [str(space.id) for space in buildings(found)]


def refused(data: bytes, limit: int = 1 << 20) -> tuple[type[Failure], dict[str, object]]:
    with pytest.raises(Failure) as caught:
        parsed(data, limit)
    return type(caught.value), dict(caught.value.params)


TEXT = collection(HOUSE, SHED)
LINES = b"\n".join(json.dumps(one).encode() for one in (HOUSE, SHED))


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(TEXT, id="collection"),
        pytest.param(b"\xef\xbb\xbf" + TEXT, id="byte order mark"),
        pytest.param(b" \r\n" + TEXT + b"\n", id="white space around"),
        pytest.param(gzip.compress(TEXT), id="gzip"),
        pytest.param(gzip.compress(TEXT[:300]) + gzip.compress(TEXT[300:]), id="two members"),
        pytest.param(LINES, id="lines"),
        pytest.param(LINES.replace(b"\n", b"\r\n\r\n") + b"\n", id="lines of another system"),
        pytest.param(
            b"".join(b"\x1e" + json.dumps(one, indent=1).encode() + b"\n" for one in (HOUSE, SHED)),
            id="text sequence",
        ),
        pytest.param(collection(HOUSE) + b"\n" + collection(SHED), id="collection a line"),
        pytest.param(json.dumps(json.loads(TEXT), sort_keys=True).encode(), id="type comes last"),
    ],
)
def test_every_form_of_the_same_features_gives_the_same_park(data: bytes) -> None:
    assert parsed(data) == parsed(TEXT)
    assert ids(parsed(data)) == BOTH


def test_a_single_feature_is_a_park() -> None:
    assert ids(parsed(json.dumps(HOUSE).encode())) == ["park.w1"]


def test_a_single_geometry_is_a_building_if_the_file_is_called_so() -> None:
    data = json.dumps(HOUSE["geometry"]).encode()
    found = read([("buildings.geojson", data)], park=PARK)
    assert len(buildings(found)) == 1
    assert refused(data)[0] is ImportEmpty


def test_not_a_number_is_read_as_null() -> None:
    found = parsed(TEXT.replace(b'"height": 3', b'"height": NaN, "note": "NaN -Infinity"'))
    assert ids(found) == BOTH
    assert codes(found) == []


def test_not_a_number_as_a_position_leaves_its_feature_out() -> None:
    broken = json.loads(TEXT)
    broken["features"][0]["geometry"]["coordinates"][0][1][0] = float("nan")
    found = parsed(json.dumps(broken).encode())
    assert ids(found) == ["park.w2"]
    assert codes(found) == [("unreadable", "a.geojson#1")]


@pytest.mark.parametrize(
    "position", [["121.6", 31.2], [121.6], [], None, "x", [[121.6, 31.2]], [10**400, 31.2]]
)
def test_an_unreadable_position_leaves_its_feature_out(position: object) -> None:
    broken = json.loads(TEXT)
    broken["features"][0]["geometry"]["coordinates"][0][1] = position
    found = parsed(json.dumps(broken).encode())
    assert ids(found) == ["park.w2"]
    assert codes(found) == [("unreadable", "a.geojson#1")]


def test_a_broken_line_is_named_by_its_place_in_the_file() -> None:
    data = LINES[:-20]
    last = data.rfind(b"\n") + 1
    assert refused(data) == (
        ImportMalformed,
        {
            "file": "a.geojson",
            "line": 2,
            "column": len(data) - last + 1,
            "byte": len(data),
            "detail": "Input data was truncated",
        },
    )


def test_a_wrong_character_is_named_by_line_and_column() -> None:
    data = b'{"type": "FeatureCollection",\n "features": [,]}'
    assert refused(data) == (
        ImportMalformed,
        {
            "file": "a.geojson",
            "line": 2,
            "column": 15,
            "byte": 44,
            "detail": "invalid character",
        },
    )


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b"[1, 2]", "array"),
        (b"7", "value"),
        (b'"x"', "string"),
        (b"{}", "object"),
        (b'{"type": "Topology"}', "Topology"),
        (b'{"type": 7}', "object"),
        (b'{"type": "FeatureCollection", "features": {}}', "object"),
    ],
)
def test_json_that_is_no_geojson_is_refused(data: bytes, found: str) -> None:
    assert refused(data) == (ImportNotGeoJson, {"file": "a.geojson", "found": found})


@pytest.mark.parametrize(
    "data",
    [
        b'{"features":' + b'[{"a":' * 100_000,
        b'{"type":"FeatureCollection","features":[' + b"[" * 100_000 + b"]" * 100_000 + b"]}",
        b'{"a":' * 100_000,
    ],
)
def test_brackets_without_end_are_refused(data: bytes) -> None:
    assert refused(data) == (ImportNested, {"file": "a.geojson"})


def test_collections_inside_collections_without_end_leave_their_feature_out() -> None:
    deep: dict[str, object] = {"type": "GeometryCollection", "geometries": []}
    for _ in range(200):
        deep = {"type": "GeometryCollection", "geometries": [deep]}
    found = parsed(collection({"type": "Feature", "geometry": deep, "properties": {}}, HOUSE))
    assert ids(found) == ["park.w1"]


@pytest.mark.parametrize(
    ("encoding", "name", "expected"),
    [
        ("gbk", "上海中心大厦", "GBK"),
        ("big5", "臺北一零一大樓", "Big5"),
        ("shift_jis", "新宿パークタワー", "Shift JIS"),
        ("latin-1", "Café de l’été".replace("’", "'"), "Latin-1"),
        ("utf-16", "塔", "UTF-16"),
        ("utf-16-le", "塔", "UTF-16"),
        ("utf-32", "塔", "UTF-32"),
        ("utf-32-be", "塔", "UTF-32"),
    ],
)
def test_another_encoding_is_named(encoding: str, name: str, expected: str) -> None:
    data = json.dumps({"type": "Feature", "properties": {"name": name}}, ensure_ascii=False)
    assert refused(data.encode(encoding)) == (
        ImportEncoding,
        {"file": "a.geojson", "line": 1, "encoding": expected},
    )


def test_the_first_line_of_another_encoding_is_named_far_into_a_file() -> None:
    data = b" \n" * (1 << 20) + '{"name": "中文"}'.encode("gbk")
    assert refused(data, limit=1 << 24)[1] == {
        "file": "a.geojson",
        "line": (1 << 20) + 1,
        "encoding": "GBK",
    }


def test_a_character_across_two_reads_is_no_fault() -> None:
    data = b" " * ((1 << 20) - 1) + "塔".encode() + b" " * 10
    assert refused(data, limit=1 << 24)[0] is ImportMalformed


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(gzip.compress(bytes(3 << 20)), id="bomb"),
        pytest.param(gzip.compress(bytes(1 << 19)) * 3, id="bomb of members"),
        pytest.param(b" " * ((1 << 20) + 1), id="plain"),
    ],
)
def test_more_than_the_limit_is_refused(data: bytes) -> None:
    assert refused(data) == (ImportTooLarge, {"file": "a.geojson", "limit": 1})


def test_the_limit_is_for_all_files_together() -> None:
    with pytest.raises(ImportTooLarge):
        read([("a", TEXT), ("b", TEXT)], park=PARK, limit=len(TEXT) + 1)


@pytest.mark.parametrize(
    ("data", "detail"),
    [
        pytest.param(gzip.compress(TEXT)[:-10], "gzip", id="cut"),
        pytest.param(gzip.compress(TEXT)[:10] + b"\xff" * 30, "gzip", id="broken"),
        pytest.param(gzip.compress(gzip.compress(TEXT)), "gzip in gzip", id="twice"),
        pytest.param(b"PK\x03\x04....", "ZIP", id="archive"),
    ],
)
def test_what_cannot_be_unpacked_is_refused(data: bytes, detail: str) -> None:
    assert refused(data) == (ImportDamaged, {"file": "a.geojson", "detail": detail})


@pytest.mark.parametrize(
    "data",
    [
        b'{"type":"FeatureCollection","features":[' + b"1," * MOST_FEATURES + b"1]}",
        b'{"type":"Feature"}\n' * (MOST_FEATURES + 1),
    ],
    ids=["in all", "one a line"],
)
def test_more_features_than_a_park_has_are_refused(data: bytes) -> None:
    expected = (ImportCrowded, {"file": "a.geojson", "limit": MOST_FEATURES})
    assert refused(data, limit=len(data)) == expected


def test_more_values_than_a_park_has_are_refused() -> None:
    data = b"[1" + b",1" * (MOST_VALUES + 1) + b"]"
    expected = (ImportCrowded, {"file": "a.geojson", "limit": MOST_VALUES})
    assert refused(data, limit=len(data)) == expected


def test_the_collector_of_cycles_is_left_as_it_was() -> None:
    gc.disable()
    try:
        parsed(TEXT)
        assert not gc.isenabled()
    finally:
        gc.enable()
    refused(b"")
    assert gc.isenabled()


def test_nothing_a_park_could_show_is_refused_with_the_first_reason() -> None:
    assert refused(collection(feature(None, building="yes"))) == (
        ImportEmpty,
        {"files": "a.geojson", "first": "a.geojson#1: has no or too few positions; left out"},
    )
    assert refused(collection()) == (ImportEmpty, {"files": "a.geojson", "first": ""})
    with pytest.raises(ImportEmpty):
        read([], park=PARK)
