"""Buildings: outlines and parts, pieces of cut ones, repairs, heights, ids."""

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from tests.park.rules.geojson.making import (
    PARK,
    Json,
    box,
    buildings,
    codes,
    feature,
    ground,
    heights,
    imported,
    lonlat,
    point,
    polygon,
)

from shulian.kit.text import Text
from shulian.park.errors import ImportEmpty
from shulian.park.rules.geojson.areas import array_of, joined
from shulian.park.rules.geojson.heights import default
from shulian.park.types import Prism, Shape, Space, SpaceId, SpaceKind, SpaceStatus

SITE = SpaceId("park.site")


def outline(west: float, south: float, east: float, north: float, **tags: object) -> Json:
    return feature(polygon(box(west, south, east, north)), **{"building": "yes", **tags})


def part(west: float, south: float, east: float, north: float, **tags: object) -> Json:
    return feature(polygon(box(west, south, east, north)), building__part="yes", **tags)


def test_a_feature_becomes_a_building_of_the_site_of_the_park() -> None:
    house = outline(
        0, 0, 20, 10,
        at_id="way/7", height="12 m", name="数链塔", name__en="Shulian Tower",
        addr__street="环路", addr__housenumber="8", website="https://example.org",
    )  # fmt: skip
    found = imported(house, name=Text("园区", "Park"), site_name=Text("地块", "Site"))
    building = buildings(found)[0]
    assert building.shape is not None
    drawn = building.shape.prisms[0].rings[0]
    assert np.abs(np.array(drawn) - np.array(box(0, 0, 20, 10))).max() <= 0.002
    assert found.plan.spaces == (
        Space(PARK, None, SpaceKind.PARK, Text("园区", "Park")),
        Space(SITE, PARK, SpaceKind.SITE, Text("地块", "Site")),
        Space(
            id=SpaceId("park.w7"),
            parent=SITE,
            kind=SpaceKind.BUILDING,
            name=Text("数链塔", "Shulian Tower"),
            about=Text(zh="环路8号"),
            shape=Shape((Prism((drawn,), 0.0, 12.0),)),
            link="https://example.org",
        ),
    )
    assert found.notices == ()


def test_a_park_without_a_name_is_called_by_its_id() -> None:
    found = imported(outline(0, 0, 20, 10), site=SpaceId("lot"))
    assert [(space.id, space.name) for space in found.plan.spaces[:2]] == [
        (PARK, Text(en="park")),
        ("lot", Text(en="park")),
    ]


def test_a_building_under_construction_says_so() -> None:
    assert buildings(imported(outline(0, 0, 9, 9, building="construction")))[0].status is (
        SpaceStatus.BUILDING
    )


def test_shells_run_counter_clockwise_and_holes_clockwise() -> None:
    shell, hole = box(0, 0, 20, 20), box(5, 5, 10, 10)
    for turned in (polygon(shell, hole), polygon(shell[::-1], hole[::-1])):
        building = buildings(imported(feature(turned, building="yes")))[0]
        assert building.shape is not None
        signs = [shapely.LinearRing(ring).is_ccw for ring in building.shape.prisms[0].rings]
        assert signs == [True, False]
        assert ground(building) == pytest.approx(375, abs=0.1)


def test_without_an_id_the_same_positions_have_the_same_one() -> None:
    def without(*ones: Json) -> list[SpaceId]:
        return [space.id for space in buildings(imported(*ones))]

    one, other = outline(0, 0, 20, 10), outline(40, 0, 60, 10)
    assert without(one, other) == without(other, one)[::-1]
    assert without(one, one) == without(one)
    assert without(one)[0].startswith("park.g")


def test_a_missing_height_is_guessed_and_counted_once() -> None:
    found = imported(
        outline(0, 0, 9, 9, building="church"),
        outline(20, 0, 29, 9, height=0),
        outline(40, 0, 49, 9, min_height=5),
        outline(60, 0, 69, 9, building__levels=2),
    )
    assert [heights(space) for space in buildings(found)] == [
        [(0.0, default("church"))],
        [(0.0, default("yes"))],
        [(5.0, 5.0 + default("yes"))],
        [(0.0, 6.4)],
    ]
    assert [(notice.code, notice.words) for notice in found.notices] == [
        (
            "height_missing",
            "a.geojson: no height is given for 3 of the buildings; taken from what they are",
        )
    ]


