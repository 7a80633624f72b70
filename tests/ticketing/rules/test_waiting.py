"""Which groups are offered what came back: all or nothing, in order, and none starves."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shulian.ticketing.rules import waiting
from shulian.ticketing.rules.waiting import OVERTAKEN, Group, Offers, offers
from shulian.ticketing.types import WishId

NOON = datetime(2026, 12, 1, 4, tzinfo=UTC)


def group(number: int, count: int, overtaken: int = 0) -> Group:
    """The `number`th group that came."""
    return Group(WishId(UUID(int=number)), count, overtaken)


def test_who_came_first_is_served_first() -> None:
    first, second, third = group(1, 2), group(2, 2), group(3, 1)

    assert offers([first, second, third], 3, last=False) == Offers(
        served=(first, third), waiting=(group(2, 2, 1),), kept=0
    )


def test_a_group_gets_all_of_it_or_waits_on() -> None:
    assert offers([group(1, 5)], 4, last=False) == Offers((), (group(1, 5),), kept=4)


def test_one_who_was_overtaken_often_enough_has_everything_kept() -> None:
    large, small = group(1, 5, OVERTAKEN), group(2, 1)

    assert offers([large, small], 4, last=False) == Offers((), (large, small), kept=4)
    assert offers([large, small], 5, last=False) == Offers((large,), (small,), kept=0)


def test_it_is_kept_from_the_moment_they_were_overtaken_often_enough() -> None:
    large, smalls = group(1, 9), [group(number, 1) for number in range(2, 9)]
    found = offers([large, *smalls], 8, last=False)

    assert found.served == tuple(smalls[:OVERTAKEN])
    assert found.kept == 8 - OVERTAKEN


def test_on_the_last_day_nothing_is_kept() -> None:
    large, small, other = group(1, 5, OVERTAKEN), group(2, 1), group(3, 4)

    assert offers([large, small, other], 4, last=True) == Offers(
        served=(small,), waiting=(group(1, 5, OVERTAKEN + 1), other), kept=0
    )


def test_no_more_is_kept_than_is_wanted() -> None:
    assert offers([group(1, 2)], 9, last=False) == Offers((group(1, 2),), (), kept=0)


groups = st.lists(st.integers(1, 10), max_size=12)


@given(counts=groups, back=st.lists(st.integers(1, 6), max_size=40), last=st.booleans())
def test_units_are_neither_lost_nor_made(counts: list[int], back: list[int], *, last: bool) -> None:
    line = tuple(group(number, count) for number, count in enumerate(counts))
    units = 0
    for more in back:
        found = offers(line, units + more, last=last)
        taken = sum(one.count for one in found.served)
        assert taken + found.kept <= units + more
        assert {one.wish for one in found.served} | {one.wish for one in found.waiting} == {
            one.wish for one in line
        }
        assert [one.wish for one in found.waiting] == sorted(one.wish for one in found.waiting)
        units, line = found.kept, found.waiting


@given(counts=groups, back=st.lists(st.integers(1, 6), max_size=60), late=st.lists(groups))
def test_nobody_is_overtaken_more_often_than_promised(
    counts: list[int], back: list[int], late: list[list[int]]
) -> None:
    line = tuple(group(number, count) for number, count in enumerate(counts))
    came, units = len(counts), 0
    overtaken: Counter[WishId] = Counter()
    for turn, more in enumerate(back):
        found = offers(line, units + more, last=False)
        for served in found.served:
            overtaken.update(one.wish for one in found.waiting if one.wish < served.wish)
        newcomers = late[turn] if turn < len(late) else []
        joined = [group(came + place, count) for place, count in enumerate(newcomers)]
        came += len(newcomers)
        units, line = found.kept, (*found.waiting, *joined)

    assert max(overtaken.values(), default=0) <= OVERTAKEN


@given(size=st.integers(2, 10), smalls=st.lists(st.integers(1, 2), min_size=30, max_size=30))
def test_a_large_group_is_served_however_many_small_ones_come(size: int, smalls: list[int]) -> None:
    large = group(0, size)
    line, units, came = (large,), 0, 0
    for turn, count in enumerate(smalls):
        line = (*line, group(turn + 1, count))
        units, came = units + 1, came + 1
        found = offers(line, units, last=False)
        units, line = found.kept, found.waiting
        if large.wish in {one.wish for one in found.served}:
            break

    assert large.wish not in {one.wish for one in line}
    assert came <= size + 2 * OVERTAKEN, "what small groups took before, and then all of its own"


@pytest.mark.parametrize(
    ("hours", "sale", "answer"),
    [(25, None, False), (24, None, True), (72, 23, True), (72, 48, False), (-1, None, True)],
)
def test_the_last_day_is_before_the_beginning_or_the_end_of_the_sale(
    hours: int, sale: int | None, *, answer: bool
) -> None:
    begins = NOON + timedelta(hours=hours)
    ends = None if sale is None else NOON + timedelta(hours=sale)

    assert waiting.is_last(begins=begins, sale_ends=ends, now=NOON) is answer


@pytest.mark.parametrize(("rest", "minutes"), [(72, 360), (8, 120), (1, 15), (0, 15)])
def test_an_offer_is_held_for_some_hours_and_shorter_when_it_is_nearly_time(
    rest: int, minutes: int
) -> None:
    until = waiting.offered_until(begins=NOON + timedelta(hours=rest), sale_ends=None, now=NOON)

    assert until == NOON + timedelta(minutes=minutes)
