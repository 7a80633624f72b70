"""Timetables in files: read, written, and what is said of files that are wrong."""

import json
from typing import Any

import pytest
from hypothesis import given
from tests.congress.rules.timetable.problems import NINE, problems, two_days

from shulian.congress.errors import (
    TimetableStranger,
    TimetableTwice,
    TimetableUnreadable,
    TimetableWrong,
)
from shulian.congress.rules.timetable import files
from shulian.congress.rules.timetable.problem import Place, Problem, Session, Solution
from shulian.kit.errors import Invalid

HALL = {"id": "h", "capacity": 10, "hours": [[540, 600]]}
SESSION = {"id": "s", "minutes": 30}


def told(**given: Any) -> bytes:
    """A file of one hall and one session, and what is given."""
    whole = {"format": files.FORMAT, "halls": [HALL], "sessions": [SESSION], **given}
    return json.dumps(whole).encode()


@given(problems())
def test_a_problem_that_is_written_is_read_as_the_same(problem: Problem) -> None:
    assert files.read(files.write(problem)) == problem


def test_a_solution_that_is_written_is_read_as_the_same() -> None:
    problem = two_days(Session("a", 60), Session("b", 60))
    solution = Solution({"b": Place("large", NINE), "a": Place("small", NINE)})

    written = files.write_solution(solution, cost=5, bound=3)

    assert files.read_solution(written, problem) == solution
    assert json.loads(written)["cost"] == 5


@pytest.mark.parametrize(
    ("content", "error", "params"),
    [
        (b"", TimetableUnreadable, "$"),
        (b"\xff", TimetableUnreadable, "$"),
        (b"{", TimetableUnreadable, "$"),
        (b"[" * 100_000, TimetableUnreadable, "$"),
        (told(format="other/1"), TimetableUnreadable, "$.format"),
        (told(color="red"), TimetableUnreadable, "$"),
        (told(sessions=[{"id": "s"}]), TimetableUnreadable, "$.sessions[0]"),
        (
            told(sessions=[{"id": "s", "minutes": "x"}]),
            TimetableUnreadable,
            "$.sessions[0].minutes",
        ),
        (told(levels={"too_small": "loud"}), TimetableUnreadable, "$.levels[...]"),
        (told(halls=[HALL, HALL]), TimetableTwice, "halls[1]"),
        (
            told(sessions=[{**SESSION, "organizers": ["o", "o"]}]),
            TimetableTwice,
            "sessions[0].organizers[1]",
        ),
        (
            told(sessions=[{**SESSION, "speakers": ["x"]}]),
            TimetableStranger,
            "sessions[0].speakers",
        ),
        (told(sessions=[{**SESSION, "halls": ["x"]}]), TimetableStranger, "sessions[0].halls"),
        (
            told(sessions=[{**SESSION, "placed": {"hall": "x", "start": 0}}]),
            TimetableStranger,
            "sessions[0].placed.hall",
        ),
        (
            told(walks=[{"between": ["h", "x"], "minutes": 1}]),
            TimetableStranger,
            "walks[0].between",
        ),
        (told(weights={"fun": 1}), TimetableStranger, "weights"),
        (told(weights={"gap": -1}), TimetableWrong, "weights.gap"),
        (told(step=7), TimetableWrong, "step"),
        (told(days=[]), TimetableWrong, "days"),
        (told(sessions=[{**SESSION, "minutes": 0}]), TimetableWrong, "sessions[0].minutes"),
        (told(sessions=[{**SESSION, "pinned": True}]), TimetableWrong, "sessions[0].pinned"),
        (told(halls=[{**HALL, "hours": [[600, 540]]}]), TimetableWrong, "halls[0].hours[0]"),
        (told(halls=[{**HALL, "hours": [[0, 9], [8, 10]]}]), TimetableWrong, "halls[0].hours[1]"),
    ],
)
def test_what_is_wrong_with_a_file_is_told_with_its_place(
    content: bytes, error: type[Invalid], params: str
) -> None:
    with pytest.raises(error) as raised:
        files.read(content)

    assert raised.value.params["where"] == params


@pytest.mark.parametrize(
    ("places", "error", "where"),
    [
        ([{"session": "x", "hall": "h", "start": 0}], TimetableStranger, "places[0].session"),
        ([{"session": "s", "hall": "x", "start": 0}], TimetableStranger, "places[0].hall"),
        ([{"session": "s", "hall": "h", "start": 0}] * 2, TimetableTwice, "places[1]"),
    ],
)
def test_what_is_wrong_with_a_solution_is_told_with_its_place(
    places: list[dict[str, object]], error: type[Invalid], where: str
) -> None:
    content = json.dumps({"format": files.SOLUTION_FORMAT, "places": places}).encode()

    with pytest.raises(error) as raised:
        files.read_solution(content, files.read(told()))

    assert raised.value.params["where"] == where


def test_a_file_that_is_too_large_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "LONGEST_FILE", 10)

    with pytest.raises(TimetableWrong):
        files.read(told())
