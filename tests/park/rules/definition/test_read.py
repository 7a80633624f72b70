"""A definition becomes a tree of spaces: nested, placed, described."""

from datetime import date

import pytest
from tests.park.rules.definition.making import park, refused, scenery, shell, spaces

from shulian.kit.text import Text
from shulian.park.types import (
    Entrance,
    ParkPlan,
    Place,
    Prism,
    Shape,
    Space,
    SpaceId,
    SpaceKind,
    SpaceStatus,
)

TREE = """
sites:
  - id: s
    phases:
      - id: ph
        buildings: [{id: b, box: [10, 10], height: 9, storeys: [{storeys: 1}]}]
        spaces: [{id: ph-garden, kind: garden}]
    buildings: [{id: c, box: [10, 10], at: [40, 0], height: 9}]
    spaces: [{id: s-plaza, kind: plaza, spaces: [{id: -kiosk, kind: shop}]}]
buildings: [{id: d, box: [10, 10], at: [80, 0], height: 9}]
spaces: [{id: gate, kind: plaza}]
"""


def test_the_least_definition_is_a_park_at_its_place() -> None:
    assert park("").plan == ParkPlan(
        Place(SpaceId("p"), 121.6, 31.2),
        (Space(SpaceId("p"), None, SpaceKind.PARK, Text()),),
    )


def test_a_park_says_where_it_is_and_where_one_enters() -> None:
    place = park("timezone: Asia/Tokyo\nentrance: {east: 3, north: -4, heading: 90}").plan.place

    assert place == Place(SpaceId("p"), 121.6, 31.2, "Asia/Tokyo", Entrance(3, -4, 90))


def test_parents_stand_before_their_children_in_the_order_of_the_file() -> None:
    found = spaces(TREE)

    assert {name: space.parent for name, space in found.items()} == {
        "p": None,
        "s": "p",
        "ph": "s",
        "b": "ph",
        "b-f01": "b",
        "ph-garden": "ph",
        "c": "s",
        "s-plaza": "s",
        "s-plaza-kiosk": "s-plaza",
        "d": "p",
        "gate": "p",
    }
    assert list(found) == [
        *("p", "s", "ph", "b", "b-f01", "ph-garden", "c", "s-plaza", "s-plaza-kiosk", "d", "gate")
    ]


def test_everything_said_of_an_entry_is_kept() -> None:
    found = spaces("""
        spaces:
          - id: hall
            kind: hall
            name: {zh: "厅 ", en: Hall}
            about: {zh: 大厅。, en: "A hall\\nof two lines."}
            status: closed
            delivered: 2023-06-30
            area: 12.5
            capacity: 40
            link: https://example.org/hall?a=1
            order: 7
    """)["hall"]

    assert found == Space(
        SpaceId("hall"),
        SpaceId("p"),
        SpaceKind.HALL,
        Text("厅", "Hall"),
        Text("大厅。", "A hall\nof two lines."),
        7,
        None,
        12.5,
        40,
        date(2023, 6, 30),
        SpaceStatus.CLOSED,
        "https://example.org/hall?a=1",
    )


def test_siblings_are_ordered_as_written() -> None:
    found = spaces(
        "spaces: [{id: a, kind: plaza}, {id: b, kind: plaza, order: 5}, {id: c, kind: plaza}]"
    )

    assert [found[name].order for name in "abc"] == [0, 5, 2]


def test_places_come_after_phases_and_buildings() -> None:
    found = spaces(TREE)

    assert [found[name].order for name in ("ph", "c", "s-plaza")] == [0, 1, 2]


@pytest.mark.parametrize(
    ("area", "expected"), [("", 12.0), (", area: 9", 9.0), (", area: null", None)]
)
def test_an_area_is_that_of_the_outline_unless_it_is_said(area: str, expected: object) -> None:
    assert spaces(f"spaces: [{{id: a, kind: plaza, box: [4, 3]{area}}}]")["a"].area == expected


