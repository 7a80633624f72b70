"""Real districts: Lujiazui cut into tiles, blocks of Manhattan with nothing but ids."""

from pathlib import Path

import pytest
import shapely
from tests.park.rules.geojson.making import PARK, buildings, heights, scenery

from shulian.kit.text import Text
from shulian.park.rules.geojson.read import read
from shulian.park.types import Import, SceneryKind, Space


@pytest.fixture(scope="module")
def lujiazui(shared_data: Path) -> Import:
    folder = shared_data / "park" / "lujiazui_osm"
    files = [(path.name, path.read_bytes()) for path in sorted(folder.glob("*.geojson"))]
    return read(files, park=PARK)


@pytest.fixture(scope="module")
def by_id(lujiazui: Import) -> dict[str, Space]:
    return {space.id.removeprefix("park."): space for space in buildings(lujiazui)}


def height(space: Space) -> float:
    return max(top for _, top in heights(space))


def test_shanghai_tower_is_one_building_named_in_both_languages(by_id: dict[str, Space]) -> None:
    tower = by_id["w165792123"]
    assert (tower.name, height(tower)) == (Text("上海中心大厦", "Shanghai Tower"), 632.0)
    assert [space.id for space in by_id.values() if space.name == tower.name] == [tower.id]


@pytest.mark.parametrize(
    ("key", "high"),
    [("w40778038", 468), ("w165591946", 492), ("w423304682", 259.9), ("w520990197", 252)],
)
def test_the_other_towers_stand_named_at_their_heights(
    by_id: dict[str, Space], key: str, high: float
) -> None:
    assert by_id[key].name
    assert height(by_id[key]) == high


def test_a_tower_of_parts_rises_in_steps(by_id: dict[str, Space]) -> None:
    assert sorted(heights(by_id["w165792123"])) == [
        (0.0, top) for top in (90.0, 180.0, 270.0, 360.0, 450.0, 540.0, 632.0)
    ]


def test_every_building_stands_once(lujiazui: Import, by_id: dict[str, Space]) -> None:
    assert len(by_id) == len(buildings(lujiazui)) == 1301
    assert [notice.code for notice in lujiazui.notices] == ["height_missing"]


def test_no_building_is_left_in_pieces_along_a_seam(by_id: dict[str, Space]) -> None:
    """Slivers and cracks would be rings of next to no area."""
    tiny = [
        space.id
        for space in by_id.values()
        if space.shape is not None
        for prism in space.shape.prisms
        for ring in prism.rings
        if shapely.Polygon(ring).area < 1
    ]
    assert tiny == []


def test_roads_water_and_trees_lie_between(lujiazui: Import) -> None:
    names = {one.name.zh for one in scenery(lujiazui, SceneryKind.ROAD)}
    rivers = {one.name.zh for one in scenery(lujiazui, SceneryKind.WATER)}
    assert {"世纪大道", "陆家嘴环路"} <= names
    assert {"黄浦江", "苏州河"} <= rivers
    assert sum(len(one.points) for one in scenery(lujiazui, SceneryKind.TREE)) > 1000
    assert scenery(lujiazui, SceneryKind.RAIL) == []


def test_blocks_of_manhattan_have_every_height(shared_data: Path) -> None:
    path = shared_data / "park" / "nyc_osm" / "nyc_buildings_1000.geojson.gz"
    found = read([(path.name, path.read_bytes())], park=PARK)
    assert (len(buildings(found)), found.notices) == (1000, ())
    assert found.plan.place.timezone == "America/New_York"
    tower = next(space for space in buildings(found) if space.id == "park.w86121621")
    assert tower.name.en
    assert height(tower) == 366.0
