"""How a server is made to tick."""

import asyncio

import pytest
from tests.world.live.sockets.company import run

from shulian.world.live.sockets.counters import Counters
from shulian.world.live.sockets.metronome import Metronome


class Clockwork:
    """Something that ticks, and breaks in its first tick."""

    def __init__(self, period: float = 0.001) -> None:
        self.counters = Counters()
        self.period, self.ticks = period, 0
        self.reached = asyncio.Event()
        self.metronome = Metronome(self.tick, lambda: self.period, self.counters)

    def tick(self) -> None:
        self.ticks += 1
        if self.ticks == 1:
            raise ValueError("a spring broke")
        if self.ticks == 5:
            self.metronome.stop()
            self.reached.set()


@pytest.mark.parametrize("gathers", [False, True])
def test_it_goes_on_whatever_a_tick_does(
    capfd: pytest.CaptureFixture[str], *, gathers: bool
) -> None:
    async def test() -> None:
        work = Clockwork(0.02)
        work.metronome.gathers = gathers
        work.metronome.start()
        await work.reached.wait()
        assert work.counters.failures == 1

    run(test())
    capfd.readouterr()


def test_it_stops_in_the_middle_of_a_tick(capfd: pytest.CaptureFixture[str]) -> None:
    async def test() -> None:
        work = Clockwork(-1.0)
        work.metronome.start()
        await work.reached.wait()
        for _ in range(9):  # in each of which one more tick would be due
            await asyncio.sleep(0)
        assert work.ticks == 5

    run(test())
    capfd.readouterr()


def test_ticks_that_come_too_late_are_not_made_up_for(capfd: pytest.CaptureFixture[str]) -> None:
    async def test() -> None:
        work = Clockwork(-1.0)  # each is due before the last
        work.metronome.start()
        await work.reached.wait()
        assert work.counters.late == 5

    run(test())
    capfd.readouterr()


def test_one_that_was_not_started_can_be_stopped() -> None:
    work = Clockwork()
    work.metronome.stop()

    assert work.ticks == 0
