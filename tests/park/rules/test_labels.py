"""Which names stand on a drawing at which magnification."""

from dataclasses import replace

from shulian.kit.text import Text
from shulian.park.rules.labels import Named, labels
from shulian.park.types import SpaceId

WIDTH = 360.0
"""[m] of a drawing on which a metre is a pixel."""
WHOLE = (0.0, 0.0, 360.0, 360.0)


def named(name: str, west: float, south: float, size: float, *, height: float = 0) -> Named:
    bounds = (west, south, west + size, south + size)
    middle = (west + size / 2, south + size / 2)
    return Named(SpaceId(name), Text(name), bounds, middle, height)


def test_a_name_that_has_room_stands_from_the_start() -> None:
    assert labels([named("展览厅", 100, 100, 60)], WIDTH, WHOLE) == {"展览厅": 1}


def test_a_name_waits_until_there_is_room() -> None:
    assert labels([named("展览厅", 100, 100, 10)], WIDTH, WHOLE) == {"展览厅": 4}


def test_the_larger_of_two_neighbours_is_named_first() -> None:
    small, large = named("展览厅", 110, 110, 40), named("新闻中心", 100, 100, 60)

    assert labels([small, large], WIDTH, WHOLE) == {"新闻中心": 1}


def test_landmarks_are_named_though_they_are_smaller_than_their_names() -> None:
    tower = named("上海中心大厦", 100, 100, 10, height=632)
    house = named("和平饭店北楼", 200, 200, 10)

    assert labels([tower, house], WIDTH, WHOLE) == {"上海中心大厦": 1, "和平饭店北楼": 8}


def test_what_the_park_tells_of_comes_before_what_is_higher() -> None:
    hall = replace(named("科学会堂", 100, 100, 10, height=30), telling=True)
    tower = named("北门东塔", 100, 100, 10, height=90)

    assert labels([tower, hall], WIDTH, WHOLE) == {"科学会堂": 1}


def test_a_number_is_no_name_for_an_overview() -> None:
    assert labels([named("2", 100, 100, 60)], WIDTH, WHOLE) == {"2": 4}


def test_no_label_is_cut_by_the_edge() -> None:
    assert labels([named("展览厅", -30, 100, 60)], WIDTH, WHOLE) == {}


def test_what_has_no_name_has_no_label() -> None:
    assert labels([Named(SpaceId("x"), Text(), WHOLE, (180.0, 180.0))], WIDTH, WHOLE) == {}
