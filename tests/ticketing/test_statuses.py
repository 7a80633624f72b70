"""A hall that an occasion holds says so from its first minute to its last."""

from datetime import timedelta
from uuid import UUID

import sqlalchemy as sa
from tests.ticketing.houses import HALL, NOW, House, draft, minutes

from shulian.booking.api import show_status
from shulian.booking.types import ResourceId, Span
from shulian.park import api as park_api
from shulian.park.types import LiveToken, SpaceId
from shulian.ticketing import api

PARK = SpaceId("yq")
SOON = Span(minutes(3), minutes(8))


def jobs(house: House) -> list[tuple[str, int | None]]:
    """The resources that will say what they are, and in how many minutes; none: at once."""
    rows = house.db.execute(
        sa.text(
            "select args->>'resource' as one, scheduled_at from procrastinate_jobs"
            " where task_name = 'booking.show_status' order by scheduled_at nulls first"
        )
    )
    return [(one, at and (at - NOW) // timedelta(minutes=1)) for one, at in rows]


def run(house: House, minute: int) -> None:
    """Every job has run whose time has come."""
    for one, at in jobs(house):
        if (at or 0) <= minute:
            house.db.execute(
                sa.text("delete from procrastinate_jobs where args->>'resource' = :one"),
                {"one": one},
            )
            show_status(house.db, house.bus, ResourceId(UUID(one)), now=minutes(minute))


def status(house: House, minute: int) -> LiveToken | None:
    """What the hall says of itself then."""
    found = park_api.statuses(house.db, PARK, now=minutes(minute))
    return next((one.token for one in found if one.space == HALL), None)


def told(house: House) -> list[LiveToken | None]:
    """What the hall says at each minute, the jobs alone following it."""
    found: list[LiveToken | None] = []
    for minute in range(10):
        run(house, minute)
        found.append(status(house, minute))
    return found


def test_it_begins_and_ends_on_the_minute(house: House) -> None:
    draft(house.db, house.bus, house.organizer, house.operator, span=SOON)
    said = told(house)
    held = said[3]

    assert held is not None
    assert said == [None] * 3 + [held] * 5 + [None] * 2


def test_another_time_and_being_called_off_are_said_at_once(house: House) -> None:
    one = draft(house.db, house.bus, house.organizer, house.operator, span=SOON)
    run(house, 0)
    now = Span(minutes(1), minutes(30))
    api.change_occasion(house.db, house.bus, house.organizer, one.id, span=now, now=NOW)
    run(house, 0)
    run(house, 1)
    assert status(house, 1) is not None
    api.cancel_occasion(house.db, house.bus, house.organizer, one.id, now=minutes(2))
    run(house, 2)

    assert status(house, 2) is None
