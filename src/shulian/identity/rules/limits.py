"""How long the next try must wait where one may guess: some are free, then the wait doubles."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address
from math import ceil

from shulian.identity.types import Tries
from shulian.kit.errors import TooMany

_MOST_DOUBLINGS = 20


@dataclass(frozen=True, slots=True)
class Limit:
    """How many tries are free, and how the waits grow after them."""

    free: int
    first: timedelta
    """The wait after the last free try; it doubles with each further one."""
    longest: timedelta
    forget: timedelta
    """How long after the last try all of them are forgotten."""


ACCOUNT = Limit(
    free=5,
    first=timedelta(seconds=15),
    longest=timedelta(minutes=5),
    forget=timedelta(days=1),
)
"""Wrong passwords for one account: at most about 300 guesses a day, while its owner, who is shut
out by the same wait, never waits longer than five minutes."""

ADDRESS = Limit(
    free=30,
    first=timedelta(seconds=5),
    longest=timedelta(minutes=15),
    forget=timedelta(hours=6),
)
"""Wrong passwords from one network address, behind which a whole office may sit."""

SIGN_UP = Limit(
    free=10,
    first=timedelta(seconds=30),
    longest=timedelta(hours=1),
    forget=timedelta(days=1),
)
"""New accounts from one network address."""

LONGEST_MEMORY = max(limit.forget for limit in (ACCOUNT, ADDRESS, SIGN_UP))


def admit(limit: Limit, tries: Tries, now: datetime) -> Tries:
    """The tries with one more at `now`; raises TooMany while the wait of the last one lasts."""
    if now < tries.until:
        raise TooMany(seconds=ceil((tries.until - now).total_seconds()))
    made = 1 if now - tries.last > limit.forget else tries.made + 1
    return Tries(made, now + wait_after(limit, made), now)


def forgive(tries: Tries, now: datetime) -> Tries:
    """The tries without the last one, which turned out to be right."""
    return replace(tries, made=max(0, tries.made - 1), until=now)


def wait_after(limit: Limit, made: int) -> timedelta:
    """How long one must wait after try number `made`."""
    if made < limit.free:
        return timedelta(0)
    return min(limit.first * 2 ** min(made - limit.free, _MOST_DOUBLINGS), limit.longest)


def network_of(address: str) -> str:
    """What one household or office holds of the network: an IPv4 address, or an IPv6 /64."""
    try:
        ip = ip_address(address)
    except ValueError:
        return "unknown"
    if not isinstance(ip, IPv6Address):
        return str(ip)
    if ip.ipv4_mapped:
        return str(ip.ipv4_mapped)
    return f"{IPv6Address(int(ip) >> 64 << 64)}/64"
