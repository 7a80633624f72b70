"""What features say of themselves: heights, names, ids, roles."""

import pytest

from shulian.kit.text import Text
from shulian.park.rules.geojson.grammar import Feature, Tags, Value
from shulian.park.rules.geojson.heights import HIGHEST, STOREY, UNKNOWN, Extent, extent, metres
from shulian.park.rules.geojson.hstore import opened_tags
from shulian.park.rules.geojson.keys import key
from shulian.park.rules.geojson.roles import Form, Role, building_kind, closed, role
from shulian.park.rules.geojson.words import LONGEST, address, altered, cleaned, name, website


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (12, 12.0),
        (12.5, 12.5),
        ("12", 12.0),
        (" 12 m ", 12.0),
        ("12m", 12.0),
        ("12 metres", 12.0),
        ("12,5", 12.5),
        ("~12", 12.0),
        ("12米", 12.0),
        ("12;15", 12.0),
        ("1e2", 100.0),
        ("40'", 12.192),
        ("40 ft", 12.192),
        ("5'10\"", 1.778),
        ("-5 m", -5.0),
        ("tall", None),
        ("", None),
        ("1e999", None),
        ("9" * 5000, None),
        (10**400, None),
        (float("inf"), None),
        (["12"], None),
        (None, None),
    ],
)
def test_a_length_as_people_write_it(written: Value, expected: float | None) -> None:
    assert metres(written) == (None if expected is None else pytest.approx(expected))


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        (Tags(), UNKNOWN),
        (Tags(height=30), Extent(0.0, 30.0)),
        (Tags(height="30 m", min_height=10), Extent(10.0, 30.0)),
        (Tags(building_height=30), Extent(0.0, 30.0)),
        (Tags(render_height=30, render_min_height=3), Extent(3.0, 30.0)),
        (Tags(height=0), Extent(0.0, 0.0)),
        (Tags(building_levels="5"), Extent(0.0, 5 * STOREY)),
        (Tags(building_levels=5, roof_height=2), Extent(0.0, 5 * STOREY + 2)),
        (Tags(building_levels=5, roof_levels=1), Extent(0.0, 6 * STOREY)),
        (Tags(num_floors=4), Extent(0.0, 4 * STOREY)),
        (Tags(building_levels=5, building_min_level=2), Extent(2 * STOREY, 5 * STOREY)),
        (Tags(height=30, building_levels=5), Extent(0.0, 30.0)),
        (Tags(height=30, min_height=-3), Extent(0.0, 30.0)),
        (Tags(building_levels="", height=""), UNKNOWN),
    ],
)
def test_a_height_comes_from_what_is_written(tags: Tags, expected: Extent) -> None:
    found = extent(tags)
    assert (found.base, found.fault) == (pytest.approx(expected.base), "")
    assert found.top == (None if expected.top is None else pytest.approx(expected.top))


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        (Tags(height=-3), Extent(0.0, None, "height=-3")),
        (Tags(height=1e9), Extent(0.0, None, "height=1000000000.0")),
        (Tags(height=HIGHEST + 1, building_levels=2), Extent(0.0, 6.4, "height=1501.0")),
        (Tags(height="tall"), Extent(0.0, None, "height='tall'")),
        (Tags(building_levels=100000), Extent(0.0, None, "building:levels=100000")),
        (Tags(height=10, min_height=12), Extent(0.0, 10.0, "min_height=12")),
        (Tags(height=10, min_height="low"), Extent(0.0, 10.0, "min_height='low'")),
    ],
)
def test_an_absurd_height_is_left_out_of_account(tags: Tags, expected: Extent) -> None:
    assert extent(tags) == expected


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        (Tags(), Text()),
        (
            Tags(name="上海中心大厦", name_en="Shanghai Tower"),
            Text("上海中心大厦", "Shanghai Tower"),
        ),
        (Tags(name="Expo", name_zh="世博"), Text("世博", "Expo")),
        (Tags(name="世博"), Text("世博", "")),
        (Tags(name="Expo"), Text("", "Expo")),
        (Tags(name="Café 浦东"), Text("Café 浦东", "")),
        (Tags(name="望江饭店 River Hotel"), Text("望江饭店", "River Hotel")),
        (Tags(name="1号楼 A座"), Text("1号楼 A座", "")),
        (Tags(name=7), Text("", "7")),
        (Tags(name=["a"]), Text()),
        (Tags(names={"primary": "塔", "common": {"en": "Tower"}}), Text("塔", "Tower")),
        (Tags(name="<b>塔</b>"), Text("<b>塔</b>", "")),
    ],
)
def test_a_name_is_sorted_into_both_languages(tags: Tags, expected: Text) -> None:
    assert name(tags) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("A\u202eB", "AB"),
        ("A\nB\x00\x07C", "A B C"),
        ("  A \t B ", "A B"),
        ("\u200bA\ufeff", "A"),
        ("e\u0301", "é"),
        ("x" * 500, "x" * (LONGEST - 1) + "…"),
        ("塔" * LONGEST, "塔" * LONGEST),
        ("", ""),
        ("👩\u200d💻 Lab", "👩\u200d💻 Lab"),
    ],
)
def test_a_name_loses_what_cannot_be_seen(written: str, expected: str) -> None:
    assert cleaned(written) == expected


