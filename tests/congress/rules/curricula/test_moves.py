"""The moves of the search: what it counts step by step is what the checker counts at the end."""

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.congress.rules.curricula.instances import instances
from tests.congress.rules.curricula.samples import SMALL, SOLVED
from tests.congress.rules.curricula.states import begun, loaded

from shulian.congress.rules.compiled import kernel
from shulian.congress.rules.curricula import chance, counting
from shulian.congress.rules.curricula.arrays import (
    LONGEST_CHAIN,
    Data,
    State,
    Words,
    data_of,
    empty_state,
    holder_of,
    solution_of,
)
from shulian.congress.rules.curricula.chains import gather, shift
from shulian.congress.rules.curricula.check import check
from shulian.congress.rules.curricula.instance import Course, Curriculum, Instance, Lecture, Room
from shulian.congress.rules.curricula.moves import anneal, load, settle

HOT = 1e6
"""Nearly everything is accepted."""
COLD = 1e-3
"""Nothing that is worse."""


@kernel
def drawn(luck: Words, number: int) -> int:
    """A part of the kernels, called from here."""
    return chance.drawn(luck, number)


@kernel
def isolated(bits: int) -> int:
    """The same."""
    return counting.isolated(bits)


@kernel
def gathered(data: Data, state: State, period: int, room: int, then: int, other: int) -> int:
    """The same."""
    return gather(data, state, period, room, then, other)


@kernel
def shifted(data: Data, state: State, period: int, room: int, then: int, other: int) -> None:
    """The same, with anything accepted."""
    chance.weigh(state, 1e9)
    shift(data, state, period, room, then, other)


def counted(state: State) -> dict[str, list[int]]:
    """All that a state counts of its timetable."""
    names = ("holder", "room_at", "busy", "bits", "on_day", "days", "in_room", "rooms", "total")
    return {name: getattr(state, name).tolist() for name in names}


@given(instances(), st.integers(0, 9), st.sampled_from([0.5, 5.0, HOT]))
@settings(deadline=None)
def test_the_cost_of_moves_is_the_cost_of_what_they_lead_to(
    instance: Instance, seed: int, temperature: float
) -> None:
    data, state = begun(instance, seed)
    anneal(data, state, temperature, 300)
    costs = check(instance, solution_of(state.holder))

    assert (costs.violations, costs.cost) == (0, state.total[0])


@given(instances(), st.integers(0, 9), st.sampled_from([0.5, 5.0, HOT]))
@settings(deadline=None)
def test_what_moves_count_is_what_is_counted_anew(
    instance: Instance, seed: int, temperature: float
) -> None:
    data, state = begun(instance, seed)
    anneal(data, state, temperature, 300)
    _, anew = loaded(instance, solution_of(state.holder))

    assert counted(state) == counted(anew)


@given(instances(), st.integers(0, 9))
@settings(deadline=None)
def test_the_best_that_is_kept_costs_what_it_says(instance: Instance, seed: int) -> None:
    data, state = begun(instance, seed)
    anneal(data, state, 1.0, 300)
    costs = check(instance, solution_of(state.best_holder))

    assert (costs.violations, costs.cost) == (0, state.best[0])


def test_more_courses_than_a_word_has_bits_are_kept_apart() -> None:
    # neighbours of one curriculum in one row over the end of a word, and one teacher far away
    many = Instance(
        "many",
        days=3,
        slots=4,
        courses=tuple(Course(f"c{n}", f"t{n % 97}", 2, 2, 5 + n % 3) for n in range(130)),
        rooms=tuple(Room(f"r{n}", 5 + n % 4) for n in range(24)),
        curricula=tuple(Curriculum(f"q{n}", (n, n + 1, n + 2)) for n in range(0, 128, 2)),
        closed=frozenset((n, n % 12) for n in range(130)),
    )
    data, state = begun(many)
    anneal(data, state, 5.0, 20_000)
    costs = check(many, solution_of(state.holder))

    assert (costs.violations, costs.cost) == (0, state.total[0])


def test_nothing_worse_is_accepted_in_the_cold() -> None:
    data, state = loaded()
    seen: list[int] = []
    for _ in range(20):
        anneal(data, state, COLD, 10)
        seen.append(int(state.total[0]))

    assert seen == sorted(seen, reverse=True)


