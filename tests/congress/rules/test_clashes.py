"""What is in the way of a personal programme."""

from dataclasses import replace
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st
from tests.congress.gatherings import BIG, FAR, PLENARY, SESSIONS, SILICON_1, SMALL, at

from shulian.congress.rules.clashes import Clash, clashes
from shulian.congress.rules.days import overlap, span_of

FIRST, _, SECOND, UNPLACED = SESSIONS
WALKS = {(BIG, FAR): 9.2, (FAR, BIG): 12.0, (BIG, SMALL): 1.0}


def test_two_at_a_time_clash_for_as_long_as_they_share() -> None:
    second = replace(SECOND, placed=at(0.75, SMALL))

    assert clashes([second, FIRST], {}) == (Clash(PLENARY, SILICON_1, there=15),)


def test_one_within_the_other_clashes_for_all_of_it() -> None:
    second = replace(SECOND, placed=at(0.25, SMALL), minutes=20)

    assert clashes([FIRST, second], {}) == (Clash(PLENARY, SILICON_1, there=20),)


def test_one_after_the_other_does_not_clash() -> None:
    assert clashes([FIRST, replace(SECOND, placed=at(1, SMALL))], {}) == ()


def test_too_little_time_to_walk_is_a_clash() -> None:
    second = replace(SECOND, placed=at(1.15, FAR))

    assert clashes([FIRST, second], WALKS) == (Clash(PLENARY, SILICON_1, needed=10, there=9),)


def test_the_way_there_counts_and_not_the_way_back() -> None:
    second = replace(SECOND, placed=at(1 + 10 / 60, FAR))

    assert clashes([FIRST, second], WALKS) == ()


def test_what_is_not_placed_is_in_nobodys_way() -> None:
    assert clashes([FIRST, UNPLACED], WALKS) == ()


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(1, 20)), max_size=8))
def test_whatever_overlaps_clashes_and_nothing_else(drawn: list[tuple[int, int]]) -> None:
    sessions = [
        replace(SESSIONS[place % 4], placed=at(quarter / 4), minutes=length)
        for place, (quarter, length) in enumerate(drawn[:4])
    ]
    found = {frozenset((one.first, one.second)) for one in clashes(sessions, {})}

    spans = {one.id: span_of(one) for one in sessions}
    expected = {
        frozenset((one, other))
        for one, other in combinations(spans, 2)
        if (first := spans[one]) and (second := spans[other]) and overlap(first, second)
    }
    assert found == expected
