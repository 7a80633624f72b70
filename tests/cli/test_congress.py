"""Programmes from one format into another, by command."""

import json
from pathlib import Path

import pytest
from tests.cli.conftest import Shulian
from tests.commands import CHINESE

TABLE = """id,title_zh,title_en,date,start,end,venue,room,organisers,attendance
f1,示例论坛,Sample Forum,2026-07-18,09:00,12:00,示例会馆,红厅,1:示例主办,300
f2,示例夜场,Sample Night,2026-07-18,22:00,01:00,示例会馆,红厅,,
"""
FAULTY = (
    "The file has 2 faults, and nothing of it was taken. "
    "Correct them where they are listed, and try again."
)


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """Two forums, the second one past midnight."""
    path = tmp_path / "forums.csv"
    path.write_text(TABLE)
    return path


@pytest.mark.parametrize("form", ["xml", "json", "ics", "xcal", "csv", "xlsx"])
def test_a_table_is_written_in_every_format_and_read_again(
    shulian: Shulian, table: Path, tmp_path: Path, form: str
) -> None:
    out = tmp_path / "out"
    zone = ("--timezone", "Asia/Shanghai")
    made = shulian("congress", "convert", table, "--to", form, "--out", out, *zone)
    told = shulian("congress", "check", out, "--json", *zone)

    assert (made.code, made.out) == (
        0,
        f"Written to {out}: 2 sessions, 2 forums, 1 halls.\n",
    )
    assert "F3" in made.err
    found = json.loads(told.out)
    assert (told.code, found["sessions"], found["forums"], found["faults"]) == (0, 2, 2, [])


def test_without_a_place_for_it_a_file_goes_to_the_terminal(shulian: Shulian, table: Path) -> None:
    said = shulian("congress", "convert", table, "--to", "ics", "--timezone", "Asia/Shanghai")

    assert said.code == 0
    assert said.out.startswith("BEGIN:VCALENDAR")
    assert "DTSTART;TZID=Asia/Shanghai:20260718T090000" in said.out


def test_the_language_that_comes_first_is_chosen(shulian: Shulian, table: Path) -> None:
    words = ("congress", "convert", table, "--to", "xml", "--timezone", "Asia/Shanghai")

    assert "<title>示例论坛</title>" in shulian(*words).out
    assert "<title>Sample Forum</title>" in shulian(*words, "--language", "en").out


def test_what_is_not_for_everyone_is_left_out_where_one_asks(shulian: Shulian, table: Path) -> None:
    words = ("congress", "convert", table, "--to", "json", "--timezone", "Asia/Shanghai")

    assert '"attendance": 300' in shulian(*words).out
    assert '"attendance": 300' not in shulian(*words, "--public").out


def test_a_check_names_halls_that_no_park_has(shulian: Shulian, table: Path) -> None:
    said = shulian("congress", "check", table, "--timezone", "Asia/Shanghai")

    assert said.out.splitlines() == [
        "  a hall that no park is known to have: 示例会馆 红厅",
        "It can be imported: 2 sessions, 2 forums, 1 halls.",
    ]


def test_every_fault_is_named_with_its_cell_and_nothing_is_written(
    shulian: Shulian, tmp_path: Path
) -> None:
    path, out = tmp_path / "forums.csv", tmp_path / "out.xml"
    path.write_text(TABLE.replace("09:00", "soon").replace("2026-07-18,22", "18/7/2026,22"))
    zone = ("--timezone", "Asia/Shanghai")
    said = shulian("congress", "convert", path, "--to", "xml", "--out", out, *zone)
    told = shulian("congress", "check", path, "--json", *zone)

    assert (said.code, out.exists()) == (1, False)
    assert said.err.splitlines() == [
        "  E2: the time “soon” is not understood. Write 09:00, and 24:00 for the end of a day.",
        "  D3: the date “18/7/2026” is not understood. Write 2026-07-18.",
        "shulian: " + FAULTY,
    ]
    assert (told.code, [one["where"] for one in json.loads(told.out)["faults"]]) == (
        1,
        ["E2", "D3"],
    )


def test_long_lists_of_remarks_end_with_how_many_more(shulian: Shulian, tmp_path: Path) -> None:
    path = tmp_path / "forums.csv"
    path.write_text(TABLE.splitlines()[0] + "\n" + "f,,,,,,,,,\n" * 45)

    said = shulian("congress", "check", path, "--timezone", "UTC")

    assert said.err.splitlines()[-2] == "  … and 5 more"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"hello", "认不出这个文件的格式"),
        (b"<!DOCTYPE a [<!ENTITY b 'c'>]><schedule>&b;</schedule>", "声明了实体"),
        (b"<schedule>", "到 1:11 处就读不下去了"),
        (b"x" * ((16 << 20) + 1), "文件超过 16 MB"),
    ],
    ids=["unknown", "bomb", "cut", "large"],
)
def test_what_is_wrong_with_a_file_is_said_in_one_line(
    shulian: Shulian, tmp_path: Path, content: bytes, words: str
) -> None:
    path = tmp_path / "file"
    path.write_bytes(content)

    said = shulian("congress", "check", path, **CHINESE)

    assert (said.code, said.out, len(said.err.splitlines())) == (1, "", 1)
    assert words in said.err


def test_a_file_that_is_not_there_and_a_place_that_cannot_be_written(
    shulian: Shulian, table: Path, tmp_path: Path
) -> None:
    missing = shulian("congress", "check", tmp_path / "none")
    folder = shulian("congress", "check", tmp_path)
    closed = shulian(
        "congress", "convert", table, "--to", "csv", "--out", tmp_path / "no" / "out.csv"
    )

    assert [said.code for said in (missing, folder, closed)] == [1, 1, 1]
    assert str(tmp_path / "none") in missing.err
    assert "Is a directory" in folder.err
    assert "no/out.csv" in closed.err
