"""What keeps a plan from becoming a park is named, with the space it is at."""

from dataclasses import replace
from math import inf, nan

import pytest
from tests.park.plans import PARK, box, in_plan, small_park, space, with_spaces

from shulian.kit.text import Text
from shulian.park.errors import (
    PlanBroken,
    PlanCycle,
    PlanIdTaken,
    PlanIdWrong,
    PlanParentMissing,
    PlanRootWrong,
    PlanTooDeep,
    PlanValueWrong,
)
from shulian.park.rules.plans import check, is_id, is_link
from shulian.park.types import (
    Entrance,
    ParkPlan,
    Place,
    SceneryId,
    Shape,
    Space,
    SpaceId,
    SpaceKind,
)

PLAN = small_park()
TOWER = in_plan(PLAN, "tower")


def adding(*more: Space) -> ParkPlan:
    return replace(PLAN, spaces=(*PLAN.spaces, *more))


def fault(plan: ParkPlan) -> tuple[type[PlanBroken], dict[str, object]]:
    with pytest.raises(PlanBroken) as broken:
        check(plan)
    return type(broken.value), dict(broken.value.params)


def test_a_sound_plan_passes() -> None:
    check(PLAN)


def test_a_plan_has_a_root() -> None:
    assert fault(replace(PLAN, spaces=())) == (PlanRootWrong, {"space": "yq"})


@pytest.mark.parametrize(
    ("spaces", "where"),
    [
        (PLAN.spaces[1:], "yq-site"),
        ((replace(PLAN.spaces[0], kind=SpaceKind.SITE), *PLAN.spaces[1:]), "yq"),
        ((replace(PLAN.spaces[0], id=SpaceId("zj")), *PLAN.spaces[1:]), "zj"),
        ((*PLAN.spaces, space("zj", None, SpaceKind.PARK)), "yq-zj"),
        ((*PLAN.spaces, space("zj", None, SpaceKind.HALL)), "yq-zj"),
        ((*PLAN.spaces, space("zj", "site", SpaceKind.PARK)), "yq-zj"),
    ],
)
def test_the_root_is_the_park_and_stands_first(spaces: tuple[Space, ...], where: str) -> None:
    assert fault(replace(PLAN, spaces=spaces)) == (PlanRootWrong, {"space": where})


@pytest.mark.parametrize(
    "wrong", ["", "a b", "a/b", "园", "-a", ".", "..", "a" * 121, "a\n", "a\0", "<b>", "a?b"]
)
def test_ids_are_plain(wrong: str) -> None:
    stray = space("x", "site", SpaceKind.HALL, id=SpaceId(wrong))

    assert fault(adding(stray)) == (PlanIdWrong, {"space": wrong})
    assert is_id(wrong) is False


@pytest.mark.parametrize("right", ["a", "A-1_b.c:d", "_x", "w123", "a" * 120])
def test_other_ids_are_plain_enough(right: str) -> None:
    assert is_id(right) is True


def test_ids_are_unique() -> None:
    assert fault(adding(TOWER)) == (PlanIdTaken, {"space": "yq-tower"})


def test_parents_are_there() -> None:
    stray = space("x", "nowhere", SpaceKind.HALL)

    assert fault(adding(stray)) == (
        PlanParentMissing,
        {"space": "yq-x", "parent": "yq-nowhere"},
    )


@pytest.mark.parametrize(
    "tower", [replace(TOWER, parent=TOWER.id), replace(TOWER, parent=SpaceId("yq-seat-1"))]
)
def test_nothing_stands_in_itself(tower: Space) -> None:
    assert fault(with_spaces(PLAN, tower)) == (
        PlanCycle,
        {"space": "yq-tower", "parent": str(tower.parent)},
    )


def test_a_tree_is_not_endlessly_deep() -> None:
    deep = [space(f"d{n}", f"d{n - 1}" if n else "site", SpaceKind.HALL) for n in range(16)]

    assert fault(adding(*deep)) == (PlanTooDeep, {"space": "yq-d15", "limit": 16})
    check(adding(*deep[:-1]))


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("name", Text("长" * 301)),
        ("name", Text(en="a\x07")),
        ("name", Text(en="\ud800")),
        ("about", Text(en="a" * 10_001)),
        ("order", 2**31),
        ("order", -(2**31) - 1),
        ("area", nan),
        ("area", inf),
        ("area", -1.0),
        ("capacity", -1),
        ("capacity", 10_000_001),
        ("link", "ftp://park.example"),
        ("link", "javascript:alert(1)"),
        ("link", "https://a b"),
        ("link", f"https://park.example/{'a' * 2000}"),
        ("shape", box(0, 0, nan, 1, 0, 1)),
        ("shape", box(0, 0, 1, 1, 0, inf)),
        ("shape", box(1e7, 0, 1, 1, 0, 1)),
        ("shape", Shape(doors=((nan, 0.0),))),
    ],
)
def test_values_are_such_as_a_park_can_hold(field: str, wrong: object) -> None:
    plan = with_spaces(PLAN, replace(TOWER, **{field: wrong}))  # pyright: ignore[reportArgumentType]

    assert fault(plan) == (PlanValueWrong, {"space": "yq-tower", "field": field})


@pytest.mark.parametrize(
    ("field", "place"),
    [
        ("origin", Place(PARK, 181.0, 31.0)),
        ("origin", Place(PARK, 121.0, 85.1)),
        ("origin", Place(PARK, nan, 31.0)),
        ("timezone", Place(PARK, 121.0, 31.0, "Asia/Pudong")),
        ("timezone", Place(PARK, 121.0, 31.0, "../etc/passwd")),
        ("timezone", Place(PARK, 121.0, 31.0, "")),
        ("entrance", Place(PARK, 121.0, 31.0, "Asia/Tokyo", Entrance(nan, 0.0))),
    ],
)
def test_a_park_lies_somewhere_on_earth(field: str, place: Place) -> None:
    assert fault(replace(PLAN, place=place)) == (PlanValueWrong, {"space": "yq", "field": field})


LAWN = PLAN.scenery[0]


@pytest.mark.parametrize(
    ("scenery", "told"),
    [
        ((replace(LAWN, id=SceneryId("a b")),), (PlanIdWrong, {"space": "a b"})),
        ((LAWN, LAWN), (PlanIdTaken, {"space": "lawn"})),
        ((replace(LAWN, park=SpaceId("zj")),), (PlanRootWrong, {"space": "lawn"})),
        (
            (replace(LAWN, points=((nan, 0.0),)),),
            (PlanValueWrong, {"space": "lawn", "field": "shape"}),
        ),
        (
            (replace(LAWN, name=Text("a\0")),),
            (PlanValueWrong, {"space": "lawn", "field": "name"}),
        ),
    ],
)
def test_scenery_is_checked_alike(
    scenery: tuple[object, ...], told: tuple[type[PlanBroken], dict[str, object]]
) -> None:
    plan = replace(PLAN, scenery=scenery)  # pyright: ignore[reportArgumentType]

    assert fault(plan) == told


@pytest.mark.parametrize(
    "link", ["https://park.example", "http://a/b?c=d#e", "https://园区.example/厅"]
)
def test_web_addresses_are_links(link: str) -> None:
    assert is_link(link) is True
