"""The demo park holds the facts it is about, and can be walked without a hitch."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import shapely
from shapely import Polygon
from shapely.geometry.base import BaseGeometry

from shulian.kit.text import Text
from shulian.park.rules import plans
from shulian.park.rules.construction import unreached
from shulian.park.rules.definition import doors
from shulian.park.rules.definition.read import read
from shulian.park.rules.storeys.models import storey_models
from shulian.park.types import Import, Prism, SceneryKind, Space, SpaceId, SpaceKind

DEMO = Path(__file__).parents[4] / "demo" / "shulian"
NOW = date(2026, 11, 22)
TREE = {SpaceKind.PARK, SpaceKind.SITE, SpaceKind.PHASE, SpaceKind.BUILDING}


@pytest.fixture(scope="module")
def demo() -> Import:
    return read({path.name: path.read_bytes() for path in DEMO.iterdir()})


@pytest.fixture(scope="module")
def spaces(demo: Import) -> dict[str, Space]:
    return {space.id: space for space in demo.plan.spaces}


def prisms(space: Space) -> tuple[Prism, ...]:
    return space.shape.prisms if space.shape else ()


def polygon(space: Space) -> BaseGeometry:
    return shapely.union_all([Polygon(p.rings[0], p.rings[1:]) for p in prisms(space)])


def below(spaces: dict[str, Space], parent: str) -> Iterator[Space]:
    for space in spaces.values():
        if space.parent == parent:
            yield space
            yield from below(spaces, space.id)


def test_nothing_about_it_needs_a_remark(demo: Import) -> None:
    assert demo.notices == ()


def test_it_can_become_a_park(demo: Import) -> None:
    plans.check(demo.plan)


def test_its_facts_are_those_of_the_announcement(spaces: dict[str, Space]) -> None:
    zhangjiang, yuqiao = spaces["zhangjiang"], spaces["yuqiao"]
    phases = [space for space in spaces.values() if space.kind is SpaceKind.PHASE]

    assert (zhangjiang.name, zhangjiang.area) == (Text("张江数链", "Zhangjiang"), 2_000_000)
    assert (yuqiao.name, yuqiao.area) == (Text("陆家嘴·御桥科创园", "Yuqiao"), 1_780_000)
    assert polygon(yuqiao).area == pytest.approx(1_850_000, rel=1e-3)
    assert [phase.parent for phase in phases] == ["yuqiao"] * 3
    assert sum(phase.area or 0 for phase in phases) == 1_780_000
    assert min(phase.delivered or NOW for phase in phases).year == 2023


def test_the_floors_of_yuqiao_add_up_to_what_its_phases_say(spaces: dict[str, Space]) -> None:
    for phase in (space for space in spaces.values() if space.kind is SpaceKind.PHASE):
        buildings = [space.area or 0 for space in spaces.values() if space.parent == phase.id]

        assert sum(buildings) == pytest.approx(phase.area, rel=0.01)


def test_the_places_to_be_linked_are_sites_without_ground(spaces: dict[str, Space]) -> None:
    assert [
        space.name.zh
        for space in spaces.values()
        if space.kind is SpaceKind.SITE and space.shape is None
    ] == [
        *("浦东软件园", "人工智能岛", "金融数据港", "机器人谷", "集成电路设计园"),
        *("陆家嘴金融城", "金桥智能制造", "外高桥", "浦江", "临港"),
    ]


def test_hall_1_east_has_400_seats_on_the_second_floor(spaces: dict[str, Space]) -> None:
    hall = spaces["science-hall-e1"]
    inside = Counter(space.kind for space in spaces.values() if space.parent == hall.id)

    assert hall.name == Text("多功能厅1东", "Multi-function Hall 1 East")
    assert spaces[str(hall.parent)].order == 1
    assert (hall.capacity, inside) == (400, {SpaceKind.SEAT: 400, SpaceKind.STAGE: 1})
    assert spaces["science-hall-e1-r05-s12"].name == Text("5排12座", "Row 5 Seat 12")


def test_the_science_hall_has_booths_and_tables(spaces: dict[str, Space]) -> None:
    inside = Counter(space.kind for space in below(spaces, "science-hall"))

    assert inside[SpaceKind.BOOTH] >= 40
    assert inside[SpaceKind.TABLE] >= 20
    assert inside[SpaceKind.HALL] >= 5


def test_it_is_large_enough(spaces: dict[str, Space]) -> None:
    kinds = Counter(space.kind for space in spaces.values())
    rooms = sum(count for kind, count in kinds.items() if kind not in TREE | {SpaceKind.SEAT})
    walkable = {space.parent for space in spaces.values() if space.kind is SpaceKind.STOREY}

    assert kinds[SpaceKind.BUILDING] >= 60
    assert rooms >= 900
    assert len(walkable) >= 12


def test_every_name_is_in_both_languages(demo: Import) -> None:
    said = [space.name for space in demo.plan.spaces]
    said += [space.about for space in demo.plan.spaces if space.about]

    assert [text for text in said if not (text.zh and text.en)] == []


def test_some_of_it_is_still_to_come(spaces: dict[str, Space]) -> None:
    later = {space.id for space in spaces.values() if space.delivered and space.delivered > NOW}

    assert "yuqiao-phase-3" in later
    assert "yuqiao-phase-1" not in later


def test_no_two_buildings_stand_upon_one_another(spaces: dict[str, Space]) -> None:
    buildings = [space for space in spaces.values() if space.kind is SpaceKind.BUILDING]
    areas = [polygon(building) for building in buildings]
    first, second = shapely.STRtree(areas).query(areas, predicate="overlaps")

    assert list(zip(first, second, strict=True)) == []


def test_buildings_are_between_a_pavilion_and_120_metres_high(spaces: dict[str, Space]) -> None:
    tops = sorted(
        max(prism.top for prism in prisms(space))
        for space in spaces.values()
        if space.kind is SpaceKind.BUILDING
    )

    assert tops[0] >= 4
    assert tops[-1] <= 120
    assert len([top for top in tops if top < 12]) <= 4


def test_every_space_lies_inside_its_storey(spaces: dict[str, Space]) -> None:
    for storey in (space for space in spaces.values() if space.kind is SpaceKind.STOREY):
        outline = polygon(storey).buffer(0.02)
        inside = list(below(spaces, storey.id))
        (floor,) = {prism.base for prism in prisms(storey)}
        (ceiling,) = {prism.top for prism in prisms(storey)}

        assert [space.id for space in inside if not outline.covers(polygon(space))] == []
        assert {
            floor <= prism.base <= prism.top <= ceiling for s in inside for prism in prisms(s)
        } <= {True}


def test_every_room_has_a_door(spaces: dict[str, Space]) -> None:
    storeys = {space.id for space in spaces.values() if space.kind is SpaceKind.STOREY}
    rooms = [
        space
        for space in spaces.values()
        if space.parent in storeys and space.kind not in doors.FURNITURE
    ]

    assert [room.id for room in rooms if not (room.shape and room.shape.doors)] == []


def test_every_storey_but_the_first_is_reached_by_stairs(spaces: dict[str, Space]) -> None:
    for storey in (space for space in spaces.values() if space.kind is SpaceKind.STOREY):
        stairs = [
            space
            for space in spaces.values()
            if space.parent == storey.id and space.kind is SpaceKind.STAIRS
        ]

        assert stairs != []


def test_one_comes_on_foot_into_every_room_of_every_building(demo: Import) -> None:
    assert unreached(demo.plan) == ()


def test_a_visitor_enters_on_the_plaza_before_the_hall(
    demo: Import, spaces: dict[str, Space]
) -> None:
    entrance = demo.plan.place.entrance

    assert entrance is not None
    assert polygon(spaces["science-plaza"]).contains(shapely.Point(entrance.east, entrance.north))
    assert entrance.heading == 0
    assert polygon(spaces["science-hall"]).centroid.y > entrance.north


def test_trees_stand_neither_in_buildings_nor_in_water(demo: Import) -> None:
    solid = [polygon(space) for space in demo.plan.spaces if space.kind is SpaceKind.BUILDING] + [
        Polygon(rings[0], rings[1:])
        for piece in demo.plan.scenery
        if piece.kind is SceneryKind.WATER
        for rings in piece.rings
    ]
    trees = [point for piece in demo.plan.scenery for point in piece.points]
    hit, _ = shapely.STRtree(solid).query(shapely.points(trees), predicate="within")

    assert len(trees) > 5_000
    assert len(hit) == 0


@pytest.mark.parametrize("building", ["science-hall", "yuqiao-hub", "chuang-02", "yuqiao-b04"])
def test_its_storeys_can_be_walked(building: str, spaces: dict[str, Space]) -> None:
    models, notices = storey_models(spaces[building], below(spaces, building))

    assert notices == ()
    assert len(models) == sum(
        space.kind is SpaceKind.STOREY for space in spaces.values() if space.parent == building
    )


def test_ids_of_what_a_layout_makes_are_readable(spaces: dict[str, Space]) -> None:
    assert spaces["yuqiao-b01-f03-02"].parent == SpaceId("yuqiao-b01-f03")
    assert spaces["science-hall-expo-a01"].kind is SpaceKind.BOOTH
