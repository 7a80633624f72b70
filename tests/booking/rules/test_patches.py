"""Claims that are put together from units one after the other, beside counting every hour."""

from hypothesis import given
from hypothesis import strategies as st
from tests.booking.ledgers import hour, hours

from shulian.booking.rules.patches import Patch, patches

HOURS = 8


@st.composite
def taken(draw: st.DrawFn) -> tuple[int, list[Patch]]:
    """A capacity, and patches that never share a unit at a time."""
    capacity = draw(st.integers(1, 6))
    grid = [[False] * HOURS for _ in range(capacity)]
    found: list[Patch] = []
    for _ in range(draw(st.integers(0, 8))):
        low = draw(st.integers(0, capacity - 1))
        high = draw(st.integers(low + 1, capacity))
        start = draw(st.integers(0, HOURS - 1))
        end = draw(st.integers(start + 1, HOURS))
        if not any(any(row[start:end]) for row in grid[low:high]):
            for row in grid[low:high]:
                row[start:end] = [True] * (end - start)
            found.append(((low, high), hours(start, end)))
    return capacity, found


def at(found: list[Patch] | tuple[Patch, ...], moment: int) -> list[int]:
    """The units that are taken in the hour that begins then."""
    return [
        unit
        for (low, high), span in found
        if hour(span.start) <= moment and (span.end is None or moment < hour(span.end))
        for unit in range(low, high)
    ]


@given(taken(), st.integers(1, 6), st.integers(0, HOURS - 1), st.integers(1, HOURS))
def test_what_is_found_is_free_and_it_is_found_if_there_is_enough_at_any_time(
    there: tuple[int, list[Patch]], units: int, start: int, length: int
) -> None:
    capacity, others = there
    span = hours(start, start + length)
    found = patches(others, capacity, units, span)
    enough = all(
        capacity - len(at(others, moment)) >= units for moment in range(start, start + length)
    )

    assert (found is not None) == enough
    for moment in range(HOURS * 2) if found else ():
        mine, theirs = at(found or (), moment), at(others, moment)
        assert len(mine) == (units if start <= moment < start + length else 0)
        assert len({*mine, *theirs}) == len(mine) + len(theirs)
        assert all(0 <= unit < capacity for unit in mine)


@given(taken(), st.integers(1, 6))
def test_what_has_no_end_goes_on_with_one_unit(there: tuple[int, list[Patch]], units: int) -> None:
    capacity, others = there
    found = patches(others, capacity, units, hours(0, None))

    for one in found or ():
        assert one[1].end is not None or at([one], 10_000)
    if found:
        assert len(at(found, 10_000)) == units


def test_a_change_is_made_only_where_it_must_be() -> None:
    others = [((0, 1), hours(0, 4)), ((1, 2), hours(4, 8))]

    assert patches(others, 2, 1, hours(0, 8)) == (
        ((1, 2), hours(0, 4)),
        ((0, 1), hours(4, 8)),
    )
    assert patches(others, 3, 1, hours(0, 8)) == (((2, 3), hours(0, 8)),)
