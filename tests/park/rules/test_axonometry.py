"""A part of a park as a model on a table."""

import re
from math import cos, sin

from shulian.kit.text import Text
from shulian.park.rules.axonometry import TILT, TURN, Face, densest, view
from shulian.park.types import (
    Extent,
    Prism,
    Scenery,
    SceneryId,
    SceneryKind,
    Shape,
    Space,
    SpaceId,
    SpaceKind,
)

REGION = (-100.0, -100.0, 100.0, 100.0)
SQUARE = ((0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0))


def house(name: str, east: float, north: float, top: float, *, base: float = 0) -> Space:
    ring = tuple((x + east, y + north) for x, y in SQUARE)
    return Space(
        SpaceId(name), None, SpaceKind.BUILDING, Text(), shape=Shape((Prism((ring,), base, top),))
    )


def corners(path: str) -> list[tuple[float, float]]:
    """The points of a path of relative lines."""
    points: list[tuple[float, float]] = []
    for part in path.split("z")[:-1]:
        numbers = [float(word) for word in re.findall(r"-?[\d.]+", part)]
        x = y = 0.0
        for right, down in zip(numbers[0::2], numbers[1::2], strict=True):
            x, y = x + right, y + down
            points.append((x, y))
    return points


def tones(faces: tuple[Face, ...]) -> list[str]:
    return [face.tone.split("-")[0] for face in faces]


def test_a_house_shows_the_two_walls_that_face_the_eye_and_its_roof() -> None:
    model = view([house("a", 0, 0, 20)], [], REGION)

    walls = sum(face.path.count("M") for face in model.faces if face.tone.startswith("wall"))
    assert (walls, tones(model.faces)[-1]) == (2, "roof")


def test_a_roof_stands_as_high_above_the_ground_as_the_tilt_lets_it() -> None:
    low, high = (view([house("a", 0, 0, top)], [], REGION).faces[-1] for top in (10, 30))

    lift = [
        y - above for (_, y), (_, above) in zip(corners(low.path), corners(high.path), strict=True)
    ]
    assert all(abs(one - 20 * cos(TILT)) <= 0.5 for one in lift)


def test_what_is_far_is_drawn_first() -> None:
    near, far = house("near", 0, -50, 20), house("far", 0, 50, 20)

    assert view([near, far], [], REGION) == view([far, near], [], REGION)
    roofs = [face for face in view([near, far], [], REGION).faces if face.tone == "roof"]
    assert corners(roofs[0].path)[0][1] < corners(roofs[1].path)[0][1]


def test_a_tower_on_a_podium_is_drawn_after_it() -> None:
    podium, tower = house("a", 0, 0, 10), house("a", 2, 2, 60, base=10)
    assert podium.shape is not None
    assert tower.shape is not None
    shape = Shape(tower.shape.prisms + podium.shape.prisms)
    both = Space(SpaceId("a"), None, SpaceKind.BUILDING, Text(), shape=shape)

    model = view([both], [], REGION)

    assert model.faces[-1] == view([tower], [], REGION).faces[-1]


def test_the_sun_throws_no_shadow_of_what_stands_on_something_else() -> None:
    assert view([house("a", 0, 0, 60, base=10)], [], REGION).shadow == ""


def test_draws_the_ground_and_the_trees_of_its_region_alone() -> None:
    lawn = Scenery(
        SceneryId("l"), SpaceId("p"), SceneryKind.GREEN, Text(), ((SQUARE,),), ((0.0, 0.0),)
    )
    far = Scenery(
        SceneryId("f"),
        SpaceId("p"),
        SceneryKind.WATER,
        Text(),
        ((tuple((x + 900, y) for x, y in SQUARE),),),
        ((900.0, 0.0),),
    )

    model = view([], [lawn, far], REGION)

    assert ([kind for kind, _ in model.ground], model.trees) == ([SceneryKind.GREEN], "M0,0h0")


def test_north_is_above_and_a_little_to_the_right() -> None:
    model = view(
        [],
        [Scenery(SceneryId("t"), SpaceId("p"), SceneryKind.TREE, Text(), (), ((0.0, 90.0),))],
        REGION,
    )

    x, y = -90 * sin(TURN), -90 * cos(TURN) * sin(TILT)
    assert model.trees == f"M{x:.0f},{y:.0f}h0"
    assert x > 0 > y


def test_the_densest_region_is_where_most_is_built() -> None:
    lone = Extent((0, 0, 50, 50), 0, 100)
    cluster = [Extent((x, 5000, x + 40, 5040), 0, 60) for x in (0, 50, 100)]

    assert densest([lone, *cluster], 200, 100) == (-30, 4970, 170, 5070)


def test_without_a_building_there_is_no_densest_region() -> None:
    assert densest([], 200, 100) is None
