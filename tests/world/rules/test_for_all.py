"""What all are shown in a tick where all see all; plain and compiled, byte for byte."""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.world.rules.engines import NAMES, engine
from tests.world.rules.onlookers import Onlooker, payload_of, rows_of

from shulian.world.rules.bands import BAND
from shulian.world.rules.crowd import Crowd, State, empty_crowd
from shulian.world.rules.snapshots import Beat, Told, nothing_told, unpack, unpack_steps
from shulian.world.wire.frames import SNAPSHOT_MOVED, SNAPSHOT_STEPS, SNAPSHOT_WHOLE

SLOTS = 64


@pytest.fixture(params=NAMES)
def rules(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def _told() -> dict[str, Told]:
    return {name: nothing_told(SLOTS) for name in NAMES}


@dataclass
class Stage:
    """People whom all see, tick by tick."""

    crowd: Crowd
    phases: int = 1
    tick: int = 0
    stirred: np.ndarray = field(default_factory=lambda: np.zeros(SLOTS, np.int64))
    told: dict[str, Told] = field(default_factory=_told)

    def show(self, name: str) -> tuple[bytes, bytes] | None:
        """Both frames of this tick."""
        beat = Beat(self.tick, 20, self.phases)
        frames = engine(name).pack_for_all(self.crowd, self.told[name], self.stirred, beat)
        if frames is None:
            return None
        both, end = frames[0].tobytes(), frames[1]
        return both[:end], both[end:]

    def some(self, name: str) -> bytes:
        """What those are told in the next tick who follow."""
        self.tick += self.phases
        frames = self.show(name)
        assert frames is not None
        return payload_of(frames[1])

    def step(self, slot: int, east: int, north: int = 0, *, heading: int = 0) -> None:
        """Somebody takes a step before the next tick."""
        self.crowd.place[slot, :2] += (east, north)
        self.crowd.heading[slot] = heading
        self.stir(slot)

    def stir(self, slot: int) -> None:
        """Somebody is as they are now since just before the next tick."""
        self.stirred[slot] = self.tick + self.phases


def stage(*places: tuple[int, int, int]) -> Stage:
    crowd = empty_crowd(SLOTS)
    crowd.place[: len(places)] = np.array(places).reshape(-1, 3)
    crowd.state[: len(places)] = State.HERE
    return Stage(crowd)


def test_one_frame_shows_everyone_to_all(rules: str) -> None:
    here = stage((0, 0, 0), (100, 0, 0), (39_000, 39_000, 0))
    here.tick = 7
    frames = here.show(rules)

    assert frames is not None
    assert frames[1] == b""
    header, _, places = unpack(payload_of(frames[0]))
    assert (header["kind"], header["tick"]) == (SNAPSHOT_WHOLE, 7)
    assert places.tolist() == [[0, 0, 0], [100, 0, 0], [39_000, 39_000, 0]]


def test_where_nothing_was_told_before_those_who_moved_are_named(rules: str) -> None:
    here = stage((0, 0, 0), (100, 0, 0))
    here.step(1, 1)
    header, records, _ = unpack(here.some(rules))

    assert (header["kind"], records["slot"].tolist()) == (SNAPSHOT_MOVED, [1])


def test_a_step_takes_four_bytes_and_a_bit(rules: str) -> None:
    here = stage((0, 0, 0), (100, 0, 0), (200, 0, 0))
    here.some(rules)
    here.step(0, -127, 127, heading=65_535)
    here.step(2, 5, -7, heading=300)
    here.crowd.place[1], here.crowd.place[2] = (100, 0, 1), (205, -7, 0)
    payload = here.some(rules)

    head = "0414" + "0200" + "ffff" + "ffff" + "0000"
    assert payload.hex() == head + "0000" + "0100" + "0500" + "817fffff" + "05f92c01"


def test_a_bitmap_begins_with_the_first_who_took_a_step(rules: str) -> None:
    here = stage(*((slot, 0, 0) for slot in range(SLOTS)))
    here.some(rules)
    here.step(33, 1)
    here.step(63, 2)
    payload = here.some(rules)
    slots, steps = unpack_steps(payload)

    assert payload[10:18].hex() == "2000" + "0200" + "0200" + "0080"
    assert (slots.tolist(), steps.tolist()) == ([33, 63], [(1, 0, 0), (2, 0, 0)])


def _goes_far(here: Stage) -> None:
    here.step(1, -128)


def _climbs(here: Stage) -> None:
    here.crowd.place[1, 2] = 2


def _waves(here: Stage) -> None:
    here.crowd.posture[1] = 8


def _is_another(here: Stage) -> None:
    here.crowd.visit[1] += 1


@pytest.mark.parametrize("change", [_goes_far, _climbs, _waves, _is_another])
def test_whose_step_says_too_little_is_named_in_full(
    rules: str, change: Callable[[Stage], None]
) -> None:
    here = stage((0, 0, 0), (1000, 0, 0))
    here.some(rules)
    here.step(0, 1)
    here.stir(1)
    change(here)
    payload = here.some(rules)

    assert unpack(payload)[0]["kind"] == SNAPSHOT_STEPS
    assert unpack(payload)[1]["slot"].tolist() == [1]
    assert unpack_steps(payload)[0].tolist() == [0]


def test_who_comes_back_is_named_in_full(rules: str) -> None:
    here = stage((0, 0, 0), (100, 0, 0))
    here.some(rules)
    here.crowd.state[1] = State.AWAY
    gone = here.some(rules)
    here.crowd.state[1] = State.HERE
    here.step(1, 1)
    payload = here.some(rules)

    assert gone == b""
    assert unpack(payload)[1]["slot"].tolist() == [1]
    assert unpack_steps(payload)[0].tolist() == []


def test_who_is_elsewhere_without_having_moved_is_named_with_their_age(rules: str) -> None:
    here = stage((0, 0, 0), (100, 0, 0))
    here.some(rules)
    here.crowd.place[1, 0] = 101
    header, records, places = unpack(here.some(rules))

    assert (header["kind"], records["slot"].tolist()) == (SNAPSHOT_MOVED, [1])
    assert (records["age"].tolist(), places.tolist()) == ([2], [[101, 0, 0]])


def test_after_a_tick_in_which_not_all_were_shown_no_step_is_told(rules: str) -> None:
    here = stage((0, 0, 0))
    here.some(rules)
    here.tick += 1
    here.step(0, 1)
    payload = here.some(rules)

    assert (unpack(payload)[0]["kind"], len(payload)) == (SNAPSHOT_MOVED, 22)


def test_those_who_stand_too_far_apart_do_not_fit_into_one_frame(rules: str) -> None:
    assert stage((0, 0, 0), (65_536, 0, 0)).show(rules) is None


def test_where_nobody_is_there_is_no_frame(rules: str) -> None:
    assert stage().show(rules) is None


@pytest.mark.parametrize("cut", [11, 13, 14, 15, 19])
def test_half_of_the_steps_are_refused(cut: int) -> None:
    here = stage((0, 0, 0))
    here.some("plain")
    here.step(0, 1)
    payload = here.some("plain")

    assert len(payload) == 20
    with pytest.raises(ValueError, match="buffer"):
        unpack_steps(payload[:cut])


def test_steps_of_slots_that_do_not_exist_are_refused() -> None:
    payload = bytes((SNAPSHOT_STEPS, *[0] * 9)) + b"\xf0\xff\x02\x00" + bytes(4)

    with pytest.raises(ValueError, match="do not exist"):
        unpack_steps(payload)


_CHANGES = ("step", "leap", "climb", "pose", "slip", "come", "go", "lapse", "change", "border")
_NEWS = st.tuples(
    st.sampled_from((0, 1, 2, 15, 16, 33, 63)),
    st.sampled_from(_CHANGES),
    st.integers(-140, 140),
    st.integers(-140, 140),
    st.integers(0, 65_535),
)
_TICK = st.tuples(st.lists(_NEWS, max_size=8), st.booleans(), st.sampled_from((1, 1, 1, 2)))
"""What happens before it, whether one of the onlookers misses it, and how many ticks it takes."""


def _happen(here: Stage, news: tuple[int, str, int, int, int]) -> None:
    slot, what, east, north, turn = news
    crowd = here.crowd
    match what:
        case "step" | "slip":
            crowd.place[slot, :2] += (east, north)
            crowd.heading[slot] = turn
        case "leap":
            crowd.place[slot, :2] = int(crowd.band[slot]) * BAND + 100 * east, 100 * north
        case "climb":
            crowd.place[slot, 2] = east
        case "pose":
            crowd.posture[slot] = turn & 255
        case "go":
            crowd.state[slot] = State.AWAY
        case "lapse":
            crowd.state[slot] = State.FREE
        case _:
            crowd.visit[slot] += what == "change"
            crowd.state[slot] = State.BEYOND if what == "border" else State.HERE
    if what != "slip":
        here.stir(slot)


@given(
    history=st.lists(_TICK, min_size=1, max_size=20),
    band=st.integers(-2, 2),
    phases=st.integers(1, 2),
)
def test_whoever_follows_knows_exactly_how_everyone_is(
    history: list[tuple[list[tuple[int, str, int, int, int]], bool, int]], band: int, phases: int
) -> None:
    here = stage(*((100 * slot, 0, 0) for slot in range(4)))
    here.phases = phases
    here.crowd.band[:] = band
    here.crowd.place[:, 0] += band * BAND
    always, often = Onlooker(), Onlooker()
    follow, lost = False, True
    for happened, miss, passed in history:
        here.tick += phases * (passed - 1)
        for news in happened:
            _happen(here, news)
        here.tick += phases
        plain, compiled = (here.show(name) for name in NAMES)
        assert plain == compiled
        if plain is None:
            follow = False
            continue
        follow = follow and passed == 1
        always.see(plain[1] if follow else plain[0])
        if not miss:
            often.see(plain[0] if lost or not follow else plain[1])
        follow, lost = True, miss

        assert always.knows(rows_of(here.crowd))
        assert miss or often.knows(rows_of(here.crowd))