@pytest.mark.parametrize("height", [-4, 1e9, "tall"])
def test_an_absurd_height_is_noted_and_guessed(height: object) -> None:
    found = imported(outline(0, 0, 9, 9, height=height, at_id="way/1"))
    assert heights(buildings(found)[0]) == [(0.0, default("yes"))]
    assert codes(found) == [("height_absurd", "a.geojson#1")]


def test_a_cleaned_name_is_noted() -> None:
    found = imported(outline(0, 0, 9, 9, name="<b>\u202eA</b>", at_id="way/1"))
    assert buildings(found)[0].name == Text(en="<b>A</b>")
    assert codes(found) == [("name_cleaned", "a.geojson#1")]


def test_parts_are_the_prisms_and_the_outline_fills_what_they_leave() -> None:
    found = imported(
        outline(0, 0, 40, 20, height=90, name="塔", name__en="Tower", at_id="way/1"),
        part(0, 0, 10, 20, height=90, name="East wing"),
        part(10, 0, 20, 20, height=30),
    )
    (tower,) = buildings(found)
    assert (tower.id, tower.name) == ("park.w1", Text("塔", "Tower"))
    assert heights(tower) == [(0.0, 90.0), (0.0, 30.0), (0.0, 30.0)]
    assert ground(tower) == pytest.approx(800, abs=0.2)


def test_an_outline_lower_than_its_parts_says_how_high_the_rest_is() -> None:
    found = imported(
        outline(0, 0, 40, 20, height=12), part(0, 0, 10, 20, height=90), part(10, 0, 20, 20)
    )
    assert heights(buildings(found)[0]) == [(0.0, 90.0), (0.0, 12.0), (0.0, 12.0)]


def test_the_rest_of_an_outline_without_a_height_is_a_podium() -> None:
    found = imported(outline(0, 0, 40, 20, building="office"), part(0, 0, 10, 20, height=90))
    assert heights(buildings(found)[0]) == [(0.0, 90.0), (0.0, default("office"))]


def test_a_strip_that_a_careless_drawing_leaves_is_no_prism() -> None:
    found = imported(outline(0, 0, 20, 10, height=9), part(0, 0, 19.8, 9.8, height=9))
    assert heights(buildings(found)[0]) == [(0.0, 9.0)]


def test_a_part_without_a_height_is_as_high_as_the_building() -> None:
    found = imported(
        outline(0, 0, 20, 10, height=90), part(0, 0, 10, 10), part(10, 0, 20, 10, min_height=70)
    )
    assert heights(buildings(found)[0]) == [(0.0, 90.0), (70.0, 90.0)]


def test_a_part_of_height_zero_is_open_ground() -> None:
    found = imported(
        outline(0, 0, 20, 10, height=90),
        part(0, 0, 10, 10, height=90),
        part(10, 0, 20, 10, height=0),
    )
    assert heights(buildings(found)[0]) == [(0.0, 90.0)]


def test_an_outline_covered_by_open_ground_stands_nevertheless() -> None:
    found = imported(outline(0, 0, 20, 10, height=9), part(0, 0, 20, 10, height=0))
    assert heights(buildings(found)[0]) == [(0.0, 9.0)]


def test_a_part_names_its_outline() -> None:
    found = imported(
        outline(0, 0, 20, 10, height=9, id=1),
        outline(40, 0, 60, 10, height=9, id=2),
        feature(polygon(box(42, 2, 50, 8)), kind="building_part", id=3, root_id=1, height=20),
    )
    assert [(space.id, len(heights(space))) for space in buildings(found)] == [
        ("park.w1", 2),
        ("park.w2", 1),
    ]


def test_parts_of_a_missing_outline_make_one_building() -> None:
    found = imported(
        *(
            feature(
                polygon(box(10 * n, 0, 10 * n + 10, 10)),
                kind="building_part", id=n + 5, root_id=-9, height=9 + n, name=f"Part {n}",
            )
            for n in range(2)
        )
    )  # fmt: skip
    (whole,) = buildings(found)
    assert (whole.id, whole.name, heights(whole)) == (
        "park.r9",
        Text(en="Part 0"),
        [(0.0, 9.0), (0.0, 10.0)],
    )


