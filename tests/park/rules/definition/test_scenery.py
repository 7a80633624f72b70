"""Roads, water, lawns and trees."""

import json
from math import hypot

import pytest
from shapely import MultiPolygon, Point, Polygon
from tests.park.rules.definition.making import refused, scenery

from shulian.kit.text import Text
from shulian.park.types import Scenery, SceneryKind

AREA = "footprint: [[0, 0], [40, 0], [40, 30], [0, 30]]"


def area(piece: Scenery) -> MultiPolygon:
    return MultiPolygon([Polygon(rings[0], rings[1:]) for rings in piece.rings])


def test_a_line_is_widened() -> None:
    road = scenery("scenery: [{id: r, kind: road, line: [[0, 0], [100, 0]], width: 10}]")["r"]

    assert area(road).bounds == (0, -5, 100, 5)
    assert area(road).area == 1_000


@pytest.mark.parametrize(
    ("kind", "width"), [("road", 8), ("path", 3), ("rail", 4), ("water", 10), ("green", 6)]
)
def test_a_line_has_the_width_of_its_kind(kind: str, width: float) -> None:
    piece = scenery(f"scenery: [{{id: r, kind: {kind}, line: [[0, 0], [100, 0]]}}]")["r"]

    assert area(piece).area == 100 * width


def test_a_road_brings_pavements_and_trees_on_both_sides() -> None:
    found = scenery(
        "scenery: [{id: r, kind: road, line: [[0, 0], [100, 0]], width: 10, walks: 3, trees: 10}]"
    )

    assert {name: piece.kind for name, piece in found.items()} == {
        "r-walks": SceneryKind.PAVED,
        "r": SceneryKind.ROAD,
        "r-trees": SceneryKind.TREE,
    }
    assert area(found["r-walks"]).bounds == (0, -8, 100, 8)
    assert sorted(found["r-trees"].points)[:2] == [(5.0, -9.6), (5.0, 9.6)]
    assert len(found["r-trees"].points) == 20


def test_a_row_of_trees_stands_on_its_line() -> None:
    row = scenery("scenery: [{id: t, kind: tree, line: [[0, 0], [30, 0]], trees: 10}]")["t"]

    assert row.points == ((5.0, 0.0), (15.0, 0.0), (25.0, 0.0))


def test_a_grove_is_the_same_whenever_it_is_read() -> None:
    text = f"scenery: [{{id: t, kind: tree, {AREA}, trees: 5}}]"
    points = scenery(text)["t"].points

    assert points == scenery(text)["t"].points
    assert 25 <= len(points) <= 48
    assert all(Polygon(((0, 0), (40, 0), (40, 30), (0, 30))).contains(Point(p)) for p in points)


def test_trees_keep_apart() -> None:
    points = scenery(f"scenery: [{{id: t, kind: tree, {AREA}, trees: 5}}]")["t"].points
    gaps = [hypot(a[0] - b[0], a[1] - b[1]) for a in points for b in points if a < b]

    assert min(gaps) > 5 * 0.3 * 0.9


def test_planted_trees_keep_clear_of_buildings_roads_and_water() -> None:
    points = scenery(f"""
        buildings: [{{id: b, box: [10, 10], at: [5, 5], storeys: 2}}]
        scenery:
          - {{id: t, kind: tree, {AREA}, trees: 2}}
          - {{id: r, kind: road, line: [[20, 0], [20, 30]], width: 6}}
          - {{id: w, kind: water, at: [35, 15], box: [10, 30]}}
    """)["t"].points
    taken = [(-2, -2, 12, 12), (16.4, 0, 23.6, 30), (29.5, 0, 40, 30)]

    assert points
    assert not [
        (east, north)
        for east, north in points
        for low, south, high, top in taken
        if low < east < high and south < north < top
    ]


def test_trees_placed_by_hand_stand_where_they_are_put() -> None:
    found = scenery("""
        scenery:
          - {id: w, kind: water, box: [10, 10]}
          - {id: t, kind: tree, name: {zh: 古树, en: Old Tree}, points: [[0, 0], [1, 2.5]]}
    """)

    assert (found["t"].points, found["t"].name) == (((0, 0), (1, 2.5)), Text("古树", "Old Tree"))


def test_the_ground_of_a_plaza_is_scenery_with_its_id() -> None:
    found = scenery("""
        spaces:
          - id: plaza
            kind: plaza
            name: {zh: 广场, en: Plaza}
            box: [40, 30]
            ground: {kind: paved, trees: 9}
    """)

    assert list(found) == ["plaza", "plaza-trees"]
    assert (found["plaza"].kind, found["plaza"].name.en) == (SceneryKind.PAVED, "Plaza")
    assert area(found["plaza"]).area == 1_200


def test_scenery_may_stand_in_files_of_its_own() -> None:
    found = scenery(
        "scenery: [more.yaml, {id: b, kind: green, box: [2, 2]}]",
        {"more.yaml": "- {id: a, kind: green, box: [2, 2]}\n"},
    )

    assert list(found) == ["a", "b"]