def test_a_site_is_drawn_in_metres_from_its_own_longitude_and_latitude() -> None:
    ring = shell(
        spaces("""
            sites:
              - id: s
                origin: [121.601, 31.201]
                turn: 90
                spaces: [{id: a, kind: plaza, footprint: [[0, 0], [10, 0], [0, 20]]}]
        """)["a"]
    )

    assert [corner for east, north in ring for corner in (round(east, 1), round(north, 1))] == [
        *(95.3, 110.9, 95.3, 120.9, 75.3, 110.9)
    ]


def test_a_site_that_draws_nothing_has_no_shape() -> None:
    found = spaces("sites: [{id: lingang, name: {zh: 临港, en: Lingang}}]")["lingang"]

    assert (found.shape, found.name.en) == (None, "Lingang")


def test_entries_may_stand_in_files_of_their_own() -> None:
    found = spaces(
        "sites: [s.yaml]",
        {
            "s.yaml": "id: s\nphases: [ph.yaml]\nbuildings: [b.yaml]\n",
            "ph.yaml": "id: ph\nbuildings: [c.yaml]\n",
            "b.yaml": "{id: b, box: [9, 9]}",
            "c.yaml": "{id: c, box: [9, 9], at: [50, 0]}",
        },
    )

    assert list(found) == ["p", "s", "ph", "c", "b"]


def test_a_fault_in_another_file_is_told_with_its_own_place() -> None:
    said = refused(
        "sites: [s.yaml]",
        {"s.yaml": "id: s\nphases:\n  - id: ph\n    buildings: [{id: b, tall: 4}]\n"},
    )

    assert (said["file"], said["line"], said["place"], said["found"]) == (
        "s.yaml",
        4,
        "phases[0].buildings[0].tall",
        "tall",
    )


def prisms(entry: str) -> tuple[Prism, ...]:
    shape = spaces(f"buildings: [{{id: b, {entry}}}]")["b"].shape
    assert shape is not None
    return shape.prisms


def square(half: float, east: float = 0.0) -> tuple[tuple[tuple[float, float], ...]]:
    return (((east - half, -half), (east + half, -half), (east + half, half), (east - half, half)),)


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ("box: [8, 8], height: 20", [Prism(square(4), 0, 20)]),
        ("box: [8, 8], base: 2, height: 20", [Prism(square(4), 2, 22)]),
        ("box: [8, 8], storeys: 5", [Prism(square(4), 0, 21)]),
        ("box: [8, 8], storeys: 5, storey_height: 3", [Prism(square(4), 0, 15)]),
        (
            """storeys: 10, storey_height: 4, parts:
                [{box: [8, 8], storeys: 1-2}, {box: [4, 4], at: [1, 0], storeys: 3-10}]""",
            [Prism(square(4), 0, 8), Prism(square(2, 1), 8, 40)],
        ),
        (
            "parts: [{box: [8, 8], base: 1, top: 9}, {box: [4, 4], top: 30}]",
            [Prism(square(4), 1, 9), Prism(square(2), 0, 30)],
        ),
        (
            "box: [8, 8], height: 10, crown: {inset: 1, height: 3}",
            [Prism(square(4), 0, 10), Prism(square(3), 10, 13)],
        ),
        (
            """box: [8, 8], storeys:
                [{storeys: 1, height: 6}, {storeys: 2-3},
                {storeys: 4-5, height: 3, box: [4, 4]}]""",
            [Prism(square(4), 0, 14.4), Prism(square(2), 14.4, 20.4)],
        ),
        (
            "box: [8, 8], storeys: [{storeys: B2-B1, height: 3}, {storeys: 1}]",
            [Prism(square(4), 0, 4.2)],
        ),
    ],
)
def test_the_body_of_a_building(entry: str, expected: list[Prism]) -> None:
    assert list(prisms(entry)) == expected


