"""How much one person may do."""

import typing

from hypothesis import given
from hypothesis import strategies as st

from shulian.world.rules.limits import KINDS, RATES, Allowance, Kind
from shulian.world.wire import messages


def taken(times: list[float], kind: Kind) -> int:
    allowance = Allowance(0.0)
    return sum(allowance.take(kind, now) for now in times)


def test_a_burst_is_allowed_and_then_one_a_second() -> None:
    at_once = [0.0] * 20
    assert taken(at_once, Kind.CHAT) == 5

    assert taken([*at_once, 1.0, 1.5, 2.0], Kind.CHAT) == 7


@given(st.lists(st.floats(0, 20), max_size=60), st.sampled_from(Kind))
def test_never_more_than_rate_and_burst(gaps: list[float], kind: Kind) -> None:
    times = [sum(gaps[:place]) for place in range(len(gaps))]
    rate, burst = RATES[kind]

    assert taken(times, kind) <= burst + rate * (times[-1] if times else 0) + 1e-6


def test_a_clock_that_jumps_back_gives_nothing() -> None:
    allowance = Allowance(1000.0)
    spent = [allowance.take(Kind.CHAT, 1000.0) for _ in range(5)]

    assert (spent, allowance.take(Kind.CHAT, 0.0)) == ([True] * 5, False)


def test_kinds_do_not_take_from_each_other() -> None:
    allowance = Allowance(0.0)
    for _ in range(9):
        allowance.take(Kind.CHAT, 0.0)

    assert allowance.take(Kind.GREETING, 0.0)


def test_every_kind_counts_calls_that_there_are() -> None:
    assert set(KINDS) < set(typing.get_args(messages.Call))
