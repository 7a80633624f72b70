"""From the first lane to the second, without anybody noticing."""

import asyncio
from pathlib import Path

import pytest
from tests.world.live.sockets.company import move, run, world
from tests.world.live.sockets.test_frames import place_of

from shulian.world.live.sockets.compiling import load
from shulian.world.live.sockets.config import Stage


def test_the_loop_takes_over_when_it_is_compiled(capfd: pytest.CaptureFixture[str]) -> None:
    async def test() -> None:
        async with world("auto", compiled=True) as here, here.visit() as early:
            assert here.server.stage is Stage.FIRST
            await early.send(move(10))
            await here.inn.until(lambda: here.server.stage is Stage.SECOND)
            async with here.visit() as late:
                await late.send(move(120, 30))
                await early.send(move(20))
                while await place_of(early, 1) != [120, 30, 0]:
                    pass
                while await place_of(late, 0) != [20, 0, 0]:
                    pass
            assert await here.inn.event("closed", 1) == 1000
            assert here.inn.all("closed", 0) == []

    load(None)  # compiles here, if anywhere; the other process finds it done
    run(test())
    capfd.readouterr()


def test_where_nothing_can_be_compiled_the_first_lane_goes_on(tmp_path: Path) -> None:
    async def test() -> None:
        (tmp_path / "file").write_text("no folder")
        async with world("auto", compiled=True, cache=tmp_path / "file") as here:
            await here.inn.until(lambda: here.server.counters.uncompiled == 1)
            async with here.visit() as client:
                await client.send(move(10))
                await here.inn.until(lambda: here.inn.crowd.place[0, 0] == 10)
            assert here.server.stage is Stage.FIRST

    run(test())


def test_a_server_stops_while_the_compiler_works() -> None:
    async def test() -> None:
        async with world("auto", compiled=True) as here:
            await here.inn.until(lambda: here.server.counters.ticks > 2)
        assert asyncio.all_tasks() == {asyncio.current_task()}

    run(test())
