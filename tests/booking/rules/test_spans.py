"""What a local time means where clocks are put forward and back."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis.strategies import datetimes, sampled_from
from tests.identity.accounts import NOWHERE

from shulian.booking.rules.spans import instant, is_twice, longer
from shulian.booking.types import Claim, ResourceId, Span

SHANGHAI, BERLIN = ZoneInfo("Asia/Shanghai"), ZoneInfo("Europe/Berlin")
START = datetime(2026, 12, 1, tzinfo=UTC)


def local(text: str, fold: int = 0) -> datetime:
    """What a clock shows."""
    return datetime.fromisoformat(text).replace(fold=fold)


@pytest.mark.parametrize(
    ("told", "zone", "shown"),
    [
        (local("2026-12-01T09:00"), SHANGHAI, datetime(2026, 12, 1, 1, tzinfo=UTC)),
        (local("2026-03-29T01:59"), BERLIN, datetime(2026, 3, 29, 0, 59, tzinfo=UTC)),
        (local("2026-03-29T02:30"), BERLIN, None),
        (local("2026-03-29T03:00"), BERLIN, datetime(2026, 3, 29, 1, tzinfo=UTC)),
        (local("2026-10-25T02:30"), BERLIN, datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        (local("2026-10-25T02:30", fold=1), BERLIN, datetime(2026, 10, 25, 1, 30, tzinfo=UTC)),
    ],
)
def test_a_local_time_is_an_instant_or_none(
    told: datetime, zone: ZoneInfo, shown: datetime | None
) -> None:
    assert instant(told, zone) == shown


@pytest.mark.parametrize(
    ("told", "twice"),
    [
        (local("2026-10-25T01:59"), False),
        (local("2026-10-25T02:30"), True),
        (local("2026-10-25T03:00"), False),
        (local("2026-03-29T02:30"), False),
    ],
)
def test_an_hour_comes_twice_where_clocks_are_put_back(told: datetime, *, twice: bool) -> None:
    assert is_twice(told, BERLIN) is twice


@given(
    shown=datetimes(local("2000-01-01"), local("2100-01-01")),
    zone=sampled_from(["Asia/Shanghai", "Europe/Berlin", "America/Havana", "Australia/Lord_Howe"]),
)
def test_a_clock_shows_the_time_at_its_instant(shown: datetime, zone: str) -> None:
    clock = ZoneInfo(zone)
    found = instant(shown, clock)

    assert found is None or found.astimezone(clock).replace(tzinfo=None) == shown


def test_claims_are_longer_unless_they_have_no_end() -> None:
    resource, hour = ResourceId(NOWHERE), timedelta(hours=1)
    short, endless = Claim(resource, Span(START, START + hour)), Claim(resource, Span(START, None))

    assert longer([short, endless], hour) == (
        Claim(resource, Span(START, START + 2 * hour)),
        endless,
    )
