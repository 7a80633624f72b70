"""The reference page of the tileset says what the code does."""

import re
from pathlib import Path

import pytest

from shulian.park.rules.tiles.check_content import CLASSES
from shulian.park.rules.tiles.quadtree import MOST
from shulian.park.rules.tiles.scenery import LEVELS

PAGE = (Path(__file__).parents[4] / "docs" / "reference" / "tileset.md").read_text()


@pytest.mark.parametrize("name", CLASSES)
def test_every_column_of_a_class_is_there(name: str) -> None:
    row = next(line for line in PAGE.splitlines() if line.startswith(f"| `{name}` |"))

    assert set(re.findall(r"`(\w+)`", row)) == {name, *CLASSES[name]}


def test_the_levels_are_those_of_the_code() -> None:
    table = PAGE.partition("| kind | metres |")[2]

    assert re.findall(r"\| ([\d.]+) \|", table) == [f"{level:.2f}" for level in LEVELS.values()]


def test_a_file_holds_as_many_as_the_page_says() -> None:
    assert re.findall(r"(\d+) (?:pieces )?at most", PAGE) == [str(MOST)] * 2
