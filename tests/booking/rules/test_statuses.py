"""What a resource is now, and when it is something else."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

from tests.booking.ledgers import NOW

from shulian.booking.rules.statuses import LOOK, SOON, Shown, shown
from shulian.booking.types import Audience, Occupied, Resource, ResourceId, Span
from shulian.kit.text import Text
from shulian.park.types import LiveToken

ROOM = Resource(ResourceId(uuid4()), Text(), 1, audience=Audience.PEOPLE)
DESKS = Resource(ResourceId(uuid4()), Text(), 4, audience=Audience.PEOPLE)
STAGE = Resource(ResourceId(uuid4()), Text(), 1)


def taken(start: float, end: float | None, units: int = 1, *, closed: bool = False) -> Occupied:
    """So many units, from and to so many hours from now."""
    span = Span(NOW + timedelta(hours=start), None if end is None else NOW + timedelta(hours=end))
    return Occupied(span, units, closed)


def test_what_is_free_says_until_when() -> None:
    later = NOW + timedelta(hours=2)

    assert shown(ROOM, [], NOW) == Shown(LiveToken.FREE)
    assert shown(ROOM, [taken(2, 3)], NOW) == Shown(LiveToken.FREE, None, later, later)


def test_what_is_withdrawn_says_nothing_unless_somebody_has_it() -> None:
    gone = replace(ROOM, withdrawn=True)
    end = NOW + timedelta(hours=1)

    assert shown(gone, [], NOW) == Shown(None)
    assert shown(gone, [taken(-1, 1)], NOW) == Shown(LiveToken.BUSY, until=end, again=end)


def test_what_comes_late_is_not_told_yet() -> None:
    later = NOW + SOON + timedelta(hours=2)

    assert shown(ROOM, [taken(26, 27)], NOW) == Shown(LiveToken.FREE, again=later - SOON)


def test_what_is_taken_says_until_when_through_all_that_follow() -> None:
    found = shown(ROOM, [taken(-1, 1), taken(1, 3), taken(4, 5)], NOW)

    assert found == Shown(
        LiveToken.BUSY, until=NOW + timedelta(hours=3), again=NOW + timedelta(hours=3)
    )


def test_what_has_no_end_is_taken_without_end() -> None:
    assert shown(ROOM, [taken(-1, None)], NOW) == Shown(LiveToken.BUSY)


def test_what_is_closed_is_not_busy() -> None:
    found = shown(ROOM, [taken(-1, 1, closed=True), taken(1, 2)], NOW)

    assert found == Shown(
        LiveToken.CLOSED, until=NOW + timedelta(hours=1), again=NOW + timedelta(hours=1)
    )


def test_what_is_shared_says_how_many_are_left() -> None:
    found = shown(DESKS, [taken(-1, 1), taken(0, 2, 2), taken(2, 3, 4)], NOW)

    assert found == Shown(
        LiveToken.FREE, 1, until=NOW + timedelta(hours=2), again=NOW + timedelta(hours=1)
    )


def test_what_is_shared_is_full() -> None:
    found = shown(DESKS, [taken(-1, 1, 4)], NOW)

    assert found == Shown(
        LiveToken.FULL, until=NOW + timedelta(hours=1), again=NOW + timedelta(hours=1)
    )


def test_what_nobody_books_by_themselves_says_only_that_it_is_taken() -> None:
    later = NOW + timedelta(hours=2)

    assert shown(STAGE, [taken(2, 3)], NOW) == Shown(None, again=later)
    assert shown(STAGE, [taken(-2, 2)], NOW) == Shown(LiveToken.BUSY, until=later, again=later)


def test_what_ends_beyond_the_look_says_nothing_of_its_end() -> None:
    far = LOOK / timedelta(hours=1) + 1

    assert shown(ROOM, [taken(-1, far)], NOW) == Shown(LiveToken.BUSY)
