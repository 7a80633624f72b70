"""How long the next try must wait."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.identity.accounts import NOW

from shulian.identity.rules import limits
from shulian.identity.rules.limits import Limit
from shulian.identity.types import Tries
from shulian.kit.errors import TooMany

LIMIT = Limit(
    free=3,
    first=timedelta(seconds=10),
    longest=timedelta(seconds=60),
    forget=timedelta(hours=1),
)
NONE = Tries(0, NOW, NOW)


def test_the_first_tries_are_free_and_then_the_wait_doubles_up_to_the_longest() -> None:
    waits = [limits.wait_after(LIMIT, made).total_seconds() for made in range(1, 9)]

    assert waits == [0, 0, 10, 20, 40, 60, 60, 60]


def test_a_try_counts() -> None:
    assert limits.admit(LIMIT, NONE, NOW) == Tries(1, NOW, NOW)


def test_the_last_free_try_starts_the_wait() -> None:
    after = limits.admit(LIMIT, Tries(2, NOW, NOW), NOW)

    assert after == Tries(3, NOW + timedelta(seconds=10), NOW)


def test_who_does_not_wait_is_told_how_long_to() -> None:
    waiting = Tries(3, NOW + timedelta(seconds=9.2), NOW)

    with pytest.raises(TooMany) as refused:
        limits.admit(LIMIT, waiting, NOW)

    assert refused.value.params == {"seconds": 10}


def test_a_try_is_admitted_the_instant_the_wait_is_over() -> None:
    over = NOW + timedelta(seconds=10)

    assert limits.admit(LIMIT, Tries(3, over, NOW), over) == Tries(
        4, over + timedelta(seconds=20), over
    )


def test_tries_long_ago_are_forgotten() -> None:
    later = NOW + timedelta(hours=1, seconds=1)

    assert limits.admit(LIMIT, Tries(9, NOW, NOW), later) == Tries(1, later, later)


def test_a_right_try_is_taken_back() -> None:
    after = limits.forgive(Tries(4, NOW + timedelta(seconds=20), NOW), NOW)

    assert after == Tries(3, NOW, NOW)


def test_nobody_has_made_less_than_no_tries() -> None:
    assert limits.forgive(NONE, NOW) == NONE


@given(st.lists(st.booleans(), max_size=60))
def test_right_tries_in_between_never_make_the_waits_of_wrong_ones_shorter(
    right: list[bool],
) -> None:
    tries, now, wrong = NONE, NOW, 0
    for is_right in right:
        now = max(now, tries.until)
        tries = limits.admit(LIMIT, tries, now)
        if is_right:
            tries = limits.forgive(tries, now)
        else:
            wrong += 1
            assert tries.until - now == limits.wait_after(LIMIT, wrong)


@given(st.integers(1, 10**9))
def test_no_wait_is_longer_than_the_longest(made: int) -> None:
    assert timedelta(0) <= limits.wait_after(LIMIT, made) <= LIMIT.longest


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("", "unknown"),
        ("testclient", "unknown"),
    ],
)
def test_an_address_counts_with_its_network(address: str, network: str) -> None:
    assert limits.network_of(address) == network