@pytest.mark.parametrize(
    ("entry", "area"),
    [
        ("box: [8, 8], storeys: 5", 320),
        ("storeys: 10, parts: [{box: [8, 8], storeys: 1-2}, {box: [4, 4], storeys: 1-10}]", 256),
        ("box: [8, 8], storeys: [{storeys: 1-2}, {storeys: 3, box: [4, 4]}]", 144),
        ("box: [8, 8], storeys: 5, area: 300", 300),
    ],
)
def test_the_area_of_a_building_is_that_of_its_floors(entry: str, area: float) -> None:
    assert spaces(f"buildings: [{{id: b, {entry}}}]")["b"].area == area


def test_storeys_stand_on_one_another_from_below() -> None:
    found = spaces("""
        buildings:
          - id: b
            base: 1
            box: [8, 8]
            storeys:
              - {storeys: B2-B1, height: 3}
              - {storeys: 1, height: 6, name: {zh: 大堂层, en: Lobby Floor}}
              - {storeys: 2-3}
              - {storeys: 4, base: 20}
    """)
    storeys = [space for space in found.values() if space.kind is SpaceKind.STOREY]

    assert [
        (
            each.id,
            each.order,
            each.name.en,
            each.shape and (each.shape.prisms[0].base, each.shape.prisms[0].top),
        )
        for each in storeys
    ] == [
        ("b-b02", -2, "B2", (-5, -2)),
        ("b-b01", -1, "B1", (-2, 1)),
        ("b-f01", 0, "Lobby Floor", (1, 7)),
        ("b-f02", 1, "2F", (7, 11.2)),
        ("b-f03", 2, "3F", (11.2, 15.4)),
        ("b-f04", 3, "4F", (20, 24.2)),
    ]


def test_a_height_is_shared_out_among_the_storeys() -> None:
    entry = "storeys: 4, height: 20, parts: [{box: [8, 8], storeys: 1-2}]"

    assert list(prisms(entry)) == [Prism(square(4), 0, 10)]


def test_wings_of_one_building_may_have_storeys_of_their_own() -> None:
    found = spaces("""
        buildings:
          - id: b
            storeys:
              - {storeys: 1, height: 9, box: [10, 10]}
              - {storeys: 2, base: 4, box: [10, 10], at: [20, 0]}
    """)

    assert [found[name].order for name in ("b-f01", "b-f02")] == [0, 1]


def test_a_building_away_from_its_zero_is_entered_on_its_south_side() -> None:
    found = spaces("""
        buildings:
          - id: b
            footprint: [[100, 0], [140, 0], [140, 20], [100, 20]]
            storeys: [{storeys: 1, layout: {open: lobby}}]
    """)["b"].shape

    assert found is not None
    assert found.doors == ((120.0, 0.0),)


def test_what_a_layout_made_can_be_said_more_of() -> None:
    found = spaces("""
        buildings:
          - id: b
            box: [60, 18]
            storeys:
              - storeys: 1-3
                layout: {offices: 10}
                spaces:
                  - {id: -02, kind: meeting_room, capacity: 12}
                  - {id: b-f03-04, status: closed}
            spaces:
              - {id: -f02-05, name: {zh: 天, en: Sky}, about: {en: High up.}, link: "https://a.org"}
              - {id: b-roof, kind: garden}
    """)

    assert [found[f"b-f0{n}-02"].kind for n in (1, 2, 3)] == [SpaceKind.MEETING_ROOM] * 3
    assert [found[f"b-f0{n}-02"].capacity for n in (1, 2, 3)] == [12] * 3
    assert [found[f"b-f0{n}-04"].status for n in (1, 2, 3)] == ["open", "open", "closed"]
    assert (found["b-f02-05"].name, found["b-f02-05"].link) == (Text("天", "Sky"), "https://a.org")
    assert (found["b-f01-02"].name.en, found["b-roof"].parent) == ("Office 102", "b")


