"""Conferences and solutions of CoSPLib as spreadsheets: read, refused, written and read back."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from tests.congress.rules.sessions.conferences import (
    laid,
    packed,
    sheets,
    spreadsheet,
    workbook,
)

from shulian.congress.errors import (
    CellsMerged,
    ConferenceTooLarge,
    ConferenceUnreadable,
    FormulaEmpty,
    NameMissing,
    NameTwice,
    NameUnknown,
    NumberWrong,
    SheetMissing,
    TimeWrong,
    TimeZoneWrong,
)
from shulian.congress.rules.sessions import workbooks
from shulian.congress.rules.sessions.check import check
from shulian.congress.rules.sessions.cosplib import SHEETS, read, read_solution, write
from shulian.congress.rules.sessions.instance import Session, Submission, Track, Weights
from shulian.kit.errors import Failure

PUBLISHED = {"GECCO19": 1000116, "N2OR": 2, "OR60F": 1664}
"""By the evaluator of CoSPLib 1.0.2, of the solutions beside the data."""


def test_a_conference_is_read() -> None:
    found = read(spreadsheet(sheets()))

    assert found.submissions == (
        Submission("T1", 0, 1, 1, ("Ann", "Bo"), ()),
        Submission("T2", 0, 2, 2, ("Cy",), ("Ann",)),
        Submission("T3", 1, 1, 0, ("Bo",), ("Cy", "Di")),
        Submission("T4", 1, 1, 0, (), ()),
    )
    assert found.tracks == (Track("AI", ("Di",)), Track("Chips"))
    assert found.sessions == (Session("Mon1", 3), Session("Mon2", 2))
    assert found.rooms == ("Hall 1", "Hall 2")
    assert found.weights == Weights(*range(1, 17))
    assert found.tracks_sessions.tolist() == [[0, 4], [5, 0]]
    assert found.tracks_rooms.tolist() == [[0, 0], [0, 6]]
    assert found.sessions_rooms.tolist() == [[0, 0], [0, 2]]
    assert found.submissions_sessions.tolist() == [[0, 3], [0, 0], [0, 0], [0, 0]]
    assert found.submissions_rooms.tolist() == [[0, 0], [0, 7], [0, 0], [0, 0]]


def test_of_two_similar_tracks_the_first_row_counts_for_both() -> None:
    assert read(spreadsheet(sheets())).similar_tracks.tolist() == [[0, 8], [8, 0]]


def test_time_zones_tell_how_early_or_late_it_is_for_a_presenter() -> None:
    """At GMT+8 from 9:30 to 11:00 and from 21:00 to 22:00; at GMT+0 eight hours earlier …"""
    found = read(spreadsheet(sheets()))

    assert found.submissions_time_zones.tolist() == [[0, 1], [10, 0], [0, 10], [0, 1]]


def test_time_zones_that_count_for_nothing_may_be_anything() -> None:
    content = sheets()
    content["parameters"][8][4] = 0
    content["submissions"][1][4] = "Mars"

    assert not read(spreadsheet(content)).submissions_time_zones.any()


def test_columns_that_may_be_left_out_are_empty() -> None:
    content = sheets()
    content["submissions"] = [["Reference", "Track"], ["T1", "AI"], ["T2", "Chips"]]

    found = read(spreadsheet(content))

    assert found.submissions == (Submission("T1", 0), Submission("T2", 1))
    assert found.submissions_sessions.tolist() == [[0, 0], [0, 0]]


def test_numbers_may_be_text_and_names_may_be_numbers() -> None:
    content = sheets()
    content["submissions"][1][2] = "3"
    content["submissions"][1][0] = 17

    assert read(spreadsheet(content)).submissions[0] == Submission("17", 0, 3, 1, ("Ann", "Bo"))


def test_names_of_sheets_may_differ_in_case() -> None:
    content = sheets()
    content["Rooms "] = content.pop("rooms")

    assert read(spreadsheet(content)).rooms == ("Hall 1", "Hall 2")


@pytest.mark.parametrize("name", SHEETS)
def test_a_sheet_that_is_missing_is_named(name: str) -> None:
    content = sheets()
    del content[name]

    with pytest.raises(SheetMissing) as refused:
        read(spreadsheet(content))

    assert dict(refused.value.params) == {"sheet": name}


@pytest.mark.parametrize(
    ("sheet", "row", "column", "said", "kind", "cell"),
    [
        ("submissions", 1, 1, "Physics", NameUnknown, "B2"),
        ("submissions", 1, 2, 0, NumberWrong, "C2"),
        ("submissions", 1, 2, 1.5, NumberWrong, "C2"),
        ("submissions", 1, 2, "one", NumberWrong, "C2"),
        ("submissions", 1, 2, True, NumberWrong, "C2"),
        ("submissions", 1, 2, "inf", NumberWrong, "C2"),
        ("submissions", 1, 3, -1, NumberWrong, "D2"),
        ("submissions", 1, 7, 10**8, NumberWrong, "H2"),
        ("submissions", 2, 0, "T1", NameTwice, "A3"),
        ("submissions", 2, 0, None, NameMissing, "A3"),
        ("submissions", 0, 9, "Hall 9", NameUnknown, "J1"),
        ("submissions", 0, 9, "Mon1", NameTwice, "J1"),
        ("submissions", 1, 4, "GMT+5:30", TimeZoneWrong, "E2"),
        ("submissions", 1, 4, "GMT+15", TimeZoneWrong, "E2"),
        ("tracks", 2, 0, "AI", NameTwice, "A3"),
        ("sessions", 1, 1, None, NumberWrong, "B2"),
        ("sessions", 2, 3, "noon", TimeWrong, "D3"),
        ("sessions", 2, 4, 22, TimeWrong, "E3"),
        ("tracks_sessions|penalty", 1, 0, "Physics", NameUnknown, "A2"),
        ("tracks_sessions|penalty", 0, 1, "Fri1", NameUnknown, "B1"),
        ("similar tracks", 1, 2, "many", NumberWrong, "C2"),
        ("parameters", 1, 1, "Beijing", TimeZoneWrong, "B2"),
        ("parameters", 3, 1, None, TimeWrong, "B4"),
        ("parameters", 2, 3, "Room Temperature:", NameUnknown, "D3"),
        ("parameters", 2, 4, "heavy", NumberWrong, "E3"),
    ],
)
def test_a_cell_that_makes_no_sense_is_named(
    sheet: str, row: int, column: int, said: object, kind: type[Failure], cell: str
) -> None:
    content = sheets()
    content[sheet][row][column] = said

    with pytest.raises(kind) as refused:
        read(spreadsheet(content))

    assert (refused.value.params["sheet"], refused.value.params["cell"]) == (sheet, cell)
    assert type(refused.value) is kind


def test_a_column_of_references_is_needed() -> None:
    content = sheets()
    content["submissions"][0][0] = None

    with pytest.raises(NameMissing):
        read(spreadsheet(content))


@pytest.mark.parametrize("name", ["submissions", "tracks", "sessions", "rooms"])
def test_a_conference_of_nothing_is_refused(name: str) -> None:
    content = sheets()
    del content[name][1:]

    with pytest.raises(NameMissing) as refused:
        read(spreadsheet(content))

    assert dict(refused.value.params) == {"sheet": name, "cell": "A2", "said": ""}


def test_merged_cells_are_refused() -> None:
    book = workbook(sheets())
    book["tracks_rooms|penalty"].merge_cells("B2:B3")

    with pytest.raises(CellsMerged) as refused:
        read(packed(book))

    assert refused.value.params["cell"] == "B2:B3"


def test_a_formula_without_its_value_is_refused() -> None:
    content = sheets()
    content["submissions"][1][2] = "=1+1"

    with pytest.raises(FormulaEmpty) as refused:
        read(spreadsheet(content))

    assert dict(refused.value.params) == {"sheet": "submissions", "cell": "C2", "said": "=1+1"}


@pytest.mark.parametrize("content", [b"", b"PK", b"Reference,Track", b"\0" * 4096])
def test_what_is_no_spreadsheet_is_refused(content: bytes) -> None:
    with pytest.raises(ConferenceUnreadable):
        read(content)


def test_a_spreadsheet_cut_short_is_refused() -> None:
    content = spreadsheet(sheets())

    with pytest.raises(ConferenceUnreadable):
        read(content[: len(content) // 2])


def test_a_file_that_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbooks, "_MOST_BYTES", 1000)

    with pytest.raises(ConferenceTooLarge):
        read(spreadsheet(sheets()))


def test_a_sheet_of_too_many_cells_is_refused() -> None:
    book = workbook(sheets())
    book["rooms"].cell(1_000_000, 30, "far away")

    with pytest.raises(ConferenceTooLarge):
        read(packed(book))


def test_a_solution_comes_back_as_it_was_written() -> None:
    instance = read(spreadsheet(sheets()))
    solution = laid(instance, {(0, 0): [0, 1], (1, 1): [2, 3]})

    found = read_solution(write(instance, solution, check(instance, solution)), instance)

    assert np.array_equal(found.tracks, solution.tracks)
    assert np.array_equal(found.submissions, solution.submissions)


def test_a_name_that_looks_like_a_formula_stays_a_name() -> None:
    content = sheets()
    for rows in (content["submissions"], content["tracks_sessions|penalty"]):
        for row in rows:
            row[:] = ["=AI" if said == "AI" else said for said in row]
    content["tracks"][1][0] = "=AI"
    content["similar tracks"] = [[None]]
    book = workbook(content)
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    cell.data_type = "s"
    instance = read(packed(book))
    solution = laid(instance, {(0, 0): [0, 1], (1, 1): [2, 3]})

    found = read_solution(write(instance, solution, check(instance, solution)), instance)

    assert instance.tracks[0].name == "=AI"
    assert np.array_equal(found.tracks, solution.tracks)


SOLUTION = [
    [None, "Hall 1", "Hall 2"],
    ["Mon1", "AI", None],
    ["Mon2", None, "Chips"],
    [None],
    ["Mon1", "T1", None],
    ["Mon1", "T2", None],
    ["Mon1", "T2", None],
    ["Mon2", None, "T3"],
    ["Mon2", None, "T4"],
]


def changed(row: int, column: int, said: object) -> Callable[[], bytes]:
    """A solution of which a cell says something else."""

    def made() -> bytes:
        rows: list[list[object]] = [list(one) for one in SOLUTION]
        rows[row][column] = said
        return spreadsheet({"sol": rows})

    return made


def test_a_solution_is_read() -> None:
    instance = read(spreadsheet(sheets()))

    found = read_solution(spreadsheet({"sol": SOLUTION}), instance)

    assert found.tracks.tolist() == [[0, -1], [-1, 1]]
    assert found.submissions.tolist() == [
        [[0, 1, 1], [-1, -1, -1]],
        [[-1, -1, -1], [2, 3, -1]],
    ]


@pytest.mark.parametrize(
    ("content", "cell"),
    [
        (changed(0, 1, "Hall 9"), "B1"),
        (changed(1, 0, "Fri1"), "A2"),
        (changed(1, 1, "Physics"), "B2"),
        (changed(4, 1, "T9"), "B5"),
        (changed(7, 0, "Mon1"), "A8"),
    ],
)
def test_a_solution_of_something_else_is_refused(content: Callable[[], bytes], cell: str) -> None:
    instance = read(spreadsheet(sheets()))

    with pytest.raises(NameUnknown) as refused:
        read_solution(content(), instance)

    assert refused.value.params["cell"] == cell


@pytest.mark.parametrize("name", PUBLISHED)
def test_a_published_solution_costs_what_its_authors_count(name: str, shared_data: Path) -> None:
    folder = shared_data / "congress" / "cosplib"
    instance = read((folder / f"{name}.xlsx").read_bytes())
    solution = (folder / "solutions" / f"{name}Solution.xlsx").read_bytes()

    found = check(instance, read_solution(solution, instance))

    assert found.faults == ()
    assert found.objective == PUBLISHED[name]
