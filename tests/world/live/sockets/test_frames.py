"""Frames that are as they should be, by both lanes."""

import asyncio
from contextlib import AsyncExitStack

import pytest
from tests.world.live.sockets.company import STAGES, World, masked, move, run, world
from websockets.asyncio.client import ClientConnection

from shulian.world.live.ports import Close
from shulian.world.live.sockets.framing import Opcode
from shulian.world.live.visitor import SnapshotReader
from shulian.world.rules.motion import Why
from shulian.world.rules.snapshots import unpack
from shulian.world.rules.walls import lay_walls
from shulian.world.wire.frames import SNAPSHOT_STEPS, SNAPSHOT_WHOLE


@pytest.fixture(params=STAGES)
def stage(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def closes(world: World, slot: int, text: bytes) -> None:
    """Answers `bye` by ending the connection, everything else by saying it again."""
    if text == b"bye":
        world.server.tell(slot, b"farewell")
        world.server.drop(slot, Close.REMOVED)
    else:
        world.server.tell(slot, text)


def echo(world: World) -> None:
    world.inn.hear = lambda slot, text: closes(world, slot, text)


async def place_of(client: ClientConnection, slot: int, *, kind: int = SNAPSHOT_WHOLE) -> list[int]:
    """Where the next snapshot of a kind that names somebody has them."""
    while True:
        message = await client.recv()
        if isinstance(message, bytes):
            header, records, places = unpack(message)
            found = places[records["slot"] == slot].tolist()
            if header["kind"] == kind and found:
                return found[0]


def test_one_sees_another_move(stage: str) -> None:
    async def test() -> None:
        async with world(stage) as here, here.visit() as walker, here.visit() as other:
            await walker.send(move(10, 20, 30))
            while await place_of(other, 0) != [10, 20, 30]:
                pass
            assert here.inn.crowd.place[0].tolist() == [10, 20, 30]
            assert await here.inn.event("meet", 0) == [1]
            assert await here.inn.event("meet", 1) == [0]
            assert here.server.counters.moves == 1

    run(test())


def test_nobody_is_named_before_they_are_introduced(stage: str) -> None:
    async def test() -> None:
        async with world(stage) as here, here.guest() as first, here.guest():
            here.inn.introduce = lambda slot: here.server.tell(slot, b"met")
            while True:
                opcode, payload = await first.frame()
                if opcode == Opcode.BINARY and unpack(payload)[0]["count"]:
                    pytest.fail("named before they were met")
                if opcode == Opcode.TEXT:
                    break
            assert unpack(await first.said(Opcode.BINARY))[1]["slot"].tolist() == [1]

    run(test())


def test_who_is_hidden_is_neither_met_nor_shown(stage: str) -> None:
    async def test() -> None:
        async with world(stage) as here, here.visit() as client:
            await here.inn.event("opened", 0)
            here.inn.welcome = lambda slot: here.server.set_hidden(0, [1]) if slot == 1 else None
            async with here.visit() as second, here.visit() as third:
                await second.send(move(90))
                assert await place_of(third, 1) == [90, 0, 0]
                assert await place_of(client, 2) == [200, 0, 0]
                assert [1] not in here.inn.all("meet", 0)

    run(test())


def test_a_wall_and_too_long_a_way_are_refused(stage: str) -> None:
    async def test() -> None:
        walls = lay_walls([[[1, -5], [1, 5]]], [0], [3])
        async with world(stage, walls=walls) as here, here.visit() as first, here.visit() as second:
            await first.send(move(150))
            await second.send(move(100_000))
            assert await here.inn.event("strayed", 0) == Why.WALL
            assert await here.inn.event("strayed", 1) == Why.SPEED
            assert here.inn.crowd.place[:2, 0].tolist() == [0, 100]
            assert here.server.counters.strayed == {"wall": 1, "speed": 1}

    run(test())


@pytest.mark.parametrize("far", [2**31 - 1, -(2**31)])
def test_places_that_do_not_exist_are_refused(stage: str, far: int) -> None:
    async def test() -> None:
        async with world(stage) as here, here.visit() as client:
            await client.send(move(far, far, far))
            assert await here.inn.event("strayed", 0) == Why.OUTSIDE

    run(test())


def test_texts_come_in_order_both_ways(stage: str) -> None:
    async def test() -> None:
        texts = [f"{number} 你好 {'x' * number}" for number in range(150)]
        async with world(stage) as here, here.visit() as client:
            echo(here)
            for text in texts:
                await client.send(text)
            heard: list[str] = []
            while len(heard) < len(texts):
                message = await client.recv()
                heard += [message] if isinstance(message, str) else []
            assert heard == texts

    run(test())


@pytest.mark.parametrize("size", [0, 1, 125, 126, 127, 4096])
def test_messages_of_every_length_are_heard(stage: str, size: int) -> None:
    async def test() -> None:
        async with world(stage) as here, here.guest() as guest:
            echo(here)
            await guest.send(masked(Opcode.TEXT, b"a" * size))
            assert await guest.said(Opcode.TEXT) == b"a" * size

    run(test())


def test_long_messages_reach_who_reads_slowly(stage: str) -> None:
    async def test() -> None:
        async with world(stage) as here, here.guest(room=4096) as guest:
            await here.inn.event("opened", 0)
            here.server.tell(0, b"a" * 180_000)
            assert await guest.said(Opcode.TEXT) == b"a" * 180_000

    run(test())


def test_a_message_may_come_in_parts_with_others_between(stage: str) -> None:
    async def test() -> None:
        async with world(stage) as here, here.guest() as guest:
            echo(here)
            await guest.send(masked(Opcode.TEXT, b"one ", fin=False))
            await guest.send(masked(Opcode.PING, b"alive?"))
            await guest.send(masked(Opcode.MORE, b"", fin=False))
            await guest.send(masked(Opcode.MORE, b"two"))
            assert await guest.said(Opcode.PONG) == b"alive?"
            assert await guest.said(Opcode.TEXT) == b"one two"

    run(test())


def test_a_move_may_come_in_parts(stage: str) -> None:
    async def test() -> None:
        async with world(stage) as here, here.guest() as guest:
            await guest.send(masked(Opcode.BINARY, move(50)[:7], fin=False))
            await guest.send(masked(Opcode.MORE, move(50)[7:]))
            await here.inn.until(lambda: here.inn.crowd.place[0, 0] == 50)
            assert here.server.counters.moves == 1

    run(test())


def test_frames_may_come_byte_by_byte(stage: str) -> None:
    async def test() -> None:
        async with world(stage) as here, here.guest() as guest:
            data = masked(Opcode.TEXT, b"x" * 200) + masked(Opcode.BINARY, move(7))
            for place in range(len(data)):
                await guest.send(data[place : place + 1])
            await here.inn.until(lambda: here.inn.crowd.place[0, 0] == 7)
            assert here.inn.all("heard", 0) == [b"x" * 200]

    run(test())


def test_many_frames_may_come_at_once(stage: str) -> None:
    async def test() -> None:
        async with world(stage) as here, here.guest() as guest:
            frames = [masked(Opcode.TEXT, b"%d" % number) for number in range(60)]
            await guest.send(b"".join([*frames, masked(Opcode.BINARY, move(5))]))
            await here.inn.until(lambda: here.inn.crowd.place[0, 0] == 5)
            assert here.inn.all("heard", 0) == [b"%d" % number for number in range(60)]

    run(test())


def test_many_may_move_and_speak_at_the_same_time(stage: str) -> None:
    async def test() -> None:
        count = 50
        async with world(stage) as here, AsyncExitStack() as visits:
            guests = [await visits.enter_async_context(here.visit()) for _ in range(count)]
            for slot, guest in enumerate(guests):
                await guest.send(move(100 * slot, slot + 1))
            for slot, guest in enumerate(guests):
                await guest.send(f"from {slot}")
            for slot in range(count):
                assert await here.inn.event("heard", slot) == f"from {slot}".encode()
            await here.inn.until(lambda: here.server.counters.moves == count)
            places = [[100 * slot, slot + 1, 0] for slot in range(count)]
            assert here.inn.crowd.place[:count].tolist() == places

    run(test())


def test_a_ping_is_answered_with_what_it_says(stage: str) -> None:
    async def test() -> None:
        async with world(stage) as here, here.guest() as guest:
            await guest.send(masked(Opcode.PING, b"p" * 125) + masked(Opcode.PONG, b"unasked"))
            assert await guest.said(Opcode.PONG) == b"p" * 125
            assert here.server.counters.connected == 1

    run(test())


def test_who_says_nothing_is_asked_and_then_let_go(stage: str) -> None:
    async def test() -> None:
        async with world(stage) as here, here.guest() as guest, here.guest() as other:
            await here.inn.event("opened", 1)
            here.watch.ahead += 30
            assert await guest.said(Opcode.PING) == b""
            await other.send(masked(Opcode.PONG, b""))
            await here.inn.until(lambda: here.server.counters.ticks > 0)
            await other.said(Opcode.BINARY)
            here.watch.ahead += 20
            assert await here.inn.event("closed", 0) == Close.STALLED
            assert here.inn.all("closed", 1) == []

    run(test())


@pytest.mark.parametrize(
    ("payload", "code"), [(b"", 1005), (b"\x03\xe8bye", 1000), (b"\x0f\xa0", 4000)]
)
def test_who_closes_is_closed(stage: str, payload: bytes, code: int) -> None:
    async def test() -> None:
        async with world(stage) as here, here.guest() as guest:
            await guest.send(masked(Opcode.CLOSE, payload))
            assert await guest.said(Opcode.CLOSE) == payload[:2]
            assert await guest.rest() == b""
            assert await here.inn.event("closed", 0) == code
            assert here.server.counters.connected == 0

    run(test())


def test_a_link_that_breaks_is_noticed(stage: str) -> None:
    async def test() -> None:
        async with world(stage) as here:
            async with here.guest():
                await here.inn.event("opened", 0)
            assert await here.inn.event("closed", 0) == 1006

    run(test())


def test_the_house_ends_a_connection_after_what_was_said(stage: str) -> None:
    async def test() -> None:
        async with world(stage) as here, here.guest() as guest:
            echo(here)
            await guest.send(masked(Opcode.TEXT, b"bye"))
            assert await guest.said(Opcode.TEXT) == b"farewell"
            assert await guest.said(Opcode.CLOSE) == Close.REMOVED.to_bytes(2, "big")
            assert await guest.rest() == b""
            assert await here.inn.event("closed", 0) == Close.REMOVED
            assert here.inn.all("closed", 0) == [Close.REMOVED]

    run(test())


def test_whoever_is_gone_is_told_nothing(stage: str) -> None:
    async def test() -> None:
        async with world(stage) as here, here.visit() as client:
            echo(here)
            await client.send("bye")
            await here.inn.event("closed", 0)
            here.server.tell(0, b"too late")
            here.server.drop(0, Close.TAKEN)
            assert here.inn.all("closed", 0) == [Close.REMOVED]

    run(test())


def test_when_the_server_stops_it_says_so(stage: str) -> None:
    async def test() -> None:
        async with world(stage) as here, here.visit() as client:
            await here.inn.event("opened", 0)
            await asyncio.gather(here.server.stop(), client.wait_closed())
            assert client.close_code == Close.GONE
            assert here.inn.all("closed", 0) == [Close.GONE]

    run(test())


def test_in_a_crowd_each_is_served_in_their_half_of_a_tick(stage: str) -> None:
    async def test() -> None:
        async with world(stage, crowded=2) as here, here.visit() as walker, here.visit() as other:
            await walker.send(move(10, 20, 30))
            while await place_of(other, 0) != [10, 20, 30]:
                pass
            await other.send(move(150, 20, 30))
            while await place_of(walker, 1) != [150, 20, 30]:
                pass

    run(test())


@pytest.mark.parametrize("crowded", [2, 1_000])
def test_few_people_all_see_all(stage: str, crowded: int) -> None:
    async def test() -> None:
        few = world(stage, everyone=10, crowded=crowded)
        async with few as here, here.visit() as first, here.visit():
            here.inn.crowd.place[1] = (30_000, 0, 0)
            while await place_of(first, 1) != [30_000, 0, 0]:
                pass
            assert await place_of(first, 0) == [0, 0, 0]
            assert here.inn.all("meet", 0) == [[1]]

    run(test())


def test_whoever_walks_among_few_is_told_by_steps(stage: str) -> None:
    async def test() -> None:
        few = world(stage, everyone=10)
        async with few as here, here.visit() as walker, here.visit() as other:
            reader, kind, east = SnapshotReader(), 0, 0
            while kind != SNAPSHOT_STEPS:
                east += 2
                await walker.send(move(east))
                found: list[float] = []
                while found != [east / 100]:
                    message = await other.recv()
                    if isinstance(message, bytes):
                        kind, seen = message[0], reader.read(message)
                        found = seen.place[seen.slot == 0, 0].tolist()
            assert here.inn.crowd.place[0].tolist() == [east, 0, 0]

    run(test())
