"""Who gets through the door of the world, by both lanes."""

from contextlib import AsyncExitStack

import pytest
from tests.world.live.sockets.company import STAGES, masked, request, run, world

from shulian.world.live.ports import Denied, Knock
from shulian.world.live.sockets.framing import Opcode
from shulian.world.wire.frames import SUBPROTOCOL


@pytest.fixture(params=STAGES)
def stage(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_a_good_handshake_is_completed(stage: str) -> None:
    async def test() -> None:
        async with world(stage) as here, here.visit() as client:
            assert client.subprotocol == SUBPROTOCOL
            await here.inn.event("opened", 0)
            assert here.inn.knocks == [Knock({"ticket": "abc"}, "127.0.0.1")]
            assert here.server.counters.connected == 1

    run(test())


@pytest.mark.parametrize(
    ("sent", "status", "code"),
    [
        (request("/elsewhere"), 404, "path"),
        (request(method="POST"), 405, "method"),
        (request(without="Upgrade"), 426, "websocket"),
        (request(without="Connection"), 426, "websocket"),
        (request(Sec_WebSocket_Version="12"), 400, "websocket"),
        (request(without="Sec-WebSocket-Key"), 400, "websocket"),
        (request(Sec_WebSocket_Key="no"), 400, "websocket"),
        (request(Sec_WebSocket_Key="==== "), 400, "websocket"),
        (request(without="Sec-WebSocket-Protocol"), 400, "protocol"),
        (request(Sec_WebSocket_Protocol="shulian.world.0"), 400, "protocol"),
        (request(Content_Length="5"), 400, "body"),
        (request(Transfer_Encoding="chunked"), 400, "body"),
        (b"\x00\xff\r\n\r\n", 400, "request"),
        (b"GET /world HTTP/1.0\r\n\r\n", 400, "request"),
        (b"GET //[ HTTP/1.1\r\n\r\n", 400, "request"),
        (b"GET /world HTTP/1.1\r\nno colon\r\n\r\n", 400, "request"),
        (request("/world?" + "&".join("abcdefghijklmnopq")), 400, "request"),
        (b"GET /" + b"a" * 9000, 431, "long"),
    ],
)
def test_a_bad_handshake_is_refused(stage: str, sent: bytes, status: int, code: str) -> None:
    async def test() -> None:
        async with world(stage) as here, here.raw() as guest:
            await guest.send(sent)
            head, body = (await guest.rest()).split(b"\r\n\r\n")
            assert head.startswith(f"HTTP/1.1 {status} ".encode())
            assert body == f'{{"code": "{code}"}}'.encode()
            assert here.inn.knocks == []
            assert here.server.counters.refused == {code: 1}

    run(test())


@pytest.mark.parametrize(("status", "code"), [(401, "ticket"), (403, "banned"), (503, "full")])
def test_the_house_refuses_whom_it_likes(stage: str, status: int, code: str) -> None:
    async def test() -> None:
        async with world(stage) as here, here.raw() as guest:
            here.inn.answer = Denied(status, code)
            await guest.send(request())
            head, body = (await guest.rest()).split(b"\r\n\r\n")
            assert head.startswith(f"HTTP/1.1 {status} ".encode())
            assert body == f'{{"code": "{code}"}}'.encode()
            assert here.inn.events == []

    run(test())


def test_a_slot_that_has_a_connection_takes_no_other(stage: str) -> None:
    async def test() -> None:
        async with world(stage, slots=8) as here, here.guest(), here.raw() as guest:
            here.inn.answer = 0
            await guest.send(request())
            assert (await guest.rest()).endswith(b'{"code": "taken"}')

    run(test())


def test_a_handshake_may_come_byte_by_byte(stage: str) -> None:
    async def test() -> None:
        async with world(stage) as here, here.raw() as guest:
            for place in range(len(request())):
                await guest.send(request()[place : place + 1])
            assert (await guest.head()).startswith(b"HTTP/1.1 101 ")

    run(test())


def test_frames_may_come_together_with_the_handshake(stage: str) -> None:
    async def test() -> None:
        async with world(stage) as here, here.raw() as guest:
            await guest.send(request() + masked(Opcode.TEXT, b"in a hurry"))
            assert await here.inn.event("heard", 0) == b"in a hurry"

    run(test())


def test_who_takes_too_long_is_turned_away(stage: str) -> None:
    async def test() -> None:
        async with world(stage) as here, here.raw() as guest:
            await guest.send(request()[:-1])
            await here.inn.until(lambda: here.server.counters.accepted == 1)
            here.watch.ahead += 6
            assert (await guest.rest()).startswith(b"HTTP/1.1 408 ")
            assert here.server.counters.timeouts == 1

    run(test())


def test_who_hangs_up_in_the_door_is_forgotten(stage: str) -> None:
    async def test() -> None:
        async with world(stage, guests=1) as here:
            async with here.raw() as guest:
                await guest.send(request()[:20])
                await here.inn.until(lambda: here.server.counters.guests == 1)
            await here.inn.until(lambda: here.server.counters.guests == 0)
            async with here.visit() as client:
                assert client.subprotocol == SUBPROTOCOL

    run(test())


def test_when_too_many_stand_in_the_door_the_next_are_refused(stage: str) -> None:
    async def test() -> None:
        async with world(stage, guests=4) as here, AsyncExitStack() as crowd:
            guests = [await crowd.enter_async_context(here.raw()) for _ in range(12)]
            await here.inn.until(lambda: here.server.counters.accepted == 12)
            for guest in guests[4:]:
                assert (await guest.rest()).endswith(b'{"code": "busy"}')
            await guests[0].send(request())
            assert (await guests[0].head()).startswith(b"HTTP/1.1 101 ")
            assert here.server.counters.refused == {"busy": 8}

    run(test())


def test_it_says_that_it_lives_and_what_it_counted(stage: str) -> None:
    async def test() -> None:
        async with world(stage) as here, here.raw() as first, here.raw() as second:
            await first.send(b"GET /healthz HTTP/1.1\r\n\r\n")
            await second.send(b"GET /metrics HTTP/1.1\r\n\r\n")
            assert (await first.rest()).endswith(b"\r\n\r\nok\n")
            assert b"\nshulian_world_sockets_accepted 2\n" in await second.rest()

    run(test())


def test_its_figures_are_not_told_through_a_proxy(stage: str) -> None:
    async def test() -> None:
        async with world(stage) as here, here.raw() as proxied:
            await proxied.send(b"GET /metrics HTTP/1.1\r\nX-Forwarded-For: 192.0.2.1\r\n\r\n")
            assert (await proxied.rest()).startswith(b"HTTP/1.1 404 ")

    run(test())
