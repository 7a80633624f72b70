"""A plan drawn flat: what stands where, and labels that never touch."""

from hypothesis import given
from hypothesis import strategies as st

from shulian.kit.text import Text
from shulian.park.rules.drawing import draw
from shulian.park.rules.labels import GLYPH, WIDTH, ZOOMS
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
        ("a", "M0,0l100,0 0,-50 -100,0z", (50.0, -25.0))
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

    assert draw([space]).figures[0].path == "M0,0l10,0 0,-5 -10,0z"


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


def test_leaves_out_the_ground_that_is_not_seen() -> None:
    far = (((5000.0, 0.0), (5001.0, 0.0), (5001.0, 1.0)),)
    lawn = Scenery(SceneryId("l"), SpaceId("p"), SceneryKind.GREEN, Text(), (far,), ((9e3, 0.0),))

    drawing = draw([block("a", 0, 0, 100, 100)], [lawn])

    assert (drawing.ground, drawing.trees) == ((), "")


def test_puts_a_point_where_a_tree_stands() -> None:
    grove = Scenery(SceneryId("g"), SpaceId("p"), SceneryKind.TREE, Text(), (), ((10.0, 20.0),))

    assert draw([block("a", 0, 0, 100, 100)], [grove]).trees == "M10,-20h0"


def test_shows_the_region_asked_for() -> None:
    drawing = draw([block("a", 0, 0, 1000, 1000)], region=(-10, -20, 30, 40))

    assert (drawing.box, drawing.whole) == ((-10, -40, 40, 60), (-10, -40, 40, 60))


def test_lets_one_look_around_the_region() -> None:
    drawing = draw([block("a", 0, 0, 100, 100)], region=(0, 0, 10, 10), around=(-50, -50, 150, 150))

    assert (drawing.box, drawing.whole) == ((0, -10, 10, 10), (-50, -150, 200, 200))


def test_says_nothing_of_those_that_the_page_names_already() -> None:
    drawing = draw([block("甲乙", 0, 0, 90, 90)], nameless=[SpaceId("甲乙")])

    assert [one.zoom for one in drawing.figures] == [None]


def test_a_name_stands_inside_a_room_that_surrounds_another() -> None:
    ring = ((0.0, 0.0), (30.0, 0.0), (30.0, 30.0), (0.0, 30.0))
    hole = ((10.0, 10.0), (10.0, 20.0), (20.0, 20.0), (20.0, 10.0))
    lobby = Space(
        SpaceId("lobby"),
        None,
        SpaceKind.LOBBY,
        Text("大堂"),
        shape=Shape((Prism((ring, hole), 0, 4),)),
    )

    x, y = draw([lobby]).figures[0].at

    assert 0 < x < 30
    assert -30 < y < 0
    assert not (10 < x < 20 and -20 < y < -10)


@given(
    st.lists(
        st.tuples(*[st.floats(-500, 500)] * 2, *[st.floats(1, 300)] * 2), min_size=1, max_size=40
    )
)
def test_labels_shown_together_never_touch(boxes: list[tuple[float, float, float, float]]) -> None:
    drawing = draw([block(f"空间{number}", *box) for number, box in enumerate(boxes)])

    for zoom in ZOOMS:
        metres = drawing.box[2] / WIDTH / zoom
        shown = [one for one in drawing.figures if one.zoom and one.zoom <= zoom]
        width = [
            GLYPH * metres * sum(1.0 if ord(c) > 0x2E80 else 0.55 for c in one.name.zh)
            for one in shown
        ]
        for i, one in enumerate(shown):
            for j in range(i):
                apart_x = abs(one.at[0] - shown[j].at[0]) >= (width[i] + width[j]) / 2 * 0.999
                apart_y = abs(one.at[1] - shown[j].at[1]) >= GLYPH * metres * 0.999
                assert apart_x or apart_y
