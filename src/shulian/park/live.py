"""The live channel of a park: server-sent events, the whole of its statuses first.

event      data                 when
snapshot   wire.LiveList        at the start, and whenever messages may have been lost
status     wire.LiveView        what people see that a space is now has changed
tileset    wire.TilesetChanged  the scene was built anew
progress   wire.ProgressView    the scene is being built

A status counts until its `until` and nothing is said when that passes: who shows it drops it, and
asks `/api/parks/{park}/live` what was behind it. A comment comes every 15 s without an event, so
that neither side takes a silent channel for a dead one. The channel of a park that is removed ends.
"""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import suppress

import msgspec
from litestar import get
from litestar.concurrency import sync_to_thread
from litestar.params import FromQuery
from litestar.response import Stream

from shulian.kit import progress
from shulian.kit.http.edge import AnyRequest, Edge, edge_of
from shulian.kit.live import END, Announcement
from shulian.park import api
from shulian.park.errors import ChannelsFull, ChannelsTooMany, ParkUnknown
from shulian.park.types import SpaceId
from shulian.park.wire import LiveList, ProgressView, live_list

MOST_CHANNELS = 4096
"""From one address, behind which a whole congress may sit."""

_HEARTBEAT = 15.0
"""[s] of silence after which a comment is sent."""
_AGAIN = 3000
"""[ms] after which a browser opens a lost channel again."""
_BUSY = 30
"""[s] after which one who was refused may try again."""


@get("/api/live", include_in_schema=False)
async def live_channel(request: AnyRequest, park: FromQuery[str]) -> Stream:
    """Everything that happens in a park from now on."""
    edge = edge_of(request)
    address = request.client.host if request.client else ""
    if edge.hub.open_of(address) >= MOST_CHANNELS:
        raise ChannelsTooMany(limit=MOST_CHANNELS, seconds=_BUSY)
    if edge.hub.open >= edge.channels:
        raise ChannelsFull(limit=edge.channels, seconds=_BUSY)
    await sync_to_thread(_snapshot, edge, SpaceId(park))
    return Stream(
        _events(edge, SpaceId(park), address),
        media_type="text/event-stream",
        headers={"cache-control": "no-cache", "x-accel-buffering": "no"},
    )


async def _events(edge: Edge, park: SpaceId, address: str) -> AsyncGenerator[bytes]:
    # followed before the snapshot is read: what happens between the two is told twice, never not
    topics = {api.topic(park), progress.TOPIC}
    async with edge.hub.subscribed(topics, owner=address) as subscription:
        yield f"retry: {_AGAIN}\n\n".encode()
        with suppress(ParkUnknown):
            yield _event("snapshot", await sync_to_thread(_snapshot, edge, park))
            while True:
                try:
                    heard = await asyncio.wait_for(subscription.queue.get(), _HEARTBEAT)
                except TimeoutError:
                    yield b":\n\n"
                    continue
                if heard is END:
                    return
                if heard is None:
                    yield _event("snapshot", await sync_to_thread(_snapshot, edge, park))
                elif heard.topic != progress.TOPIC:
                    yield _event(heard.event, heard.data)
                elif (view := _progress(edge, park, heard)) is not None:
                    yield _event("progress", view)


def _snapshot(edge: Edge, park: SpaceId) -> LiveList:
    """What the spaces of `park` are now; raises ParkUnknown."""
    with edge.transaction() as (db, _):
        return live_list(api.statuses(db, park, now=edge.clock()))


def _progress(edge: Edge, park: SpaceId, heard: Announcement) -> ProgressView | None:
    """The progress of the building of the scene of `park`; none of any other work."""
    told = msgspec.json.decode(heard.data, type=progress.Progress)
    if told.work != api.tiles_work(park):
        return None
    key = f"error.{told.failure}" if told.failure else told.stage
    words = edge.catalogue.text(key)
    return ProgressView(told.work, told.done, told.total, words, told.failure is not None)


def _event(name: str, data: msgspec.Struct | msgspec.Raw) -> bytes:
    return b"event: " + name.encode() + b"\ndata: " + msgspec.json.encode(data) + b"\n\n"
