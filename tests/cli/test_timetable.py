"""Timetables solved and checked by command."""

import json
from pathlib import Path

import pytest
from tests.cli.conftest import Shulian
from tests.commands import CHINESE

PROBLEM: dict[str, object] = {
    "format": "shulian-timetable/1",
    "step": 60,
    "halls": [{"id": "h", "name": "Hall", "capacity": 10, "hours": [[540, 660]]}],
    "sessions": [
        {"id": "a", "title": "Opening", "minutes": 60, "plenary": True},
        {"id": "b", "title": "Chips", "minutes": 60, "attendance": 14},
    ],
}


@pytest.fixture
def problem(tmp_path: Path) -> Path:
    """A small problem: two sessions in a hall that is open for two hours."""
    path = tmp_path / "congress.json"
    path.write_text(json.dumps(PROBLEM))
    return path


def test_a_timetable_is_solved_written_and_checked(
    shulian: Shulian, problem: Path, tmp_path: Path
) -> None:
    out = tmp_path / "solution.json"

    solved = shulian("timetable", "solve", problem, "--workers", 1, "--out", out, "--json")
    checked = shulian("timetable", "check", problem, out, "--json")

    told = json.loads(solved.out)
    starts = {one["start"] for one in told["places"]}
    assert (solved.code, told["status"], told["cost"], told["gap"]) == (0, "optimal", 4, 0)
    assert starts == {540, 600}
    assert (checked.code, json.loads(checked.out)["costs"]) == (0, {"too_small": 4})


def test_people_read_a_table_and_how_good_it_is(shulian: Shulian, problem: Path) -> None:
    english = shulian("timetable", "solve", problem)
    chinese = shulian("timetable", "solve", problem, **CHINESE)

    assert "1 · 09:00" in english.out
    assert "no timetable costs less than 4" in english.out
    assert "没有座位的人: 4" in chinese.out


def test_what_is_written_is_said(shulian: Shulian, problem: Path, tmp_path: Path) -> None:
    said = shulian("timetable", "solve", problem, "--out", tmp_path / "out.json")

    assert f"The timetable is in {tmp_path / 'out.json'}." in said.out


def test_where_there_is_no_timetable_the_reasons_are_told(
    shulian: Shulian, problem: Path, tmp_path: Path
) -> None:
    sessions = [{"id": one, "title": f"Talk {one}", "minutes": 90} for one in "ab"]
    problem.write_text(json.dumps({**PROBLEM, "sessions": sessions}))
    out = tmp_path / "solution.json"

    words = shulian("timetable", "solve", problem, "--out", out)
    rows = shulian("timetable", "solve", problem, "--json")

    assert (words.code, rows.code, out.exists()) == (1, 1, False)
    assert "These cannot hold together:\n" in words.out
    assert "Everything else can hold if you give up:\n  open Hall longer\n" in words.out
    assert json.loads(rows.out)["relax"] == [{"demand": "hall_closed", "about": "h"}]


def test_a_solution_that_breaks_rules_is_told_why(
    shulian: Shulian, problem: Path, tmp_path: Path
) -> None:
    path = tmp_path / "solution.json"
    places = [{"session": one, "hall": "h", "start": 540} for one in "ab"]
    content = {"format": "shulian-timetable-solution/1", "places": places}
    path.write_text(json.dumps(content))

    said = shulian("timetable", "check", problem, path)

    assert said.code == 1
    assert "Opening, Chips: Hall is free for one session at a time" in said.out
    assert "Hard rules broken: 1. Cost: 204." in said.out


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.txt", "hello", "is of no known format of timetables"),
        ("a.json", "{", "This is no timetable that can be read: at $"),
        ("a.txt", '{"format": "shulian-timetable/1"}', "missing required field `halls`"),
    ],
)
def test_a_file_that_is_none_is_refused_in_one_line(
    shulian: Shulian, tmp_path: Path, name: str, content: str, words: str
) -> None:
    path = tmp_path / name
    path.write_text(content)

    assert words in shulian("timetable", "solve", path).complaint


def test_a_file_that_is_not_there_is_refused(shulian: Shulian, tmp_path: Path) -> None:
    said = shulian("timetable", "check", tmp_path / "no.json", tmp_path / "none.json")

    assert said.complaint == f"There is no file {tmp_path / 'no.json'}."