def test_a_part_on_its_own_is_a_building() -> None:
    assert heights(buildings(imported(part(0, 0, 9, 9, height=5)))[0]) == [(0.0, 5.0)]


@pytest.mark.parametrize("length", [2, 3, 50])
def test_parts_of_each_other_in_a_circle_stand_where_they_lie(length: int) -> None:
    circle = [
        feature(
            polygon(box(20 * n, 0, 20 * n + 10, 10)),
            kind="building_part", id=n + 1, root_id=(n + 1) % length + 1, height=9,
        )
        for n in range(length)
    ]  # fmt: skip
    found = imported(*circle)
    assert len(buildings(found)) == length
    assert [code for code, _ in codes(found)] == ["root_cycle"]


def test_a_chain_of_roots_ends_at_its_outline() -> None:
    found = imported(
        outline(0, 0, 20, 10, id=1, height=9),
        feature(polygon(box(0, 0, 9, 9)), kind="building_part", id=2, root_id=1, height=12),
        feature(polygon(box(50, 0, 59, 9)), kind="building_part", id=3, root_id=2, height=15),
    )
    assert [(space.id, len(heights(space))) for space in buildings(found)] == [("park.w1", 3)]


def test_a_building_and_a_part_of_the_same_id_apart_are_two() -> None:
    found = imported(
        outline(0, 0, 20, 10, at_id="way/1"), part(50, 0, 60, 10, at_id="way/1", height=5)
    )
    assert [space.id for space in buildings(found)] == ["park.w1", "park.w1-2"]


def test_a_nameless_building_in_another_one_is_a_part_of_it() -> None:
    found = imported(
        outline(0, 0, 60, 40, name="商场", height=14),
        outline(10, 10, 30, 30, height=98),
        outline(40, 10, 50, 30),
    )
    (whole,) = buildings(found)
    assert (whole.name, heights(whole)) == (Text(zh="商场"), [(0.0, 98.0), (0.0, 14.0)])
    assert ground(whole) == pytest.approx(2400, abs=0.5)


def test_a_named_building_in_another_one_stays_its_own() -> None:
    found = imported(outline(0, 0, 60, 40, name="A"), outline(10, 10, 30, 30, name="B"))
    assert [space.name.en for space in buildings(found)] == ["A", "B"]


def test_of_two_equal_outlines_the_named_one_stays() -> None:
    found = imported(outline(0, 0, 60, 40, id=1), outline(0, 0, 60, 40, id=-2, name="A"))
    assert [space.id for space in buildings(found)] == ["park.r2"]


def test_houses_in_houses_end_in_the_outermost_one() -> None:
    found = imported(*(outline(-n, -n, n, n, height=50 - n, id=n) for n in range(10, 15)))
    (whole,) = buildings(found)
    assert (whole.id, max(top for _, top in heights(whole))) == ("park.w14", 40.0)


def test_a_nameless_tower_belongs_to_the_podium_that_clasps_it() -> None:
    podium = [(0, 0), (80, 0), (80, 60), (0, 60), (0, 45), (30, 45), (30, 15), (0, 15)]
    found = imported(
        feature(polygon(podium), building="yes", name="Centre", height=17, id=1),
        outline(0.1, 15.1, 29.9, 44.9, height=492, id=2),
        part(5, 20, 25, 40, height=470, root_id=2),
    )
    (whole,) = buildings(found)
    assert (whole.id, whole.name) == ("park.w1", Text(en="Centre"))
    assert sorted(heights(whole)) == [(0.0, 17.0), (0.0, 470.0), (0.0, 470.0)]


def test_neighbours_of_about_the_same_height_stay_two() -> None:
    found = imported(outline(0, 0, 60, 40, name="A", height=50), outline(60, 0, 90, 40, height=70))
    assert len(buildings(found)) == 2


