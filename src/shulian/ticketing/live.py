"""The live channel of an occasion: server-sent events, all of its seats first.

event      data             when
snapshot   wire.SeatList    at the start, and whenever messages may have been lost: seats that are
                            not listed are free
seats      wire.SeatList    some are taken, or given back
called     wire.LineMoved   some of those in line are called: who has that number or a lower one
                            asks at once, as everyone in line does after a snapshot

A comment comes every 15 s without an event. The channel of an occasion that is cancelled goes on:
its seats are all closed. Drafts have none.
"""

import asyncio
from collections.abc import AsyncGenerator
from uuid import UUID

import msgspec
from litestar import get
from litestar.concurrency import sync_to_thread
from litestar.params import FromPath
from litestar.response import Stream

from shulian.identity.types import GUEST
from shulian.kit.errors import TooMany, Unavailable
from shulian.kit.http.edge import AnyRequest, Edge, edge_of
from shulian.kit.live import END
from shulian.ticketing import api
from shulian.ticketing.api import tidings
from shulian.ticketing.types import OccasionId, SeatState
from shulian.ticketing.wire.seats import SeatChange, SeatList

MOST_CHANNELS = 4096
"""From one address, behind which a whole congress may sit."""
_HEARTBEAT = 15.0
"""[s] of silence after which a comment is sent."""
_AGAIN = 3000
"""[ms] after which a browser opens a lost channel again."""
_BUSY = 30
"""[s] after which one who was refused may try again."""


@get("/api/live/occasions/{occasion:uuid}", include_in_schema=False)
async def seats_channel(request: AnyRequest, occasion: FromPath[UUID]) -> Stream:
    """What becomes of the seats of an occasion from now on."""
    edge, where = edge_of(request), OccasionId(occasion)
    address = request.client.host if request.client else ""
    if edge.hub.open_of(address) >= MOST_CHANNELS:
        raise TooMany(limit=MOST_CHANNELS, seconds=_BUSY)
    if edge.hub.open >= edge.channels:
        raise Unavailable(seconds=_BUSY)
    await sync_to_thread(_snapshot, edge, where)
    return Stream(
        _events(edge, where, address),
        media_type="text/event-stream",
        headers={"cache-control": "no-cache", "x-accel-buffering": "no"},
    )


async def _events(edge: Edge, occasion: OccasionId, address: str) -> AsyncGenerator[bytes]:
    # followed before the snapshot is read: what happens between the two is told twice, never not
    async with edge.hub.subscribed({tidings.topic(occasion)}, owner=address) as subscription:
        yield f"retry: {_AGAIN}\n\n".encode()
        yield _event("snapshot", await sync_to_thread(_snapshot, edge, occasion))
        while True:
            try:
                heard = await asyncio.wait_for(subscription.queue.get(), _HEARTBEAT)
            except TimeoutError:
                yield b":\n\n"
                continue
            if heard is END:
                return
            if heard is None:
                yield _event("snapshot", await sync_to_thread(_snapshot, edge, occasion))
            else:
                yield _event(heard.event, heard.data)


def _snapshot(edge: Edge, occasion: OccasionId) -> SeatList:
    """The seats of an occasion that are not free; raises OccasionUnknown."""
    with edge.transaction() as (db, _):
        found = api.occasion(db, GUEST, occasion)
        seats = api.seats(db, found.id, now=edge.clock())
    return SeatList(
        tuple(SeatChange(one.space, one.state) for one in seats if one.state is not SeatState.FREE)
    )


def _event(name: str, data: msgspec.Struct | msgspec.Raw) -> bytes:
    return b"event: " + name.encode() + b"\ndata: " + msgspec.json.encode(data) + b"\n\n"
