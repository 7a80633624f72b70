"""Many clients race over HTTP for the same seats."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from time import perf_counter
from uuid import UUID

from booking.clients import CREATED, Client
from booking.fleet import Fleet
from booking.ledger import oversold
from shulian.kit.db import Database

RIVALS = 3
"""Clients that want each seat."""


@dataclass(frozen=True, slots=True)
class Race:
    """What came of it."""

    answers: Counter[int]
    """By their status; 0: none."""
    sold: int
    """Seats that somebody was told to have."""
    double: int
    """Seats that two were told to have, and pairs of claims that share one."""
    p50_ms: float
    p99_ms: float
    seconds: float

    @property
    def tries(self) -> int:
        """How often something was asked for."""
        return self.answers.total()


async def race(fleet: Fleet, cookies: Sequence[str], seats: Sequence[UUID]) -> Race:
    """Let each client try seats one after the other, so that some want each at the same time."""
    begins = (datetime.now(UTC) + timedelta(days=20)).replace(minute=0)  # noqa: TID251  # an edge
    ends = begins + timedelta(hours=3)
    winners: Counter[UUID] = Counter()
    answers: Counter[int] = Counter()
    times: list[float] = []

    async def run(number: int, cookie: str) -> None:
        client = Client(fleet.ports[number % len(fleet.ports)], cookie)
        group, groups = number // RIVALS, -(-len(cookies) // RIVALS)
        for seat in seats[group::groups]:
            claim = {
                "resource": str(seat),
                "start": begins.isoformat(),
                "end": ends.isoformat(),
            }
            body = {"claims": [claim], "title": "race"}
            found = await client.ask("POST", "/api/bookings", body)
            answers[found.status] += 1
            times.append(found.seconds)
            winners[seat] += found.status == CREATED
        client.close()

    began = perf_counter()
    await asyncio.gather(*(run(number, cookie) for number, cookie in enumerate(cookies)))
    seconds = perf_counter() - began
    with closing(Database(fleet.url, pool=1)) as database, database.transaction() as db:
        pairs = oversold(db)
    times.sort()
    return Race(
        answers=answers,
        sold=sum(count > 0 for count in winners.values()),
        double=sum(count > 1 for count in winners.values()) + pairs,
        p50_ms=times[len(times) // 2] * 1000,
        p99_ms=times[int(len(times) * 0.99)] * 1000,
        seconds=seconds,
    )