def test_a_point_of_the_same_id_names_a_nameless_building() -> None:
    label = feature(point(10, 5), kind="attraction", id=7, name="塔", **{"name:en": "Tower"})
    elsewhere = feature(point(500, 5), kind="attraction", id=8, name="Elsewhere")
    node = feature(point(45, 5), at_id="node/9", tourism="hotel", name="Hotel")
    found = imported(
        outline(0, 0, 20, 10, id=7), outline(40, 0, 60, 10, id=8), outline(80, 0, 90, 9, id=9),
        label, elsewhere, node,
    )  # fmt: skip
    assert [space.name for space in buildings(found)] == [Text("塔", "Tower"), Text(), Text()]


def test_pieces_of_one_building_tell_together_what_it_is() -> None:
    found = imported(
        outline(0, 0, 10, 10, id=1, height=None, name=""),
        outline(10, 0, 20, 10, id=1, height=12, name="塔"),
    )
    (whole,) = buildings(found)
    assert (whole.name, heights(whole)) == (Text(zh="塔"), [(0.0, 12.0)])
    assert ground(whole) == pytest.approx(200, abs=0.1)
    assert whole.shape is not None
    assert len(whole.shape.prisms[0].rings[0]) == 4


def test_an_id_used_far_away_is_kept_apart() -> None:
    found = imported(
        outline(0, 0, 10, 10, id=1),
        outline(5000, 0, 5010, 10, id=1),
        outline(5010, 0, 5020, 10, id=1),
    )
    assert [(space.id, round(ground(space))) for space in buildings(found)] == [
        ("park.w1", 100),
        ("park.w1-2", 200),
    ]
    assert codes(found) == [("id_reused", "a.geojson#2")]


_coordinate = st.floats(-200, 200, allow_nan=False)


@st.composite
def outlines(draw: st.DrawFn) -> shapely.Polygon:
    """A building of boxes and a round tower, perhaps with a court."""
    boxes = draw(
        st.lists(
            st.tuples(_coordinate, _coordinate, st.floats(8, 90), st.floats(8, 90)),
            min_size=1, max_size=4,
        )
    )  # fmt: skip
    shapes = [shapely.box(x, y, x + w, y + d) for x, y, w, d in boxes]
    x, y, w, d = boxes[0]
    shapes.append(shapely.Point(x + w, y + d).buffer(draw(st.floats(5, 30)), quad_segs=4))
    whole = shapely.union_all(shapes, grid_size=0.01)
    parts: list[shapely.Polygon] = shapely.get_parts(whole).tolist()
    return max(parts, key=lambda part: part.area)


@given(outlines(), st.integers(40, 300), _coordinate, _coordinate, st.floats(0, 0.2), st.data())
def test_a_building_cut_by_tiles_is_whole_again(
    whole: shapely.Polygon, side: int, east: float, north: float, gap: float, data: st.DataObject
) -> None:
    """Cut by a grid of tiles, each piece shifted a little, some of them given twice."""
    west, south, right, top = whole.bounds
    columns = np.arange(west - side + east % side, right, side)
    lines = np.arange(south - side + north % side, top, side)
    pieces: list[shapely.Polygon] = []
    for x in columns:
        for y in lines:
            tile = shapely.box(x + gap / 2, y + gap / 2, x + side - gap / 2, y + side - gap / 2)
            cut = shapely.get_parts(shapely.intersection(whole, tile))
            pieces += [p for p in cut if isinstance(p, shapely.Polygon) and p.area > 2]
    if data.draw(st.booleans()):
        pieces.append(pieces[0])
    again = joined(array_of(pieces))
    lost = whole.area - float(shapely.area(shapely.union_all(pieces)))
    assert shapely.is_valid(again)
    unlike = shapely.area(shapely.symmetric_difference(again, whole))
    assert unlike <= lost + 0.06 * whole.length + 3
    if gap == 0 and lost < 0.01:
        assert isinstance(again, shapely.Polygon)
        assert shapely.get_num_interior_rings(again) == shapely.get_num_interior_rings(whole)
        assert len(shapely.get_coordinates(again)) <= len(shapely.get_coordinates(whole)) + 2


