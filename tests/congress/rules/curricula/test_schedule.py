"""How warm a search is at which time."""

from dataclasses import replace
from itertools import pairwise

import pytest
from tests.congress.rules.curricula.samples import SMALL

from shulian.congress.rules.curricula.schedule import (
    COLD,
    FIRST,
    HOT,
    HOTTEST,
    PER_CURRICULUM,
    WARM,
    WARMINGS,
    hot,
    temperature,
    warming,
)

SHARES = [place / 1000 for place in range(1001)]
LENGTH = (1 - FIRST) / WARMINGS


def test_it_begins_hot_and_ends_cold() -> None:
    assert temperature(0.0, HOT) == HOT
    assert temperature(1.0, HOT) == pytest.approx(COLD)
    assert temperature(2.0, HOT) == pytest.approx(COLD)


def test_it_is_cold_before_it_is_warmed() -> None:
    assert temperature(FIRST - 1e-9, HOT) == pytest.approx(COLD)
    assert temperature(FIRST, HOT) == WARM * HOT


def test_it_is_warmed_so_many_times() -> None:
    assert sorted({warming(share) for share in SHARES}) == list(range(WARMINGS + 1))


def test_all_warmings_are_of_one_length_and_alike() -> None:
    starts = [FIRST + number * LENGTH + 1e-9 for number in range(WARMINGS)]

    assert [warming(share) for share in starts] == list(range(1, WARMINGS + 1))
    assert [temperature(share, HOT) for share in starts] == pytest.approx([WARM * HOT] * WARMINGS)


def test_it_cools_from_one_warming_to_the_next() -> None:
    falls = [
        temperature(after, HOT) < temperature(before, HOT)
        for before, after in pairwise(SHARES)
        if warming(before) == warming(after)
    ]

    assert falls == [True] * (len(SHARES) - 1 - WARMINGS)


def test_it_begins_the_hotter_the_more_curricula_a_course_is_of() -> None:
    all_of_them = replace(SMALL.curricula[0], courses=(0, 1, 2))

    assert hot(SMALL) == HOT
    assert hot(replace(SMALL, curricula=(all_of_them,) * 5)) == 5 * PER_CURRICULUM
    assert hot(replace(SMALL, curricula=(all_of_them,) * 50)) == HOTTEST


def test_without_courses_it_begins_somewhere() -> None:
    assert hot(replace(SMALL, courses=(), curricula=())) == HOT
