"""`shulian timetable` on conferences in the form of CoSPLib."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.congress.rules.sessions.conferences import laid, sheets, spreadsheet

from shulian.cli.timetable import command
from shulian.congress.rules.sessions.check import check
from shulian.congress.rules.sessions.cosplib import read, write


@pytest.fixture
def conference(tmp_path: Path) -> Path:
    """A conference of four talks."""
    path = tmp_path / "conference.xlsx"
    path.write_bytes(spreadsheet(sheets()))
    return path


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(command, [str(word) for word in words])


def test_a_conference_is_solved_and_checked(conference: Path, tmp_path: Path) -> None:
    """Where nothing counts within a session, the bound is reached."""
    content = sheets()
    for row in content["parameters"][8:]:
        row[-1] = 0
    conference.write_bytes(spreadsheet(content))
    out = tmp_path / "solution.xlsx"

    solved = run("solve", conference, "--seconds", "60", "--seed", "3", "--out", out, "--json")
    checked = run("check", conference, out, "--json")

    told, counted = json.loads(solved.stdout), json.loads(checked.stdout)
    assert (solved.exit_code, checked.exit_code) == (0, 0)
    assert (told["format"], told["status"], told["seed"]) == ("cosplib", "optimal", 3)
    assert told["cost"] == told["bound"] == counted["cost"]
    assert counted["costs"] == told["costs"]
    assert (counted["broken"], counted["faults"]) == (0, [])
    assert [one["submission"] for one in told["places"]] == ["T1", "T2", "T3", "T4"]
    assert told["places"][1]["slots"] == 2


def test_what_a_solution_breaks_is_told(conference: Path, tmp_path: Path) -> None:
    instance = read(conference.read_bytes())
    solution = laid(instance, {(0, 0): [0, 1], (1, 1): [2]})
    out = tmp_path / "solution.xlsx"
    out.write_bytes(write(instance, solution, check(instance, solution)))

    checked = run("check", conference, out)

    assert checked.exit_code == 1
    assert "T4" in checked.stdout


def test_a_conference_that_cannot_be_says_so(tmp_path: Path) -> None:
    content = sheets()
    content["submissions"][1][2] = 9
    path = tmp_path / "conference.xlsx"
    path.write_bytes(spreadsheet(content))

    solved = run("solve", path, "--json")

    told = json.loads(solved.stdout)
    assert solved.exit_code == 1
    assert (told["status"], told["needed"], told["there"]) == ("impossible", 13, 10)
