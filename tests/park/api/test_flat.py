"""The park flat: plans, the list beside them, the model, what is ahead; anew after each change."""

from dataclasses import replace
from datetime import date

from tests.park.plans import (
    DELIVERED,
    HALL,
    LATER,
    NOW,
    OPERATOR,
    PARK,
    box,
    imported,
    small_park,
    space,
    with_spaces,
    without,
)

from shulian.kit.bus import Bus
from shulian.kit.db import Db
from shulian.kit.text import Text
from shulian.park import api
from shulian.park.rules.drawing import Drawing
from shulian.park.rules.outline import Node
from shulian.park.types import Details, Field, ParkPlan, SpaceId, SpaceKind

TOWER, SITE, PHASE = SpaceId("yq-tower"), SpaceId("yq-site"), SpaceId("yq-phase")


def drawn(drawing: Drawing) -> list[str]:
    """The ids of what is drawn, the lowest first."""
    return [figure.id for figure in drawing.figures]


def listed(node: Node) -> object:
    """The ids in a list, nested as it is."""
    return (
        (node.step.id, *(listed(child) for child in node.children))
        if node.children
        else node.step.id
    )


def of(db: Db, name: str) -> Details:
    return api.details(db, SpaceId(name), now=NOW)


def far_park() -> ParkPlan:
    """The small park with a second site 5 km away."""
    plan = small_park()
    other = space("far", "", SpaceKind.SITE, order=1)
    barn = space("barn", "far", SpaceKind.BUILDING, shape=box(5000, 0, 30, 30, 0, 8))
    return ParkPlan(plan.place, (*plan.spaces, other, barn), plan.scenery)


def test_a_plan_draws_open_places_under_buildings(park: Db) -> None:
    sheets = api.plan(park, PARK)

    assert [drawn(sheet.drawing) for sheet in sheets] == [["yq-plaza", "yq-tower"]]


def test_sites_far_apart_have_sheets_of_their_own(db: Db) -> None:
    imported(db, far_park())

    sheets = api.plan(db, PARK)

    assert [([step.id for step in sheet.places], drawn(sheet.drawing)) for sheet in sheets] == [
        ([SITE], ["yq-plaza", "yq-tower"]),
        ([SpaceId("yq-far")], ["yq-barn"]),
    ]


def test_a_park_without_bodies_has_no_plan(db: Db) -> None:
    plan = small_park()
    imported(db, ParkPlan(plan.place, plan.spaces[:2]))

    assert (api.plan(db, PARK), api.model(db, PARK)) == ((), None)


def test_a_plan_of_a_building_shows_what_stands_around_it(park: Db) -> None:
    drawing = api.plan_around(park, of(park, "yq-tower"))

    assert drawn(drawing) == ["yq-plaza", "yq-tower"]
    assert drawing.box == (-120.0, -140.0, 280.0, 260.0)


def test_a_plan_of_a_room_shows_its_storey_and_looks_at_the_room_first(park: Db) -> None:
    drawing = api.plan_around(park, of(park, "yq-hall"))

    assert drawn(drawing) == ["yq-f1", "yq-hall", "yq-seat-1", "yq-seat-2", "yq-seat-3"]
    assert drawing.box[2] < drawing.whole[2]


def test_a_plan_of_a_storey_shows_all_of_it(park: Db) -> None:
    drawing = api.plan_around(park, of(park, "yq-f1"))

    assert drawing.box == drawing.whole


def test_a_space_that_is_nowhere_has_an_empty_plan(db: Db) -> None:
    plan = small_park()
    idea = space("idea", "site", SpaceKind.BUILDING)
    imported(db, ParkPlan(plan.place, (*plan.spaces, idea)))

    assert drawn(api.plan_around(db, of(db, "yq-idea"))) == []


def test_the_model_shows_the_buildings(park: Db) -> None:
    model = api.model(park, PARK)

    assert model is not None
    assert [face.tone for face in model.faces if face.tone == "roof"] == ["roof"]


def test_the_list_goes_down_to_buildings(park: Db) -> None:
    assert listed(api.tree(park, PARK)) == (PARK, (SITE, (PHASE, TOWER), "yq-plaza"))


def test_a_change_is_drawn_and_listed_at_once(park: Db, bus: Bus) -> None:
    before = (api.plan(park, PARK), api.tree(park, PARK))

    imported(park, without(small_park(), "plaza"))

    after = (api.plan(park, PARK), api.tree(park, PARK))
    assert [drawn(sheet.drawing) for sheet in after[0]] == [["yq-tower"]]
    assert listed(after[1]) == (PARK, (SITE, (PHASE, TOWER)))
    assert before != after

    told = {Field.NAME_EN: "Tower One"}
    api.edit_space(park, bus, OPERATOR, TOWER, told, now=LATER)

    assert api.plan(park, PARK)[0].drawing.figures[0].name.en == "Tower One"


def test_what_did_not_change_is_not_drawn_again(park: Db) -> None:
    first = api.plan(park, PARK)

    imported(park)

    assert api.plan(park, PARK) is first


def test_counts_what_stands_directly_in_spaces(park: Db) -> None:
    found = api.standing(park, [HALL, SITE, SpaceId("yq-seat-1")])

    assert found == {HALL: 3, SITE: 2}


def test_a_park_at_a_glance(park: Db) -> None:
    seen = api.overview(park, PARK)

    assert [(one.space.id, one.buildings, one.area) for one in seen.sites] == [(SITE, 1, 2400.0)]
    assert [(one.space.id, one.buildings, one.area) for one in seen.phases] == [(PHASE, 1, 2400.0)]


def test_sights_are_those_that_say_something_of_themselves(db: Db) -> None:
    plan = small_park()
    hall = replace(
        next(one for one in plan.spaces if one.id == HALL), about=Text("剧场", "A theatre")
    )
    imported(db, with_spaces(plan, hall))

    assert [one.id for one in api.highlights(db, PARK, most_of_a_kind=3)] == [HALL]


def test_sights_are_large_named_spaces_where_none_says_anything(park: Db) -> None:
    sights = api.highlights(park, PARK, most_of_a_kind=3)

    assert [one.id for one in sights] == [TOWER, HALL, "yq-plaza"]


def test_a_building_is_ahead_until_the_day_of_its_delivery(park: Db) -> None:
    eve = date(2023, 6, 29)

    assert [api.ahead(park, PARK, day) for day in (eve, DELIVERED)] == [
        (frozenset({TOWER}), 0),
        (frozenset(), 1),
    ]


def test_few_buildings_without_a_name_are_listed_with_the_others(db: Db) -> None:
    plan = small_park()
    crowd = [space(f"w{n}", "site", SpaceKind.BUILDING, name=Text()) for n in range(3)]
    imported(db, ParkPlan(plan.place, (*plan.spaces, *crowd)))

    assert api.nameless_in(of(db, "yq-site")) == ()


def test_many_buildings_without_a_name_are_told_apart(db: Db) -> None:
    plan = small_park()
    crowd = [space(f"w{n}", "site", SpaceKind.BUILDING, name=Text()) for n in range(25)]
    imported(db, ParkPlan(plan.place, (*plan.spaces, *crowd)))

    assert {one.id for one in api.nameless_in(of(db, "yq-site"))} == {one.id for one in crowd}
    assert api.tree(db, PARK).children[0].nameless == 25
