"""What is wrong with a solution and what it costs, from the instance and the solution alone.

Nothing here is shared with the search. Each part of the objective is counted as the evaluator of
CoSPLib does (github.com/ahmedkheiri/CoSPLib, version 1.0.2), of which these are easy to miss: a
penalty of a submission counts once for each of its time slots; a track that is in two rooms of a
session counts twice against similar tracks and chairs; within a session, submissions of a track are
in order by room, then by time slot.

Symbols: i submissions, t tracks, s sessions, r rooms, k time slots of a session.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

import numpy as np

from shulian.congress.rules.sessions.instance import PARTS, Flags, Instance, Integers, Solution


class FaultKind(StrEnum):
    """What no solution may have."""

    SLOTS = "slots"
    """A submission has fewer or more time slots than it needs."""
    APART = "apart"
    """The time slots of a submission do not follow each other in one room of one session."""
    TRACK = "track"
    """A submission is in a session and a room that do not belong to its track."""
    EMPTY = "empty"
    """A track holds a room in a session without any submission."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something no solution may have."""

    kind: FaultKind
    name: str
    """Of the submission; of the track that holds an empty room."""
    session: str = ""
    room: str = ""
    needed: int | None = None
    there: int | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the objective."""

    name: str
    """One of `PARTS`."""
    count: int
    """Before it is weighted."""
    weight: int

    @property
    def cost(self) -> int:
        """What it adds to the objective."""
        return self.count * self.weight


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a solution is worth."""

    faults: tuple[Fault, ...]
    parts: tuple[Part, ...]

    @property
    def objective(self) -> int:
        """The sum of all parts; it says nothing about a solution with faults."""
        return sum(one.cost for one in self.parts)


def check(instance: Instance, solution: Solution) -> Verdict:
    """What is wrong with `solution`, and what it costs."""
    counts = {**_of_tracks(instance, solution), **_of_submissions(instance, solution)}
    weights = instance.weights
    return Verdict(
        faults(instance, solution),
        tuple(Part(name, counts[name], max(getattr(weights, name), 0)) for name in PARTS),
    )


def faults(instance: Instance, solution: Solution) -> tuple[Fault, ...]:
    """All that `solution` may not have, by submissions, then by sessions and rooms."""
    found: list[Fault] = []
    for place, one in enumerate(instance.submissions):
        at = np.argwhere(solution.submissions == place)
        if len(at) != one.slots:
            found.append(Fault(FaultKind.SLOTS, one.name, needed=one.slots, there=len(at)))
        elif not _together(at):
            found.append(Fault(FaultKind.APART, one.name))
        cells = sorted({(int(s), int(r)) for s, r, _ in at})
        found += [
            Fault(FaultKind.TRACK, one.name, instance.sessions[s].name, instance.rooms[r])
            for s, r in cells
            if solution.tracks[s, r] != one.track
        ]
    held = solution.tracks >= 0
    unused = held & (solution.submissions < 0).all(axis=2)
    found += [
        Fault(
            FaultKind.EMPTY,
            instance.tracks[int(solution.tracks[s, r])].name,
            instance.sessions[s].name,
            instance.rooms[r],
        )
        for s, r in _places(unused)
    ]
    return tuple(found)


def _places(flags: Flags) -> list[tuple[int, ...]]:
    """Where something is so."""
    return [tuple(map(int, place)) for place in np.argwhere(flags)]


def _together(at: Integers) -> bool:
    """Whether time slots (n, 3) of one submission follow each other in one room of one session."""
    same = (at[:, :2] == at[0, :2]).all()
    return bool(same and (np.diff(at[:, 2]) == 1).all())


