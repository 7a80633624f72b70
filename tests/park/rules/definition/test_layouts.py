"""Layouts draw whole storeys: rooms that fill them, stairs in place, doors to the ways."""

from collections import Counter

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely import Polygon
from shapely.geometry.base import BaseGeometry
from tests.park.rules.definition.making import park, refused, spaces, storey

from shulian.kit.text import Text
from shulian.park.types import Space, SpaceKind

FORMS = [
    ("{offices: 10}", "box: [60, 18]"),
    ("{offices: 8, meeting_rooms: 2, corridor: 3}", "box: [44, 16]"),
    ("{labs: 12}", "ell: [60, 50, 18]"),
    ("{studios: 14, shops: 4}", "horseshoe: [70, 60, 18]"),
    ("{offices: 24}", "court: [80, 70, 18]"),
    ("{offices: 8, core: [12, 10]}", "box: [36, 34]"),
    ("{halls: 3, foyer: 8}", "box: [60, 30]"),
    ("{open: lab}", "box: [40, 30]"),
    ("{open: studio}", "circle: 20"),
    ("{open: shop, core: [8, 7]}", "oval: [50, 40]"),
    ("{offices: 10}", "box: [60, 18], fillet: 4"),
]
"""Every layout on an outline it is for."""


def rooms(found: dict[str, Space]) -> dict[str, Space]:
    """Without the storey, the building and the park."""
    return {name: space for name, space in found.items() if name.startswith("b-f01-")}


def polygon(space: Space) -> BaseGeometry:
    assert space.shape is not None
    return shapely.union_all([Polygon(p.rings[0], p.rings[1:]) for p in space.shape.prisms])


@pytest.mark.parametrize(("layout", "outline"), FORMS)
def test_rooms_fill_their_storey_without_lying_on_one_another(layout: str, outline: str) -> None:
    found = storey(layout, outline)
    areas = [polygon(room) for room in rooms(found).values()]

    assert shapely.union_all(areas).area == pytest.approx(polygon(found["b-f01"]).area, abs=0.5)
    assert sum(area.area for area in areas) == pytest.approx(polygon(found["b-f01"]).area, abs=0.5)


@pytest.mark.parametrize(("layout", "outline"), FORMS)
def test_every_room_has_a_door_on_its_walls(layout: str, outline: str) -> None:
    for room in rooms(storey(layout, outline)).values():
        assert room.shape is not None
        walls = polygon(room).boundary

        assert room.shape.doors != ()
        assert [walls.distance(shapely.Point(door)) < 0.02 for door in room.shape.doors] == [
            True
        ] * len(room.shape.doors)


@pytest.mark.parametrize(("layout", "outline"), FORMS)
def test_a_layout_has_nothing_to_remark(layout: str, outline: str) -> None:
    text = f"buildings: [{{id: b, {outline}, storeys: [{{storeys: 1-3, layout: {layout}}}]}}]"

    assert park(text).notices == ()


@pytest.mark.parametrize(("layout", "outline"), FORMS)
def test_stairs_stand_at_the_same_place_on_every_storey(layout: str, outline: str) -> None:
    found = spaces(
        f"buildings: [{{id: b, {outline}, storeys: [{{storeys: 1-3, layout: {layout}}}]}}]"
    )
    stairs = [space for space in found.values() if space.kind is SpaceKind.STAIRS]
    rings = Counter(prism.rings for space in stairs if space.shape for prism in space.shape.prisms)

    assert set(rings.values()) == {3}
    for ring in rings:
        west, south, east, north = Polygon(ring[0]).bounds
        assert min(east - west, north - south) >= 2.6
        assert max(east - west, north - south) >= 5.5


def test_a_corridor_layout_has_the_rooms_it_says() -> None:
    kinds = Counter(room.kind for room in rooms(storey("{offices: 8, labs: 2, shops: 1}")).values())

    assert kinds == {
        SpaceKind.OFFICE: 8,
        SpaceKind.LAB: 2,
        SpaceKind.SHOP: 1,
        SpaceKind.CORRIDOR: 1,
        SpaceKind.LOBBY: 1,
        SpaceKind.STAIRS: 2,
        SpaceKind.SERVICE: 1,
    }


