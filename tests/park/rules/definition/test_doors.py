"""Doors nobody drew, and doors somebody drew."""

from tests.park.rules.definition.making import park, spaces

BUILDING = """
buildings:
  - id: b
    box: [40, 20]
    {}
    storeys:
      - storeys: 1
        spaces:
          - {{id: way, kind: corridor, box: [40, 4]}}
          - {{id: north, kind: office, at: [0, 6], box: [40, 8]}}
          - {{id: hall, kind: hall, at: [0, -6], box: [40, 8] {}}}
"""


def doors(text: str) -> dict[str, tuple[tuple[float, float], ...]]:
    return {
        name: space.shape.doors for name, space in spaces(text).items() if space.shape is not None
    }


def test_a_door_stands_in_both_spaces_it_joins() -> None:
    found = doors(BUILDING.format("doors: []", ""))

    assert found == {
        "b": (),
        "b-f01": (),
        "way": ((0.0, 2.0), (10.0, -2.0), (-10.0, -2.0)),
        "north": ((0.0, 2.0),),
        "hall": ((10.0, -2.0), (-10.0, -2.0)),
    }


def test_a_door_from_outside_is_on_building_storey_and_the_room_behind() -> None:
    found = doors(BUILDING.format("doors: [[5, -10]]", ""))

    assert (found["b"], found["b-f01"]) == (((5, -10),), ((5, -10),))
    assert (5, -10) in found["hall"]
    assert (5, -10) not in found["north"]


def test_without_a_word_the_entrance_is_the_middle_of_the_south_front() -> None:
    assert doors(BUILDING.format("", ""))["b"] == ((0.0, -10.0),)


def test_doors_drawn_by_hand_are_kept_and_met_by_the_room_beside() -> None:
    found = doors(BUILDING.format("doors: []", ", doors: [[15, 4]]"))

    assert found["hall"] == ((15.0, -2.0),)
    assert (15.0, -2.0) in found["way"]
    assert len(found["way"]) == 2


def test_a_room_can_be_without_any_door() -> None:
    found = doors(BUILDING.format("doors: []", ", doors: []"))

    assert (found["hall"], found["way"]) == ((), ((0.0, 2.0),))


def test_a_room_beside_no_way_opens_to_the_largest_room_beside_it() -> None:
    found = doors("""
        buildings:
          - id: b
            box: [40, 20]
            doors: []
            storeys:
              - storeys: 1
                spaces:
                  - {id: hall, kind: hall, at: [-5, 0], box: [30, 20]}
                  - {id: back, kind: office, at: [15, 0], box: [10, 20]}
    """)

    assert (found["hall"], found["back"]) == (((10.0, 0.0),), ((10.0, 0.0),))


def test_ways_open_to_one_another() -> None:
    found = doors("""
        buildings:
          - id: b
            box: [40, 20]
            doors: []
            storeys:
              - storeys: 1
                spaces:
                  - {id: lobby, kind: lobby, at: [-10, 0], box: [20, 20]}
                  - {id: way, kind: corridor, at: [10, 0], box: [20, 4]}
    """)

    assert (found["lobby"], found["way"]) == (((0.0, 0.0),), ((0.0, 0.0),))


def test_a_room_that_touches_nothing_is_noted() -> None:
    notices = park("""
        buildings:
          - id: b
            box: [40, 20]
            storeys:
              - storeys: 1
                spaces:
                  - {id: one, kind: office, at: [-14, 4], box: [8, 8]}
                  - {id: two, kind: office, at: [14, 4], box: [8, 8]}
    """).notices

    assert [(notice.feature, notice.code) for notice in notices] == [
        ("one", "definition_no_door"),
        ("two", "definition_no_door"),
    ]


def test_furniture_has_no_doors() -> None:
    found = doors("""
        buildings:
          - id: b
            box: [40, 20]
            storeys:
              - storeys: 1
                spaces:
                  - {id: hall, kind: exhibition_hall, box: [40, 20]}
                  - {id: booth, kind: booth, box: [4, 4]}
    """)

    assert found["booth"] == ()
