"""What everyone is shown in a tick; plain and compiled, byte for byte."""

from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from tests.world.rules.engines import NAMES, engine
from tests.world.rules.onlookers import payload_of

from shulian.world.rules.bands import BAND
from shulian.world.rules.crowd import Crowd, State, empty_crowd
from shulian.world.rules.interest import PERIODS, Reach, Sight, no_sight
from shulian.world.rules.snapshots import Beat, unpack
from shulian.world.wire.frames import SNAPSHOT_MOVED, SNAPSHOT_WHOLE

SLOTS = 64
REACH = Reach(radius=5000, most=32)


@pytest.fixture(params=NAMES)
def rules(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@dataclass
class Stage:
    """People who see each other, tick by tick."""

    crowd: Crowd
    sight: Sight
    stirred: NDArray[np.int64]
    tick: int = 0
    phases: int = 1

    def show(self, name: str, *slots: int, whole: bool) -> list[bytes]:
        """The payloads that `slots` get in the next tick; empty: none."""
        self.tick += 1
        receivers = np.array(slots, np.int32)
        if whole:
            engine(name).look(self.crowd, self.sight, REACH, receivers)
        frames = engine(name).pack(
            self.crowd,
            self.sight,
            self.stirred,
            receivers,
            np.full(len(slots), whole),
            Beat(self.tick, 20, self.phases),
            REACH,
        )
        starts = frames.start.tolist()
        raw = frames.data.tobytes()
        return [payload_of(raw[first:last]) for first, last in pairwise(starts)]

    def move(self, slot: int) -> None:
        """Somebody takes a step before the next tick."""
        self.crowd.place[slot, 0] += 1
        self.stirred[slot] = self.tick + 1


def stage(*places: tuple[int, int, int]) -> Stage:
    crowd = empty_crowd(SLOTS)
    crowd.place[: len(places)] = np.array(places).reshape(-1, 3)
    crowd.state[: len(places)] = State.HERE
    return Stage(crowd, no_sight(SLOTS, REACH.most), np.zeros(SLOTS, np.int64))


def test_a_whole_snapshot_names_everyone_in_sight(rules: str) -> None:
    here = stage((0, 0, 0), (-100, 200, 350), (3000, -3000, -20))
    here.crowd.heading[1], here.crowd.posture[1] = 65_535, 17
    [payload] = here.show(rules, 0, whole=True)
    header, records, places = unpack(payload)

    assert header == {
        "kind": SNAPSHOT_WHOLE, "hertz": 20, "tick": 1,
        "origin_east": -1, "origin_north": -1, "count": 2,
    }  # fmt: skip
    assert places.tolist() == [[-100, 200, 350], [3000, -3000, -20]]
    assert records["slot"].tolist() == [1, 2]
    assert records["heading"].tolist() == [65_535, 0]
    assert records["posture"].tolist() == [17, 0]
    assert records["age"].tolist() == [1, 1]


def test_a_whole_snapshot_comes_to_who_sees_nobody(rules: str) -> None:
    [payload] = stage((0, 0, 0)).show(rules, 0, whole=True)

    assert unpack(payload)[0]["count"] == 0


def test_between_them_only_those_are_named_who_moved(rules: str) -> None:
    here = stage((0, 0, 0), (100, 0, 0), (200, 0, 0))
    here.show(rules, 0, whole=True)
    still = here.show(rules, 0, whole=False)
    here.move(2)
    [payload] = here.show(rules, 0, whole=False)
    header, records, places = unpack(payload)

    assert still == [b""]
    assert (header["kind"], records["slot"].tolist()) == (SNAPSHOT_MOVED, [2])
    assert places.tolist() == [[201, 0, 0]]


def test_the_far_ones_are_shown_more_seldom_but_always_in_the_end(rules: str) -> None:
    here = stage((0, 0, 0), (100, 0, 0), (3700, 0, 0), (4990, 0, 0))
    here.show(rules, 0, whole=True)
    shown: list[list[int]] = []
    for _ in range(2 * PERIODS):
        for slot in (1, 2, 3):
            here.move(slot)
        [payload] = here.show(rules, 0, whole=False)
        shown.append(unpack(payload)[1]["slot"].tolist())

    assert shown == [[1], [1], [1, 2], [1, 3], [1], [1, 2], [1], [1, 3], [1, 2], [1]]


def test_who_moved_waits_for_their_turn_and_is_shown_then(rules: str) -> None:
    here = stage((0, 0, 0), (4990, 0, 0))
    here.show(rules, 0, whole=True)
    here.move(1)
    payloads = [here.show(rules, 0, whole=False)[0] for _ in range(PERIODS)]

    assert [len(payload) > 0 for payload in payloads] == [False, False, False, True, False]
    assert unpack(payloads[3])[1]["age"].tolist() == [3]


@pytest.mark.parametrize("east", [-10_000_000, -25_600, -1, 0, 20_000, 45_599, 10_000_000])
def test_all_in_sight_fit_into_a_snapshot(rules: str, east: int) -> None:
    here = stage((east, -east, 0), (east + 5000, -east, 0), (east - 5000, -east, 0))
    [payload] = here.show(rules, 0, whole=True)

    assert sorted(unpack(payload)[2].tolist()) == [
        [east - 5000, -east, 0],
        [east + 5000, -east, 0],
    ]


@pytest.mark.parametrize("band", [-31, 1])
def test_places_travel_as_those_of_ones_own_park(rules: str, band: int) -> None:
    here = stage((band * BAND, 0, 0), (band * BAND + 100, 0, 0))
    here.crowd.band[:] = band
    [payload] = here.show(rules, 0, whole=True)

    assert unpack(payload)[2].tolist() == [[100, 0, 0]]


def test_heights_that_do_not_fit_are_cut(rules: str) -> None:
    here = stage((0, 0, 65_000), (0, 0, 65_536), (0, 0, 64_999))
    [payload] = here.show(rules, 0, whole=True)

    assert sorted(unpack(payload)[2].tolist()) == [[0, 0, 64_998], [0, 0, 65_534]]


def test_ticks_begin_again_after_the_last(rules: str) -> None:
    here = stage((0, 0, 0))
    here.tick = 65_535
    [payload] = here.show(rules, 0, whole=True)

    assert unpack(payload)[0]["tick"] == 0


def test_ticks_and_ages_are_told_in_whole_ticks_however_they_are_divided(rules: str) -> None:
    here = replace(stage((0, 0, 0), (100, 0, 0)), phases=2)
    here.tick = 19
    here.move(1)
    here.tick = 22
    [payload] = here.show(rules, 0, whole=True)
    header, records, _ = unpack(payload)

    assert (header["tick"], header["hertz"], records["age"].tolist()) == (11, 20, [1])


@given(
    people=st.lists(
        st.tuples(st.integers(-4000, 4000), st.integers(-4000, 4000), st.integers(-300, 1200)),
        min_size=1,
        max_size=SLOTS,
    ),
    ticks=st.lists(
        st.tuples(st.sets(st.integers(0, SLOTS - 1)), st.sets(st.integers(0, SLOTS - 1))),
        max_size=8,
    ),
    phases=st.integers(1, 2),
)
def test_plain_and_compiled_make_the_same_bytes(
    people: list[tuple[int, int, int]], ticks: list[tuple[set[int], set[int]]], phases: int
) -> None:
    plain = replace(stage(*people), phases=phases)
    compiled = replace(stage(*people), sight=plain.sight, phases=phases)
    slots = range(len(people))
    for moved, due in [(set[int](), set(slots)), *ticks]:
        for slot in moved & set(slots):
            plain.move(slot)
            compiled.move(slot)
        for whole, some in ((True, due & set(slots)), (False, set(slots) - due)):
            sent = plain.sight.sent.copy()
            first = plain.show("plain", *some, whole=whole)
            after = plain.sight.sent.copy()
            plain.sight.sent[:] = sent
            # the same sight: where two are equally far, either order would do
            second = compiled.show("compiled", *some, whole=whole)
            if whole:
                first = [b"".join(_sorted(one)) for one in first]
                second = [b"".join(_sorted(one)) for one in second]

            assert first == second
            assert whole or (plain.sight.sent == after).all()


def _sorted(payload: bytes) -> list[bytes]:
    header, records, _ = unpack(payload)
    return [str(header).encode(), *sorted(record.tobytes() for record in records)]
