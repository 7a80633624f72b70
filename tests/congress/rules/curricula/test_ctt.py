"""Files of instances and solutions: read, written, refused."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.congress.rules.curricula.samples import FILE, SMALL, SOLVED, SOLVED_FILE

from shulian.congress import errors
from shulian.congress.rules.curricula import ctt
from shulian.congress.rules.curricula.instance import Lecture
from shulian.kit.errors import Failure


def test_an_instance_is_read() -> None:
    assert ctt.read(FILE.encode()) == SMALL


def test_line_ends_of_windows_and_a_byte_order_mark_are_read() -> None:
    assert ctt.read(FILE.replace("\n", "\r\n").encode("utf-8-sig")) == SMALL


def test_what_is_said_twice_is_taken_once() -> None:
    twice = FILE.replace("twins 0 0\n", "twins 0 0\ntwins 0 0\n")
    twice = twice.replace("Constraints: 2", "Constraints: 3")
    twice = twice.replace("scenes 2 modelling", "scenes 3 modelling modelling")

    assert ctt.read(twice.encode()) == SMALL


def test_an_instance_of_nothing_is_read() -> None:
    nothing = (
        "Name:\nCourses: 0\nRooms: 0\nDays: 1\nPeriods_per_day: 1\nCurricula: 0\nConstraints: 0\n"
        "COURSES:\nROOMS:\nCURRICULA:\nUNAVAILABILITY_CONSTRAINTS:\nEND.\n"
    )

    assert ctt.read(nothing.encode()) == replace(
        SMALL,
        name="",
        days=1,
        slots=1,
        courses=(),
        rooms=(),
        curricula=(),
        closed=frozenset(),
    )


WRONG = [
    ("Name: ", "Called: ", errors.CttHeaderWrong(line=1, wanted="Name:")),
    ("Rooms: 2\n", "", errors.CttHeaderWrong(line=3, wanted="Rooms:")),
    ("Rooms: 2", "Rooms:", errors.CttFieldsWrong(line=3, wanted=2, there=1)),
    ("Rooms: 2", "Rooms: two", errors.CttNumberWrong(line=3, said="two", least=0, most=1000)),
    ("Days: 2", "Days: 0", errors.CttNumberWrong(line=4, said="0", least=1, most=31)),
    ("Days: 2", "Days: 32", errors.CttNumberWrong(line=4, said="32", least=1, most=31)),
    ("Days: 2", "Days: ２", errors.CttNumberWrong(line=4, said="２", least=1, most=31)),
    (
        "Periods_per_day: 3",
        "Periods_per_day: 61",
        errors.CttNumberWrong(line=5, said="61", least=1, most=60),
    ),
    ("COURSES:", "COURSE:", errors.CttHeaderWrong(line=9, wanted="COURSES:")),
    ("ada 3 2 30", "ada 3 2", errors.CttFieldsWrong(line=10, wanted=5, there=4)),
    (
        "ada 3 2 30",
        "ada 3 -2 30",
        errors.CttNumberWrong(line=10, said="-2", least=0, most=ctt.MOST_LECTURES),
    ),
    (
        "ada 3 2 30",
        "ada 1e3 2 30",
        errors.CttNumberWrong(line=10, said="1e3", least=0, most=ctt.MOST_LECTURES),
    ),
    (
        "ada 3 2 30",
        f"ada 3 2 {'9' * 5000}",
        errors.CttNumberWrong(line=10, said="9" * 5000, least=0, most=ctt.MOST_PERSONS),
    ),
    ("rendering bo", "modelling bo", errors.CttNameTwice(line=11, said="modelling")),
    ("twins ada 1", "twins ada 20000", errors.CttTooLarge(limit=ctt.MOST_LECTURES)),
    (
        "Courses: 3",
        "Courses: 4",
        errors.CttCountWrong(line=14, section="COURSES:", wanted=4, there=3),
    ),
    ("Courses: 3", "Courses: 2", errors.CttHeaderWrong(line=12, wanted="ROOMS:")),
    ("small\t25", "large 25", errors.CttNameTwice(line=16, said="large")),
    ("scenes 2", "scenes 3", errors.CttFieldsWrong(line=19, wanted=5, there=4)),
    ("scenes 2 modelling", "scenes 2 modeling", errors.CttNameUnknown(line=19, said="modeling")),
    ("\ntwins 0 0", "\ntwin 0 0", errors.CttNameUnknown(line=23, said="twin")),
    ("twins 0 0", "twins 2 0", errors.CttNumberWrong(line=23, said="2", least=0, most=1)),
    ("twins 0 0", "twins 0 3", errors.CttNumberWrong(line=23, said="3", least=0, most=2)),
    (
        "Constraints: 2",
        "Constraints: 3",
        errors.CttCountWrong(line=26, section="UNAVAILABILITY_CONSTRAINTS:", wanted=3, there=2),
    ),
    ("END.\n", "", errors.CttHeaderWrong(line=26, wanted="END.")),
    ("bo 2 2", "b\0o 2 2", errors.CttNotText(line=11)),
]


@pytest.mark.parametrize(("said", "instead", "error"), WRONG, ids=range(len(WRONG)))
def test_a_wrong_instance_is_refused_with_its_line(said: str, instead: str, error: Failure) -> None:
    assert FILE.count(said) == 1

    with pytest.raises(type(error)) as raised:
        ctt.read(FILE.replace(said, instead).encode())

    assert raised.value.params == error.params


def test_what_is_no_text_is_refused_with_its_line() -> None:
    with pytest.raises(errors.CttNotText) as raised:
        ctt.read(FILE.replace("rendering bo", "rendering b\xf6").encode("latin-1"))

    assert raised.value.params == {"line": 11}


def test_a_file_that_is_too_large_is_refused() -> None:
    with pytest.raises(errors.CttTooLarge) as raised:
        ctt.read(b"\n" * (ctt.LARGEST_FILE + 1))

    assert raised.value.params == {"limit": ctt.LARGEST_FILE}


@given(st.binary(max_size=200))
def test_bytes_without_sense_are_refused_and_nothing_else(content: bytes) -> None:
    with pytest.raises(errors.CttLineWrong):
        ctt.read(content)


@given(st.data())
def test_an_instance_that_was_cut_is_refused_and_nothing_else(data: st.DataObject) -> None:
    cut = data.draw(st.integers(0, len(FILE) - 3))

    with pytest.raises(errors.CttLineWrong):
        ctt.read(FILE[:cut].encode())


def test_a_solution_is_read() -> None:
    assert ctt.read_solution(SMALL, SOLVED_FILE.encode()) == SOLVED


def test_a_solution_is_written() -> None:
    assert ctt.write(SMALL, SOLVED[::-1]) == SOLVED_FILE


def test_an_empty_solution_is_read() -> None:
    assert ctt.read_solution(SMALL, b"\n") == ()


@given(st.lists(st.builds(Lecture, st.integers(0, 2), st.integers(0, 5), st.integers(0, 1))))
def test_a_solution_comes_back_as_it_was_written(lectures: list[Lecture]) -> None:
    written = ctt.write(SMALL, lectures)

    assert ctt.read_solution(SMALL, written.encode()) == tuple(sorted(lectures))


WRONG_SOLUTIONS = [
    ("twins small 1", errors.CttFieldsWrong(line=1, wanted=4, there=3)),
    ("twins small 1 2 3", errors.CttFieldsWrong(line=1, wanted=4, there=5)),
    ("\ntwin small 1 2", errors.CttNameUnknown(line=2, said="twin")),
    ("twins hall 1 2", errors.CttNameUnknown(line=1, said="hall")),
    ("twins small 2 2", errors.CttNumberWrong(line=1, said="2", least=0, most=1)),
    ("twins small 1 3", errors.CttNumberWrong(line=1, said="3", least=0, most=2)),
]


@pytest.mark.parametrize(("content", "error"), WRONG_SOLUTIONS, ids=range(len(WRONG_SOLUTIONS)))
def test_a_wrong_solution_is_refused_with_its_line(content: str, error: Failure) -> None:
    with pytest.raises(type(error)) as raised:
        ctt.read_solution(SMALL, content.encode())

    assert raised.value.params == error.params
