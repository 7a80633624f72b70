"""What tests of the ledger are built from: resources, claims, a plain day."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from tests.identity.accounts import COMMAND

from shulian.booking import api
from shulian.booking.types import NOBODY, Audience, Booking, Claim, Holder, Resource, Span
from shulian.kit.bus import Bus
from shulian.kit.db import Db
from shulian.kit.text import Text

NOW = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)
DAY = datetime(2026, 12, 1, tzinfo=UTC)


def hours(start: float, end: float | None) -> Span:
    """From `start` to `end` o'clock on the day."""
    return Span(DAY + timedelta(hours=start), None if end is None else DAY + timedelta(hours=end))


def resource(
    db: Db, capacity: int = 1, audience: Audience = Audience.FEATURES, name: str = "room"
) -> Resource:
    """An allowance that can be booked."""
    return api.add_resource(
        db, COMMAND, name=Text(en=name), capacity=capacity, audience=audience, now=NOW
    )


def claim(one: Resource, start: float, end: float | None, units: int = 1) -> Claim:
    """So much of a resource between two hours of the day."""
    return Claim(one.id, hours(start, end), units)


def take(
    db: Db,
    bus: Bus,
    *wanted: Claim,
    holder: Holder = NOBODY,
    expires: datetime | None = None,
    key: str | None = None,
    now: datetime = NOW,
) -> Booking:
    """Take what is wanted, for a feature of the tests."""
    return api.take(
        db, bus, wanted, source="tests", holder=holder, expires=expires, key=key, now=now
    )


def spans(found: Sequence[Span]) -> list[tuple[float, float | None]]:
    """Hours of the day."""
    return [(hour(one.start), None if one.end is None else hour(one.end)) for one in found]


def hour(at: datetime) -> float:
    """Hours since the day began."""
    return (at - DAY) / timedelta(hours=1)
