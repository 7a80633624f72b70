"""A plan drawn flat: what stands where, and labels that never touch."""

from hypothesis import given
from hypothesis import strategies as st

from shulian.kit.text import Text
from shulian.park.rules.drawing import ZOOMS, draw
from shulian.park.types import (
    Mesh,
    Prism,
    Scenery,
    SceneryId,
    SceneryKind,
    Shape,
    Space,
    SpaceId,
    SpaceKind,
)


def block(
    name: str, left: float, bottom: float, width: float, depth: float, *, base: float = 0
) -> Space:
    ring = (
        (left, bottom),
        (left + width, bottom),
        (left + width, bottom + depth),
        (left, bottom + depth),
    )
    return Space(
        SpaceId(name),
        None,
        SpaceKind.BUILDING,
        Text(name),
        shape=Shape((Prism((ring,), base, base + 20),)),
    )


def test_draws_a_space_north_up_with_a_margin() -> None:
    drawing = draw([block("a", 0, 0, 100, 50)])

    assert drawing.box == (-4.0, -54.0, 108.0, 58.0)
    assert [(one.id, one.path, one.at) for one in drawing.figures] == [
        ("a", "M0.0,0.0 100.0,0.0 100.0,-50.0 0.0,-50.0Z", (50.0, -25.0))
    ]


def test_draws_what_stands_on_the_ground_not_the_towers_on_it() -> None:
    podium = block("a", 0, 0, 100, 50)
    tower = block("a", 10, 10, 20, 20, base=20)
    assert podium.shape is not None
    assert tower.shape is not None
    both = Space(
        podium.id,
        None,
        SpaceKind.BUILDING,
        Text("a"),
        shape=Shape(podium.shape.prisms + tower.shape.prisms),
    )

    assert draw([both]).figures[0].path == draw([podium]).figures[0].path


def test_draws_a_mesh_by_its_bounds() -> None:
    mesh = Mesh(((0.0, 0.0, 0.0), (10.0, 0.0, 0.0), (0.0, 5.0, 9.0)))
    space = Space(SpaceId("m"), None, SpaceKind.BUILDING, Text("m"), shape=Shape(mesh=mesh))

    assert draw([space]).figures[0].path == "M0.0,0.0 10.0,0.0 10.0,-5.0 0.0,-5.0Z"


def test_leaves_out_what_has_no_body() -> None:
    bodiless = Space(SpaceId("x"), None, SpaceKind.SITE, Text("x"))

    assert draw([bodiless]).figures == ()


def test_lays_the_ground_under_it_lowest_first() -> None:
    square = (((0.0, 0.0), (1.0, 0.0), (1.0, 1.0)),)
    scenery = [
        Scenery(SceneryId(kind), SpaceId("p"), kind, Text(), (square,))
        for kind in (SceneryKind.ROAD, SceneryKind.GREEN, SceneryKind.WATER)
    ]

    drawn = [kind for kind, _ in draw([], scenery).ground]

    assert drawn == [SceneryKind.GREEN, SceneryKind.WATER, SceneryKind.ROAD]


def test_shows_the_region_asked_for() -> None:
    drawing = draw([block("a", 0, 0, 1000, 1000)], region=(-10, -20, 30, 40))

    assert drawing.box == (-10, -40, 40, 60)


def test_the_larger_of_two_neighbours_is_named_first() -> None:
    drawing = draw(
        [block("很长的名字甲乙丙丁", 0, 0, 90, 90), block("很长的名字戊己庚辛", 0, 92, 91, 91)]
    )
    zooms = {one.name.zh: one.zoom for one in drawing.figures}

    assert zooms["很长的名字戊己庚辛"] == 1


@given(
    st.lists(
        st.tuples(*[st.floats(-500, 500)] * 2, *[st.floats(1, 300)] * 2), min_size=1, max_size=40
    )
)
def test_labels_shown_together_never_touch(boxes: list[tuple[float, float, float, float]]) -> None:
    drawing = draw([block(f"空间{number}", *box) for number, box in enumerate(boxes)])

    for zoom in ZOOMS:
        metres = drawing.box[2] / 800 / zoom
        shown = [one for one in drawing.figures if one.zoom and one.zoom <= zoom]
        width = [
            14 * metres * sum(1.0 if ord(c) > 0x2E80 else 0.55 for c in one.name.zh)
            for one in shown
        ]
        for i, one in enumerate(shown):
            for j in range(i):
                apart_x = abs(one.at[0] - shown[j].at[0]) >= (width[i] + width[j]) / 2 * 0.999
                apart_y = abs(one.at[1] - shown[j].at[1]) >= 14 * metres * 0.999
                assert apart_x or apart_y
