"""Seating a party in halls from files, by command."""

import json
from pathlib import Path

import pytest
from tests.cli.conftest import Shulian
from tests.cli.parks import definition
from tests.commands import CHINESE

TABLE = "id,east,north,free\n" + "".join(
    f"{row}{number},{number * 0.55},{-index * 0.95},{'no' if f'{row}{number}' == 'a2' else 'yes'}\n"
    for index, row in enumerate("ab")
    for number in range(1, 6)
)
PARK = """
id: small
name: {en: Small}
origin: [121.5, 31.2]
sites:
  - id: site
    name: {en: Site}
    box: [90, 90]
    phases:
      - id: phase
        name: {en: Phase}
        buildings:
          - id: house
            name: {en: House}
            box: [40, 40]
            storeys:
              - storeys: 1
                height: 5
                spaces:
                  - {id: hall, kind: hall, box: [20, 20], seats: {rows: 3, per_row: 6, aisles: [3]}}
                  - {id: room, kind: hall, at: [15, 15], box: [8, 8], seats: {rows: 2, per_row: 2}}
"""


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """Two rows of five seats, of which one is taken."""
    path = tmp_path / "hall.csv"
    path.write_text(TABLE)
    return path


def test_a_party_is_seated_in_a_table_of_seats(shulian: Shulian, table: Path) -> None:
    said = shulian("seats", "choose", table, "--count", 5, "--json")

    assert (said.code, json.loads(said.out)) == (
        0,
        {"seats": ["b1", "b2", "b3", "b4", "b5"], "parts": [5], "lonely": []},
    )


def test_seats_can_be_said_to_be_taken(shulian: Shulian, table: Path) -> None:
    said = shulian("seats", "choose", table, "--count", 3, "--taken", "b1", "--json")

    assert json.loads(said.out)["seats"] == ["a3", "a4", "a5"]


def test_people_read_a_table_and_what_is_to_be_said(shulian: Shulian, table: Path) -> None:
    said = shulian("seats", "choose", table, "--count", 8, **CHINESE)

    assert said.code == 0
    assert "坐不到一起，分成" in said.out


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("id,east\na,1\n", "Line 2 tells no seat"),
        ("id,east,north\na,1,far\n", "Line 2 tells no seat"),
        ("id,east,north\na,1,nan\n", "Line 2 tells no seat"),
        ("id,east,north,free\na,1,1,perhaps\n", "Line 2 tells no seat"),
        ("id,east,north\na,1,1\na,2,1\n", "tells no seat"),
        ("id,east,north\n,1,1\n", "Line 2 tells no seat"),
        ("", "There are no seats here"),
        ("id,east,north\n", "There are no seats here"),
    ],
)
def test_a_table_that_tells_no_seats_is_refused(
    shulian: Shulian, tmp_path: Path, content: str, words: str
) -> None:
    path = tmp_path / "hall.csv"
    path.write_text(content)

    said = shulian("seats", "choose", path, "--count", 1)

    assert (said.code, words in said.err) == (1, True)


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (["--count", 10], "10 seats are wanted, 9 are free"),
        (["--count", 1, "--taken", "z9"], "There is no seat z9"),
    ],
)
def test_what_cannot_be_is_said_in_one_line(
    shulian: Shulian, table: Path, more: list[object], words: str
) -> None:
    said = shulian("seats", "choose", table, *more)

    assert (said.code, words in said.err) == (1, True)
    assert said.err.count("\n") == 1


def test_who_is_left_alone_is_told(shulian: Shulian, tmp_path: Path) -> None:
    path = tmp_path / "hall.csv"
    path.write_text("id,east,north\na,0,0\nb,0.5,0\nc,1,0\n")

    said = shulian("seats", "choose", path, "--count", 2, LANG="en_GB.UTF-8")

    assert "is left alone." in said.out


def test_a_party_is_seated_in_a_hall_of_a_park(shulian: Shulian, tmp_path: Path) -> None:
    park = definition(tmp_path / "small", PARK)

    said = shulian("seats", "choose", park, "--hall", "hall", "--count", 3, "--json")

    told = json.loads(said.out)
    assert (told["parts"], told["lonely"]) == ([3], [])
    assert len({seat.split("-s")[0] for seat in told["seats"]}) == 1


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ([], "Seats stand in several halls: hall, room. Name one with --hall."),
        (["--hall", "house"], ""),
        (["--hall", "nowhere"], "There are no seats here."),
    ],
)
def test_the_hall_must_be_one_with_seats(
    shulian: Shulian, tmp_path: Path, more: list[str], words: str
) -> None:
    park = definition(tmp_path / "small", PARK)

    said = shulian("seats", "choose", park, "--count", 1, *more)

    assert (said.code, words in said.err) == (1 if words else 0, True)


def test_bytes_that_are_no_text_are_refused(shulian: Shulian, tmp_path: Path) -> None:
    path = tmp_path / "hall.csv"
    path.write_bytes(b"id,east,north\n\xff,1,1\n")

    assert "Line 2 tells no seat" in shulian("seats", "choose", path, "--count", 1).err


def test_a_count_below_one_is_no_party(shulian: Shulian, table: Path) -> None:
    assert shulian("seats", "choose", table, "--count", 0).code == 2