def test_a_solution_is_loaded_with_its_cost() -> None:
    _, state = loaded()

    assert (state.total[0], state.best[0]) == (24, 24)
    assert solution_of(state.best_holder) == SOLVED


def test_one_timetable_is_loaded_over_another() -> None:
    data, state = loaded()
    before = counted(state)
    anneal(data, state, HOT, 100)
    load(data, state, holder_of(SMALL, SOLVED))

    assert counted(state) == before


def test_a_seed_tells_what_is_found() -> None:
    data, state = loaded(seed=7)
    _, again = loaded(seed=7)
    anneal(data, state, 1.0, 1000)
    anneal(data, again, 1.0, 1000)

    assert counted(state) == counted(again)


def test_threads_of_one_seed_have_luck_of_their_own() -> None:
    data = data_of(SMALL)

    assert empty_state(SMALL, data, 1, 0).luck[0] != empty_state(SMALL, data, 1, 1).luck[0]


def test_who_is_in_the_way_is_in_the_chain() -> None:
    data, state = loaded()
    # rendering and modelling share a curriculum; the fourth period holds modelling in another room
    length = gathered(data, state, 4, 0, 3, 0)

    assert state.chain[:, :length].tolist() == [[1, 0], [0, 1], [0, 1]]


def test_who_holds_the_room_is_in_the_chain() -> None:
    apart = replace(SMALL, curricula=(), closed=frozenset())
    data, state = loaded(apart)
    # rendering goes from the fifth period to the small room of the fourth, where modelling is
    length = gathered(data, state, 4, 0, 3, 1)

    assert state.chain[:, :length].tolist() == [[1, 0], [0, 1], [0, 1]]


def test_a_chain_that_is_accepted_is_made_with_its_rooms() -> None:
    apart = replace(SMALL, curricula=(), closed=frozenset())
    data, state = loaded(apart)
    shifted(data, state, 4, 0, 3, 1)

    assert solution_of(state.holder) == tuple(
        sorted((set(SOLVED) - {SOLVED[2], SOLVED[4]}) | {Lecture(0, 4, 0), Lecture(1, 3, 1)})
    )


def test_nobody_is_sent_to_where_their_teacher_is_away() -> None:
    data, state = loaded()

    # twins cannot be in the first period; rendering cannot be in the last
    assert gathered(data, state, 5, 1, 0, 1) == 0
    assert gathered(data, state, 2, 1, 5, 1) == 0


def test_there_is_no_chain_to_where_somebody_in_the_way_cannot_leave_from() -> None:
    data, state = loaded()

    # twins, by the same teacher, would have to be in the first period
    assert gathered(data, state, 0, 0, 5, 0) == 0


def test_a_course_does_not_change_places_with_itself() -> None:
    data, state = loaded()

    # modelling is in the large room in both
    assert gathered(data, state, 0, 0, 1, 0) == 0


def test_there_is_no_chain_that_is_too_long() -> None:
    number = LONGEST_CHAIN + 1
    star = Instance(
        "star",
        days=1,
        slots=2,
        courses=tuple(Course(f"c{n}", f"t{n}", 1, 1, 1) for n in range(number)),
        rooms=tuple(Room(f"r{n}", 1) for n in range(number)),
        curricula=tuple(Curriculum(f"q{n}", (0, n)) for n in range(1, number)),
        closed=frozenset(),
    )
    start = (Lecture(0, 0, 0), *(Lecture(n, 1, n) for n in range(1, number)))
    data, state = loaded(star, start)

    assert gathered(data, state, 0, 0, 1, 0) == 0
    assert gathered(data, state, 1, 1, 0, 1) == 0


def test_a_course_goes_to_one_room_and_who_is_there_to_where_it_was() -> None:
    data, state = loaded()
    chanceless = counted(state)
    state.odds[:] = 0
    settle(data, state, 1, 0)  # rendering has 40 students, and the small room 25 seats

    assert {one.room for one in solution_of(state.holder) if one.course == 1} == {0}
    settle(data, state, 1, 1)
    assert {one.room for one in solution_of(state.holder) if one.course == 1} == {0}
    assert counted(state)["total"] < chanceless["total"]


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