def test_a_room_of_a_layout_can_be_furnished() -> None:
    found = spaces("""
        buildings:
          - id: b
            box: [60, 18]
            storeys:
              - storeys: 2
                layout: {offices: 8}
                spaces:
                  - id: -03
                    tables: {rows: 1, per_row: 2}
                    spaces: [{id: -desk, kind: service}]
    """)

    assert [space.id for space in found.values() if space.parent == "b-f02-03"] == [
        "b-f02-03-t01",
        "b-f02-03-t02",
        "b-f02-03-desk",
    ]


def test_a_space_of_one_storey_may_have_no_shape() -> None:
    found = spaces("""
        buildings:
          - id: b
            box: [60, 18]
            storeys:
              - {storeys: 1-2, spaces: [{id: -store, kind: service}, {id: b-flag, kind: shop}]}
    """)

    assert [name for name, space in found.items() if space.shape is None] == [
        "p",
        "b-f01-store",
        "b-f02-store",
        "b-flag",
    ]


def test_rooms_give_way_to_stairs_drawn_by_hand() -> None:
    found = spaces("""
        buildings:
          - id: b
            box: [40, 20]
            stairs: [{box: [4, 8], at: [-18, 0]}]
            storeys: [{storeys: 1-2, spaces: [{id: -hall, kind: hall, box: [40, 20]}]}]
    """)

    assert (found["b-f01-hall"].area, found["b-f02-stairs"].area) == (768.0, 32.0)


def test_rooms_outside_their_storey_and_upon_one_another_are_noted() -> None:
    notices = park("""
        buildings:
          - id: b
            box: [40, 20]
            storeys:
              - storeys: 1
                spaces:
                  - {id: a, kind: hall, box: [30, 20], at: [-10, 0]}
                  - {id: c, kind: lobby, box: [30, 20], at: [5, 0]}
    """).notices

    assert [(each.feature, each.code, each.words) for each in notices] == [
        ("a", "definition_outside", "100.0 m² of it lie outside its storey"),
        ("a", "definition_overlap", "300.0 m² of it lie upon c"),
    ]


def test_buildings_upon_one_another_are_noted() -> None:
    notices = park("""
        buildings:
          - {id: a, box: [10, 10], height: 9}
          - {id: b, box: [10, 10], at: [5, 0], height: 9}
          - {id: bridge, parts: [{box: [10, 10], base: 9, top: 12}]}
    """).notices

    assert [(each.feature, each.words) for each in notices] == [("a", "50.0 m² of it stand upon b")]


def test_a_footprint_can_be_a_feature_of_geojson() -> None:
    ring = [[121.6, 31.2], [121.601, 31.2], [121.601, 31.201], [121.6, 31.201], [121.6, 31.2]]
    shape = f'{{"type": "Polygon", "coordinates": [{ring}]}}'
    feature = f'{{"properties": {{"id": "b"}}, "geometry": {shape}}}'
    found = spaces(
        "buildings: [{id: b, geometry: 'map.geojson#b', at: [5, 5], turn: 30, height: 12}]",
        {"map.geojson": f'{{"features": [{feature}]}}'},
    )

    assert shell(found["b"]) == ((0.0, 0.0), (95.304, 0.0), (95.303, 110.873), (0.0, 110.873))


def test_trees_and_ground_may_share_an_id_with_a_space() -> None:
    text = "spaces: [{id: a, kind: garden, box: [9, 9], ground: {kind: green}}]"

    assert (list(spaces(text)), list(scenery(text))) == (["p", "a"], ["a"])


def test_a_body_of_doors_only_is_a_shape() -> None:
    assert spaces("spaces: [{id: a, kind: hall, doors: [[1, 2]]}]")["a"].shape == Shape(
        doors=((1, 2),)
    )


def test_no_parts_are_an_empty_body() -> None:
    assert spaces("spaces: [{id: a, kind: hall, parts: []}]")["a"].shape == Shape()
