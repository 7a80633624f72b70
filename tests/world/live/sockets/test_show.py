"""What goes out in each tick, and what its receivers know by it."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.world.live.sockets.company import Inn
from tests.world.rules.engines import NAMES, engine
from tests.world.rules.onlookers import Onlooker, payload_of, rows_of

from shulian.world.live.sockets.config import SocketsConfig
from shulian.world.live.sockets.counters import Counters
from shulian.world.live.sockets.desk import Desk
from shulian.world.live.sockets.show import Show
from shulian.world.rules.crowd import Crowd, State, empty_crowd
from shulian.world.rules.interest import visible
from shulian.world.rules.motion import full_purse
from shulian.world.wire.frames import SNAPSHOT_MOVED, SNAPSHOT_STEPS, SNAPSHOT_WHOLE

SLOTS = 16
EVERYONE = 5
"""So many all see all."""


@dataclass
class Stage:
    """A show without sockets: who is there, and what they have seen."""

    rules: str
    crowd: Crowd = field(default_factory=lambda: empty_crowd(SLOTS))
    onlookers: dict[int, Onlooker] = field(default_factory=dict[int, Onlooker])

    def __post_init__(self) -> None:
        config = SocketsConfig(everyone=EVERYONE)
        self.inn = Inn(self.crowd)
        self.desk = Desk(self.inn, config, Counters(), SLOTS)
        self.show = Show(self.inn, self.crowd, self.desk, full_purse(SLOTS), config)

    def come(self, *slots: int) -> None:
        """Each of `slots` is somebody new, with a connection."""
        for slot in slots:
            self.crowd.visit[slot] += 1
            self.crowd.state[slot] = State.HERE
            self.crowd.moved[slot] = self.desk.there[slot] = 1
            self.desk.high = SLOTS
            self.desk.missed[slot] = self.desk.blocked[slot] = 0
            self.onlookers[slot] = Onlooker()
            self.show.opened(slot)

    def go(self, slot: int) -> None:
        """Nobody is there any more."""
        self.crowd.state[slot] = State.FREE
        self.desk.there[slot] = 0
        self.onlookers.pop(slot, None)

    def step(self, slot: int, east: int, north: int = 0, heading: int = 0) -> None:
        """Somebody goes on."""
        self.crowd.place[slot, :2] += (east, north)
        self.crowd.heading[slot] = heading
        self.crowd.moved[slot] = 1

    def tick(self, *, part: bool = False, lost: Iterable[int] = ()) -> dict[int, bytes]:
        """What each of those got whose turn it was, but for the `lost`, whom it did not reach."""
        receivers, data, begin, end = self.show.tick(engine(self.rules), part=part)
        raw, got = data.tobytes(), dict[int, bytes]()
        parts = zip(receivers.tolist(), begin.tolist(), end.tolist(), strict=True)
        for slot, first, last in parts:
            if slot in lost and first < last:
                self.desk.missed[slot] = 1
                continue
            got[slot] = raw[first:last]
            self.onlookers[slot].see(raw[first:last])
        return got


def kinds(got: dict[int, bytes]) -> dict[int, int]:
    """What kind of snapshot each got, 0: none."""
    return {slot: payload_of(frame)[0] if frame else 0 for slot, frame in got.items()}


@pytest.fixture(params=NAMES)
def stage(request: pytest.FixtureRequest) -> Stage:
    return Stage(str(request.param))


def test_who_follows_is_told_steps(stage: Stage) -> None:
    stage.come(0, 3)
    first = kinds(stage.tick())
    stage.step(3, 10)
    second, third = kinds(stage.tick()), kinds(stage.tick())

    assert first == {0: SNAPSHOT_WHOLE, 3: SNAPSHOT_WHOLE}
    assert (second, third) == ({0: SNAPSHOT_STEPS, 3: SNAPSHOT_STEPS}, {0: 0, 3: 0})


def test_whoever_missed_a_snapshot_gets_a_whole_one(stage: Stage) -> None:
    stage.come(0, 3, 5, 7)
    stage.tick()
    stage.step(3, 10)
    stage.desk.blocked[5] = 1
    stage.tick(lost=[7])
    stage.desk.blocked[5] = 0
    stage.step(3, 10)
    got = kinds(stage.tick())

    assert got == {0: SNAPSHOT_STEPS, 3: SNAPSHOT_STEPS, 5: SNAPSHOT_WHOLE, 7: SNAPSHOT_WHOLE}


def test_whoever_is_served_in_part_of_a_tick_is_told_no_steps(stage: Stage) -> None:
    stage.come(0, 3)
    for _ in range(2):
        stage.tick(part=True)
    stage.step(0, 10)
    parts = kinds(stage.tick(part=True)) | kinds(stage.tick(part=True))
    stage.step(0, 10)
    after = kinds(stage.tick())

    assert parts == {0: SNAPSHOT_MOVED, 3: SNAPSHOT_MOVED}
    assert after == {0: SNAPSHOT_WHOLE, 3: SNAPSHOT_WHOLE}


def test_a_tick_that_goes_wrong_leaves_nobody_behind(stage: Stage) -> None:
    def fails(_slot: int) -> None:
        raise RuntimeError("gone wrong")

    stage.come(0, 3)
    stage.tick()
    stage.inn.introduce = fails
    stage.step(0, 10)
    stage.come(5)
    with pytest.raises(RuntimeError):
        stage.tick()
    stage.inn.introduce = lambda _slot: None
    stage.step(0, 10)
    got = stage.tick()

    assert set(kinds(got).values()) == {SNAPSHOT_WHOLE}
    assert all(stage.onlookers[slot].knows(rows_of(stage.crowd)) for slot in (0, 3, 5))


_SLOT = st.sampled_from((0, 1, 2, 3, 9, 15))
_NEWS = st.tuples(
    _SLOT,
    st.sampled_from(("step", "step", "step", "leap", "pose", "come", "go", "away", "back")),
    st.integers(-140, 140),
    st.integers(-140, 140),
)
_TICK = st.tuples(
    st.lists(_NEWS, max_size=6),
    st.sets(_SLOT, max_size=2),
    st.sets(_SLOT, max_size=2),
    st.booleans(),
)
"""What happens before it, to whom nothing can be sent, whom it does not reach, and in part."""


def _happen(stage: Stage, slot: int, what: str, east: int, north: int) -> None:
    crowd = stage.crowd
    match what:
        case "step":
            stage.step(slot, east, north, east & 0xFFFF)
        case "leap":
            stage.step(slot, *(100 * east - crowd.place[slot, :2]).tolist())
        case "pose":
            crowd.posture[slot], crowd.place[slot, 2] = east & 255, north
            crowd.moved[slot] = 1
        case "come":
            stage.go(slot)
            stage.come(slot)
        case "go":
            stage.go(slot)
        case _ if crowd.state[slot] != State.FREE:
            crowd.state[slot] = State.AWAY if what == "away" else State.HERE
        case _:
            pass


@given(history=st.lists(_TICK, min_size=1, max_size=25))
@pytest.mark.parametrize("rules", NAMES)
def test_whoever_is_reached_knows_exactly_how_everyone_is(
    rules: str,
    history: list[tuple[list[tuple[int, str, int, int]], set[int], set[int], bool]],
) -> None:
    stage = Stage(rules)
    stage.come(0, 1, 2)
    stage.tick()
    for happened, blocked, lost, part in history:
        for news in happened:
            _happen(stage, *news)
        stage.desk.blocked[:] = 0
        stage.desk.blocked[list(blocked)] = 1
        got = stage.tick(part=part, lost=lost)
        rows = rows_of(stage.crowd)
        few = int(np.count_nonzero(visible(stage.crowd))) <= EVERYONE

        assert all(stage.onlookers[slot].knows(rows) for slot in got if few and not part)
        assert got.keys() <= stage.onlookers.keys() - blocked
