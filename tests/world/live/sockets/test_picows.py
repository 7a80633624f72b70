"""Connections that end while the first lane takes them over."""

from typing import Any

import pytest
from tests.world.live.sockets.company import request, run, world

from shulian.world.live.sockets import picows
from shulian.world.live.sockets.desk import BROKE


def breaks(_protocol: Any, _came: bytes) -> None:
    raise RuntimeError("the protocol has ended")


def test_one_that_breaks_is_forgotten(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    async def test() -> None:
        async with world("1") as here:
            with monkeypatch.context() as patch:
                patch.setattr(picows, "_feed", breaks)
                async with here.raw() as guest:
                    await guest.send(request())
                    assert await guest.rest() == b""
                assert await here.inn.event("closed", 0) == BROKE
            assert here.inn.all("opened", 0) == []
            async with here.guest():
                assert await here.inn.event("opened", 1) is None

    run(test())
    capfd.readouterr()


def test_one_that_has_ended_before_anybody_could_be_told_is_forgotten(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    whole = picows._feed  # pyright: ignore[reportPrivateUsage]  # what is interrupted here

    def ends(protocol: Any, came: bytes) -> None:
        protocol.transport.underlying_transport.abort()
        whole(protocol, came)

    async def test() -> None:
        async with world("1") as here:
            with monkeypatch.context() as patch:
                patch.setattr(picows, "_feed", ends)
                async with here.raw() as guest:
                    await guest.send(request())
                    await guest.rest()
                assert await here.inn.event("closed", 0) == BROKE

    run(test())
    capfd.readouterr()
