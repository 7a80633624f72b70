"""Conferences and their solutions as spreadsheets in the form of CoSPLib.

The form is told in the README of github.com/ahmedkheiri/CoSPLib. Names are taken as they stand, as
CoSPLib does: blanks at their end belong to them. Columns and rows that a sheet leaves out count as
empty, and are in no wrong order as long as their heads are right.
"""

import io
import re
from collections.abc import Iterable, Mapping
from datetime import datetime, time

import numpy as np
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from shulian.congress.errors import (
    NameMissing,
    NameUnknown,
    TimeWrong,
    TimeZoneWrong,
)
from shulian.congress.rules.sessions.check import Verdict
from shulian.congress.rules.sessions.instance import (
    PARTS,
    Instance,
    Integers,
    Session,
    Solution,
    Submission,
    Track,
    Weights,
    empty,
)
from shulian.congress.rules.sessions.workbooks import Sheet, first_sheet, read_sheets

SHEETS = (
    "parameters",
    "submissions",
    "tracks",
    "sessions",
    "rooms",
    "tracks_sessions|penalty",
    "tracks_rooms|penalty",
    "similar tracks",
    "sessions_rooms|penalty",
)
_LABELS = (
    "Tracks_Sessions|Penalty",
    "Tracks_Rooms|Penalty",
    "Sessions_Rooms|Penalty",
    "Similar Tracks",
    "Number of Rooms per Track",
    "Parallel Tracks",
    "Consecutive Tracks",
    "Submissions_Timezones",
    "Submissions Order",
    "Submissions_Sessions|Penalty",
    "Submissions_Rooms|Penalty",
    "Presenters Conflicts",
    "Attendees Conflicts",
    "Chairs Conflicts",
    "Presenters Conflicts Timeslot Level",
    "Attendees Conflicts Timeslot Level",
)
"""Of the weights, each for one of `PARTS`."""
_WEIGHTS = {label.casefold(): part for label, part in zip(_LABELS, PARTS, strict=True)}
_COLUMNS = (
    "reference",
    "track",
    "required timeslots",
    "order",
    "time zone",
    "presenters",
    "attendees",
)
"""Of the submissions, before those of sessions and rooms."""
_ZONE = re.compile(r"GMT([+-])(\d{1,2})")
_HOURS = 14
"""[h] that a time zone may be from Greenwich."""
_DAY = 24 * 60
"""[min]."""


def read(content: bytes) -> Instance:
    """A conference; raises what is told of in `shulian.congress.errors`, with sheet and cell."""
    sheets = read_sheets(content, SHEETS)
    tracks, sessions, rooms = (_some(sheets[name], 0) for name in ("tracks", "sessions", "rooms"))
    parameters = _Parameters(sheets["parameters"])
    listed = sheets["submissions"]
    columns = _columns(listed, sessions, rooms)
    rows = _some(listed, columns["reference"])
    chairs = _column(sheets["tracks"], "chairs")
    return Instance(
        submissions=tuple(
            _submission(listed, columns, row, name, tracks) for name, row in rows.items()
        ),
        tracks=tuple(
            Track(name, _people(sheets["tracks"], row, chairs)) for name, row in tracks.items()
        ),
        sessions=tuple(
            Session(name, sheets["sessions"].number(row, 1, least=1))
            for name, row in sessions.items()
        ),
        rooms=tuple(rooms),
        weights=parameters.weights,
        tracks_sessions=_table(sheets["tracks_sessions|penalty"], tracks, sessions),
        tracks_rooms=_table(sheets["tracks_rooms|penalty"], tracks, rooms),
        sessions_rooms=_table(sheets["sessions_rooms|penalty"], sessions, rooms),
        similar_tracks=_similar(sheets["similar tracks"], tracks),
        submissions_sessions=_penalties(listed, rows.values(), columns, sessions),
        submissions_rooms=_penalties(listed, rows.values(), columns, rooms),
        submissions_time_zones=_time_zones(
            parameters, sheets["sessions"], sessions.values(), listed, rows.values(), columns
        ),
    )


def _some(sheet: Sheet, column: int) -> dict[str, int]:
    """The names in a column, with their rows: one at least."""
    found = sheet.names(column)
    if not found:
        raise sheet.wrong(NameMissing, 1, column)
    return found


def _columns(listed: Sheet, sessions: Iterable[str], rooms: Iterable[str]) -> Mapping[str, int]:
    """The columns of the submissions by their names, those before sessions and rooms in small."""
    heads = {listed.text(0, 0): 0, **listed.heads()}
    known = {*sessions, *rooms}
    found: dict[str, int] = {}
    for name, column in heads.items():
        plain = name.strip().casefold()
        if name in known:
            found[name] = column
        elif plain in _COLUMNS:
            found[plain] = column
        elif plain:
            raise listed.wrong(NameUnknown, 0, column)
    for name in _COLUMNS[:2]:
        if name not in found:
            raise listed.wrong(NameMissing, 0, _COLUMNS.index(name))
    return found


