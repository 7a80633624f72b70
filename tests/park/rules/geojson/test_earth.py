"""Where features lie: reference systems, swapped and projected numbers, features far away."""

import json
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from pyproj import Transformer
from tests.park.rules.geojson.making import (
    ORIGIN,
    PARK,
    Json,
    box,
    buildings,
    codes,
    collection,
    feature,
    ground,
    imported,
    polygon,
)

from shulian.kit.errors import Failure
from shulian.park.errors import (
    ImportCrs,
    ImportElsewhere,
    ImportEmpty,
    ImportProjected,
    ImportScattered,
    ImportSwapped,
)
from shulian.park.rules.geojson.read import read
from shulian.park.types import Place


def house(east: float = 0.0, north: float = 0.0, **tags: object) -> Json:
    return feature(polygon(box(east, north, east + 20, north + 10)), building="yes", **tags)


def moved(one: Json, change: Callable[[float, float], list[float]]) -> Json:
    """The feature with every position changed."""
    rings = one["geometry"]["coordinates"]
    changed = [[change(*position) for position in ring] for ring in rings]
    return {**one, "geometry": {**one["geometry"], "coordinates": changed}}


def eastward(by: float) -> Callable[[float, float], list[float]]:
    return lambda lon, lat: [lon + by, lat]


def swapped(one: Json) -> Json:
    return moved(one, lambda lon, lat: [lat, lon])


def refused(*files: bytes, **options: Any) -> Failure:
    named = [(f"{number}.geojson", data) for number, data in enumerate(files, 1)]
    with pytest.raises(Failure) as caught:
        read(named, park=PARK, **options)
    return caught.value


def test_the_origin_is_the_middle_of_the_buildings() -> None:
    far_road = feature(
        {"type": "LineString", "coordinates": [[121.0, 31.2], [121.6, 31.2]]}, highway="primary"
    )
    found = imported(house(-20, -10), house(0, 0), far_road, origin=None)
    assert found.plan.place == Place(PARK, *ORIGIN)


def test_a_given_origin_and_time_zone_are_kept() -> None:
    found = imported(house(), origin=(121.61, 31.21), timezone="Asia/Tokyo")
    assert found.plan.place == Place(PARK, 121.61, 31.21, "Asia/Tokyo")


@pytest.mark.parametrize(
    ("origin", "timezone"),
    [
        ((121.6, 31.2), "Asia/Shanghai"),
        ((-73.98, 40.75), "America/New_York"),
        ((-150.0, 30.0), "Etc/GMT+10"),
    ],
)
def test_the_time_zone_is_that_of_the_origin(origin: tuple[float, float], timezone: str) -> None:
    west, south = origin
    ring = [[0, 0], [1e-4, 0], [1e-4, 1e-4], [0, 1e-4], [0, 0]]
    placed = [[west + east, south + north] for east, north in ring]
    there = feature({"type": "Polygon", "coordinates": [placed]}, building="yes", height="9")

    assert imported(there, origin=origin).plan.place.timezone == timezone


def test_heights_above_the_sea_are_left_out_of_positions() -> None:
    raised = moved(house(at_id="way/1"), lambda lon, lat: [lon, lat, 4.5])
    mixed = moved(house(at_id="way/1"), lambda lon, lat: [lon, lat, 4.5, 7][: 2 + (lon > 121.6)])
    assert imported(raised) == imported(mixed) == imported(house(at_id="way/1"))


