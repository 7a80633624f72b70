"""How many frames one may send."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.world.rules.engines import NAMES, engine

from shulian.world.rules.budgets import Budgets, Income, no_budgets


@pytest.fixture(params=NAMES)
def rules(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def budgets(*left: float) -> Budgets:
    """Of people who are there and have so many left."""
    found = no_budgets(8)
    found.left[: len(left)], found.there[: len(left)] = left, 1
    return found


def test_what_was_sent_is_paid_and_time_pays_it_back(rules: str) -> None:
    here = budgets(5.0, 5.0)
    here.spent[0] = 3
    over = engine(rules).settle(here, 2, Income(7.0, 1.5, 10.0))

    assert over.tolist() == []
    assert here.left[:3].tolist() == [3.5, 6.5, 0.0]
    assert here.allowed[:3].tolist() == [3, 6, 0]
    assert here.alive[:3].tolist() == [7.0, 0.0, 0.0]
    assert here.spent.tolist() == [0] * 8


def test_nobody_saves_more_than_a_burst(rules: str) -> None:
    here = budgets(9.0)
    engine(rules).settle(here, 1, Income(0.0, 100.0, 10.0))

    assert here.left[0] == 10.0


def test_who_sent_more_than_they_had_is_named_unless_they_are_gone(rules: str) -> None:
    here = budgets(1.0, 1.0, 1.0)
    here.spent[:3], here.there[1] = (3, 3, 1), 0
    over = engine(rules).settle(here, 3, Income(0.0, 1.0, 10.0))

    assert over.tolist() == [0]
    assert here.allowed[:3].tolist() == [0, 0, 1]


@given(
    left=st.lists(st.floats(-20, 200), min_size=8, max_size=8),
    spent=st.lists(st.integers(0, 300), min_size=8, max_size=8),
    there=st.lists(st.integers(0, 1), min_size=8, max_size=8),
    high=st.integers(0, 8),
    gained=st.floats(0, 1000),
)
def test_plain_and_compiled_do_the_same(
    left: list[float], spent: list[int], there: list[int], high: int, gained: float
) -> None:
    both = [no_budgets(8), no_budgets(8)]
    for one in both:
        one.left[:], one.spent[:], one.there[:] = left, spent, there
    income = Income(3.0, gained, 180.0)
    first, second = (
        engine(name).settle(one, high, income).tolist()
        for name, one in zip(NAMES, both, strict=True)
    )

    assert first == second
    for name in ("left", "spent", "allowed", "alive"):
        assert np.array_equal(getattr(both[0], name), getattr(both[1], name)), name
