"""Who may move how: speed, walls, the end of the world; plain and compiled."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.world.rules.engines import NAMES, engine

from shulian.world.rules.bands import BAND
from shulian.world.rules.crowd import Crowd, State, empty_crowd
from shulian.world.rules.motion import Purse, Why, full_purse
from shulian.world.rules.moves import DEPTH, Inbox, empty_inbox, put_move
from shulian.world.rules.walls import Walls, lay_walls, no_walls
from shulian.world.wire.frames import MOVE

SLOTS = 8
WALL = lay_walls([[[2, -5], [2, 5]]], [0], [3])
"""Two metres to the east of who stands at the origin."""

Place = tuple[int, int, int]


@dataclass(frozen=True)
class Yard:
    """Some people and what they say they did."""

    crowd: Crowd
    inbox: Inbox
    purse: Purse
    walls: Walls

    def judge(self, name: str, now: float = 100.0) -> list[Why]:
        sent = int(self.inbox.count.sum())
        found = engine(name).judge(self.inbox, self.crowd, self.purse, self.walls, now)
        why = [Why.FINE] * SLOTS
        for slot, one in found.strayed.tolist():
            why[slot] = Why(one)
        assert (found.moves, int(self.inbox.count.sum())) == (sent, 0)
        return why

    def place(self, slot: int = 0) -> list[int]:
        return self.crowd.place[slot].tolist()


def yard(*, walls: Walls | None = None) -> Yard:
    crowd = empty_crowd(SLOTS)
    crowd.state[:] = State.HERE
    return Yard(crowd, empty_inbox(SLOTS), full_purse(SLOTS), walls or no_walls())


def move(place: Place, *, posture: int = 1, heading: int = 0) -> bytes:
    numbers = b"".join(number.to_bytes(4, "little", signed=True) for number in place)
    return bytes((MOVE, posture)) + heading.to_bytes(2, "little") + numbers


@pytest.fixture(params=NAMES)
def rules(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_a_step_is_made(rules: str) -> None:
    here = yard()
    put_move(here.inbox, 3, move((100, -50, 20), posture=9, heading=40_000))

    assert here.judge(rules) == [Why.FINE] * SLOTS
    assert here.place(3) == [100, -50, 20]
    assert (here.crowd.heading[3], here.crowd.posture[3]) == (40_000, 9)
    assert here.crowd.moved.tolist() == [0, 0, 0, 1, 0, 0, 0, 0]
    assert here.crowd.heard[3] == 100.0
    assert here.inbox.count.tolist() == [0] * SLOTS


def test_nobody_runs_faster_than_legs_carry(rules: str) -> None:
    here = yard()
    put_move(here.inbox, 0, move((2001, 0, 0)))

    assert here.judge(rules)[0] is Why.SPEED
    assert here.place() == [0, 0, 0]


def test_moves_that_come_late_and_all_at_once_are_no_offence(rules: str) -> None:
    here = yard()
    for step in range(1, 21):
        put_move(here.inbox, 0, move((70 * step, 0, 0)))

    assert here.judge(rules)[0] is Why.FINE
    assert here.place() == [1400, 0, 0]


def test_a_purse_fills_with_time(rules: str) -> None:
    here = yard()
    put_move(here.inbox, 0, move((2000, 0, 0)))
    here.judge(rules, 100.0)
    put_move(here.inbox, 0, move((2400, 0, 0)))
    early = here.judge(rules, 100.4)
    put_move(here.inbox, 0, move((2400, 0, 0)))
    late = here.judge(rules, 100.5)

    assert (early[0], late[0]) == (Why.SPEED, Why.FINE)


def test_a_clock_that_jumps_back_gives_nothing_and_takes_nothing(rules: str) -> None:
    here = yard()
    put_move(here.inbox, 0, move((1999, 0, 0)))
    here.judge(rules, 100.0)
    put_move(here.inbox, 0, move((2000, 0, 0)))

    assert here.judge(rules, 50.0)[0] is Why.FINE


def test_one_falls_as_far_as_it_goes_and_climbs_slowly(rules: str) -> None:
    here = yard()
    here.crowd.place[:, 2] = 5000
    put_move(here.inbox, 0, move((0, 0, 0)))
    put_move(here.inbox, 1, move((0, 0, 6201)))

    assert here.judge(rules)[:2] == [Why.FINE, Why.SPEED]


def test_nobody_goes_through_a_wall(rules: str) -> None:
    here = yard(walls=WALL)
    put_move(here.inbox, 0, move((300, 0, 0)))
    put_move(here.inbox, 1, move((199, 0, 0)))
    put_move(here.inbox, 2, move((200, 0, 0)))

    assert here.judge(rules)[:3] == [Why.WALL, Why.FINE, Why.WALL]


def test_one_goes_around_a_wall(rules: str) -> None:
    here = yard(walls=WALL)
    put_move(here.inbox, 0, move((100, 520, 0)))
    put_move(here.inbox, 0, move((300, 520, 0)))
    put_move(here.inbox, 0, move((300, 0, 0)))

    assert here.judge(rules)[0] is Why.FINE
    assert here.place() == [300, 0, 0]


@pytest.mark.parametrize(
    ("height", "why"), [(-160, Why.FINE), (-140, Why.WALL), (240, Why.WALL), (260, Why.FINE)]
)
def test_a_wall_stops_those_on_its_storey(rules: str, height: int, why: Why) -> None:
    here = yard(walls=WALL)
    here.crowd.place[0, 2] = height
    put_move(here.inbox, 0, move((300, 0, height)))

    assert here.judge(rules)[0] is why


def test_who_was_put_on_a_wall_leaves_to_either_side(rules: str) -> None:
    here = yard(walls=WALL)
    here.crowd.place[:, 0] = 200
    put_move(here.inbox, 0, move((150, 0, 0)))
    put_move(here.inbox, 1, move((250, 0, 0)))

    assert here.judge(rules)[:2] == [Why.FINE, Why.FINE]


@pytest.mark.parametrize(
    "place",
    [
        (10_000_001, 0, 0),
        (0, -10_000_001, 0),
        (-(2**31), 2**31 - 1, 0),
        (0, 0, -10_001),
        (0, 0, 2**31 - 1),
        (0, 0, -(2**31)),
    ],
)
def test_there_is_nothing_beyond_the_end_of_the_world(rules: str, place: Place) -> None:
    here = yard()
    put_move(here.inbox, 0, move(place))

    assert here.judge(rules)[0] is Why.OUTSIDE
    assert here.place() == [0, 0, 0]


@pytest.mark.parametrize("band", [-2, 1])
def test_a_move_is_made_in_the_strip_of_ones_park(rules: str, band: int) -> None:
    here = yard()
    here.crowd.band[0] = band
    here.crowd.place[0, 0] = band * BAND
    put_move(here.inbox, 0, move((100, 0, 0)))

    assert here.judge(rules)[0] is Why.FINE
    assert here.place() == [band * BAND + 100, 0, 0]


@pytest.mark.parametrize("state", [State.FREE, State.AWAY, State.BEYOND])
def test_only_those_move_who_are_here(rules: str, state: State) -> None:
    here = yard()
    here.crowd.state[0] = state
    put_move(here.inbox, 0, move((100, 0, 0)))

    assert here.judge(rules)[0] is Why.FINE
    assert here.place() == [0, 0, 0]
    assert here.inbox.count[0] == 0


@pytest.mark.parametrize(
    "payload",
    [b"", move((0, 0, 0))[:15], move((0, 0, 0)) + b"x", b"\2" + move((0, 0, 0))[1:],
     move((0, 0, 0), posture=4), move((0, 0, 0), posture=48)],
)  # fmt: skip
def test_what_is_no_move_is_not_queued(payload: bytes) -> None:
    inbox = empty_inbox(SLOTS)

    assert not put_move(inbox, 0, payload)
    assert inbox.count[0] == 0


def test_in_a_full_queue_the_newest_takes_the_last_place(rules: str) -> None:
    here = yard()
    for step in range(DEPTH + 5):
        put_move(here.inbox, 0, move((step, 0, 0)))

    assert here.judge(rules)[0] is Why.FINE
    assert here.place() == [DEPTH + 4, 0, 0]


coordinates = st.integers(-900, 900)
ends = st.tuples(coordinates, coordinates)


@given(
    walls=st.lists(st.tuples(ends, ends), max_size=12),
    steps=st.lists(st.tuples(st.integers(0, SLOTS - 1), coordinates, coordinates), max_size=40),
)
def test_plain_and_compiled_decide_as_one_who_tries_every_wall(
    walls: Sequence[tuple[tuple[int, int], tuple[int, int]]],
    steps: Sequence[tuple[int, int, int]],
) -> None:
    lines = np.array(walls, float).reshape(-1, 2, 2) / 100
    laid = lay_walls(lines, np.zeros(len(walls)), np.full(len(walls), 3.0))
    yards = [yard(walls=laid) for _ in NAMES]
    for here in yards:
        here.purse.plane[:] = 1e9
        for slot, east, north in steps:
            put_move(here.inbox, slot, move((east, north, 0)))
    found = [here.judge(name) for here, name in zip(yards, NAMES, strict=True)]
    places, why = _by_hand(walls, steps)

    assert found == [why, why]
    assert [here.crowd.place[:, :2].tolist() for here in yards] == [places, places]


def _by_hand(
    walls: Sequence[tuple[tuple[int, int], tuple[int, int]]],
    steps: Sequence[tuple[int, int, int]],
) -> tuple[list[list[int]], list[Why]]:
    places = [[0, 0] for _ in range(SLOTS)]
    why = [Why.FINE] * SLOTS
    purses = [2000.0] * SLOTS  # a purse holds no more, however much was put in
    for slot, east, north in steps:
        before, after = (places[slot][0], places[slot][1]), (east, north)
        way = float(np.hypot(after[0] - before[0], after[1] - before[1]))
        if way > purses[slot]:
            why[slot] = max(why[slot], Why.SPEED)
        elif any(_crosses(before, after, begin, end) for begin, end in walls):
            why[slot] = Why.WALL
        else:
            purses[slot] -= way
            places[slot] = [east, north]
    return places, why


Point = tuple[int, int]


def _crosses(old: Point, new: Point, begin: Point, end: Point) -> bool:
    before, after = _side(begin, end, old), _side(begin, end, new)
    if before == 0 or before * after > 0:
        return False
    return _side(old, new, begin) * _side(old, new, end) <= 0


def _side(begin: Point, end: Point, point: Point) -> int:
    way, to = np.subtract(end, begin), np.subtract(point, begin)
    return int(way[0] * to[1] - way[1] * to[0])


def test_long_walls_stop_far_from_their_ends(rules: str) -> None:
    here = yard(walls=lay_walls([[[-900, -400], [900, 400.5]]], [0], [3]))
    for slot, east in enumerate(range(-70_000, 71_000, 20_000)):
        here.crowd.place[slot] = (east, east * 4 // 9 + 400, 0)
        put_move(here.inbox, slot, move((east, east * 4 // 9 - 1100, 0)))

    assert here.judge(rules) == [Why.WALL] * SLOTS
