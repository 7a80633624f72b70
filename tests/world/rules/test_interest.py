"""Who sees whom; plain and compiled."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.world.rules.engines import NAMES, engine

from shulian.world.rules.bands import BAND
from shulian.world.rules.crowd import Crowd, State, empty_crowd
from shulian.world.rules.interest import STEEP, Reach, Sight, forget, hide, no_sight

SLOTS = 64
REACH = Reach(radius=5000, most=4)

Place = tuple[int, int, int]


@pytest.fixture(params=NAMES)
def rules(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def crowd_of(places: Sequence[Place]) -> Crowd:
    crowd = empty_crowd(SLOTS)
    crowd.place[: len(places)] = np.array(places).reshape(-1, 3)
    crowd.state[: len(places)] = State.HERE
    return crowd


def look(name: str, crowd: Crowd, sight: Sight, *slots: int) -> list[list[int]]:
    met = engine(name).look(crowd, sight, REACH, np.array(slots, np.int32))
    return met.tolist()


def seen(sight: Sight, slot: int) -> list[int]:
    return sight.seen[slot, : sight.count[slot]].tolist()


def test_one_sees_the_nearest(rules: str) -> None:
    crowd, sight = crowd_of([(100 * number, 0, 0) for number in range(10)]), no_sight(SLOTS, 4)
    look(rules, crowd, sight, 0, 9)

    assert (seen(sight, 0), seen(sight, 9)) == ([1, 2, 3, 4], [8, 7, 6, 5])
    assert sight.far[0].tolist() == [100**2, 200**2, 300**2, 400**2]


def test_nobody_is_seen_beyond_the_radius(rules: str) -> None:
    crowd, sight = crowd_of([(0, 0, 0), (5000, 0, 0), (5001, 0, 0)]), no_sight(SLOTS, 4)
    look(rules, crowd, sight, 0)

    assert seen(sight, 0) == [1]


def test_another_storey_is_far_away(rules: str) -> None:
    crowd, sight = (
        crowd_of([(0, 0, 0), (0, 0, 1251), (1500, 0, 0), (0, 0, 350)]),
        no_sight(SLOTS, 4),
    )
    look(rules, crowd, sight, 0)

    assert seen(sight, 0) == [3, 2]


@pytest.mark.parametrize(
    ("state", "others"),
    [(State.FREE, []), (State.HERE, [1]), (State.AWAY, []), (State.BEYOND, [1])],
)
def test_only_those_are_seen_who_are_here_or_beyond(
    rules: str, state: State, others: list[int]
) -> None:
    crowd, sight = crowd_of([(0, 0, 0), (100, 0, 0)]), no_sight(SLOTS, 4)
    crowd.state[1] = state
    look(rules, crowd, sight, 0)

    assert seen(sight, 0) == others


def test_who_looks_from_above_sees_those_around_the_focus(rules: str) -> None:
    crowd, sight = crowd_of([(0, 0, 0), (100, 0, 0), (90_000, 0, 0)]), no_sight(SLOTS, 4)
    crowd.focus[0], crowd.focused[0] = (90_000, 300), 1
    look(rules, crowd, sight, 0)

    assert seen(sight, 0) == [2]


def test_who_is_hidden_is_not_seen_from_either_side(rules: str) -> None:
    crowd, sight = crowd_of([(100 * number, 0, 0) for number in range(7)]), no_sight(SLOTS, 4)
    hide(sight, 0, [1, 3])
    look(rules, crowd, sight, 0, 1)

    assert (seen(sight, 0), sorted(seen(sight, 1))) == ([2, 4, 5, 6], [2, 3, 4, 5])


def test_who_is_no_longer_hidden_is_seen_again(rules: str) -> None:
    crowd, sight = crowd_of([(0, 0, 0), (100, 0, 0)]), no_sight(SLOTS, 4)
    hide(sight, 0, [1])
    hide(sight, 0, [])
    look(rules, crowd, sight, 0, 1)

    assert (seen(sight, 0), seen(sight, 1)) == ([1], [0])


def test_one_meets_everyone_once(rules: str) -> None:
    crowd, sight = crowd_of([(0, 0, 0), (100, 0, 0), (9000, 0, 0)]), no_sight(SLOTS, 4)
    first = look(rules, crowd, sight, 0, 1)
    crowd.place[2, 0] = 200
    second = look(rules, crowd, sight, 0, 1)

    assert (first, second) == ([[0, 1], [1, 0]], [[0, 2], [1, 2]])


def test_who_comes_into_the_slot_of_another_is_met_anew(rules: str) -> None:
    crowd, sight = crowd_of([(0, 0, 0), (100, 0, 0)]), no_sight(SLOTS, 4)
    look(rules, crowd, sight, 0, 1)
    forget(sight, 1)

    assert look(rules, crowd, sight, 0, 1) == [[0, 1], [1, 0]]


def test_parks_do_not_see_each_other(rules: str) -> None:
    crowd = crowd_of([(0, 0, 0), (31 * BAND, 0, 0), (31 * BAND + 10, 0, 0), (-31 * BAND, 0, 0)])
    sight = no_sight(SLOTS, 4)
    look(rules, crowd, sight, 0, 1, 2, 3)

    assert [seen(sight, slot) for slot in range(4)] == [[], [2], [1], []]


def test_nobody_is_there_to_be_seen(rules: str) -> None:
    crowd, sight = empty_crowd(SLOTS), no_sight(SLOTS, 4)

    assert look(rules, crowd, sight, 5) == []
    assert seen(sight, 5) == []


coordinates = st.one_of(
    st.integers(-6000, 6000),
    st.integers(-200, 200),
    st.just(0),
    st.integers(-10_000_000, 10_000_000),
)
places = st.lists(st.tuples(coordinates, coordinates, st.sampled_from((0, 400))), max_size=SLOTS)


@pytest.mark.parametrize("rules", NAMES)
@given(places=places, hidden=st.sets(st.integers(0, SLOTS - 1), max_size=4))
def test_the_same_is_found_as_by_one_who_measures_every_way(
    rules: str, places: list[Place], hidden: set[int]
) -> None:
    crowd, sight = crowd_of(places), no_sight(SLOTS, 4)
    others = hidden - {0}
    hide(sight, 0, others)
    slots = range(len(places))
    met = look(rules, crowd, sight, *slots)
    found = [sight.far[slot, : sight.count[slot]].tolist() for slot in slots]
    pairs = [[slot, other] for slot in slots for other in seen(sight, slot)]

    assert found == [_ways(places, slot, others) for slot in slots]
    assert sorted(met) == sorted(pairs)
    assert all(slot != other for slot, other in pairs)


def test_among_many_plain_and_compiled_find_the_same_ways() -> None:
    rng, count, reach = np.random.default_rng(5), 1_000, Reach(radius=5000, most=32)
    crowd = empty_crowd(1_024)
    crowd.state[:count] = State.HERE
    crowd.place[:count, :2] = rng.integers(-20_000, 20_000, (count, 2))
    crowd.place[:50, 0] += BAND
    found: list[tuple[list[int], list[list[int]]]] = []
    for name in NAMES:
        sight = no_sight(len(crowd.state), reach.most)
        engine(name).look(crowd, sight, reach, np.arange(count, dtype=np.int32))
        far = [sight.far[slot, : sight.count[slot]].tolist() for slot in range(count)]
        found.append((sight.count.tolist(), far))

    assert found[0] == found[1]
    assert max(found[0][0]) == reach.most


def _ways(places: list[Place], slot: int, hidden: set[int]) -> list[int]:
    def apart(other: int) -> bool:
        return (slot == 0 and other in hidden) or (other == 0 and slot in hidden)

    eye = places[slot]
    ways = [
        (place[0] - eye[0]) ** 2 + (place[1] - eye[1]) ** 2 + (STEEP * (place[2] - eye[2])) ** 2
        for other, place in enumerate(places)
        if other != slot and not apart(other)
    ]
    return sorted(way for way in ways if way <= REACH.radius**2)[: REACH.most]
