"""A park as a visitor of its scene finds it."""

from dataclasses import replace
from datetime import date

import pytest
from tests.park.plans import (
    DELIVERED,
    LATER,
    NOW,
    PARK,
    box,
    counted,
    imported,
    in_plan,
    quiet_bus,
    small_park,
    space,
    with_spaces,
)

from shulian.kit.db import Db
from shulian.kit.text import Text
from shulian.park import api
from shulian.park.errors import DayOutside, ParkUnknown
from shulian.park.types import Entrance, ParkPlan, Place, SpaceId, SpaceKind, Tileset


def test_a_scene_lists_what_can_be_jumped_to(park: Db) -> None:
    scene = api.scene(park, PARK)

    assert scene.park == in_plan(small_park(), "")
    assert (scene.place, scene.tileset) == (small_park().place, None)
    assert scene.bounds == (0.0, 0.0, 90.0, 30.0)
    assert [(one.id, one.kind) for one in scene.places] == [
        ("yq", SpaceKind.PARK),
        ("yq-site", SpaceKind.SITE),
        ("yq-phase", SpaceKind.PHASE),
        ("yq-tower", SpaceKind.BUILDING),
        ("yq-hall", SpaceKind.HALL),
        ("yq-plaza", SpaceKind.PLAZA),
    ]


def test_phases_come_in_order_of_delivery_with_the_days_in_force(db: Db) -> None:
    plan = small_park()
    site = replace(in_plan(plan, "site"), delivered=date(2022, 1, 1))
    more = (
        space("third", "site", SpaceKind.PHASE, delivered=date(2025, 1, 1), order=0),
        space("old", "site", SpaceKind.PHASE, order=9),
    )
    plan = with_spaces(plan, site)
    imported(db, replace(plan, spaces=(*plan.spaces, *more)))

    phases = api.scene(db, PARK).phases

    assert [(one.id, one.delivered) for one in phases] == [
        ("yq-old", date(2022, 1, 1)),
        ("yq-phase", DELIVERED),
        ("yq-third", date(2025, 1, 1)),
    ]


def test_a_visitor_enters_where_the_park_says(db: Db) -> None:
    entrance = Entrance(5.0, -20.0, 350.0)
    plan = small_park()
    imported(db, replace(plan, place=replace(plan.place, entrance=entrance)))

    assert api.scene(db, PARK).entrance == entrance


def test_a_visitor_enters_south_of_the_highest_building_looking_at_it(park: Db) -> None:
    assert api.scene(park, PARK).entrance == Entrance(20.0, -55.0, 0.0)


def test_a_visitor_does_not_enter_inside_a_building(db: Db) -> None:
    plan = small_park()
    shed = space("shed", "site", SpaceKind.BUILDING, shape=box(10, -60, 20, 20, 0, 5))
    imported(db, replace(plan, spaces=(*plan.spaces, shed)))

    assert api.scene(db, PARK).entrance == Entrance(52.5, -46.29, 330.0)


def test_an_empty_park_has_a_scene(db: Db) -> None:
    plan = ParkPlan(Place(PARK, 121.5, 31.2), (space("", None, SpaceKind.PARK),))
    imported(db, plan)

    scene = api.scene(db, PARK)

    assert (scene.bounds, scene.phases, scene.places) == ((0.0, 0.0, 0.0, 0.0), (), ())


def test_a_scene_lists_400_places_at_the_most_and_leaves_room_for_halls(db: Db) -> None:
    plan = small_park()
    many = tuple(
        space(
            f"b{number}",
            "phase",
            SpaceKind.BUILDING,
            name=Text(f"{number}号楼"),
            shape=box(number * 50, 100, 10 + number / 10, 10, 0, 5),
        )
        for number in range(450)
    )
    rooms = tuple(
        space(f"h{number}", "f1", SpaceKind.HALL, name=Text(f"{number}厅")) for number in range(80)
    )
    imported(db, replace(plan, spaces=(*plan.spaces, *many, *rooms)))

    places = api.scene(db, PARK).places

    assert len(places) == 400
    assert [one.id for one in places[3:6]] == ["yq-tower", "yq-b449", "yq-b448"]
    assert sum(one.kind is SpaceKind.HALL for one in places) == 60


def test_a_building_that_the_park_tells_of_comes_before_larger_ones(db: Db) -> None:
    plan = small_park()
    about = Text("元宇宙园区开园之地")
    kiosk = replace(
        space("kiosk", "phase", SpaceKind.BUILDING, shape=box(200, 0, 2, 2, 0, 3)),
        name=Text("服务亭"),
        about=about,
    )
    imported(db, replace(plan, spaces=(*plan.spaces, kiosk)))

    buildings = [one.id for one in api.scene(db, PARK).places if one.kind is SpaceKind.BUILDING]

    assert buildings[0] == "yq-kiosk"


@pytest.mark.parametrize("halls", [1, 3])
def test_a_scene_takes_five_queries(db: Db, halls: int) -> None:
    more = tuple(space(f"h{number}", "f1", SpaceKind.HALL) for number in range(halls))
    imported(db, replace(small_park(), spaces=(*small_park().spaces[:5], *more)))

    with counted(db) as sent:
        scene = api.scene(db, PARK)

    assert (len(scene.places), len(sent)) == (4 + halls, 5)


def test_a_scene_names_the_tileset_that_is_shown(park: Db) -> None:
    api.begin_tileset(park, PARK, "0123456789abcdef", now=NOW)
    before = api.scene(park, PARK).tileset
    api.show_tileset(park, PARK, "0123456789abcdef", now=LATER)

    assert (before, api.scene(park, PARK).tileset) == (
        None,
        Tileset(PARK, "0123456789abcdef", NOW),
    )


def test_the_sun_stands_over_the_park_today_there(park: Db) -> None:
    sun = api.sun(park, PARK, None, now=NOW.replace(hour=18))

    assert (sun.day, sun.timezone, len(sun.samples)) == (date(2026, 11, 23), "Asia/Shanghai", 145)


def test_the_sun_is_not_known_for_ever(park: Db) -> None:
    with pytest.raises(DayOutside):
        api.sun(park, PARK, date(1949, 12, 31), now=NOW)


@pytest.mark.parametrize("park_id", ["nothing", "", "a\0b", "yq-site"])
def test_a_park_that_is_not_there_is_unknown(park: Db, park_id: str) -> None:
    where = SpaceId(park_id)

    with pytest.raises(ParkUnknown):
        api.scene(park, where)
    with pytest.raises(ParkUnknown):
        api.sun(park, where, None, now=NOW)
    with pytest.raises(ParkUnknown):
        api.scenery(park, where)


def test_scenery_is_read_as_it_was_imported(park: Db) -> None:
    assert api.scenery(park, PARK) == small_park().scenery
    assert quiet_bus(park).published == []
