"""On which terms people book for themselves."""

from datetime import timedelta
from uuid import UUID

import pytest
from tests.booking.ledgers import DAY, NOW, hours

from shulian.booking.rules import terms
from shulian.booking.types import Claim, Holder, ResourceId, Span
from shulian.identity.types import OrganizationId, PersonId

ROOM = ResourceId(UUID(int=1))
WHO = PersonId(UUID(int=2))
FIRM = OrganizationId(UUID(int=3))


def claim(start: float, end: float | None) -> Claim:
    """A room between two hours of the day."""
    return Claim(ROOM, hours(start, end))


@pytest.mark.parametrize(
    ("days", "length", "code"),
    [
        (0, timedelta(hours=1), None),
        (0, terms.LONGEST, None),
        (0, terms.LONGEST + timedelta(minutes=1), "booking.span_long"),
        (0, None, "booking.span_endless"),
        (391, timedelta(hours=1), None),
        (392, timedelta(hours=1), "booking.span_ahead"),
    ],
)
def test_a_booking_has_an_end_and_is_not_long_nor_far(
    days: int, length: timedelta | None, code: str | None
) -> None:
    start = DAY + timedelta(days=days)
    end = None if length is None else start + length

    assert terms.fault(Span(start, end), NOW) == code


def test_what_has_ended_is_over() -> None:
    spans = [Span(NOW - timedelta(hours=1), end) for end in (NOW, NOW + timedelta(minutes=1), None)]

    assert [terms.past(one, NOW) for one in spans] == [True, False, False]


def test_an_organization_may_have_more_than_a_person() -> None:
    assert terms.limit_of(Holder(WHO)) == terms.PERSON
    assert terms.limit_of(Holder(WHO, FIRM)) == terms.ORGANIZATION


@pytest.mark.parametrize(
    ("wanted", "held", "found"),
    [
        ([], [(1, 9)], None),
        ([(1, 2)], [], (1, 1)),
        ([(1, 2)], [(0, 1), (2, 3)], (1, 1)),
        ([(1, 4)], [(0, 2), (3, 5)], (1, 2)),
        ([(1, 4)], [(2, 5), (3, 6), (5, 9)], (3, 3)),
        ([(1, None)], [(8, 9), (8, 9)], (8, 3)),
        ([(1, 3), (2, 4)], [], (2, 2)),
    ],
)
def test_the_busiest_instant_lies_in_what_is_wanted(
    wanted: list[tuple[float, float | None]],
    held: list[tuple[float, float | None]],
    found: tuple[float, int] | None,
) -> None:
    told = terms.busiest([claim(*one) for one in wanted], [claim(*one) for one in held])

    assert told == (found and (DAY + timedelta(hours=found[0]), found[1]))
