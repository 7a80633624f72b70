"""Ids sort by birth and are UUIDs of version 7."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from shulian.kit.ids import new_id

INSTANTS = st.datetimes(datetime(1970, 1, 2), datetime(2999, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


@given(INSTANTS)
def test_is_a_version_7_uuid_of_its_instant(now: datetime) -> None:
    made = new_id(now)

    assert (made.version, made.variant) == (7, UUID(int=0x80 << 56).variant)
    assert made.int >> 80 == int(now.timestamp() * 1000)


@given(INSTANTS, st.integers(1, 10**9))
def test_a_later_one_sorts_behind(now: datetime, milliseconds: int) -> None:
    assert new_id(now) < new_id(now + timedelta(milliseconds=milliseconds))


def test_two_of_one_instant_differ() -> None:
    now = datetime(2026, 11, 22, tzinfo=UTC)

    assert new_id(now) != new_id(now)