def test_ids_and_names_are_stable_and_readable() -> None:
    found = spaces(
        "buildings: [{id: b07, box: [40, 16], "
        "storeys: [{storeys: 3, layout: {offices: 6, labs: 1}}]}]"
    )

    assert {name: space.name for name, space in found.items() if space.parent == "b07-f03"} == {
        "b07-f03-corridor": Text("走廊", "Corridor"),
        **{f"b07-f03-0{n}": Text(f"30{n}室", f"Office 30{n}") for n in range(1, 7)},
        "b07-f03-07": Text("307实验室", "Lab 307"),
        "b07-f03-stairs": Text("楼梯", "Stairs"),
        "b07-f03-service": Text("服务间", "Services"),
    }


def test_the_lobby_lies_behind_the_entrance_of_the_ground_storey_only() -> None:
    found = spaces(
        "buildings: [{id: b, box: [60, 18], storeys: [{storeys: 1-2, layout: {offices: 10}}]}]"
    )
    lobby, building = found["b-f01-lobby"].shape, found["b"].shape

    assert lobby is not None
    assert building is not None
    assert building.doors == ((0.0, -9.0),)
    assert (0.0, -9.0) in lobby.doors
    assert "b-f02-lobby" not in found


def test_a_tower_shares_its_stairs_with_the_podium_below() -> None:
    found = spaces("""
        buildings:
          - id: b
            box: [60, 50]
            storeys:
              - {storeys: 1-2, layout: {open: shop}}
              - storeys: 3-6
                at: [9, 5]
                turn: 30
                box: [32, 30]
                layout: {offices: 6, core: [12, 9]}
    """)
    places = {
        polygon(space).centroid.wkt.split("(")[1][:9]
        for space in found.values()
        if space.id.endswith("-stairs")
    }

    assert len([space for space in found.values() if space.id.endswith("-stairs")]) == 6
    assert len(places) == 1


def test_an_open_plan_goes_around_rooms_drawn_by_hand() -> None:
    found = spaces("""
        buildings:
          - id: b
            box: [40, 30]
            storeys:
              - storeys: 1
                layout: {open: lobby}
                spaces: [{id: h, kind: hall, at: [-14, 0], box: [12, 30]}]
    """)

    assert polygon(found["b-f01-lobby"]).intersection(polygon(found["h"])).area == 0
    assert found["h"].shape is not None
    assert found["h"].shape.doors != ()


@pytest.mark.parametrize(
    ("layout", "outline", "said"),
    [
        (
            "{offices: 99}",
            "box: [60, 18]",
            {"code": "layout_crowded", "rooms": 99, "least": 3, "most": 37},
        ),
        (
            "{offices: 2}",
            "box: [60, 18]",
            {"code": "layout_crowded", "rooms": 2, "least": 3, "most": 37},
        ),
        (
            "{offices: 4}",
            "circle: 20",
            {"code": "layout_unfit", "needed": "box, ell, horseshoe, court"},
        ),
        ("{halls: 2}", "circle: 20", {"code": "layout_unfit", "needed": "box"}),
        (
            "{halls: 2, foyer: 8}",
            "box: [40, 9]",
            {"code": "layout_narrow", "depth": 1.0, "least": 2.6},
        ),
        ("{offices: 4}", "box: [40, 6]", {"code": "layout_narrow", "depth": 1.8, "least": 2.6}),
        (
            "{offices: 4, core: [40, 30]}",
            "box: [36, 34]",
            {"code": "layout_narrow", "depth": 0.0, "least": 2.6},
        ),
        (
            "{offices: 4, open: lab}",
            "box: [40, 16]",
            {"code": "shapes_many", "shapes": "rooms, open"},
        ),
        (
            "{corridor: 3}",
            "box: [40, 16]",
            {"code": "key_missing", "missing": "offices … | halls | open"},
        ),
    ],
)
def test_a_layout_that_does_not_fit_is_refused(
    layout: str, outline: str, said: dict[str, object]
) -> None:
    answer = refused(
        f"buildings: [{{id: b, {outline}, storeys: [{{storeys: 1, layout: {layout}}}]}}]"
    )

    assert answer == said | {
        "file": "park.yaml",
        "line": 3,
        "place": "buildings[0].storeys[0].layout",
    }


@given(
    width=st.floats(30, 120),
    depth=st.floats(12, 30),
    offices=st.integers(3, 16),
    turn=st.floats(-180, 180),
)
def test_rooms_of_any_bar_fill_it(width: float, depth: float, offices: int, turn: float) -> None:
    found = storey(f"{{offices: {offices}}}", f"box: [{width:.2f}, {depth:.2f}], turn: {turn:.2f}")
    areas = [polygon(room) for room in rooms(found).values()]

    assert sum(area.area for area in areas) <= polygon(found["b-f01"]).area + 0.5
    assert all(room.shape is not None and room.shape.doors for room in rooms(found).values())
