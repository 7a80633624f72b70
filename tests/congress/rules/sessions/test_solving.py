"""Talks find sessions, sessions rooms: at the least cost, or with a clear word why not."""

from collections.abc import Callable
from dataclasses import replace
from itertools import count
from threading import current_thread, main_thread

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.congress.rules.sessions.conferences import conference, luck, talk

from shulian.congress.errors import ConferenceInfeasible
from shulian.congress.rules.sessions.annealing import NO_PLACE, annealer
from shulian.congress.rules.sessions.check import check
from shulian.congress.rules.sessions.instance import Instance, Solution, Submission
from shulian.congress.rules.sessions.kernel.arrays import LOST, TOTAL
from shulian.congress.rules.sessions.solving import Outcome, Progress, solve

TIGHT = (talk("A1", slots=2), talk("A2"), talk("C1", 1), talk("C2", 1, slots=2), talk("C3", 1))


@pytest.fixture(autouse=True, scope="module")
def compiled() -> None:
    """Compile before anybody looks at a clock that goes on whenever one looks."""
    search = annealer(luck(0), 0)
    search.start(search.state.slots.copy())
    search.run(1.0, 0.1, 1)


def ticking(step: float = 1.0) -> Callable[[], float]:
    """A clock that goes on by a second whenever one looks at it."""
    ticks = count()
    return lambda: next(ticks) * step


def best(instance: Instance, seed: int = 0) -> Outcome:
    """What one thread finds until nothing is better, or the clock was looked at 1,000 times."""
    return solve(instance, clock=ticking(), deadline=1000.0, seed=seed, workers=1)


class Patience:
    """Hears what is found, and stops the search after thirty more looks."""

    def __init__(self) -> None:
        self.told: list[Progress] = []
        self._left = 30

    def hear(self, progress: Progress) -> None:
        self.told.append(progress)

    def over(self) -> bool:
        self._left -= any(one.objective is not None for one in self.told)
        return self._left < 0


def patiently(
    instance: Instance, seed: int = 0, workers: int = 1
) -> tuple[Outcome, list[Progress]]:
    """What one thread or two find a while after the first solution, however slow the machine is."""
    patience = Patience()
    found = solve(
        instance,
        clock=ticking(0.0),
        deadline=1.0,
        seed=seed,
        workers=workers,
        on_progress=patience.hear,
        stop=patience.over,
    )
    return found, patience.told


@given(st.integers(0, 10_000))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_what_annealing_adds_up_is_what_the_checker_counts(seed: int) -> None:
    """After thousands of moves, taken and undone, by every part and with talks still left out."""
    instance = luck(seed)
    search = annealer(instance, seed)

    for steps in (5, 20, 3000, 3000):
        search.run(1000.0, 10.0, steps)
        state = search.state
        left = [
            one.name for one, s in zip(instance.submissions, state.session, strict=True) if s < 0
        ]
        verdict = check(instance, Solution(state.grid, state.slots))

        assert [one.name for one in verdict.faults] == left
        assert verdict.objective == state.sums[TOTAL] - NO_PLACE * state.sums[LOST]


@given(st.integers(0, 10_000))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_the_best_of_annealing_is_kept(seed: int) -> None:
    instance = luck(seed)
    search = annealer(instance, seed)

    search.run(1000.0, 10.0, 5000)

    verdict = check(instance, search.solution())
    assert search.complete
    assert (verdict.faults, verdict.objective) == ((), search.cost)
    assert search.cost <= search.state.sums[TOTAL]


def test_annealing_goes_on_from_what_it_is_given() -> None:
    instance = luck(7)
    one, other = annealer(instance, 1), annealer(instance, 2)
    one.run(1000.0, 10.0, 5000)

    other.start(one.solution().submissions)

    assert (other.cost, other.complete) == (one.cost, True)


def test_the_same_seed_finds_the_same() -> None:
    instance = luck(5)
    one, other = annealer(instance, 1), annealer(instance, 1)

    for search in (one, other):
        search.run(1000.0, 10.0, 5000)

    assert np.array_equal(one.solution().submissions, other.solution().submissions)


@pytest.mark.parametrize("seed", range(4))
def test_all_that_is_drawn_by_lot_is_solved_without_fault(seed: int) -> None:
    instance = luck(seed)

    found, _ = patiently(instance, seed)

    assert found.solution is not None
    verdict = check(instance, found.solution)
    assert (verdict.faults, verdict.objective) == ((), found.objective)
    assert found.bound is None or found.bound <= verdict.objective


