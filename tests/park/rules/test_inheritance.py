"""What stands in something has its day and its status."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from tests.park.plans import space

from shulian.park.rules.inheritance import settled, status_in_force
from shulian.park.types import SpaceKind, SpaceStatus

PLANNED, BUILDING, OPEN, CLOSED = SpaceStatus


def test_the_nearest_day_is_in_force() -> None:
    spaces = (
        space("", None, SpaceKind.PARK, delivered=date(2023, 1, 1)),
        space("a", "", SpaceKind.SITE, delivered=date(2025, 1, 1)),
        space("b", "a", SpaceKind.PHASE),
        space("c", "", SpaceKind.SITE),
    )

    assert [one.delivered for one in settled(spaces)] == [
        date(2023, 1, 1),
        date(2025, 1, 1),
        date(2025, 1, 1),
        date(2023, 1, 1),
    ]


def test_what_stands_in_something_planned_is_planned() -> None:
    spaces = (
        space("", None, SpaceKind.PARK),
        space("a", "", SpaceKind.PHASE, status=PLANNED),
        space("b", "a", SpaceKind.BUILDING, status=CLOSED),
        space("c", "b", SpaceKind.HALL),
        space("d", "", SpaceKind.HALL, status=CLOSED),
    )

    assert [one.status for one in settled(spaces)] == [OPEN, PLANNED, PLANNED, PLANNED, CLOSED]


@given(st.lists(st.sampled_from(SpaceStatus), min_size=1))
def test_the_least_usable_status_is_in_force_in_any_order(line: list[SpaceStatus]) -> None:
    order = [PLANNED, BUILDING, CLOSED, OPEN]

    assert status_in_force(line) == min(line, key=order.index)
