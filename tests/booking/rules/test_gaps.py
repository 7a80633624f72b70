"""What is left, and when the next is free, beside counting every hour."""

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st
from tests.booking.ledgers import hours, spans

from shulian.booking.rules.gaps import left, next_free, timeline
from shulian.booking.types import Occupied, Span

HOURS = 10
CAPACITY = 3
HOUR = timedelta(hours=1)


def _taken(start: int, length: int, units: int) -> Occupied:
    return Occupied(hours(start, start + length), units)


TAKEN = st.lists(
    st.builds(_taken, st.integers(0, HOURS), st.integers(1, 4), st.integers(1, 2)), max_size=6
)


def free_at(taken: list[Occupied], at: float) -> int:
    """The units that nobody has in the hour that begins then."""
    there = [one.units for one in taken if one.span.start <= hours(at, None).start < end(one)]
    return CAPACITY - sum(there)


def end(one: Occupied) -> datetime:
    """When it ends; all of these do."""
    assert one.span.end is not None
    return one.span.end


@given(TAKEN, st.integers(0, HOURS), st.integers(1, HOURS))
def test_so_much_is_left_as_in_the_hour_with_the_least(
    taken: list[Occupied], start: int, length: int
) -> None:
    least = min(free_at(taken, at) for at in range(start, start + length))

    assert left(taken, CAPACITY, hours(start, start + length)) == least


@given(TAKEN, st.integers(0, 4), st.integers(1, 3), st.integers(1, CAPACITY), st.integers(1, 4))
def test_the_next_spans_are_the_earliest_that_do(
    taken: list[Occupied], since: int, length: int, units: int, most: int
) -> None:
    expected: list[tuple[int, int]] = []
    at = since
    while at + length <= 2 * HOURS and len(expected) < most:
        if all(free_at(taken, hour) >= units for hour in range(at, at + length)):
            expected.append((at, at + length))
            at += length
        else:
            at += 1
    seen = hours(since, 2 * HOURS)

    found = next_free(taken, CAPACITY, units, length * HOUR, seen, most=most)
    assert spans(found) == expected


def test_what_is_wanted_for_good_is_free_from_when_nobody_has_it() -> None:
    taken = [_taken(1, 2, 3), _taken(5, 1, 2)]

    assert next_free(taken, CAPACITY, 2, None, hours(0, None)) == (hours(6, None),)
    assert next_free(taken, CAPACITY, 1, None, hours(0, None)) == (hours(3, None),)
    endless = [*taken, Occupied(hours(8, None), 2)]
    assert next_free(endless, CAPACITY, 2, None, hours(0, None)) == ()


def test_nothing_is_offered_beyond_what_was_seen() -> None:
    assert next_free([], CAPACITY, 1, 2 * HOUR, hours(0, 3)) == (hours(0, 2),)


def test_a_timeline_joins_what_is_alike_and_tells_what_is_closed() -> None:
    shut = Occupied(hours(4, 6), 3, closed=True)
    taken = [_taken(0, 1, 1), _taken(1, 1, 1), _taken(3, 2, 3), shut]

    assert timeline(taken, CAPACITY, hours(0, 7)) == (
        Occupied(hours(0, 2), 1),
        Occupied(hours(2, 3), 0),
        Occupied(hours(3, 4), 3),
        Occupied(hours(4, 6), 3, closed=True),
        Occupied(hours(6, 7), 0),
    )
    assert timeline([Occupied(hours(2, None), 1)], CAPACITY, Span(hours(1, 2).start, None)) == (
        Occupied(hours(1, 2), 0),
        Occupied(hours(2, None), 1),
    )
