"""Course timetables of ITC-2007 by command."""

import json
from pathlib import Path

import pytest
from tests.cli.conftest import Shulian
from tests.commands import CHINESE
from tests.congress.rules.curricula.samples import FILE, SOLVED_FILE

EASY = FILE.replace("places 2 twins rendering", "places 1 twins")
"""What it costs at least is told by counting, so that the search ends when it has that."""


@pytest.fixture
def instance(tmp_path: Path) -> Path:
    path = tmp_path / "sample.ctt"
    path.write_text(EASY)
    return path


def test_an_instance_is_solved_written_and_checked(
    shulian: Shulian, instance: Path, tmp_path: Path
) -> None:
    out = tmp_path / "sample.sol"
    solved = shulian("timetable", "solve", instance, "--seconds", 300, "--out", out, "--json")
    checked = shulian("timetable", "check", instance, out, "--json")
    told = json.loads(solved.out)

    costs = {"capacity": 0, "working_days": 0, "compactness": 2, "stability": 0}
    assert solved.code == checked.code == 0
    assert (told["format"], told["status"], told["cost"]) == ("itc2007-ctt", "optimal", 2)
    assert (told["costs"], len(told["lectures"])) == (costs, 6)
    assert json.loads(checked.out)["costs"] == costs
    assert [line.split() for line in out.read_text().splitlines()] == [
        [one["course"], one["room"], str(one["day"]), str(one["period"])]
        for one in told["lectures"]
    ]


def test_a_solution_is_counted_for_people(shulian: Shulian, instance: Path, tmp_path: Path) -> None:
    solution = tmp_path / "by-hand.sol"
    solution.write_text(SOLVED_FILE.replace("small 1 0", "small 1 1"))
    english = shulian("timetable", "check", instance, solution)
    chinese = shulian("timetable", "check", instance, solution, **CHINESE)

    assert english.code == 1
    assert "Conflicts of a curriculum or a teacher: 1" in english.out
    assert "课程组或教师冲突: 1" in chinese.out


def test_what_cannot_be_is_told_with_its_reason(shulian: Shulian, tmp_path: Path) -> None:
    path = tmp_path / "full.ctt"
    path.write_text(EASY.replace("modelling ada 3 2", "modelling ada 7 2"))
    people = shulian("timetable", "solve", path)
    programs = shulian("timetable", "solve", path, "--json")
    reason = "The course “modelling” has 7 lectures and only 6 periods in which it can be."

    assert people.code == programs.code == 1
    assert reason in people.out.replace("\n", " ")
    told = json.loads(programs.out)
    assert (told["status"], told["reason"]) == ("impossible", reason)


def test_a_wrong_line_is_told(shulian: Shulian, tmp_path: Path) -> None:
    path = tmp_path / "wrong.ctt"
    path.write_text(EASY.replace("ada 3 2 30", "ada three 2 30"))
    said = shulian("timetable", "solve", path)

    assert said.code != 0
    assert "“three” in line 10 of the file should be a whole number" in said.complaint
