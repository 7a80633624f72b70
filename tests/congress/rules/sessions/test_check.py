"""What is wrong with a solution and what it costs, counted by hand."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import pytest
from tests.congress.rules.sessions.conferences import conference, laid, talk

from shulian.congress.rules.sessions.check import Fault, FaultKind, Part, Verdict, check
from shulian.congress.rules.sessions.instance import PARTS, Instance, empty

TWO_AND_TWO = (talk("A1"), talk("A2"), talk("C1", 1), talk("C2", 1))
Cells = Mapping[tuple[int, int], Sequence[int]]


def counted(instance: Instance, cells: Cells, name: str) -> int:
    """How often a part counts."""
    verdict = check(instance, laid(instance, cells))

    assert verdict.faults == ()
    return next(one.count for one in verdict.parts if one.name == name)


def test_a_solution_without_any_penalty_costs_nothing() -> None:
    instance = conference(TWO_AND_TWO, weights=dict.fromkeys(PARTS, 1))

    verdict = check(instance, laid(instance, {(0, 0): [0, 1], (0, 1): [2, 3]}))

    assert verdict == Verdict((), tuple(Part(name, 0, 1) for name in PARTS))
    assert verdict.objective == 0


def test_the_objective_is_the_sum_of_weighted_parts() -> None:
    instance = conference(TWO_AND_TWO, weights={"rooms_per_track": 3, "consecutive_tracks": 10})

    verdict = check(instance, laid(instance, {(0, 0): [0], (2, 1): [1], (1, 0): [2, 3]}))

    assert [one for one in verdict.parts if one.cost] == [
        Part("rooms_per_track", 1, 3),
        Part("consecutive_tracks", 1, 10),
    ]
    assert verdict.objective == 13


def test_a_weight_below_nothing_does_not_count() -> None:
    instance = conference(TWO_AND_TWO, weights={"parallel_tracks": -5})

    verdict = check(instance, laid(instance, {(0, 0): [0], (0, 1): [1], (1, 0): [2, 3]}))

    assert verdict.objective == 0


def test_penalties_of_tracks_count_for_each_room_they_hold() -> None:
    instance = replace(
        conference(TWO_AND_TWO),
        tracks_sessions=np.array([[5, 0, 0], [0, 7, 0]]),
        tracks_rooms=np.array([[0, 2], [0, 0]]),
        sessions_rooms=np.array([[0, 100], [1000, 0], [0, 0]]),
    )
    cells = {(0, 0): [0], (0, 1): [1], (1, 0): [2, 3]}

    assert counted(instance, cells, "tracks_sessions") == 5 + 5 + 7
    assert counted(instance, cells, "tracks_rooms") == 2
    assert counted(instance, cells, "sessions_rooms") == 100 + 1000


def test_similar_tracks_count_for_each_pair_of_rooms() -> None:
    instance = replace(conference(TWO_AND_TWO, rooms=3), similar_tracks=np.array([[0, 4], [4, 0]]))

    assert counted(instance, {(0, 0): [0, 1], (1, 0): [2, 3]}, "similar_tracks") == 0
    assert counted(instance, {(0, 0): [0, 1], (0, 2): [2, 3]}, "similar_tracks") == 4
    assert counted(instance, {(0, 0): [0], (0, 1): [1], (0, 2): [2, 3]}, "similar_tracks") == 8


@pytest.mark.parametrize(
    ("cells", "count"),
    [
        ({(0, 0): [0, 1], (1, 0): [2, 3]}, 0),
        ({(0, 0): [0], (0, 1): [1], (1, 0): [2, 3]}, 1),
        ({(0, 0): [0], (0, 1): [1], (1, 0): [2], (1, 1): [3]}, 2),
    ],
)
def test_a_track_in_two_rooms_of_a_session_is_parallel(cells: Cells, count: int) -> None:
    assert counted(conference(TWO_AND_TWO), cells, "parallel_tracks") == count


@pytest.mark.parametrize(
    ("cells", "count"),
    [
        ({(0, 0): [0], (1, 1): [1], (0, 1): [2, 3]}, 0),
        ({(0, 0): [0], (2, 0): [1], (0, 1): [2, 3]}, 1),
        ({(0, 0): [0], (2, 0): [1], (0, 1): [2], (2, 1): [3]}, 2),
    ],
)
def test_sessions_of_a_track_that_do_not_follow_each_other_count_once(
    cells: Cells, count: int
) -> None:
    assert counted(conference(TWO_AND_TWO), cells, "consecutive_tracks") == count


def test_penalties_of_a_talk_count_for_each_of_its_time_slots() -> None:
    instance = replace(
        conference((talk("A1", slots=2), talk("A2"))),
        submissions_sessions=np.array([[5, 0, 0], [0, 7, 0]]),
        submissions_rooms=np.array([[3, 0], [0, 0]]),
        submissions_time_zones=np.array([[10, 0, 0], [0, 1, 0]]),
    )
    cells = {(0, 0): [0], (1, 0): [1]}

    assert counted(instance, cells, "submissions_sessions") == 2 * 5 + 7
    assert counted(instance, cells, "submissions_rooms") == 2 * 3
    assert counted(instance, cells, "submissions_time_zones") == 2 * 10 + 1


def test_a_talk_wants_its_place_in_its_track_by_session_then_room_then_slot() -> None:
    instance = conference((talk("A1", order=1), talk("A2", order=2), talk("A3")), rooms=2)

    assert counted(instance, {(0, 0): [0, 1], (1, 0): [2]}, "submissions_order") == 0
    assert counted(instance, {(0, 0): [1, 0], (1, 0): [2]}, "submissions_order") == 2
    assert counted(instance, {(0, 0): [0, 2], (1, 0): [1]}, "submissions_order") == 1


def test_two_ordered_talks_of_a_track_at_once_count() -> None:
    instance = conference((talk("A1", order=1), talk("A2", order=2), talk("A3")), rooms=2)

    assert counted(instance, {(0, 0): [0], (0, 1): [1, 2]}, "submissions_order") == 1
    assert counted(instance, {(0, 0): [0, 2], (0, 1): [-1, 1]}, "submissions_order") == 1


def test_presenters_conflict_in_two_rooms_of_a_session_only() -> None:
    instance = conference(
        (talk("A1", presenters="Ann"), talk("C1", 1, presenters="Ann,Bo")),
        weights={"presenters_conflicts": 1},
    )

    assert counted(instance, {(0, 0): [0], (0, 1): [1]}, "presenters_conflicts") == 1
    assert counted(instance, {(0, 0): [0], (1, 1): [1]}, "presenters_conflicts") == 0


def test_one_room_of_a_session_is_no_conflict() -> None:
    instance = conference((talk("A1", presenters="Ann"), talk("A2", presenters="Ann")))

    assert counted(instance, {(0, 0): [0, 1]}, "presenters_conflicts") == 0


def test_a_chair_who_presents_in_another_track_conflicts() -> None:
    talks = (talk("A1"), talk("A2", presenters="Di"), talk("C1", 1, presenters="Di"))
    instance = conference(talks, chairs={"AI": ["Di"]})
    cells = {(0, 0): [0, 1], (0, 1): [2]}

    assert counted(instance, cells, "presenters_conflicts") == 2


def test_attendees_conflict_with_what_they_attend_present_and_chair() -> None:
    instance = conference(
        (
            talk("A1", attendees="Ann"),
            talk("C1", 1, attendees="Ann"),
            talk("R1", 2, presenters="Ann"),
            talk("S1", 3),
        ),
        tracks=("AI", "Chips", "Robots", "Stage"),
        rooms=4,
        chairs={"Stage": ["Ann"]},
    )
    cells = {(0, r): [r] for r in range(4)}

    assert counted(instance, cells, "attendees_conflicts") == 5
    assert counted(instance, cells, "presenters_conflicts") == 1


def test_conflicts_of_time_slots_count_for_each_slot_that_is_shared() -> None:
    instance = conference(
        (talk("A1", slots=2, presenters="Ann"), talk("C1", 1, 3, presenters="Ann", attendees="Bo")),
        sessions=(4,),
    )

    assert counted(instance, {(0, 0): [0], (0, 1): [1]}, "presenters_conflicts_in_slots") == 2
    shifted = {(0, 0): [0], (0, 1): [-1, 1]}
    assert counted(instance, shifted, "presenters_conflicts_in_slots") == 1
    assert counted(instance, shifted, "attendees_conflicts_in_slots") == 0


def test_tracks_with_a_chair_in_common_conflict_for_each_pair_of_rooms() -> None:
    instance = conference(TWO_AND_TWO, rooms=3, chairs={"AI": ["Di"], "Chips": ["Di", "Ed"]})

    assert counted(instance, {(0, 0): [0], (0, 1): [1], (0, 2): [2, 3]}, "chairs_conflicts") == 2


def test_a_talk_that_is_missing_is_a_fault() -> None:
    instance = conference(TWO_AND_TWO)

    found = check(instance, laid(instance, {(0, 0): [0], (1, 0): [2, 3]}))

    assert found.faults == (Fault(FaultKind.SLOTS, "A2", needed=1, there=0),)


def test_a_talk_that_takes_place_twice_is_a_fault() -> None:
    instance = conference((talk("A1"),))

    found = check(instance, laid(instance, {(0, 0): [0], (1, 0): [0]}))

    assert found.faults == (Fault(FaultKind.SLOTS, "A1", needed=1, there=2),)


@pytest.mark.parametrize("places", [((0, 0, 0), (0, 0, 2)), ((0, 0, 0), (0, 1, 1))])
def test_a_talk_in_pieces_is_a_fault(places: tuple[tuple[int, int, int], ...]) -> None:
    instance = conference((talk("A1", slots=2),), sessions=(3,))
    solution = empty(instance)
    for s, r, k in places:
        solution.submissions[s, r, k], solution.tracks[s, r] = 0, 0

    assert check(instance, solution).faults == (Fault(FaultKind.APART, "A1"),)


def test_a_talk_in_the_room_of_another_track_is_a_fault() -> None:
    instance = conference((talk("A1"), talk("C1", 1)))
    solution = laid(instance, {(0, 0): [0], (1, 1): [1]})
    solution.tracks[1, 1] = 0

    found = check(instance, solution)

    assert found.faults == (Fault(FaultKind.TRACK, "C1", "Mon2", "Hall 2"),)


def test_a_talk_in_a_room_of_no_track_is_a_fault() -> None:
    instance = conference((talk("A1"),))
    solution = laid(instance, {(0, 0): [0]})
    solution.tracks[0, 0] = -1

    assert check(instance, solution).faults == (Fault(FaultKind.TRACK, "A1", "Mon1", "Hall 1"),)


def test_a_room_that_a_track_holds_for_nothing_is_a_fault() -> None:
    instance = conference((talk("A1"),))
    solution = laid(instance, {(0, 0): [0]})
    solution.tracks[1, 0] = 0

    assert check(instance, solution).faults == (Fault(FaultKind.EMPTY, "AI", "Mon2", "Hall 1"),)
