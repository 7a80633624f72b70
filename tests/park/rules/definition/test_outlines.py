"""The shapes an entry may have from above."""

from math import pi

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.park.rules.definition.making import refused, shell, spaces

from shulian.park.rules.definition import outlines
from shulian.park.types import Ring, Shape


def drawn(outline: str) -> Shape:
    shape = spaces(f"spaces: [{{id: a, kind: plaza, {outline}}}]")["a"].shape
    assert shape is not None
    return shape


@pytest.mark.parametrize(
    ("outline", "ring"),
    [
        ("box: [4, 2]", ((-2, -1), (2, -1), (2, 1), (-2, 1))),
        ("box: [4, 2], at: [10, 20]", ((8, 19), (12, 19), (12, 21), (8, 21))),
        ("box: [4, 2], turn: 90", ((1, -2), (1, 2), (-1, 2), (-1, -2))),
        ("ell: [6, 8, 2]", ((-3, -4), (3, -4), (3, -2), (-1, -2), (-1, 4), (-3, 4))),
        (
            "horseshoe: [8, 6, 2]",
            ((-4, -3), (4, -3), (4, 3), (2, 3), (2, -1), (-2, -1), (-2, 3), (-4, 3)),
        ),
        ("footprint: [[0, 0], [4, 0], [0, 3]]", ((0, 0), (4, 0), (0, 3))),
        ("footprint: [[0, 3], [4, 0], [0, 0]]", ((0, 0), (4, 0), (0, 3))),
        ("footprint: [[0, 0], [4, 0], [4, 0], [0, 3], [0, 0]]", ((4, 0), (0, 3), (0, 0))),
    ],
)
def test_shapes_of_straight_walls(outline: str, ring: Ring) -> None:
    assert drawn(outline).prisms[0].rings == (ring,)


def test_a_court_has_a_hole_that_runs_clockwise() -> None:
    shell_, hole = drawn("court: [10, 8, 2]").prisms[0].rings

    assert (outlines.area_of(shell_), outlines.area_of(hole)) == (80, -24)


def test_holes_are_cut_out_of_a_footprint() -> None:
    shape = drawn(
        "footprint: [[0, 0], [9, 0], [9, 9], [0, 9]], holes: [[[1, 1], [2, 1], [2, 2], [1, 2]]]"
    )

    assert shape.prisms[0].rings[1] == ((1, 2), (2, 2), (2, 1), (1, 1))


@pytest.mark.parametrize(
    ("outline", "area"),
    [("circle: 10", 100 * pi), ("oval: [20, 10]", 50 * pi), ("box: [20, 10], fillet: 2", 196.57)],
)
def test_round_shapes_cover_what_they_should(outline: str, area: float) -> None:
    assert outlines.area([drawn(outline).prisms[0].rings]) == pytest.approx(area, rel=0.02)


def test_a_soft_outline_stays_within_its_corners() -> None:
    (ring,) = drawn("footprint: [[0, 0], [40, 0], [40, 40], [0, 40]], smooth: true").prisms[0].rings

    assert len(ring) == 32
    assert 1_200 < outlines.area_of(ring) < 1_600
    assert all(0 <= east <= 40 and 0 <= north <= 40 for east, north in ring)


def test_a_soft_line_keeps_its_ends() -> None:
    line = outlines.soft([(0, 0), (10, 0), (10, 10)], closed=False)

    assert (line[0], line[-1]) == ((0, 0), (10, 10))


@pytest.mark.parametrize(
    ("outline", "code", "place"),
    [
        ("footprint: [[0, 0], [4, 4], [4, 0], [0, 4]]", "shape_crossing", "spaces[0].footprint"),
        (
            "footprint: [[0, 0], [4, 0], [2, 0], [4, 4], [0, 4]]",
            "shape_crossing",
            "spaces[0].footprint",
        ),
        (
            "footprint: [[0, 0], [4, 0], [0, 4]], holes: [[[9, 9], [9, 8], [8, 9]]]",
            "shape_crossing",
            "spaces[0].footprint",
        ),
        ("footprint: []", "shape_empty", "spaces[0].footprint"),
        ("footprint: [[1, 1], [2, 2]]", "shape_empty", "spaces[0].footprint"),
        ("footprint: [[0, 0], [1, 1], [2, 2]]", "shape_empty", "spaces[0].footprint"),
        ("box: [4, 4], fillet: 3", "shape_empty", "spaces[0]"),
        ("court: [10, 8, 4]", "value_wrong", "spaces[0].court"),
        ("ell: [6, 8, 7]", "value_wrong", "spaces[0].ell"),
        ("horseshoe: [6, 8, 3]", "value_wrong", "spaces[0].horseshoe"),
        ("box: [4, 4], circle: 3", "shapes_many", "spaces[0]"),
    ],
)
def test_what_is_no_outline_is_refused(outline: str, code: str, place: str) -> None:
    said = refused(f"spaces: [{{id: a, kind: plaza, {outline}}}]")

    assert (said["code"], said["place"], said["line"]) == (code, place, 3)


def test_a_crossing_says_where() -> None:
    said = refused("spaces: [{id: a, kind: hall, footprint: [[0, 0], [4, 4], [4, 0], [0, 4]]}]")

    assert (said["east"], said["north"]) == (2.0, 2.0)


@pytest.mark.parametrize("smooth", ["true", "false"])
def test_corners_without_end_are_refused(smooth: str) -> None:
    corners = ", ".join(f"[{n % 7}, {n}]" for n in range(outlines.CORNERS + 1))
    said = refused(f"spaces: [{{id: a, kind: hall, smooth: {smooth}, footprint: [{corners}]}}]")

    assert (said["code"], said["what"]) == ("too_large", "corners")


@given(
    st.tuples(st.floats(2, 500), st.floats(2, 500)),
    st.floats(-1_000, 1_000),
    st.floats(-360, 360),
)
def test_a_box_keeps_its_area_wherever_it_stands(
    size: tuple[float, float], at: float, turn: float
) -> None:
    width, depth = size
    ring = shell(
        spaces(
            f"spaces: [{{id: a, kind: hall, box: [{width:.3f}, {depth:.3f}], "
            f"at: [{at:.3f}, {-at:.3f}], turn: {turn:.3f}}}]"
        )["a"]
    )

    assert outlines.area_of(ring) == pytest.approx(width * depth, rel=2e-3)