def test_an_outline_that_crosses_itself_keeps_its_largest_part() -> None:
    bow = [(0, 0), (30, 30), (30, 0), (0, 10)]
    found = imported(feature(polygon(bow), building="yes", at_id="way/1"))
    assert codes(found) == [("self_crossing", "a.geojson#1")]
    assert found.notices[0].words == ("a.geojson#1 (w1): crosses itself; its largest part is kept")
    assert ground(buildings(found)[0]) == pytest.approx(337.5, abs=0.5)


def test_a_tangle_is_left_out() -> None:
    rng = np.random.default_rng(1)
    tangle = [(float(x), float(y)) for x, y in rng.uniform(0, 100, (2000, 2))]
    found = imported(feature(polygon(tangle), building="yes"), outline(200, 0, 220, 10))
    assert codes(found) == [("tangled", "a.geojson#1")]


@pytest.mark.parametrize(
    "rings",
    [
        [],
        [[]],
        [lonlat([(0, 0)])],
        [lonlat([(0, 0), (10, 0), (0, 0)])],
        [lonlat([(0, 0), (10, 0), (20, 0), (0, 0)])],
        [lonlat([(0, 0)] * 5)],
        [lonlat([*box(0, 0, 0.1, 0.1), (0, 0)])],
    ],
    ids=["nothing", "no ring", "point", "line", "flat", "still", "tiny"],
)
def test_an_outline_without_an_area_is_left_out(rings: list[object]) -> None:
    empty = feature({"type": "Polygon", "coordinates": rings}, building="yes")
    found = imported(empty, outline(20, 0, 30, 9))
    assert codes(found) == [("no_area", "a.geojson#1")]
    assert len(buildings(found)) == 1


def test_an_open_ring_is_closed() -> None:
    ring = lonlat(box(0, 0, 20, 10))
    found = imported(feature({"type": "Polygon", "coordinates": [ring]}, building="yes"))
    assert codes(found) == [("unclosed", "a.geojson#1")]
    assert ground(buildings(found)[0]) == pytest.approx(200, abs=0.1)


def test_a_corner_that_stands_twice_stands_once() -> None:
    shell = [(0, 0), (0, 0), (20, 0), (20, 10), (20, 10), (20, 10), (0, 10), (0, 0)]
    building = buildings(imported(feature(polygon(shell), building="yes")))[0]
    assert building.shape is not None
    assert len(building.shape.prisms[0].rings[0]) == 4


def test_a_closed_line_and_a_multipolygon_are_outlines_too() -> None:
    ring = lonlat([*box(0, 0, 20, 10), (0, 0)])
    drawn = feature({"type": "LineString", "coordinates": ring}, building="yes", id=1)
    pair = {
        "type": "MultiPolygon",
        "coordinates": [
            polygon(box(40, 0, 50, 10))["coordinates"],
            polygon(box(70, 0, 80, 10))["coordinates"],
        ],
    }
    several = {"type": "GeometryCollection", "geometries": [pair, point(0, 0)]}
    found = imported(drawn, feature(several, building="yes", id=2))
    assert [(space.id, len(heights(space))) for space in buildings(found)] == [
        ("park.w1", 1),
        ("park.w2", 2),
    ]


def test_areas_that_say_nothing_are_counted() -> None:
    mute = feature(polygon(box(0, 0, 9, 9)), name="?")
    found = imported(mute, mute, outline(20, 0, 30, 9))
    assert [(notice.code, notice.words) for notice in found.notices[:1]] == [
        ("not_understood", "a.geojson: nothing says what 2 of the areas are; left out")
    ]


def test_a_flood_of_notices_is_counted() -> None:
    empty = feature({"type": "Polygon", "coordinates": []}, building="yes")
    found = imported(*[empty] * 70, outline(20, 0, 30, 9, height=9))
    assert [notice.code for notice in found.notices] == ["no_area"] * 50 + ["more"]
    assert found.notices[-1].words == "no_area: 20 more features"


def test_a_stack_of_buildings_is_taken_as_it_is() -> None:
    found = imported(*(outline(0, 0, 20, 10 + n / 100, id=n, height=9) for n in range(1500)))
    assert len(buildings(found)) == 1500
    assert codes(found) == [("stacked", "a.geojson#1")]


def test_nothing_but_labels_is_no_park() -> None:
    with pytest.raises(ImportEmpty):
        imported(feature(point(0, 0), name="A"))
