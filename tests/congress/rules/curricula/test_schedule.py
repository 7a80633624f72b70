"""How warm a search is at which time."""

from itertools import pairwise

import pytest

from shulian.congress.rules.curricula.schedule import (
    COLD,
    FIRST,
    HOT,
    WARM,
    WARMINGS,
    temperature,
    warming,
)

SHARES = [place / 1000 for place in range(1001)]
LENGTH = (1 - FIRST) / WARMINGS


def test_it_begins_hot_and_ends_cold() -> None:
    assert temperature(0.0) == HOT
    assert temperature(1.0) == pytest.approx(COLD)
    assert temperature(2.0) == pytest.approx(COLD)


def test_it_is_cold_before_it_is_warmed() -> None:
    assert temperature(FIRST - 1e-9) == pytest.approx(COLD)
    assert temperature(FIRST) == WARM


def test_it_is_warmed_so_many_times() -> None:
    assert sorted({warming(share) for share in SHARES}) == list(range(WARMINGS + 1))


def test_all_warmings_are_of_one_length_and_alike() -> None:
    starts = [FIRST + number * LENGTH + 1e-9 for number in range(WARMINGS)]

    assert [warming(share) for share in starts] == list(range(1, WARMINGS + 1))
    assert [temperature(share) for share in starts] == pytest.approx([WARM] * WARMINGS)


def test_it_cools_from_one_warming_to_the_next() -> None:
    falls = [
        temperature(after) < temperature(before)
        for before, after in pairwise(SHARES)
        if warming(before) == warming(after)
    ]

    assert falls == [True] * (len(SHARES) - 1 - WARMINGS)
