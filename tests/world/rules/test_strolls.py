"""Simulated visitors: they walk as people do, stand in circles, wave, sit and move on."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from math import hypot

import numpy as np
import pytest
from tests.world.yards import in_house, yard_ground, yard_sights

from shulian.world.rules.strolls import Deed, Place, Stroll, begin, greeting, moved, step
from shulian.world.types import Gait, Gesture, Stand

GROUND = yard_ground()
SIGHTS = yard_sights(GROUND)
TICK = 0.1


def _life(seed: int, *, gap: float = np.inf, seconds: int = 600) -> Iterator[Stroll]:
    """Every tenth of a second of one who is alone in the yard."""
    rng = np.random.default_rng(seed)
    one = begin(SIGHTS, (), now=0, rng=rng)
    for tick in range(seconds * 10):
        one = step(one, GROUND, SIGHTS, taken=(), gap=gap, now=tick * TICK, passed=TICK, rng=rng)
        yield one


@pytest.mark.parametrize("seed", range(4))
def test_nobody_walks_through_a_house_or_faster_than_people_walk(seed: int) -> None:
    life = [(one.east, one.north) for one in _life(seed)]
    paces = [hypot(b[0] - a[0], b[1] - a[1]) / TICK for a, b in pairwise(life)]

    assert [one for one in life if in_house(one) or GROUND.at(one) == np.inf] == []
    assert max(paces) <= 1.5 + 1e-9


def test_a_day_in_the_yard_has_everything_people_do() -> None:
    lives = [one for seed in range(9) for one in _life(seed)]

    assert {one.deed for one in lives} == set(Deed)
    assert {one.gesture for one in lives} >= {Gesture.NONE, Gesture.WAVE, Gesture.SIT}
    assert {one.gait for one in lives if one.deed is not Deed.WALK} == {Gait.STILL}
    assert len({one.place[0] for one in lives}) == len(SIGHTS)


def test_the_same_luck_gives_the_same_life() -> None:
    assert list(_life(7)) == list(_life(7))


def test_nobody_turns_on_the_spot_at_once() -> None:
    headings = [one.heading for one in _life(3)]
    turns = [abs((b - a + 180) % 360 - 180) for a, b in pairwise(headings)]

    assert max(turns) <= 24 + 1e-9


def test_behind_somebody_one_walks_slowly() -> None:
    rng = np.random.default_rng(1)
    one = replace(begin(SIGHTS, (), now=0, rng=rng), east=20, north=20, pace=1.2, deed=Deed.WALK)
    one = replace(one, way=((30.0, 20.0),), until=60.0)

    easts = [
        round(step(one, GROUND, SIGHTS, taken=(), gap=gap, now=0, passed=1.0, rng=rng).east, 2)
        for gap in (np.inf, 1.4, 0.5)
    ]

    assert easts == [21.2, 20.6, 20.3]


def test_a_circle_that_waits_is_joined() -> None:
    sight = next(n for n, one in enumerate(SIGHTS) if one.space == "plaza")
    alone = (SIGHTS[sight],)
    circle = next(n for n, spot in enumerate(alone[0].spots) if spot.circle == 0)
    taken: set[Place] = {(0, circle), (0, circle + 1)}

    chosen = [
        begin(alone, taken, now=0, rng=np.random.default_rng(seed)).place[1] for seed in range(200)
    ]

    joined = sum(alone[0].spots[one].circle == 0 for one in chosen)
    by_chance = 200 * 4 / len(alone[0].spots)
    assert joined > 2 * by_chance
    assert not {circle, circle + 1} & set(chosen)


def test_who_was_put_elsewhere_finds_their_way_from_there() -> None:
    rng = np.random.default_rng(1)
    one = moved(begin(SIGHTS, (), now=0, rng=rng), Stand(100, 10, 0, 90))
    after = step(one, GROUND, SIGHTS, taken=(), gap=np.inf, now=1.0, passed=TICK, rng=rng)

    assert (after.east, after.north, after.deed) == (100, 10, Deed.WALK)


def test_who_has_no_way_looks_around_and_tries_again() -> None:
    rng = np.random.default_rng(1)
    one = moved(begin(SIGHTS, (), now=0, rng=rng), Stand(60, 50, 0, 0))
    for tick in range(3):
        one = step(one, GROUND, SIGHTS, taken=(), gap=np.inf, now=tick * TICK, passed=TICK, rng=rng)

    assert (one.east, one.north, one.deed) == (60, 50, Deed.LOOK)


def test_one_turns_to_who_is_greeted_and_waves_unless_on_the_way() -> None:
    one = replace(
        begin(SIGHTS, (), now=0, rng=np.random.default_rng(1)), east=50, north=20, heading=10
    )
    walking = replace(one, deed=Deed.WALK)

    found = [greeting(who, (60, 20), now=5.0) for who in (one, walking)]

    assert [(who.heading, who.gesture, who.quiet) for who in found] == [
        (90, Gesture.WAVE, 7.2),
        (10, Gesture.WAVE, 7.2),
    ]
