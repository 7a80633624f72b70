"""Simulated visitors in a little world: they come, walk, greet whoever is no bot, and go."""

import asyncio
import json
import time
from collections.abc import Callable
from contextlib import suppress
from itertools import pairwise
from math import hypot

import numpy as np
from tests.world.live.little import LittleWorld, little_world, person
from tests.world.yards import in_house, yard_ground, yard_sights

from shulian.world.live.bots import Bots, Figures
from shulian.world.types import Stand, VisitorKey
from shulian.world.wire.messages import Greeted, Met, News, Placed, StandView

GROUND = yard_ground()
SIGHTS = yard_sights(GROUND)


class _Enough(Exception):
    """What a test waits for has come."""


def _live(
    enough: Callable[[LittleWorld, Figures], bool],
    *news: News,
    size: int = 8,
    seconds: float | None = None,
) -> LittleWorld:
    """The world after some bots lived in it until there is `enough`."""

    async def lives() -> LittleWorld:
        async with little_world() as world:
            world.news.extend(news)
            bots = Bots(
                world.url,
                _ticket,
                size,
                ground=GROUND,
                sights=SIGHTS,
                rng=np.random.default_rng(3),
                clock=time.monotonic,
            )

            def told(figures: Figures) -> None:
                if enough(world, figures):
                    raise _Enough

            with suppress(_Enough):
                await bots.live(seconds=seconds, told=told)
            assert bots.figures().here == 0
            return world

    return asyncio.run(lives())


def _ticket(number: int, stand: Stand) -> str:
    return f"{number}@{stand.east}"


def test_they_come_walk_are_seen_and_go() -> None:
    fared: list[Figures] = []

    def enough(world: LittleWorld, figures: Figures) -> bool:
        fared.append(figures)
        return figures.most > 0 and all(len(moves) > 20 for moves in world.moves.values())

    world = _live(enough)

    assert (fared[-1].count, fared[-1].here, fared[-1].welcomes) == (8, 8, 8)
    assert world.asked == ['{"type":"leave"}'] * 8


def test_they_walk_in_small_steps_and_through_no_house() -> None:
    world = _live(lambda world, _: all(len(moves) > 30 for moves in world.moves.values()))
    tracks = [[(one[3] / 100, one[4] / 100) for one in moves] for moves in world.moves.values()]
    steps = [hypot(b[0] - a[0], b[1] - a[1]) for track in tracks for a, b in pairwise(track)]

    assert [one for track in tracks for one in track if in_house(one)] == []
    assert max(steps) < 1.0


def test_who_is_no_bot_is_greeted_once_by_one_of_them() -> None:
    guest = VisitorKey("g-1")
    met = Met((person(0, guest, simulated=False),))
    world = _live(lambda world, _: bool(world.asked), met, seconds=20)

    greetings = [json.loads(one) for one in world.asked if "greet" in one]
    assert [(one["type"], one["to"]) for one in greetings] == [("greet", guest)]


def test_a_greeting_is_answered() -> None:
    world = _live(lambda world, _: bool(world.asked), Greeted(VisitorKey("g-2"), "Li", 3), size=1)

    assert json.loads(world.asked[0])["to"] == "g-2"


def test_they_go_on_from_where_the_server_put_them() -> None:
    placed = Placed(StandView(100.0, 8.0, 0.0, 0.0), "speed")
    world = _live(lambda world, _: len(world.moves.get(0, ())) > 5, placed, size=1)

    assert [world.moves[0][0][3] // 1000, world.moves[0][0][4] // 1000] == [10, 0]


def test_they_stop_when_their_time_is_over() -> None:
    world = _live(lambda _world, _figures: False, size=2, seconds=1.5)

    assert world.asked == ['{"type":"leave"}'] * 2


def test_they_forget_whom_they_greeted() -> None:
    now = 0.0
    bots = Bots(
        "ws://nowhere",
        _ticket,
        2,
        ground=GROUND,
        sights=SIGHTS,
        rng=np.random.default_rng(3),
        clock=lambda: now,
    )
    for number in range(40):
        now = float(number)
        greeted = Greeted(VisitorKey(f"g-{number}"), "Li", 3)
        bots._hear(bots._bots[0], greeted)  # pyright: ignore[reportPrivateUsage]
        bots._look(now)  # pyright: ignore[reportPrivateUsage]

    assert len(bots._waved) == 15  # pyright: ignore[reportPrivateUsage]
