"""Clients that are broken or mean well to nobody: each is let go, nobody else notices."""

import asyncio
import contextlib
import socket
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.world.live.sockets.company import STAGES, Guest, World, masked, move, run, world

from shulian.world.live.ports import Close
from shulian.world.live.sockets.framing import Opcode

CORPUS = Path(__file__).parent / "corpus"
"""What clients may say after the handshake, and the code it ends with: `name.code.bin`."""
GIGABYTE = 1 << 30


@pytest.fixture(params=STAGES)
def stage(request: pytest.FixtureRequest) -> str:
    return str(request.param)


BROKEN = {
    "unmasked": b"\x82\x10" + move(1),
    "unmasked text": b"\x81\x01a",
    "first reserved bit": b"\xc2" + masked(2, move(1))[1:],
    "third reserved bit": b"\x91" + masked(1, b"a")[1:],
    "unknown kind": masked(3, b"a"),
    "unknown control": masked(11, b"a"),
    "ping in parts": masked(9, b"a", fin=False),
    "long ping": masked(9, b"a" * 126),
    "close of one byte": masked(8, b"a"),
    "close without a meaning": masked(8, b"\x00\x00"),
    "close with a code of nobody": masked(8, b"\x03\xed"),
    "close with broken words": masked(8, b"\x03\xe8\xff"),
    "end without a beginning": masked(0, b"a"),
    "second beginning": masked(1, b"a", fin=False) + masked(1, b"b"),
    "move within a text": masked(1, b"a", fin=False) + masked(2, move(1)),
    "short move": masked(2, move(1)[:15]),
    "long move": masked(2, move(1) + b"a"),
    "empty move": masked(2, b""),
    "no move": masked(2, b"\x07" + move(1)[1:]),
    "no posture": masked(2, move(1, posture=7)),
    "length written too long": masked(1, b"a", wide=2),
    "length written far too long": masked(1, b"a", wide=8),
    "negative length": b"\x81\xff\xff" + bytes(7) + bytes(4),
}
TOO_LARGE = {
    "announced gigabyte": masked(1, b"", size=GIGABYTE),
    "announced exabytes": masked(2, b"", size=(1 << 63) - 1),
    "long text": masked(1, b"a" * 4097),
    "long text in parts": masked(1, b"a" * 4000, fin=False) + masked(0, b"a" * 97),
}


@pytest.mark.parametrize("sent", BROKEN.values(), ids=BROKEN)
def test_what_is_no_frame_ends_the_connection(stage: str, sent: bytes) -> None:
    async def test() -> None:
        async with world(stage) as here, here.guest() as guest, here.guest() as other:
            await guest.send(sent)
            assert (await guest.said(Opcode.CLOSE))[:1] == b"\x03"
            assert await here.inn.event("closed", 0) == Close.BROKEN
            await is_well(here, 1, other.send)

    run(test())


@pytest.mark.parametrize("sent", TOO_LARGE.values(), ids=TOO_LARGE)
def test_what_is_too_large_ends_the_connection(stage: str, sent: bytes) -> None:
    async def test() -> None:
        async with world(stage) as here, here.guest() as guest:
            await guest.send(sent)
            assert (await guest.said(Opcode.CLOSE))[:2] == Close.TOO_LARGE.to_bytes(2, "big")
            assert await here.inn.event("closed", 0) == Close.TOO_LARGE

    run(test())


@pytest.mark.parametrize("frame", [masked(2, move(1)), masked(1, b"a"), masked(9, b"")])
def test_a_flood_ends_the_connection(stage: str, frame: bytes) -> None:
    async def test() -> None:
        async with world(stage) as here, here.guest() as guest, here.guest() as other:
            await guest.send(frame * 400)
            assert await here.inn.event("closed", 0) == Close.FLOOD
            assert len(here.inn.all("heard", 0)) <= 200
            await is_well(here, 1, other.send)

    run(test())


