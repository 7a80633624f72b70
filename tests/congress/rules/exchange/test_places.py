"""Which space of a park a hall of a file may be, by its name."""

from dataclasses import replace

import pytest
from tests.congress.rules.exchange.programmes import HALL_A, HALL_B, SMALL

from shulian.congress.rules.exchange.drafts import Draft, HallNamed, Known
from shulian.congress.rules.exchange.making import text_of
from shulian.congress.rules.exchange.places import Room, like, rooms
from shulian.kit.text import Text
from shulian.park.types import SpaceId

SPACES = (
    Known(SpaceId("e1"), Text("多功能厅 1 东", "Multi-function Hall 1 East"), Text("科学会堂")),
    Known(SpaceId("w1"), Text("多功能厅 1 西", "Multi-function Hall 1 West"), Text("科学会堂")),
    Known(SpaceId("e2"), Text("多功能厅 2 东", "Multi-function Hall 2 East"), Text("科学会堂")),
    Known(SpaceId("cafe"), Text("咖啡厅", "Café"), Text("会客厅", "Parlour")),
)


@pytest.mark.parametrize(
    ("name", "venue", "space"),
    [
        ("多功能厅1东", "", "e1"),
        ("multi-function hall 2 (east)", "", "e2"),
        ("科学会堂多功能厅1西", "科学会堂", "w1"),
        ("Cafe", "", "cafe"),
        ("e2", "", "e2"),
        ("多功能厅 3 东", "", None),
        ("多功能厅 1", "", None),
        ("新闻中心", "科学会堂", None),
        ("", "", None),
    ],
)
def test_the_space_of_the_name_that_is_most_alike_is_meant(
    name: str, venue: str, space: str | None
) -> None:
    """Other numbers are other halls; where two are as much alike, none is taken."""
    assert like(text_of(name), venue, SPACES) == space


def test_of_no_spaces_none_is_meant() -> None:
    assert like(Text("大厅"), "", ()) is None


def test_the_halls_of_a_file_are_told_with_what_they_may_be() -> None:
    """Those first that the park does not know; what is meant already is no guess for another."""
    strange = SpaceId("hall-x")
    halls = (*SMALL.halls, replace(SMALL.halls[0], space=strange, name=Text("大 厅 堂")))
    draft = Draft(
        replace(SMALL, halls=halls), 3, halls=(HallNamed(strange, Text("大 厅 堂"), "云楼"),)
    )
    known = (Known(HALL_A, Text("大厅")), Known(HALL_B, Text("蓝厅")))

    assert rooms(draft, known) == (
        Room(strange, Text("大 厅 堂"), "云楼", 0, None, sure=False),
        Room(HALL_A, Text("大厅", "Great Hall"), "", 1, HALL_A, sure=True),
        Room(HALL_B, Text("蓝厅", "Blue Hall"), "", 2, HALL_B, sure=True),
    )


def test_a_file_with_faults_has_no_halls() -> None:
    assert rooms(Draft(None, 3), SPACES) == ()
