"""Roads, water, green and trees: widened, joined, cut off, scattered."""

import numpy as np
import pytest
import shapely
from tests.park.rules.geojson.making import (
    Json,
    area,
    box,
    buildings,
    feature,
    imported,
    line,
    point,
    polygon,
    scenery,
)

from shulian.kit.text import Text
from shulian.park.rules.geojson.trees import MOST
from shulian.park.types import SceneryKind


def road(*corners: tuple[float, float], **tags: object) -> Json:
    return feature(line(*corners), **{"highway": "residential", **tags})


def ground(west: float, south: float, east: float, north: float, **tags: object) -> Json:
    return feature(polygon(box(west, south, east, north)), **tags)


@pytest.mark.parametrize(
    ("tags", "kind", "wide"),
    [
        ({"highway": "primary"}, SceneryKind.ROAD, 12),
        ({"highway": "primary", "width": "20 m"}, SceneryKind.ROAD, 20),
        ({"highway": "primary", "lanes": 2}, SceneryKind.ROAD, 6.5),
        ({"highway": "primary", "width": "1e9", "lanes": -3}, SceneryKind.ROAD, 12),
        ({"kind": "major_road", "kind_detail": "secondary"}, SceneryKind.ROAD, 10),
        ({"kind": "minor_road", "kind_detail": "driveway"}, SceneryKind.ROAD, 5),
        ({"highway": "footway"}, SceneryKind.PATH, 2),
        ({"railway": "tram"}, SceneryKind.RAIL, 3),
        ({"waterway": "canal"}, SceneryKind.WATER, 8),
        ({"barrier": "hedge"}, SceneryKind.GREEN, 1),
    ],
)
def test_a_line_is_as_wide_as_its_class(
    tags: dict[str, object], kind: SceneryKind, wide: float
) -> None:
    (drawn,) = scenery(imported(feature(line((0, 0), (400, 0)), **tags)), kind)
    assert area(drawn) == pytest.approx(400 * wide + 0.7 * wide**2, rel=0.02)
    assert drawn.rings[0][0][0][0] < 402


def test_roads_of_one_class_and_name_are_one() -> None:
    found = imported(
        road((0, 0), (100, 0), name="环路"),
        road((100, 0), (100, 100), name="环路"),
        road((100, 0), (100, 100), name="环路"),
        road((1000, 0), (1100, 0), name="环路"),
        road((0, 50), (100, 50), name="横路"),
        road((0, 0), (0, 90), name="环路", highway="service"),
    )
    roads = scenery(found, SceneryKind.ROAD)
    assert [(one.name, len(one.rings)) for one in roads] == [
        (Text(zh="环路"), 2),
        (Text(zh="横路"), 1),
        (Text(zh="环路"), 1),
    ]
    assert area(roads[0]) == pytest.approx(300 * 6, rel=0.06)


def test_nameless_roads_are_gathered_by_square_of_ground() -> None:
    near = imported(road((0, 0), (50, 0)), road((0, 20), (50, 20)))
    apart = imported(road((0, 0), (50, 0)), road((2000, 0), (2050, 0)))
    assert len(scenery(near, SceneryKind.ROAD)) == 1
    assert len(scenery(apart, SceneryKind.ROAD)) == 2


def test_a_very_long_road_is_joined_in_stretches() -> None:
    lanes = [road(*((x, 9.0 * n) for x in range(0, 3000, 2)), name="环路") for n in range(4)]
    (one,) = scenery(imported(*lanes), SceneryKind.ROAD)
    assert (len(one.rings), area(one)) == (4, pytest.approx(4 * 2998 * 6, rel=0.02))


def test_lines_and_points_come_in_collections_too() -> None:
    lines = [line((0, 0), (50, 0)), line((0, 30), (50, 30))]
    several = {"type": "MultiLineString", "coordinates": [one["coordinates"] for one in lines]}
    trees = {"type": "MultiPoint", "coordinates": [point(5, 9)["coordinates"]] * 2}
    found = imported(
        feature({"type": "GeometryCollection", "geometries": [lines[0], several]}, highway="road"),
        feature({"type": "GeometryCollection", "geometries": [trees, point(7, 9)]}, natural="tree"),
    )
    assert len(scenery(found, SceneryKind.ROAD)[0].rings) == 2
    assert scenery(found, SceneryKind.TREE)[0].points == ((5.0, 9.0), (7.0, 9.0))


def test_ids_of_roads_do_not_hang_on_the_origin() -> None:
    one = road((0, 0), (50, 0))
    there = imported(one, origin=(121.601, 31.2))
    assert [r.id for r in there.plan.scenery] == [r.id for r in imported(one).plan.scenery]


def test_a_crossroads_has_no_gap_and_a_block_keeps_its_hole() -> None:
    block = imported(road(*box(0, 0, 100, 100), (0, 0)), road((-50, 50), (150, 50)))
    (one,) = scenery(block, SceneryKind.ROAD)
    assert [len(rings) for rings in one.rings] == [3]


def test_a_roundabout_is_a_road_and_a_closed_pedestrian_area_is_paved() -> None:
    ring = [*box(0, 0, 40, 40), (0.0, 0.0)]
    found = imported(
        feature(line(*ring), highway="primary", junction="roundabout"),
        feature(line(*ring), highway="pedestrian", area="yes"),
    )
    assert [(one.kind, len(one.rings[0])) for one in found.plan.scenery] == [
        (SceneryKind.PAVED, 1),
        (SceneryKind.ROAD, 2),
    ]


