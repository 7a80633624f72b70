"""What a metre costs where: plazas and paths invite, houses and water stop."""

import numpy as np
from tests.world.yards import SCENERY, SPACES, YARD, piece, yard_ground

from shulian.park.types import SceneryKind
from shulian.world.rules.paths.ground import ground


def test_plazas_and_paths_are_the_cheapest_to_walk_on() -> None:
    made = yard_ground()

    points = {"plaza": (60, 20), "path": (19, 50), "garden": (60, 80), "lawn": (30, 50)}
    costs = {name: made.at(point) for name, point in points.items()}

    assert costs == {"plaza": 1.0, "path": 1.0, "garden": 2.0, "lawn": 3.0}


def test_nobody_walks_in_houses_on_water_or_beyond_the_raster() -> None:
    made = yard_ground()

    assert [made.at(one) for one in ((60, 50), (60, 65), (-1, 50), (60, 500))] == [np.inf] * 4


def test_a_path_across_water_is_a_bridge() -> None:
    assert yard_ground().at((19, 65)) == 1.0


def test_one_walks_under_a_roof() -> None:
    assert yard_ground().at((100, 50)) == 3.0


def test_a_straight_line_through_a_house_is_no_way() -> None:
    made = yard_ground()

    assert made.price((60, 36), (60, 61)) == np.inf
    assert made.price((20, 10), (30, 10)) == 10.0


def test_walls_that_are_no_building_are_kept_clear_of() -> None:
    wall = np.array([[[10.0, 20.0], [110.0, 20.0]]])
    made = ground(SPACES, SCENERY, YARD, walls=wall)

    crossed = [made.price((east, 10), (east, 30)) for east in range(12, 109, 3)]

    assert crossed == [np.inf] * len(crossed)


def test_a_shape_that_crosses_itself_is_laid_all_the_same() -> None:
    bow = piece(SceneryKind.WATER, 0, 0, 1, 1)
    crossing = ((0.0, 0.0), (40.0, 40.0), (40.0, 0.0), (0.0, 40.0))
    made = ground((), [type(bow)(bow.id, bow.park, bow.kind, bow.name, ((crossing,),))], YARD)

    assert made.at((100, 90)) == 3.0
