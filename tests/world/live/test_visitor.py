"""The client in Python against a server by other hands that says what a test wants."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from http import HTTPStatus
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pytest
from tests.world.live.little import ZONE, tell, welcome
from websockets import Response
from websockets.asyncio.server import ServerConnection, serve
from websockets.datastructures import Headers
from websockets.typing import Subprotocol

from shulian.kit.text import Text
from shulian.world.live.ports import Close
from shulian.world.live.visitor import Refused, SnapshotReader, Visitor, read_snapshot, write_move
from shulian.world.rules.snapshots import BITMAP, HEADER, RECORD, STEP
from shulian.world.types import Gait, Gesture, Scope, Stand, VisitorKey
from shulian.world.wire.frames import SNAPSHOT_MOVED, SNAPSHOT_STEPS, SNAPSHOT_WHOLE, SUBPROTOCOL
from shulian.world.wire.messages import (
    Ended,
    MessageView,
    Moved,
    News,
    Said,
)

KEY = VisitorKey("b-1")
AT = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)

Script = Callable[[ServerConnection], Awaitable[None]]


def _said(number: int) -> MessageView:
    return MessageView(number, AT, ZONE, Scope.ZONE, KEY, "One", "你好")


class Served:
    """A server that plays one script after the other, a connection each."""

    def __init__(self, scripts: Sequence[Script]) -> None:
        self.asked: list[dict[str, str]] = []
        self.port = 0
        self._scripts = iter(scripts)

    async def __call__(self, connection: ServerConnection) -> None:
        assert connection.request
        query = parse_qs(urlsplit(connection.request.path).query)
        self.asked.append({name: values[0] for name, values in query.items()})
        script = next(self._scripts, None)
        if script is None:
            await connection.close(Close.REMOVED)  # nothing more was meant to come
        else:
            await script(connection)

    @property
    def url(self) -> str:
        return f"ws://127.0.0.1:{self.port}/world"


@asynccontextmanager
async def _serving(*scripts: Script):  # noqa: ANN202  # a context
    served = Served(scripts)
    protocols = [Subprotocol(SUBPROTOCOL)]
    async with serve(served, "127.0.0.1", 0, subprotocols=protocols, compression=None) as server:
        served.port = next(iter(server.sockets)).getsockname()[1]
        yield served


def test_a_move_is_sixteen_bytes_and_rounds_to_the_nearest_centimetre() -> None:
    frame = write_move(Stand(1.234, -5.678, 0.5, 359.999), Gait.WALK, Gesture.WAVE)

    assert frame.hex() == "0109" + "0000" + "7b000000" + "c8fdffff" + "32000000"


def test_a_snapshot_is_read_in_metres_and_degrees() -> None:
    header = np.array([(SNAPSHOT_WHOLE, 20, 9, 1, -1, 1)], HEADER)
    record = np.array([(7, 150, 25_600, -50, 16_384, 9, 3)], RECORD)

    told = read_snapshot(header.tobytes() + record.tobytes())

    assert (told.whole, told.tick) == (True, 9)
    assert (told.slot.tolist(), told.place.tolist()) == ([7], [[257.5, 0.0, -1.0]])
    assert (told.heading.tolist(), told.posture.tolist(), told.age.tolist()) == ([90.0], [9], [3])


def _steps(bits: int, *steps: tuple[int, int, int]) -> bytes:
    header = np.array([(SNAPSHOT_STEPS, 20, 10, 0, 0, 0)], HEADER)
    bitmap = np.array([(0, 1)], BITMAP).tobytes() + bits.to_bytes(2, "little")
    return header.tobytes() + bitmap + np.array(list(steps), STEP).tobytes()


def test_steps_are_read_from_where_one_was_told_to_be() -> None:
    header = np.array([(SNAPSHOT_WHOLE, 20, 9, 1, -1, 1)], HEADER)
    record = np.array([(7, 150, 25_600, -50, 16_384, 9, 3)], RECORD)
    reader = SnapshotReader()
    reader.read(header.tobytes() + record.tobytes())

    told = reader.read(_steps(1 << 7 | 1 << 8, (50, -25, 32_768), (1, 1, 1)))

    assert (told.whole, told.tick) == (False, 10)
    assert (told.slot.tolist(), told.place.tolist()) == ([7], [[258.0, -0.25, -1.0]])
    assert (told.heading.tolist(), told.posture.tolist(), told.age.tolist()) == ([180.0], [9], [0])


def test_whoever_is_out_of_sight_takes_no_step() -> None:
    record = np.array([(7, 150, 25_600, -50, 16_384, 9, 3)], RECORD).tobytes()
    reader = SnapshotReader()
    reader.read(np.array([(SNAPSHOT_MOVED, 20, 9, 1, -1, 1)], HEADER).tobytes() + record)
    reader.read(np.array([(SNAPSHOT_WHOLE, 20, 9, 1, -1, 0)], HEADER).tobytes())

    assert reader.read(_steps(1 << 7, (50, -25, 32_768))).slot.tolist() == []


def test_half_a_snapshot_is_refused() -> None:
    header = np.array([(SNAPSHOT_MOVED, 20, 9, 0, 0, 2)], HEADER)

    with pytest.raises(ValueError, match="buffer"):
        read_snapshot(header.tobytes())


def test_a_lost_link_is_taken_up_with_the_session_and_the_last_message() -> None:
    async def first(to: ServerConnection) -> None:
        await tell(to, welcome("s1", _said(3), _said(4)), Said(_said(9), 7))
        to.transport.abort()

    async def second(to: ServerConnection) -> None:
        await tell(to, welcome("s2"))
        await to.close(Close.LEFT)

    async def lives() -> tuple[Served, list[News]]:
        heard: list[News] = []
        async with _serving(first, second) as served:
            await Visitor(served.url, lambda: "t1", hear=heard.append).stay()
        return served, heard

    served, heard = asyncio.run(lives())

    assert served.asked == [{"ticket": "t1"}, {"resume": "s1", "last": "9"}]
    assert [type(one).__name__ for one in heard] == ["Welcome", "Said", "Welcome"]


def test_one_follows_to_another_server() -> None:
    async def second(to: ServerConnection) -> None:
        await tell(to, welcome("s2"), Ended("closed", Text(), again=False))
        await to.close(Close.GONE)

    async def lives() -> list[list[dict[str, str]]]:
        async with _serving(second) as there:

            async def first(to: ServerConnection) -> None:
                await tell(to, welcome("s1"), Moved(there.url, "over"))
                await to.close(Close.MOVED)

            async with _serving(first) as here:
                await Visitor(here.url, lambda: "t1").stay()
            return [here.asked, there.asked]

    assert asyncio.run(lives()) == [[{"ticket": "t1"}], [{"resume": "over", "last": "0"}]]


def test_who_was_removed_does_not_come_back() -> None:
    async def only(to: ServerConnection) -> None:
        await tell(to, welcome("s1"))
        await to.close(Close.REMOVED)

    async def lives() -> tuple[int, bool, int]:
        async with _serving(only) as served:
            visitor = Visitor(served.url, lambda: "t1")
            await visitor.stay()
            return len(served.asked), visitor.here, visitor.code

    assert asyncio.run(lives()) == (1, False, Close.REMOVED)


def test_what_one_does_arrives_and_a_leave_ends_it() -> None:
    got: list[object] = []

    async def only(to: ServerConnection) -> None:
        await tell(to, welcome("s1"))
        async for message in to:
            got.append(message)  # noqa: PERF401  # whatever came before the end counts

    async def lives() -> None:
        async with _serving(only) as served:
            visitor: Visitor

            def hear(_news: News) -> None:
                visitor.move(Stand(0, 0, 0, 0), Gait.STILL)
                visitor.leave()

            visitor = Visitor(served.url, lambda: "t1", hear=hear)
            await visitor.stay()

    asyncio.run(lives())

    assert got == [bytes([1]) + bytes(15), '{"type":"leave"}']


def test_a_refusal_tells_its_status_and_a_lost_place_is_asked_for_no_more() -> None:
    def refuse(_connection: ServerConnection, _request: object) -> Response:
        return Response(HTTPStatus.FORBIDDEN, "no", Headers({"Content-Length": "0"}))

    async def lives() -> tuple[int, str]:
        async with serve(lambda _: asyncio.sleep(0), "127.0.0.1", 0, process_request=refuse) as it:
            port = next(iter(it.sockets)).getsockname()[1]
            visitor = Visitor(f"ws://127.0.0.1:{port}/world", lambda: "t1")
            visitor.session = "old"
            with pytest.raises(Refused) as refused:
                await visitor.connect()
            return refused.value.status, visitor.session

    assert asyncio.run(lives()) == (403, "")


def test_where_nobody_listens_one_is_refused_without_a_status() -> None:
    async def lives() -> int:
        with pytest.raises(Refused) as refused:
            await Visitor("ws://127.0.0.1:9/world", lambda: "t1").connect()
        return refused.value.status

    assert asyncio.run(lives()) == 0