def test_tunnels_and_routes_are_left_out() -> None:
    found = imported(
        road((0, 0), (50, 0)),
        road((0, 20), (50, 20), is_tunnel=True),
        feature(line((0, 40), (50, 40)), kind="subway", name="Line 2"),
    )
    assert [one.kind for one in found.plan.scenery] == [SceneryKind.ROAD]


def test_a_road_that_crosses_itself_without_end_is_left_out() -> None:
    corners = np.random.default_rng(1).uniform(0, 100, (3000, 2))
    found = imported(road(*map(tuple, corners)), road((0, 0), (50, 0), name="A"))
    assert [notice.code for notice in found.notices] == ["tangled"]
    assert len(found.plan.scenery) == 1


def test_pieces_of_water_are_one() -> None:
    found = imported(
        ground(0, 0, 50, 40, kind="water", id=7, name="湖"),
        ground(50, 0, 90, 40, kind="water", id=7),
        feature(line((0, 0), (50, 0)), kind="water", boundary=True, id=7),
        feature(point(40, 20), kind="water", id=7, name="湖", label_placement=True),
    )
    (lake,) = scenery(found, SceneryKind.WATER)
    assert (lake.id, lake.name, len(lake.rings)) == ("park.water.w7", Text(zh="湖"), 1)
    assert (len(lake.rings[0][0]), area(lake)) == (4, pytest.approx(3600, abs=1))


def test_the_middle_line_of_a_river_is_drawn_only_where_its_water_is_not() -> None:
    water = ground(0, -10, 100, 10, natural="water")
    inside = imported(water, feature(line((0, 0), (100, 0)), waterway="river"))
    beyond = imported(water, feature(line((0, 0), (300, 0)), waterway="river"))
    assert len(scenery(inside, SceneryKind.WATER)) == 1
    assert [round(area(one), -2) for one in scenery(beyond, SceneryKind.WATER)] == [2000, 3100]


def test_ground_far_beyond_buildings_and_ways_is_cut_off() -> None:
    found = imported(
        ground(0, 0, 20, 10, building="yes"),
        ground(-5000, -5000, 5000, 5000, natural="water"),
        ground(3000, 3000, 4000, 4000, landuse="grass"),
    )
    assert [one.kind for one in found.plan.scenery] == [SceneryKind.WATER]
    assert area(found.plan.scenery[0]) == pytest.approx(1020 * 1010, rel=0.001)


def test_ground_alone_is_shown_whole() -> None:
    found = imported(ground(-5000, -5000, 5000, 5000, natural="water"))
    assert area(found.plan.scenery[0]) == pytest.approx(1e8, rel=0.001)


def test_ground_of_each_kind_stands_in_the_plan() -> None:
    found = imported(
        ground(0, 0, 9, 9, landuse="grass", id=1),
        ground(20, 0, 29, 9, amenity="parking", id=2),
        ground(40, 0, 49, 9, leisure="swimming_pool", id=3),
    )
    assert [(one.id, one.kind) for one in found.plan.scenery] == [
        ("park.green.w1", SceneryKind.GREEN),
        ("park.paved.w2", SceneryKind.PAVED),
        ("park.water.w3", SceneryKind.WATER),
    ]


def test_mapped_trees_stand_where_they_were_mapped() -> None:
    found = imported(*(feature(point(x, 0), natural="tree") for x in (9, 5, 9)))
    (trees,) = scenery(found, SceneryKind.TREE)
    assert trees.points == ((5.0, 0.0), (9.0, 0.0))


def test_a_row_of_trees_keeps_its_distance() -> None:
    found = imported(
        feature(line((0, 0), (40, 0)), natural="tree_row", id=3),
        ground(15, -5, 25, 5, building="yes"),
    )
    (trees,) = scenery(found, SceneryKind.TREE)
    assert (trees.id, trees.points) == (
        "park.trees.w3",
        ((0.0, 0.0), (8.0, 0.0), (32.0, 0.0), (40.0, 0.0)),
    )


def test_trees_of_a_wood_stand_inside_and_clear_of_everything() -> None:
    found = imported(
        ground(0, 0, 200, 200, natural="wood", id=1),
        ground(50, 50, 90, 90, building="yes"),
        ground(120, 120, 150, 150, natural="water"),
        road((0, 100), (200, 100)),
    )
    (trees,) = scenery(found, SceneryKind.TREE)
    stems = shapely.points(trees.points)
    keep_off = [shapely.Polygon(rings[0]) for one in found.plan.scenery[1:] for rings in one.rings]
    (house,) = buildings(found)
    assert house.shape is not None
    keep_off.append(shapely.Polygon(house.shape.prisms[0].rings[0]))
    assert 350 < len(stems) < 650
    assert shapely.contains(shapely.box(0, 0, 200, 200), stems).all()
    assert shapely.distance(shapely.union_all(keep_off), stems).min() >= 1.9


def test_a_park_has_fewer_trees_than_a_wood_and_grass_has_none() -> None:
    def count(**tags: object) -> int:
        found = imported(ground(0, 0, 200, 200, id=1, **tags))
        return sum(len(one.points) for one in scenery(found, SceneryKind.TREE))

    assert count(natural="wood") > 1.5 * count(leisure="park") > 0
    assert count(landuse="grass") == 0


def test_trees_stand_in_the_same_places_every_time() -> None:
    wood = ground(0, 0, 200, 200, natural="wood", id=1)
    assert imported(wood) == imported(wood)


def test_a_great_forest_is_planted_more_thinly() -> None:
    woods = [ground(x, 0, x + 1000, 9000, natural="wood", id=x) for x in range(0, 9000, 1000)]
    found = imported(*woods)
    count = sum(len(one.points) for one in scenery(found, SceneryKind.TREE))
    assert 0.8 * MOST < count < 1.1 * MOST