def _of_tracks(instance: Instance, solution: Solution) -> Mapping[str, int]:
    """What counts for tracks alone."""
    held = [
        (int(s), int(r), int(solution.tracks[s, r])) for s, r in np.argwhere(solution.tracks >= 0)
    ]
    sessions: list[set[int]] = [set() for _ in instance.tracks]
    rooms: list[set[int]] = [set() for _ in instance.tracks]
    cells = [0] * len(instance.tracks)
    for s, r, t in held:
        sessions[t].add(s)
        rooms[t].add(r)
        cells[t] += 1
    pairs = [
        (one, other)
        for s in range(len(instance.sessions))
        for one, other in combinations([t for at, _, t in held if at == s], 2)
    ]
    return {
        "tracks_sessions": sum(int(instance.tracks_sessions[t, s]) for s, _, t in held),
        "tracks_rooms": sum(int(instance.tracks_rooms[t, r]) for _, r, t in held),
        "sessions_rooms": sum(int(instance.sessions_rooms[s, r]) for s, r, _ in held),
        "similar_tracks": sum(int(instance.similar_tracks[a, b]) for a, b in pairs if a != b),
        "chairs_conflicts": sum(bool(instance.chairs_meet[a, b]) for a, b in pairs),
        "rooms_per_track": sum(max(len(one) - 1, 0) for one in rooms),
        "parallel_tracks": sum(n - len(one) for n, one in zip(cells, sessions, strict=True)),
        "consecutive_tracks": sum(max(one) - min(one) + 1 != len(one) for one in sessions if one),
    }


def _of_submissions(instance: Instance, solution: Solution) -> Mapping[str, int]:
    """What counts for submissions."""
    at = [(int(s), int(r), int(k)) for s, r, k in np.argwhere(solution.submissions >= 0)]
    who = [int(solution.submissions[place]) for place in at]
    presenters, attendees = instance.presenters_meet, instance.attendees_meet
    return {
        "submissions_time_zones": sum(
            int(instance.submissions_time_zones[i, s]) for i, (s, _, _) in zip(who, at, strict=True)
        ),
        "submissions_sessions": sum(
            int(instance.submissions_sessions[i, s]) for i, (s, _, _) in zip(who, at, strict=True)
        ),
        "submissions_rooms": sum(
            int(instance.submissions_rooms[i, r]) for i, (_, r, _) in zip(who, at, strict=True)
        ),
        "submissions_order": _out_of_order(instance, solution),
        "presenters_conflicts": _in_sessions(presenters, solution),
        "attendees_conflicts": _in_sessions(attendees, solution),
        "presenters_conflicts_in_slots": _in_slots(presenters, solution),
        "attendees_conflicts_in_slots": _in_slots(attendees, solution),
    }


def _in_sessions(meet: Flags, solution: Solution) -> int:
    """Pairs that meet and are in different rooms of one session."""
    found = 0
    for rooms in solution.submissions:
        there = sorted({(int(i), r) for r, room in enumerate(rooms) for i in room if i >= 0})
        found += sum(
            bool(meet[one, other])
            for (one, here), (other, elsewhere) in combinations(there, 2)
            if here != elsewhere
        )
    return found


def _in_slots(meet: Flags, solution: Solution) -> int:
    """Pairs that meet and are in one time slot, counted for each time slot."""
    found = 0
    for rooms in solution.submissions:
        for slot in rooms.T:
            found += sum(
                bool(meet[one, other]) for one, other in combinations(sorted({*slot} - {-1}), 2)
            )
    return found


def _out_of_order(instance: Instance, solution: Solution) -> int:
    """Submissions that want a place in their track and have another; and pairs of such at once."""
    orders = instance.orders
    found = 0
    for t in range(len(instance.tracks)):
        cells = solution.submissions[solution.tracks == t]
        sequence = dict.fromkeys(int(i) for i in cells.ravel() if i >= 0)
        found += sum(orders[i] not in (0, place) for place, i in enumerate(sequence, start=1))
    for s, rooms in enumerate(solution.submissions):
        for slot in rooms[solution.tracks[s] >= 0].T:
            wanted = [int(instance.track_of[i]) for i in {*slot} - {-1} if orders[i]]
            found += sum(one == other for one, other in combinations(wanted, 2))
    return int(found)