def test_who_never_reads_is_dropped_and_delays_nobody(stage: str) -> None:
    async def test() -> None:
        async with world(stage) as here, here.guest(room=2048), here.guest() as other:
            await here.inn.event("opened", 1)
            while not here.inn.all("closed", 0):
                here.server.tell(0, b"a" * 20_000)
                here.server.tell(1, b"b" * 20_000)
                assert await other.said(Opcode.TEXT) == b"b" * 20_000
            assert here.inn.all("closed", 0) == [Close.STALLED]
            assert here.inn.all("closed", 1) == []

    run(test())


def test_who_makes_no_progress_is_dropped_after_a_while(stage: str) -> None:
    async def test() -> None:
        async with world(stage) as here, here.guest(room=2048):
            await here.inn.event("opened", 0)
            here.server.tell(0, b"a" * 200_000)
            before = here.server.counters.skipped
            await here.inn.until(lambda: here.server.counters.skipped > before + 3)
            assert here.inn.all("closed", 0) == []
            here.watch.ahead += 6
            assert await here.inn.event("closed", 0) == Close.STALLED

    run(test())


def test_a_clock_that_jumps_ends_nothing(stage: str) -> None:
    async def test() -> None:
        async with world(stage) as here, here.guest() as guest:
            await here.inn.event("opened", 0)
            here.watch.ahead -= 1000
            await is_well(here, 0, guest.send)
            here.watch.ahead += 1010
            await guest.send(masked(1, b"and again"))
            await here.inn.until(lambda: len(here.inn.all("heard", 0)) == 2)
            assert here.inn.all("closed", 0) == []

    run(test())


@pytest.mark.parametrize("path", sorted(CORPUS.glob("*.bin")), ids=lambda path: path.stem)
def test_the_corpus_ends_as_it_says(stage: str, path: Path) -> None:
    code, talk = int(path.name.split(".")[1]), path.read_bytes()

    async def test() -> None:
        async with world(stage) as here, here.guest() as guest:
            assert await last_words(here, guest, talk) == code

    run(test())


pieces = st.one_of(
    st.binary(max_size=64),
    st.builds(
        masked, st.integers(0, 15), st.binary(max_size=140), fin=st.booleans()
    ),
    st.builds(masked, st.just(2), st.integers(-9, 9).map(move)),
    st.builds(
        masked, st.integers(0, 15), st.binary(max_size=9), size=st.integers(0, 1 << 62),
        wide=st.just(8),
    ),
)  # fmt: skip


@given(talk=st.lists(pieces, max_size=8).map(b"".join))
def test_whatever_is_said_ends_that_one_connection(talk: bytes) -> None:
    async def test() -> None:
        for stage in STAGES:
            async with world(stage) as here, here.guest() as guest, here.guest() as other:
                code = await last_words(here, guest, talk)
                assert code in {1005, 1006, Close.BROKEN, Close.TOO_LARGE} or 1000 <= code < 5000
                await is_well(here, 1, other.send)
                assert here.server.counters.failures == 0

    run(test())


def test_thousands_who_connect_at_once_end_in_refusals(stage: str) -> None:
    async def test() -> None:
        async with world(stage, slots=8, guests=16) as here, here.guest() as guest:

            async def connect() -> None:
                async with here.raw():
                    pass

            for _ in range(10):
                await asyncio.gather(*(connect() for _ in range(200)))
            await here.inn.until(lambda: here.server.counters.accepted == 2001)
            await is_well(here, 0, guest.send)
            assert here.server.counters.connected == 1

    run(test())


Send = Callable[[bytes], Awaitable[None]]


async def is_well(here: World, slot: int, send: Send) -> None:
    """Whether somebody is heard as if nothing had happened."""
    await send(masked(Opcode.TEXT, b"well?"))
    await here.inn.until(lambda: here.inn.all("heard", slot) == [b"well?"])


async def last_words(here: World, guest: Guest, talk: bytes) -> int:
    """The code with which the first connection ends on which nothing but `talk` is said."""
    with contextlib.suppress(ConnectionError):
        await guest.send(talk)
    with contextlib.suppress(OSError):
        guest.sock.shutdown(socket.SHUT_WR)
    code = await here.inn.event("closed", 0)
    assert isinstance(code, int)
    return code
