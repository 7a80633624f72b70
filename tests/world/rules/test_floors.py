"""What people can stand on."""

import numpy as np
import pytest
from tests.park.plans import box, space

from shulian.park.types import Mesh, Shape, SpaceKind
from shulian.world.rules.floors import Floors

SPACES = (
    space("", None, SpaceKind.PARK),
    space("site", "", SpaceKind.SITE, shape=box(-500, -500, 1000, 1000, 0, 60)),
    space("tower", "site", SpaceKind.BUILDING, shape=box(0, 0, 40, 20, -4, 12)),
    space("b1", "tower", SpaceKind.STOREY, order=-1, shape=box(0, 0, 40, 20, -4, 0)),
    space("f1", "tower", SpaceKind.STOREY, shape=box(0, 0, 40, 20, 0, 6)),
    space("f2", "tower", SpaceKind.STOREY, order=1, shape=box(0, 0, 40, 20, 6, 12)),
    space("stairs", "f1", SpaceKind.STAIRS, shape=box(2, 2, 3, 5, 0, 6)),
    space("deck", "site", SpaceKind.PLAZA, shape=box(100, 0, 20, 20, 5, 5)),
)
SHELL = Shape(mesh=Mesh(((200, 0, 0), (210, 0, 8), (210, 10, 3))))
FLOORS = Floors((*SPACES, space("shell", "site", SpaceKind.BUILDING, shape=SHELL)))


@pytest.mark.parametrize(
    ("point", "held"),
    [
        ((-50, 0, 0), True),
        ((-50, 0, 1.2), True),  # a bench, the steps of a stage
        ((-50, 0, 3), False),
        ((-50, 0, -3), False),
        ((-50, 0, 500), False),
        ((20, 10, 6), True),
        ((20, 10, 7.5), True),
        ((20, 10, 3.5), False),
        ((20, 10, 9), False),
        ((20, 10, 12), True),  # the roof
        ((20, 10, 15), False),
        ((20, 10, -4), True),
        ((20, 10, -1.5), False),
        ((3, 4, 3.5), True),  # on the stairs
        ((7.5, 4, 4), True),
        ((40.8, 10, 6), True),  # at the edge of a floor
        ((42, 10, 6), False),
        ((110, 10, 5), True),
        ((85, 10, 2.5), True),  # on the way up to the deck, wherever that is
        ((50, 10, 2.5), False),
        ((208, 3, 5), True),  # somewhere on a body that is a mesh
        ((208, 3, 12), False),
    ],
)
def test_feet_are_on_a_floor_or_are_not(point: tuple[float, float, float], held: bool) -> None:  # noqa: FBT001
    assert FLOORS.hold(np.array([point])).tolist() == [held]


def test_many_are_judged_at_once() -> None:
    points = np.array([(-50, 0, 0), (-50, 0, 9), (20, 10, 6), (20, 10, 9)], float)

    assert FLOORS.hold(points).tolist() == [True, False, True, False]
    assert FLOORS.hold(points[:0]).tolist() == []


@pytest.mark.parametrize(
    ("point", "height"),
    [((20, 10, 6.3), 6.3), ((20, 10, 9), 6), ((20, 10, 400), 12), ((-50, 0, 80), 0)],
)
def test_below_the_air_there_is_a_floor(point: tuple[float, float, float], height: float) -> None:
    assert FLOORS.below(point) == pytest.approx(height)


def test_a_park_without_spaces_is_flat() -> None:
    floors = Floors()

    assert floors.hold(np.array([(0.0, 0.0, 0.0), (0.0, 0.0, 5.0)])).tolist() == [True, False]
    assert floors.below((0.0, 0.0, 5.0)) == 0.0