def _submission(
    listed: Sheet, columns: Mapping[str, int], row: int, name: str, tracks: Mapping[str, int]
) -> Submission:
    track = listed.text(row, columns["track"])
    if track not in tracks:
        raise listed.wrong(NameUnknown, row, columns["track"])
    needs = columns.get("required timeslots")
    order = columns.get("order")
    return Submission(
        name,
        list(tracks).index(track),
        1 if needs is None else listed.number(row, needs, least=1, empty=1),
        0 if order is None else listed.number(row, order, least=0),
        _people(listed, row, columns.get("presenters")),
        _people(listed, row, columns.get("attendees")),
    )


def _column(sheet: Sheet, head: str) -> int | None:
    return next((at for name, at in sheet.heads().items() if name.strip().casefold() == head), None)


def _people(sheet: Sheet, row: int, column: int | None) -> tuple[str, ...]:
    """Those whom a cell names, with a comma and a blank between."""
    if column is None:
        return ()
    return tuple(dict.fromkeys(one for one in sheet.text(row, column).split(", ") if one))


def _table(sheet: Sheet, rows: Mapping[str, int], columns: Mapping[str, int]) -> Integers:
    """(rows, columns) penalties, as names on both sides tell; what is not there is 0."""
    found = np.zeros((len(rows), len(columns)), np.int64)
    upon, across = list(rows), list(columns)
    heads = sheet.heads()
    for name, column in heads.items():
        if name not in columns:
            raise sheet.wrong(NameUnknown, 0, column)
    for name, row in sheet.names(0).items():
        if name not in rows:
            raise sheet.wrong(NameUnknown, row, 0)
        for head, column in heads.items():
            found[upon.index(name), across.index(head)] = sheet.number(row, column)
    return found


def _similar(sheet: Sheet, tracks: Mapping[str, int]) -> Integers:
    """(t, t) symmetric: of two tracks, the row of the one that the sheet names first counts."""
    found = _table(sheet, tracks, tracks)
    listed = list(sheet.names(0))
    first = np.array([listed.index(name) if name in listed else len(listed) for name in tracks])
    upper = np.where(first[:, None] < first[None, :], found, 0)
    return upper + upper.T


def _penalties(
    listed: Sheet, rows: Iterable[int], columns: Mapping[str, int], names: Iterable[str]
) -> Integers:
    """(i, names) penalties of submissions in sessions, or in rooms."""
    at = [columns.get(name) for name in names]
    return np.array(
        [[0 if one is None else listed.number(row, one) for one in at] for row in rows], np.int64
    ).reshape(-1, len(at))


class _Parameters:
    """The sheet of parameters: weights, and when it is too late or too early for a presenter."""

    def __init__(self, sheet: Sheet) -> None:
        self.local = 0
        self.times: dict[tuple[str, str], int] = {}
        """[min] of the day: when the suitable and the less suitable times begin and end."""
        self.penalties: dict[str, int] = {}
        weights: dict[str, int] = {}
        block = ""
        for row in range(len(sheet.rows)):
            label = _label(sheet, row, 0)
            if label == "local time zone":
                self.local = _zone(sheet, row, 1)
            elif label in {"from", "to"}:
                self.times[block, label] = _time(sheet, row, 1)
            elif label == "penalty":
                self.penalties[block] = sheet.number(row, 1)
            elif label:
                block = label.removesuffix(" scheduling times")
            part = _label(sheet, row, 3)
            if part in _WEIGHTS:
                weights[_WEIGHTS[part]] = sheet.number(row, 4)
            elif part and row > 0:
                raise sheet.wrong(NameUnknown, row, 3)
        self.weights = Weights(**weights)

    def penalty(self, start: int, end: int) -> int:
        """Of a session from `start` to `end` [min of the day] where its presenter is.

        Dates are left out of account, as CoSPLib does.
        """
        early, late = self.times.get(("less suitable", "from"), 0), self._late("less suitable")
        if start < early or end > late or end < early:
            return self.penalties.get("unsuitable", 0)
        if start < self.times.get(("suitable", "from"), 0) or end > self._late("suitable"):
            return self.penalties.get("less suitable", 0)
        return 0

    def _late(self, block: str) -> int:
        return self.times.get((block, "to"), _DAY)


def _label(sheet: Sheet, row: int, column: int) -> str:
    return sheet.text(row, column).strip().removesuffix(":").casefold()


