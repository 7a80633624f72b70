"""How far people have the next one ahead of them."""

import numpy as np

from shulian.world.rules.gaps import gaps


def test_only_who_is_near_and_ahead_counts() -> None:
    places = np.array([(0.0, 0.0), (0.0, 1.0), (0.0, 9.0)])
    north = np.zeros(3)

    assert gaps(places, north).tolist() == [1.0, np.inf, np.inf]


def test_two_who_face_each_other_both_count() -> None:
    places = np.array([(0.0, 0.0), (1.5, 0.0)])

    assert gaps(places, np.array([90.0, 270.0])).tolist() == [1.5, 1.5]


def test_one_alone_has_nobody_ahead() -> None:
    assert gaps(np.zeros((1, 2)), np.zeros(1)).tolist() == [np.inf]
