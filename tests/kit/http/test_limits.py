"""How often one address may call."""

from datetime import UTC, datetime, timedelta

import pytest

from shulian.kit.errors import TooMany
from shulian.kit.http.limits import Calls, network_of

NOW = datetime(2026, 11, 22, 9, 0, 59, 200_000, tzinfo=UTC)


def test_each_address_has_its_own_count() -> None:
    calls = Calls(1, lambda: NOW)
    calls.count("192.0.2.1")
    calls.count("192.0.2.2")

    with pytest.raises(TooMany) as told:
        calls.count("192.0.2.1")

    assert dict(told.value.params) == {"seconds": 1}


def test_a_new_minute_forgets() -> None:
    instants = [NOW]
    calls = Calls(1, lambda: instants[-1])
    calls.count("192.0.2.1")
    instants.append(NOW + timedelta(seconds=1))

    calls.count("192.0.2.1")


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::9", "2001:db8:1:3::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("", ""),
        ("a:b", "a:b"),
    ],
)
def test_an_ipv6_network_counts_as_one(address: str, network: str) -> None:
    assert network_of(address) == network
