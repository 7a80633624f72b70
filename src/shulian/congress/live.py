"""The live channels of a draft and of searches for it: server-sent events for those who edit it.

event      data                  when
start      null                  at the start, and whenever messages may have been lost: the draft
                                 is to be read anew
moved      wire.DraftMovedView   somebody has changed the draft

What it is then is read from `/api/congresses/<id>/draft`, which asks each time who may see it.
The channel of searches has `start` alone, also whenever one is further.
A comment comes every 15 s without an event.
"""

import asyncio
from collections.abc import AsyncGenerator
from uuid import UUID

from litestar import get
from litestar.concurrency import sync_to_thread
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Stream

from shulian.congress import api
from shulian.congress.api import tidings
from shulian.congress.types import CongressId
from shulian.identity.types import Actor
from shulian.kit.errors import TooMany, Unavailable
from shulian.kit.http.edge import AnyRequest, Edge, edge_of
from shulian.kit.live import END

RequestActor = NamedDependency[Actor]
MOST_CHANNELS = 256
"""From one address: an office full of organizers."""
_HEARTBEAT = 15.0
"""[s] of silence after which a comment is sent."""
_AGAIN = 3000
"""[ms] after which a browser opens a lost channel again."""
_BUSY = 30
"""[s] after which one who was refused may try again."""
_START = b"event: start\ndata: null\n\n"


@get("/api/live/congresses/{congress:uuid}/draft", include_in_schema=False)
async def draft_channel(
    request: AnyRequest, congress: FromPath[UUID], actor: RequestActor
) -> Stream:
    """That a draft is another one, from now on; for those who may see it."""
    edge, where = edge_of(request), CongressId(congress)
    await sync_to_thread(_demand, edge, actor, where)
    return _stream(request, tidings.topic(where))


@get("/api/live/congresses/{congress:uuid}/search", include_in_schema=False)
async def search_channel(
    request: AnyRequest, congress: FromPath[UUID], actor: RequestActor
) -> Stream:
    """That a search is further, from now on; for those who make the congress."""
    edge, where = edge_of(request), CongressId(congress)
    await sync_to_thread(_demand_planner, edge, actor, where)
    return _stream(request, tidings.searches(where))


def _stream(request: AnyRequest, topic: str) -> Stream:
    edge = edge_of(request)
    address = request.client.host if request.client else ""
    if edge.hub.open_of(address) >= MOST_CHANNELS:
        raise TooMany(limit=MOST_CHANNELS, seconds=_BUSY)
    if edge.hub.open >= edge.channels:
        raise Unavailable(seconds=_BUSY)
    return Stream(
        _events(edge, topic, address),
        media_type="text/event-stream",
        headers={"cache-control": "no-cache", "x-accel-buffering": "no"},
    )


async def _events(edge: Edge, topic: str, address: str) -> AsyncGenerator[bytes]:
    async with edge.hub.subscribed({topic}, owner=address) as subscription:
        yield f"retry: {_AGAIN}\n\n".encode() + _START
        while True:
            try:
                heard = await asyncio.wait_for(subscription.queue.get(), _HEARTBEAT)
            except TimeoutError:
                yield b":\n\n"
                continue
            if heard is END:
                return
            if heard is None:
                yield _START
            else:
                yield b"event: moved\ndata: " + bytes(heard.data) + b"\n\n"


def _demand(edge: Edge, actor: Actor, congress: CongressId) -> None:
    """Raise what `api.draft` raises for who may not see it."""
    with edge.transaction() as (db, _):
        api.draft(db, actor, congress, now=edge.clock())


def _demand_planner(edge: Edge, actor: Actor, congress: CongressId) -> None:
    """Raise what `api.newest_solve` raises for who does not make it."""
    with edge.transaction() as (db, _):
        api.newest_solve(db, actor, congress)