def _zone(sheet: Sheet, row: int, column: int) -> int:
    """[h] before Greenwich."""
    said = sheet.text(row, column).strip()
    found = _ZONE.fullmatch(said)
    if found is None or int(found[2]) > _HOURS:
        raise sheet.wrong(TimeZoneWrong, row, column)
    return int(found[1] + found[2])


def _time(sheet: Sheet, row: int, column: int) -> int:
    """[min] of the day."""
    said = sheet.at(row, column)
    if isinstance(said, str):
        try:
            said = time.fromisoformat(said.strip())
        except ValueError as error:
            raise sheet.wrong(TimeWrong, row, column) from error
    if not isinstance(said, time | datetime):
        raise sheet.wrong(TimeWrong, row, column)
    return said.hour * 60 + said.minute


def _time_zones(
    parameters: _Parameters,
    sessions: Sheet,
    held: Iterable[int],
    listed: Sheet,
    rows: Iterable[int],
    columns: Mapping[str, int],
) -> Integers:
    """(i, s) penalties of how late or early it is where a presenter is."""
    column, held = columns.get("time zone"), list(held)
    if column is None or parameters.weights.submissions_time_zones <= 0:
        return np.zeros((len(list(rows)), len(held)), np.int64)
    spans = [(_time(sessions, row, 3), _time(sessions, row, 4)) for row in held]
    found: list[list[int]] = []
    for row in rows:
        zone = _zone(listed, row, column) if listed.text(row, column).strip() else parameters.local
        later = (zone - parameters.local) * 60
        found.append(
            [
                parameters.penalty((start + later) % _DAY, (end + later) % _DAY)
                for start, end in spans
            ]
        )
    return np.array(found, np.int64).reshape(-1, len(held))


def read_solution(content: bytes, instance: Instance) -> Solution:
    """A solution: rooms across, the track of each session, and below them each time slot."""
    sheet = first_sheet(content)
    rooms = {name: place for place, name in enumerate(instance.rooms)}
    columns: dict[int, int] = {}
    for name, column in sheet.heads().items():
        if name not in rooms:
            raise sheet.wrong(NameUnknown, 0, column)
        columns[column] = rooms[name]
    tracks = {one.name: place for place, one in enumerate(instance.tracks)}
    submissions = {one.name: place for place, one in enumerate(instance.submissions)}
    found = empty(instance)
    row = 1
    for s, session in enumerate(instance.sessions):
        _expect(sheet, row, session.name)
        for column, r in columns.items():
            found.tracks[s, r] = _known(sheet, row, column, tracks)
        row += 1
    row += 1
    for s, session in enumerate(instance.sessions):
        for k in range(session.slots):
            _expect(sheet, row, session.name)
            for column, r in columns.items():
                found.submissions[s, r, k] = _known(sheet, row, column, submissions)
            row += 1
    return found


def _expect(sheet: Sheet, row: int, name: str) -> None:
    if sheet.text(row, 0) != name:
        raise sheet.wrong(NameUnknown, row, 0)


def _known(sheet: Sheet, row: int, column: int, names: Mapping[str, int]) -> int:
    """What a cell names; -1: nothing."""
    name = sheet.text(row, column)
    if name and name not in names:
        raise sheet.wrong(NameUnknown, row, column)
    return names[name] if name else -1


def write(instance: Instance, solution: Solution, verdict: Verdict) -> bytes:
    """`solution` in the form of the published ones, with what it costs on a second sheet."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None  # noqa: S101  # a new workbook has one
    sheet.title = "sol"
    _row(sheet, 1, ("", *instance.rooms))
    row = 2
    for s, session in enumerate(instance.sessions):
        held = (instance.tracks[t].name if t >= 0 else "" for t in map(int, solution.tracks[s]))
        _row(sheet, row, (session.name, *held))
        row += 1
    row += 1
    for s, session in enumerate(instance.sessions):
        for k in range(session.slots):
            there = map(int, solution.submissions[s, :, k])
            held = (instance.submissions[i].name if i >= 0 else "" for i in there)
            _row(sheet, row, (session.name, *held))
            row += 1
    costs = book.create_sheet("violations")
    _row(costs, 1, ("Objective", verdict.objective))
    for place, (label, part) in enumerate(zip(_LABELS, verdict.parts, strict=True), start=2):
        _row(costs, place, (label, part.cost))
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _row(sheet: Worksheet, row: int, cells: Iterable[str | int]) -> None:
    """A row of cells; text stays text, whatever a spreadsheet would make of it."""
    for column, said in enumerate(cells, start=1):
        if said != "":
            cell = sheet.cell(row, column, said)
            if isinstance(said, str):
                cell.data_type = "s"