@pytest.mark.parametrize(
    "crs",
    [
        None,
        {"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}},
        {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::4326"}},
        {"type": "name", "properties": {"name": "EPSG:4326"}},
        {"type": "name", "properties": {"name": "http://www.opengis.net/def/crs/EPSG/0/4326"}},
        {"type": "EPSG", "properties": {"code": 4326}},
        "WGS84",
    ],
)
def test_degrees_by_any_name_are_degrees(crs: object) -> None:
    found = read([("a.geojson", collection(house(), crs=crs))], park=PARK, origin=ORIGIN)
    assert found == imported(house())


@pytest.mark.parametrize("code", [3857, 32651, 4479, 4490])
def test_a_known_system_is_turned_into_degrees(code: int) -> None:
    turn = Transformer.from_crs("OGC:CRS84", f"EPSG:{code}", always_xy=True)
    plane = moved(house(at_id="way/1"), lambda lon, lat: list(turn.transform(lon, lat))[:2])
    crs = {"type": "name", "properties": {"name": f"urn:ogc:def:crs:EPSG::{code}"}}
    if code == 4479:  # geocentric: a plane does not hold it
        assert isinstance(refused(collection(plane, crs=crs)), Failure)
        return
    found = read([("1.geojson", collection(plane, crs=crs))], park=PARK, origin=ORIGIN)
    assert ground(buildings(found)[0]) == pytest.approx(200, abs=0.1)


@pytest.mark.parametrize(
    ("crs", "name"),
    [
        ({"type": "name", "properties": {"name": "EPSG:999999"}}, "EPSG:999999"),
        ({"type": "name", "properties": {"name": "local grid"}}, "local grid"),
        ({"type": "name", "properties": {"name": "+init=/etc/passwd"}}, "+init=/etc/passwd"),
        ({"type": "link", "properties": {"href": "https://example.org"}}, "link"),
        ("a grid", "a grid"),
    ],
)
def test_an_unknown_system_is_refused(crs: object, name: str) -> None:
    failure = refused(collection(house(), crs=crs))
    assert (type(failure), dict(failure.params)) == (ImportCrs, {"file": "1.geojson", "crs": name})


def test_metres_instead_of_degrees_are_refused() -> None:
    projected = moved(house(), lambda lon, lat: [lon * 1e5, lat * 1e5])
    failure = refused(collection(projected, projected, house()))
    assert type(failure) is ImportProjected
    assert failure.params["feature"] == "1.geojson#1"
    assert failure.params["x"] == pytest.approx(121.6e5, rel=1e-3)


def test_latitude_beyond_the_pole_is_refused_as_swapped() -> None:
    failure = refused(collection(swapped(house()), swapped(house(50))))
    assert type(failure) is ImportSwapped
    assert failure.params["file"] == "1.geojson"
    assert failure.params["x"] == pytest.approx(31.2, abs=0.01)


def berlin(one: Json) -> Json:
    return moved(one, lambda lon, lat: [lon - ORIGIN[0] + 13.4, lat - ORIGIN[1] + 52.5])


def test_swapped_degrees_are_found_by_the_origin() -> None:
    failure = refused(collection(swapped(berlin(house()))), origin=(13.4, 52.5))
    assert type(failure) is ImportSwapped


def test_swapped_degrees_are_found_by_the_other_files() -> None:
    failure = refused(collection(berlin(house())), collection(swapped(berlin(house(30)))))
    assert (type(failure), failure.params["file"]) == (ImportSwapped, "2.geojson")


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (swapped(house(30)), "swapped"),
        (moved(house(30), lambda lon, lat: [lon * 1e5, lat * 1e5]), "outside_earth"),
        (moved(house(30), lambda lon, lat: [lon - 121, lat - 31]), "far_away"),
        (moved(house(30), lambda lon, _: [lon, 1e308]), "outside_earth"),
    ],
)
def test_a_single_feature_somewhere_else_is_left_out_and_named(wrong: Json, code: str) -> None:
    found = imported(house(), wrong, house(60), origin=None)
    assert codes(found) == [(code, "a.geojson#2")]
    assert len(buildings(found)) == 2


def test_a_single_swapped_feature_is_told_from_one_far_away() -> None:
    found = imported(*map(berlin, (house(), house(30))), swapped(berlin(house(60))), origin=None)
    assert codes(found) == [("swapped", "a.geojson#3")]


def test_features_all_over_the_earth_are_refused_and_named() -> None:
    failure = refused(collection(*(moved(house(), eastward(by)) for by in (0, 5, 10, 15))))
    assert (type(failure), dict(failure.params)) == (
        ImportScattered,
        {
            "count": 4,
            "kilometres": 50,
            "features": "1.geojson#1, 1.geojson#2, 1.geojson#3",
        },
    )


def test_labels_far_away_are_left_out_without_a_word() -> None:
    label = feature({"type": "Point", "coordinates": [0, 0]}, name="Null Island")
    assert imported(house(at_id="way/1"), *[label] * 9) == imported(house(at_id="way/1"))


def test_features_nowhere_near_the_origin_are_refused() -> None:
    failure = refused(collection(house()), origin=(116.4, 39.9))
    assert type(failure) is ImportElsewhere
    assert failure.params["kilometres"] == pytest.approx(1070, abs=20)


def test_the_date_line_may_run_through_a_park() -> None:
    west, east = (moved(house(), eastward(by)) for by in (58.3995, -301.5995))
    found = imported(west, east, origin=None)
    assert abs(found.plan.place.longitude) == pytest.approx(180, abs=0.001)
    assert [ground(space) for space in buildings(found)] == pytest.approx([200, 200], abs=0.1)


def test_what_reaches_around_the_earth_is_no_building() -> None:
    ring = [[-157.0, 0.0], [121.6, 31.2], [179.0, 80.0], [-157.0, 0.0]]
    around = feature({"type": "Polygon", "coordinates": [ring]}, natural="water")
    broad = feature(polygon([(0, 0), (2e5, 0), (0, 10)]), building="yes")
    found = imported(house(), around, broad)
    assert len(buildings(found)) == 1
    assert found.plan.scenery == ()
    assert codes(found) == [("far_away", "a.geojson#2"), ("far_away", "a.geojson#3")]
    assert type(refused(collection(around), origin=ORIGIN)) is ImportEmpty


def test_positions_are_metres_of_the_plane_to_the_millimetre() -> None:
    corners = np.array(buildings(imported(house()))[0].shape.prisms[0].rings[0])  # pyright: ignore[reportOptionalMemberAccess]
    assert np.abs(corners - np.array(box(0, 0, 20, 10))).max() <= 0.002
    assert (np.round(corners, 3) == corners).all()


def test_the_same_file_twice_is_once() -> None:
    data = collection(house(at_id="way/1"), house(30))
    twice = read([("a.geojson", data), ("b.geojson", data)], park=PARK)
    assert twice.plan == read([("a.geojson", data)], park=PARK).plan


def test_the_same_bytes_give_the_same_plan() -> None:
    data = collection(house(), house(30, natural="wood"))
    files = [("a.geojson", data)]
    assert read(files, park=PARK) == read(files, park=PARK)
    assert json.loads(data)["type"] == "FeatureCollection"
