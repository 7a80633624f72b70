"""The moves of the search: what it counts step by step is what the checker counts at the end."""

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.congress.rules.curricula.instances import instances
from tests.congress.rules.curricula.samples import SMALL, SOLVED

from shulian.congress.rules.curricula.arrays import (
    NEVER,
    Data,
    State,
    arrays_of,
    data_of,
    empty_state,
    solution_of,
)
from shulian.congress.rules.curricula.check import check
from shulian.congress.rules.curricula.counting import isolated
from shulian.congress.rules.curricula.instance import Course, Instance
from shulian.congress.rules.curricula.moves import anneal, begin, chain_of, drawn, exchange, load

HOT = 1e6
"""Nearly everything is accepted."""
COLD = 1e-3
"""Nothing that is worse."""


def begun(instance: Instance, seed: int = 0) -> tuple[Data, State]:
    data = data_of(instance)
    state = empty_state(data, len(instance.curricula), seed)
    assert begin(data, state)
    return data, state


def loaded() -> tuple[Data, State]:
    data = data_of(SMALL)
    state = empty_state(data, len(SMALL.curricula), 0)
    load(data, state, *arrays_of(SOLVED))
    return data, state


def counted(state: State) -> dict[str, list[int]]:
    """All that a state counts of its timetable."""
    names = ("holder", "against", "held", "bits", "on_day", "days", "in_room", "rooms", "total")
    return {name: getattr(state, name).tolist() for name in names}


@given(instances(), st.integers(0, 9), st.sampled_from([0.5, 5.0, HOT]))
@settings(deadline=None)
def test_the_cost_of_moves_is_the_cost_of_what_they_lead_to(
    instance: Instance, seed: int, temperature: float
) -> None:
    data, state = begun(instance, seed)
    anneal(data, state, temperature, 300)
    costs = check(instance, solution_of(data, state.period, state.room))

    # two lectures of a course at a time clash, which the checker counts as a lecture that lacks
    assert costs.occupancy == costs.availability == 0
    assert (state.total[1] == 0) == (costs.violations == 0)
    if costs.violations == 0:
        assert state.total[0] == costs.cost


@given(instances(), st.integers(0, 9), st.sampled_from([0.5, 5.0, HOT]))
@settings(deadline=None)
def test_what_moves_count_is_what_is_counted_anew(
    instance: Instance, seed: int, temperature: float
) -> None:
    data, state = begun(instance, seed)
    anneal(data, state, temperature, 300)
    anew = empty_state(data, len(instance.curricula), 0)
    load(data, anew, state.period, state.room)

    assert counted(state) == counted(anew)


@given(instances(), st.integers(0, 9))
@settings(deadline=None)
def test_the_best_that_is_kept_costs_what_it_says(instance: Instance, seed: int) -> None:
    data, state = begun(instance, seed)
    anneal(data, state, 1.0, 300)
    costs = check(instance, solution_of(data, state.best_period, state.best_room))

    assert state.best[0] in {NEVER, costs.cost}
    assert state.best[0] == NEVER or costs.violations == 0


def test_nothing_worse_is_accepted_in_the_cold() -> None:
    data, state = loaded()
    seen: list[int] = []
    for _ in range(20):
        anneal(data, state, COLD, 10)
        seen.append(int(state.total[0]))

    assert seen == sorted(seen, reverse=True)
    assert state.total[1] == 0


def test_a_solution_is_loaded_with_its_cost() -> None:
    data, state = loaded()

    assert state.total.tolist() == [24, 0]
    assert solution_of(data, state.best_period, state.best_room) == SOLVED


def test_one_timetable_is_loaded_over_another() -> None:
    data, state = loaded()
    before = counted(state)
    anneal(data, state, HOT, 100)
    load(data, state, *arrays_of(SOLVED))

    assert counted(state) == before


def test_a_seed_tells_what_is_found() -> None:
    data, state = begun(SMALL, 7)
    _, again = begun(SMALL, 7)
    anneal(data, state, 1.0, 1000)
    anneal(data, again, 1.0, 1000)

    assert (state.period.tolist(), state.room.tolist()) == (
        again.period.tolist(),
        again.room.tolist(),
    )


def test_threads_of_one_seed_have_luck_of_their_own() -> None:
    data = data_of(SMALL)

    assert empty_state(data, 2, 1, 0).luck[0] != empty_state(data, 2, 1, 1).luck[0]


def test_there_is_no_beginning_without_a_place_for_each() -> None:
    full = replace(
        SMALL,
        courses=(Course("one", "a", 2, 1, 1), Course("two", "b", 2, 1, 1)),
        rooms=SMALL.rooms[:1],
        curricula=(),
        closed=frozenset((course, period) for course in (0, 1) for period in (0, 1, 2)),
    )
    data = data_of(full)

    assert not begin(data, empty_state(data, 0, 0))


def test_nobody_is_sent_to_where_their_teacher_is_away() -> None:
    data, state = loaded()
    # twins cannot be in the first period, where modelling is
    exchange(data, state, 0, 5, 1)

    assert solution_of(data, state.period, state.room) == SOLVED


def test_who_is_in_the_way_is_in_the_chain() -> None:
    data, state = loaded()
    # rendering and modelling share a curriculum; the fourth period holds modelling in another room
    length = chain_of(data, state, 4, 3)

    assert state.chain[:length].tolist() == [4, 2]


def test_there_is_no_chain_to_where_somebody_cannot_be() -> None:
    data, state = loaded()

    # twins, by the same teacher, would have to be in the first period
    assert chain_of(data, state, 0, 5) == 0


def test_a_change_of_nothing_is_no_chain() -> None:
    data, state = loaded()

    # modelling is in the large room in both
    assert chain_of(data, state, 0, 1) == 0


def test_isolated_periods_are_those_without_another_beside_them() -> None:
    assert [isolated(bits) for bits in (0b0, 0b1, 0b11, 0b101, 0b11011, 0b1001011)] == [
        0,
        1,
        0,
        2,
        0,
        2,
    ]


def test_numbers_are_drawn_about_evenly() -> None:
    luck = np.array([88172645463325252], np.uint64)
    counts = np.bincount([drawn(luck, 5) for _ in range(5000)], minlength=5)

    assert counts.min() > 900
    assert counts.sum() == 5000
