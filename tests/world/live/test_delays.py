"""How long it takes from a move to those who see it."""

import numpy as np

from shulian.world.live.delays import Delays
from shulian.world.live.visitor import Snapshot
from shulian.world.types import Stand

FIRST, SECOND = Stand(1.0, 2.0, 0.0, 0.0), Stand(1.2, 2.0, 0.0, 0.0)


def _shown(stand: Stand, *, slot: int = 7, age: int = 1) -> Snapshot:
    place = np.array([[stand.east, stand.north, stand.height]])
    zero = np.zeros(1)
    return Snapshot(
        whole=False,
        tick=1,
        slot=np.array([slot]),
        place=place,
        heading=zero,
        posture=zero.astype(np.uint8),
        age=np.array([age], np.uint8),
    )


def test_each_observer_counts_a_move_once() -> None:
    delays = Delays()
    delays.sent(7, FIRST, 10.0)
    for observer, now in ((0, 10.05), (0, 10.1), (1, 10.07)):
        delays.seen(observer, _shown(FIRST), now)

    assert np.round(delays.percentiles(), 4).tolist() == [0.06, 0.0698]


def test_who_stood_still_for_long_is_no_late_news() -> None:
    delays = Delays()
    delays.sent(7, FIRST, 10.0)
    delays.seen(0, _shown(FIRST, age=200), 20.0)

    assert np.isnan(delays.percentiles()).tolist() == [True, True]


def test_others_and_moves_that_were_never_sent_do_not_count() -> None:
    delays = Delays()
    delays.sent(7, FIRST, 10.0)
    delays.seen(0, _shown(FIRST, slot=8), 10.1)
    delays.seen(0, _shown(SECOND), 10.1)

    assert np.isnan(delays.percentiles()).tolist() == [True, True]


def test_old_moves_are_forgotten() -> None:
    delays = Delays()
    for number in range(100):
        delays.sent(7, Stand(number, 0.0, 0.0, 0.0), float(number))
    delays.seen(0, _shown(Stand(1.0, 0.0, 0.0, 0.0)), 100.0)
    delays.seen(0, _shown(Stand(99.0, 0.0, 0.0, 0.0)), 100.0)

    assert delays.percentiles() == (1.0, 1.0)
