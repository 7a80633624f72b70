"""Whose turn it is in a tick; plain and compiled."""

from dataclasses import dataclass
from functools import partial

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.world.rules.engines import NAMES, engine

from shulian.world.rules.crowd import Crowd, State, empty_crowd
from shulian.world.rules.turns import NEVER, Links, Past, Step, Turns, no_past

SLOTS = 8
ALONE = Step(
    number=20,
    phases=2,
    part=False,
    high=SLOTS,
    everyone=0,
    shared=False,
    counts=False,
    often=5,
    seldom=20,
)


@dataclass(frozen=True)
class Room:
    """Some people, their connections, and what they were shown."""

    crowd: Crowd
    links: Links
    past: Past

    def take(self, name: str, step: Step = ALONE) -> Turns:
        return engine(name).take(self.crowd, self.links, self.past, step)


def room(*states: State) -> Room:
    """People with connections, who all have just had a whole snapshot."""
    crowd = empty_crowd(SLOTS)
    crowd.state[: len(states)] = states
    links = Links(*(np.zeros(SLOTS, np.uint8) for _ in range(3)))
    links.there[: len(states)] = 1
    here = Room(crowd, links, no_past(crowd))
    here.past.whole[:] = 10
    return here


@pytest.fixture(params=NAMES)
def rules(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_everyone_who_is_here_and_can_be_told_has_a_turn(rules: str) -> None:
    here = room(State.HERE, State.AWAY, State.HERE, State.BEYOND, State.HERE, State.HERE)
    here.links.there[2], here.links.blocked[4] = 0, 1
    turns = here.take(rules)

    assert turns.receivers.tolist() == [0, 5]
    assert turns.skipped == 1


def test_in_every_tick_the_snapshots_of_others_are_whole(rules: str) -> None:
    here = room(*[State.HERE] * SLOTS)
    found = [
        here.take(rules, ALONE._replace(number=20 + 2 * tick, often=2)).whole.tolist()
        for tick in range(3)
    ]

    first = [True, True, False, False] * 2
    second = [not one for one in first]
    assert found == [first, second, first]


def test_who_had_no_whole_snapshot_for_long_gets_one(rules: str) -> None:
    here = room(*[State.HERE] * 4)
    here.past.whole[:4] = [NEVER, 10, 5, 6]
    turns = here.take(rules, ALONE._replace(often=5, number=22))

    assert turns.whole.tolist() == [True, False, True, True]
    assert here.past.whole[:4].tolist() == [11, 10, 11, 11]


def test_who_missed_a_snapshot_gets_a_whole_one_and_has_missed_none_then(rules: str) -> None:
    here = room(State.HERE, State.HERE)
    here.links.missed[1] = 1
    turns = here.take(rules, ALONE._replace(number=22))

    assert turns.whole.tolist() == [False, True]
    assert here.links.missed.tolist() == [0] * SLOTS


def test_a_part_of_them_has_its_turn_between_two_ticks(rules: str) -> None:
    here = room(*[State.HERE] * 4)
    part = ALONE._replace(part=True)

    assert here.take(rules, part).receivers.tolist() == [0, 2]
    assert here.take(rules, part._replace(number=21)).receivers.tolist() == [1, 3]


def test_nobody_is_looked_for_above_the_highest_connection(rules: str) -> None:
    here = room(*[State.HERE] * 4)

    assert here.take(rules, ALONE._replace(high=2)).receivers.tolist() == [0, 1]


def test_it_is_noted_who_moved(rules: str) -> None:
    here = room(*[State.HERE] * 3)
    here.crowd.moved[[0, 2, 7]] = 1
    here.take(rules)

    assert here.past.stirred.tolist() == [20, 0, 20, 0, 0, 0, 0, 20]
    assert here.crowd.moved.tolist() == [0] * SLOTS


def test_whoever_is_new_in_a_slot_is_named_once(rules: str) -> None:
    here = room(State.HERE, State.AWAY, State.FREE)
    here.crowd.visit[:3] = 1

    assert here.take(rules).changed.tolist() == [0, 1]
    assert here.take(rules).changed.tolist() == []
    here.crowd.state[2] = State.BEYOND
    assert here.take(rules).changed.tolist() == [2]


@pytest.mark.parametrize(
    ("states", "shared"),
    [
        ([State.HERE, State.HERE], True),
        ([State.HERE, State.BEYOND, State.AWAY], True),
        ([State.HERE, State.HERE, State.BEYOND], False),
        ([State.AWAY], False),
    ],
)
def test_few_people_are_shown_to_each_other(
    rules: str, states: list[State], *, shared: bool
) -> None:
    assert room(*states).take(rules, ALONE._replace(everyone=2)).shared is shared


def test_all_begin_anew_when_all_are_shown_to_all_and_when_they_are_no_more(rules: str) -> None:
    here = room(*[State.HERE] * 4)
    small = ALONE._replace(everyone=4, number=22)
    steps = [
        small,
        small._replace(number=24, shared=True),
        small._replace(number=26, shared=True, everyone=0),
    ]
    found = [
        (turns.shared, turns.whole.tolist()) for turns in map(partial(here.take, rules), steps)
    ]

    assert found == [(True, [True] * 4), (True, [False] * 4), (False, [True] * 4)]


def test_who_did_not_get_what_a_frame_for_all_counts_from_gets_a_whole_one(rules: str) -> None:
    here = room(*[State.HERE] * 4)
    small = ALONE._replace(everyone=4, shared=True, seldom=99)
    here.past.whole[:], here.past.follow[:4] = 10, [1, 0, 1, 1]
    here.links.blocked[3] = 1
    turns = here.take(rules, small._replace(number=22, counts=True))

    assert (turns.receivers.tolist(), turns.whole.tolist()) == ([0, 1, 2], [False, True, False])
    assert here.past.follow.tolist() == [1, 1, 1, 0, 0, 0, 0, 0]
    alone = here.take(rules, small._replace(number=24))
    assert (alone.whole.tolist(), here.past.follow.tolist()) == ([False] * 3, [0] * SLOTS)


def test_it_is_noted_that_others_can_be_seen_or_have_their_turn(rules: str) -> None:
    here = room(State.HERE, State.HERE, State.AWAY)
    noted: list[int] = []
    for change in (None, None, State.BEYOND, None, State.FREE):
        if change is not None:
            here.crowd.state[2] = change
        here.past.regrouped[0] = 0
        here.take(rules)
        noted.append(int(here.past.regrouped[0]))
    here.past.regrouped[0], here.links.blocked[1] = 0, 1
    here.take(rules)

    assert (noted, here.past.regrouped.tolist()) == ([1, 0, 1, 0, 1], [1])


bits = st.lists(st.integers(0, 1), min_size=SLOTS, max_size=SLOTS)
numbers = st.lists(st.integers(-1, 60), min_size=SLOTS, max_size=SLOTS)


@given(
    states=st.lists(st.sampled_from(State), min_size=SLOTS, max_size=SLOTS),
    links=st.tuples(bits, bits, bits),
    moved=bits,
    whole=numbers,
    visit=bits,
    steps=st.lists(
        st.builds(
            Step,
            number=st.integers(1, 200),
            phases=st.integers(1, 3),
            part=st.booleans(),
            high=st.integers(0, SLOTS),
            everyone=st.integers(0, SLOTS),
            shared=st.booleans(),
            counts=st.booleans(),
            often=st.integers(1, 7),
            seldom=st.integers(1, 25),
        ),
        min_size=1,
        max_size=4,
    ),
)
def test_plain_and_compiled_take_the_same_turns(
    states: list[State],
    links: tuple[list[int], list[int], list[int]],
    moved: list[int],
    whole: list[int],
    visit: list[int],
    steps: list[Step],
) -> None:
    def story(name: str) -> list[object]:
        here = room(*states)
        here.links.there[:], here.links.blocked[:], here.links.missed[:] = links
        here.crowd.moved[:], here.crowd.visit[:], here.past.whole[:] = moved, visit, whole
        told: list[object] = []
        for step in steps:
            found = here.take(name, step)
            told += [found.receivers.tolist(), found.whole.tolist(), found.changed.tolist()]
            told += [found.skipped, found.shared, here.links.missed.tolist()]
            told += [here.past.follow.tolist(), here.past.regrouped.tolist()]
            here.past.regrouped[0] = 0
        past = here.past
        told += [past.part.tolist()]
        return [*told, past.stirred.tolist(), past.whole.tolist(), past.visit.tolist()]

    assert story("compiled") == story("plain")