def test_a_name_that_lost_something_is_told_from_one_that_did_not() -> None:
    assert [altered(Tags(name=words)) for words in ("A", " 塔 ", "A\u202eB", "x" * 500)] == [
        False,
        False,
        True,
        True,
    ]


def test_an_address_is_written_as_its_language_does() -> None:
    assert address(Tags(street="银城中路", housenumber="501")) == Text(zh="银城中路501号")
    assert address(Tags(addr_street="Main Street", addr_housenumber=7)) == Text(en="7 Main Street")
    assert address(Tags(street="Main Street")) == Text()


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("https://example.org/a", "https://example.org/a"),
        ("javascript:alert(1)", None),
        ("https://example.org/ a", None),
        ("", None),
        (3, None),
    ],
)
def test_only_a_web_address_is_a_link(page: Value, expected: str | None) -> None:
    assert website(Tags(website=page)) == expected


@pytest.mark.parametrize(
    ("feature", "tags", "expected"),
    [
        (Feature(), Tags(osm="way/123"), "w123"),
        (Feature(), Tags(osm="relation/123"), "r123"),
        (Feature(id="way/123"), Tags(), "w123"),
        (Feature(id=123), Tags(), "w123"),
        (Feature(id=123.0), Tags(), "w123"),
        (Feature(id="w123"), Tags(), "w123"),
        (Feature(id="a246"), Tags(), "w123"),
        (Feature(id="a247"), Tags(), "r123"),
        (Feature(), Tags(id=123), "w123"),
        (Feature(), Tags(id=-123), "r123"),
        (Feature(), Tags(id="123", type="relation"), "r123"),
        (Feature(), Tags(osm=123, osm_type="relation"), "r123"),
        (Feature(), Tags(osm_way_id="123"), "w123"),
        (Feature(), Tags(osm_id="123"), "r123"),
        (Feature(id="north-tower"), Tags(), "f-north-tower"),
        (Feature(id="{3F2504E0-4F89}"), Tags(), "f-3f2504e0-4f89-dea5181a"),
        (Feature(id="北塔"), Tags(), "f-fe739a77"),
        (Feature(id=True), Tags(), ""),
        (Feature(id=""), Tags(), ""),
        (Feature(), Tags(), ""),
    ],
)
def test_an_id_is_made_of_whatever_identifies(feature: Feature, tags: Tags, expected: str) -> None:
    assert key(feature, tags, point=False) == expected


def test_a_number_without_a_type_is_a_node_where_it_stands_for_a_point() -> None:
    assert key(Feature(id=5), Tags(), point=True) == "n5"