def test_a_room_that_is_full_to_the_last_slot_is_filled() -> None:
    instance = conference(TIGHT, sessions=(3, 4), rooms=1)

    found = best(instance)

    assert found == Outcome(found.solution, 0, 0)
    assert found.optimal


def test_the_least_that_there_is_is_found_and_proved() -> None:
    """Two similar tracks, two sessions: side by side costs 5, apart one is on the second day."""
    weights = {"similar_tracks": 5, "tracks_sessions": 1}
    talks = (talk("A1"), talk("A2"), talk("C1", 1), talk("C2", 1))
    instance = replace(
        conference(talks, sessions=(2, 2), weights=weights),
        similar_tracks=np.array([[0, 1], [1, 0]]),
        tracks_sessions=np.array([[0, 3], [0, 2]]),
    )

    found = best(instance)

    assert (found.objective, found.bound, found.optimal) == (2, 2, True)


def test_talks_follow_in_the_order_that_they_want() -> None:
    talks = [talk(f"A{place}", order=place) for place in (3, 1, 4, 2)]
    instance = conference(talks, sessions=(2, 2), rooms=1, weights={"submissions_order": 9})

    found = best(instance)

    assert found.solution is not None
    assert found.solution.submissions.tolist() == [[[1, 3]], [[0, 2]]]


def test_talks_of_one_person_avoid_each_other_within_a_session() -> None:
    talks = (talk("A1", presenters="Ann"), talk("C1", 1, presenters="Ann"), talk("C2", 1))
    instance = conference(talks, sessions=(2,), weights={"presenters_conflicts_in_slots": 7})

    assert best(instance).objective == 0


@pytest.mark.parametrize(
    ("talks", "needed"),
    [
        ([talk(f"A{place}") for place in range(13)], 13),
        ([talk("A1", slots=3)], 3),
        ([talk("A1", 0), talk("C1", 1), talk("R1", 2)], 3),
    ],
)
def test_what_cannot_fit_is_refused(talks: list[Submission], needed: int) -> None:
    """Too many talks; a talk that is too long; more tracks than rooms in the one session."""
    sessions = (2,) if len(talks) == 3 else (2, 2, 2)
    instance = conference(
        talks,
        tracks=("AI", "Chips", "Robots"),
        sessions=sessions,
    )

    with pytest.raises(ConferenceInfeasible) as refused:
        best(instance)

    assert dict(refused.value.params) == {"needed": needed, "there": 2 * sum(sessions)}


def test_a_conference_without_talks_is_solved() -> None:
    found = best(conference(()))

    assert found.solution is not None
    assert (found.objective, found.optimal, found.solution.tracks.max()) == (0, True, -1)


def test_two_threads_find_it_too() -> None:
    told: list[Progress] = []

    found = solve(
        conference(TIGHT, sessions=(3, 4), rooms=1),
        clock=ticking(0.0),
        deadline=1.0,
        on_progress=told.append,
    )

    assert (found.objective, found.bound) == (0, 0)
    assert (told[-1].objective, told[-1].bound) == (0, 0)


def test_two_threads_refuse_what_cannot_fit() -> None:
    instance = conference(
        (talk("A1"), talk("C1", 1), talk("R1", 2)),
        tracks=("AI", "Chips", "Robots"),
        sessions=(2,),
    )

    with pytest.raises(ConferenceInfeasible):
        solve(instance, clock=ticking(0.0), deadline=1.0)


def test_a_search_that_is_stopped_at_once_says_that_it_found_nothing() -> None:
    found = solve(
        conference(TIGHT, sessions=(3, 4), rooms=1),
        clock=ticking(),
        deadline=1000.0,
        workers=1,
        stop=lambda: True,
    )

    assert found.bound is None or found.objective is None or found.optimal


def test_each_better_one_is_told() -> None:
    found, told = patiently(luck(3))

    costs = [one.objective for one in told if one.objective is not None]
    assert costs == sorted(costs, reverse=True)
    assert costs[-1] == found.objective


def test_two_lanes_search_together() -> None:
    found, told = patiently(luck(3), workers=2)
    assert found.solution is not None

    verdict = check(luck(3), found.solution)
    assert (verdict.faults, verdict.objective) == ((), found.objective)
    assert told[-1].objective == found.objective


def test_a_fault_in_a_lane_is_raised_where_one_waits() -> None:
    def broken() -> float:
        return 0.0 if current_thread() is main_thread() else 1 / 0

    with pytest.raises(ZeroDivisionError):
        solve(luck(3), clock=broken, deadline=1.0, workers=2)