def test_scenery_of_a_site_is_drawn_in_its_metres() -> None:
    found = scenery("sites: [{id: s, at: [100, 0], scenery: [{id: a, kind: green, box: [2, 2]}]}]")

    assert area(found["a"]).bounds == (99, -1, 101, 1)


def geojson(geometry: dict[str, object]) -> dict[str, str]:
    feature = {"type": "Feature", "id": "f", "properties": {}, "geometry": geometry}
    return {"map.geojson": json.dumps({"type": "FeatureCollection", "features": [feature]})}


@pytest.mark.parametrize(
    ("kind", "geometry"),
    [
        (
            "water",
            {
                "type": "Polygon",
                "coordinates": [[[121.6, 31.2], [121.601, 31.2], [121.601, 31.201], [121.6, 31.2]]],
            },
        ),
        (
            "water",
            {
                "type": "MultiPolygon",
                "coordinates": [
                    [[[121.6, 31.2], [121.601, 31.2], [121.601, 31.201], [121.6, 31.2]]]
                ],
            },
        ),
        ("road", {"type": "LineString", "coordinates": [[121.6, 31.2], [121.601, 31.2]]}),
        ("road", {"type": "MultiLineString", "coordinates": [[[121.6, 31.2], [121.601, 31.2]]]}),
    ],
)
def test_features_of_geojson_are_scenery(kind: str, geometry: dict[str, object]) -> None:
    piece = scenery(
        f"scenery: [{{id: a, kind: {kind}, geometry: 'map.geojson#f'}}]", geojson(geometry)
    )["a"]

    assert area(piece).bounds[2] == pytest.approx(95.3, abs=0.1)


@pytest.mark.parametrize(
    ("geometry", "points"),
    [
        ({"type": "Point", "coordinates": [121.6, 31.2]}, ((0.0, 0.0),)),
        ({"type": "MultiPoint", "coordinates": [[121.6, 31.2, 4.0]]}, ((0.0, 0.0),)),
    ],
)
def test_points_of_geojson_are_trees(geometry: dict[str, object], points: object) -> None:
    found = scenery("scenery: [{id: a, kind: tree, geometry: 'map.geojson#f'}]", geojson(geometry))

    assert found["a"].points == points


@pytest.mark.parametrize(
    ("entry", "code"),
    [
        ("{id: a, kind: road}", "shape_empty"),
        ("{id: a, kind: road, line: []}", "shape_empty"),
        ("{id: a, kind: road, line: [[1, 1], [1, 1]]}", "shape_empty"),
        ("{id: a, kind: road, line: [[0, 0], [9, 0]], box: [3, 3]}", "shapes_many"),
        ("{id: a, kind: tree, box: [90000, 90000], trees: 0.5}", "too_large"),
        ("{id: a, kind: tree, line: [[0, 0], [900000, 0]], trees: 0.5}", "too_large"),
        ("{id: a, kind: lava, box: [1, 1]}", "word_unknown"),
        ("{id: a, kind: tree, box: [1, 1], trees: 0.001}", "value_wrong"),
    ],
)
def test_scenery_that_is_none_is_refused(entry: str, code: str) -> None:
    said = refused(f"scenery:\n  - {entry}")

    assert (said["code"], said["line"]) == (code, 4)


@pytest.mark.parametrize(
    ("geometry", "others", "code"),
    [
        ("map.geojson", geojson({"type": "Point", "coordinates": [121.6, 31.2]}), "value_wrong"),
        ("other.geojson#f", {}, "file_missing"),
        (
            "map.geojson#g",
            geojson({"type": "Point", "coordinates": [121.6, 31.2]}),
            "geometry_missing",
        ),
        ("map.geojson#f", {"map.geojson": "[" * 100_000}, "not_geojson"),
        (
            "map.geojson#f",
            geojson({"type": "GeometryCollection", "geometries": []}),
            "geometry_missing",
        ),
        ("map.geojson#f", {"map.geojson": b"\xff\xfe"}, "not_geojson"),
        ("map.geojson#f", {"map.geojson": '{"type": "FeatureCollection"}'}, "not_geojson"),
        ("map.geojson#f", geojson({"type": "Polygon", "coordinates": []}), "shape_empty"),
        (
            "map.geojson#f",
            geojson({"type": "LineString", "coordinates": [[1, 2], [3, 4]]}),
            "value_wrong",
        ),
        (
            "map.geojson#f",
            geojson({"type": "LineString", "coordinates": [[31.2, 121.6], [31.2, 121.7]]}),
            "value_wrong",
        ),
        ("map.geojson#f", geojson({"type": "LineString", "coordinates": [[121.6]]}), "value_wrong"),
    ],
)
def test_features_that_are_none_are_refused(
    geometry: str, others: dict[str, str | bytes], code: str
) -> None:
    said = refused(f"scenery: [{{id: a, kind: water, geometry: '{geometry}'}}]", others)

    assert (said["code"], said["place"]) == (code, "scenery[0].geometry") or code == "shape_empty"
