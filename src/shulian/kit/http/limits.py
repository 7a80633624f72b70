"""How often one address may call: a count a minute, in this process."""

from collections import Counter
from collections.abc import Sequence
from ipaddress import IPv6Address, IPv6Network
from math import ceil
from re import compile as compile_pattern

from litestar.types import ASGIApp, Receive, Scope, Send

from shulian.kit.clock import Clock
from shulian.kit.errors import TooMany

_MINUTE = 60.0
_NETWORK = 64
"""Bits of an IPv6 address that name a network: whoever has one, has all the addresses in it."""


class Calls:
    """How often each address has called within this minute."""

    def __init__(self, most: int, clock: Clock) -> None:
        """Accept `most` calls a minute from each address."""
        self._most = most
        self._clock = clock
        self._minute = 0
        self._counts: Counter[str] = Counter()

    def count(self, address: str) -> None:
        """Note a call; raises TooMany, which says when the next minute begins."""
        now = self._clock().timestamp()
        minute = int(now // _MINUTE)
        if minute != self._minute:
            self._minute, self._counts = minute, Counter()
        who = network_of(address)
        self._counts[who] += 1
        if self._counts[who] > self._most:
            raise TooMany(seconds=max(1, ceil(_MINUTE - now % _MINUTE)))


class CallGuard:
    """Refuses the calls of an address that calls too often."""

    def __init__(self, app: ASGIApp, calls: Calls, uncounted: Sequence[str]) -> None:
        """Guard `app`; paths that begin like one of `uncounted`, patterns, are not counted."""
        self.app = app
        self._calls = calls
        self._uncounted = compile_pattern("|".join(uncounted) or "(?!)")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Count the call, then let it pass."""
        if scope["type"] == "http" and not self._uncounted.match(scope["path"]):
            self._calls.count(scope["client"][0] if scope["client"] else "")
        await self.app(scope, receive, send)


def network_of(address: str) -> str:
    """Who calls: an IPv4 address itself, of an IPv6 address its network."""
    try:
        told = IPv6Address(address)
    except ValueError:
        return address
    return str(told.ipv4_mapped or IPv6Network((told.packed, _NETWORK), strict=False))