def test_packed_tags_stand_beside_the_others() -> None:
    hstore = '"building:levels"=>"5","name:en"=>"A \\"B\\""'
    assert opened_tags(Tags(name="塔", other_tags=hstore)).building_levels == "5"
    nested = opened_tags(Tags(id=1, tags={"building": "yes", "id": 2}))
    assert (nested.building, nested.id) == ("yes", 1)
    assert opened_tags(Tags(name="塔", tags=["building"])) == Tags(name="塔", tags=["building"])


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        (Tags(building="yes"), Role.BUILDING),
        (Tags(building=True), Role.BUILDING),
        (Tags(kind="building"), Role.BUILDING),
        (Tags(man_made="tower"), Role.BUILDING),
        (Tags(height=12), Role.BUILDING),
        (Tags(building="no", landuse="grass"), Role.GREEN),
        (Tags(building="yes", natural="water"), Role.BUILDING),
        (Tags(building_part="yes"), Role.PART),
        (Tags(kind="building_part"), Role.PART),
        (Tags(natural="water"), Role.WATER),
        (Tags(water="pond"), Role.WATER),
        (Tags(leisure="swimming_pool"), Role.WATER),
        (Tags(natural="wood"), Role.WOOD),
        (Tags(kind="forest", kind_detail="broadleaved"), Role.WOOD),
        (Tags(leisure="park"), Role.GARDEN),
        (Tags(amenity="parking"), Role.PAVED),
        (Tags(highway="pedestrian"), Role.PAVED),
        (Tags(kind="pier"), Role.PAVED),
        (Tags(natural="water", tunnel="culvert"), Role.NOTHING),
        (Tags(landuse="residential"), Role.NOTHING),
        (Tags(kind="earth"), Role.NOTHING),
        (Tags(boundary="administrative"), Role.NOTHING),
        (Tags(name="?"), Role.UNKNOWN),
    ],
)
def test_an_area_becomes_what_its_tags_say(tags: Tags, expected: Role) -> None:
    assert role(tags, Form.AREA) is expected


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        (Tags(highway="residential"), Role.WAY),
        (Tags(railway="tram"), Role.WAY),
        (Tags(kind="path", kind_detail="steps"), Role.WAY),
        (Tags(kind="rail", kind_detail="subway", is_tunnel=True), Role.NOTHING),
        (Tags(highway="primary", tunnel="yes"), Role.NOTHING),
        (Tags(highway="primary", tunnel="no"), Role.WAY),
        (Tags(kind="subway"), Role.NOTHING),
        (Tags(kind="ferry"), Role.NOTHING),
        (Tags(highway="proposed"), Role.NOTHING),
        (Tags(waterway="river"), Role.STREAM),
        (Tags(kind="river", boundary=True), Role.NOTHING),
        (Tags(natural="tree_row"), Role.TREE_ROW),
        (Tags(barrier="hedge"), Role.HEDGE),
        (Tags(barrier="wall"), Role.NOTHING),
    ],
)
def test_a_line_becomes_what_its_tags_say(tags: Tags, expected: Role) -> None:
    assert role(tags, Form.LINE) is expected


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        (Tags(natural="tree"), Role.TREE),
        (Tags(kind="hotel", name="A"), Role.NAME),
        (Tags(kind="bus_stop"), Role.NOTHING),
    ],
)
def test_a_point_becomes_what_its_tags_say(tags: Tags, expected: Role) -> None:
    assert role(tags, Form.POINT) is expected


def test_a_line_that_returns_bounds_an_area_unless_it_is_a_road() -> None:
    assert closed(Tags(building="yes"))
    assert closed(Tags(highway="pedestrian", area="yes"))
    assert not closed(Tags(highway="primary"))
    assert not closed(Tags(kind="water", boundary=True))


def test_a_building_is_of_the_kind_its_tags_name() -> None:
    assert [
        building_kind(tags)
        for tags in (
            Tags(building="Church"),
            Tags(kind="building", kind_detail="office"),
            Tags(building="yes", man_made="tower"),
            Tags(),
        )
    ] == ["church", "office", "tower", "yes"]
