"""Small invented conferences (示例 · sample), as values and as spreadsheets."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import time

import numpy as np
from openpyxl import Workbook

from shulian.congress.rules.sessions.instance import (
    PARTS,
    Instance,
    Session,
    Solution,
    Submission,
    Track,
    Weights,
    empty,
)

Rows = Sequence[Sequence[object]]

LABELS = (
    "Tracks_Sessions|Penalty:",
    "Tracks_Rooms|Penalty:",
    "Sessions_Rooms|Penalty:",
    "Similar Tracks:",
    "Number of Rooms per Track:",
    "Parallel Tracks:",
    "Consecutive Tracks:",
    "Submissions_Timezones:",
    "Submissions Order:",
    "Submissions_Sessions|Penalty:",
    "Submissions_Rooms|Penalty:",
    "Presenters Conflicts:",
    "Attendees Conflicts:",
    "Chairs Conflicts:",
    "Presenters Conflicts Timeslot Level:",
    "Attendees Conflicts Timeslot Level:",
)


def conference(
    talks: Sequence[Submission],
    *,
    tracks: Sequence[str] = ("AI", "Chips"),
    sessions: Sequence[int] = (2, 2, 2),
    rooms: int = 2,
    chairs: Mapping[str, Sequence[str]] | None = None,
    weights: Mapping[str, int] | None = None,
) -> Instance:
    """A conference without any penalty."""
    t, s, i = len(tracks), len(sessions), len(talks)
    return Instance(
        submissions=tuple(talks),
        tracks=tuple(Track(name, tuple((chairs or {}).get(name, ()))) for name in tracks),
        sessions=tuple(Session(f"Mon{place}", slots) for place, slots in enumerate(sessions, 1)),
        rooms=tuple(f"Hall {place}" for place in range(1, rooms + 1)),
        weights=Weights(**(weights or {})),
        tracks_sessions=np.zeros((t, s), np.int64),
        tracks_rooms=np.zeros((t, rooms), np.int64),
        sessions_rooms=np.zeros((s, rooms), np.int64),
        similar_tracks=np.zeros((t, t), np.int64),
        submissions_sessions=np.zeros((i, s), np.int64),
        submissions_rooms=np.zeros((i, rooms), np.int64),
        submissions_time_zones=np.zeros((i, s), np.int64),
    )


def talk(name: str, track: int = 0, slots: int = 1, order: int = 0, **who: str) -> Submission:
    """A talk; `presenters` and `attendees` are names with a comma between."""
    people = {part: tuple(names.split(",")) for part, names in who.items()}
    return Submission(name, track, slots, order, **people)


def laid(instance: Instance, cells: Mapping[tuple[int, int], Sequence[int]]) -> Solution:
    """The submissions of each session and room, from its first time slot on; -1: a free one."""
    found = empty(instance)
    for (s, r), there in cells.items():
        found.tracks[s, r] = instance.submissions[max(there)].track
        k = 0
        for i in there:
            needs = instance.submissions[i].slots if i >= 0 else 1
            found.submissions[s, r, k : k + needs] = i
            k += needs
    return found


def luck(seed: int) -> Instance:
    """A conference of which everything is drawn by lot, every part of the objective counting."""
    rng = np.random.default_rng(seed)
    people = [f"P{place}" for place in range(8)]
    tracks = ("AI", "Chips", "Robots")

    def some(most: int) -> tuple[str, ...]:
        return tuple(rng.choice(people, int(rng.integers(0, most + 1)), replace=False))

    talks = [
        Submission(
            f"T{place}",
            int(rng.integers(0, 3)),
            int(rng.integers(1, 4)),
            int(rng.integers(0, 4)),
            some(2),
            some(2),
        )
        for place in range(14)
    ]
    bare = conference(
        talks,
        tracks=tracks,
        sessions=(3, 4, 3, 4),
        rooms=4,
        chairs={name: some(2) for name in tracks},
        weights={name: int(rng.integers(1, 20)) for name in PARTS},
    )
    similar = rng.integers(0, 3, (3, 3))
    return replace(
        bare,
        tracks_sessions=rng.integers(0, 5, (3, 4)),
        tracks_rooms=rng.integers(0, 5, (3, 4)),
        sessions_rooms=rng.integers(0, 5, (4, 4)),
        similar_tracks=np.triu(similar, 1) + np.triu(similar, 1).T,
        submissions_sessions=rng.integers(0, 5, (14, 4)),
        submissions_rooms=rng.integers(0, 5, (14, 4)),
        submissions_time_zones=rng.integers(0, 5, (14, 4)),
    )


def sheets() -> dict[str, list[list[object]]]:
    """The sheets of a conference of four talks in two tracks; each may be changed."""
    left: list[list[object]] = [
        ["Sessions", None],
        ["Local time zone:", "GMT+8"],
        ["Suitable scheduling times", None],
        ["From:", time(9, 30)],
        ["To:", time(21, 30)],
        ["Less suitable scheduling times", None],
        ["From:", time(7, 0)],
        ["To:", time(23, 0)],
        ["Penalty:", 1],
        ["Unsuitable scheduling times", None],
        ["Penalty:", 10],
    ]
    right: list[list[object]] = [["Weights", None]]
    for row, label in enumerate(LABELS, 1):
        right.append([label, row])
    parameters: list[list[object]] = [
        [*(left[row] if row < len(left) else [None, None]), None, *told]
        for row, told in enumerate(right)
    ]
    head = ["Reference", "Track", "Required Timeslots", "Order", "Time Zone"]
    return {
        "parameters": parameters,
        "submissions": [
            [*head, "Presenters", "Attendees", "Mon1", "Mon2", "Hall 1", "Hall 2"],
            ["T1", "AI", 1, 1, "GMT+8", "Ann, Bo", None, None, 3, None, None],
            ["T2", "AI", 2, 2, "GMT+0", "Cy", "Ann", None, None, None, 7],
            ["T3", "Chips", 1, 0, "GMT-7", "Bo", "Cy, Di", None, None, None, None],
            ["T4", "Chips", 1, None, None, None, None, None, None, None, None],
        ],
        "tracks": [["Tracks", "Chairs"], ["AI", "Di"], ["Chips", None]],
        "sessions": [
            ["Sessions", "Max Number of Timeslots", "Date", "Start Time", "End Time"],
            ["Mon1", 3, "2026-11-23", time(9, 30), time(11, 0)],
            ["Mon2", 2, "2026-11-23", "21:00", "22:00"],
        ],
        "rooms": [["Rooms"], ["Hall 1"], ["Hall 2"]],
        "tracks_sessions|penalty": [[None, "Mon1", "Mon2"], ["AI", None, 4], ["Chips", 5, None]],
        "tracks_rooms|penalty": [[None, "Hall 2"], ["Chips", 6]],
        "similar tracks": [[None, "AI", "Chips"], ["AI", None, 8], ["Chips", 9, None]],
        "sessions_rooms|penalty": [[None, "Hall 1", "Hall 2"], ["Mon2", None, 2]],
    }


def workbook(content: Mapping[str, Rows]) -> Workbook:
    """Sheets as a workbook."""
    book = Workbook()
    for sheet in book.worksheets:
        book.remove(sheet)
    for name, rows in content.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    return book


def packed(book: Workbook) -> bytes:
    """A workbook as a file."""
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def spreadsheet(content: Mapping[str, Rows]) -> bytes:
    """Sheets as a file."""
    return packed(workbook(content))
