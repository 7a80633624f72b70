"""Volumes, areas and normals of massing against shapely and the divergence theorem."""

from itertools import pairwise
from math import cos, pi, sin

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from numpy.typing import NDArray

from shulian.park.rules.tiles.bodies import from_shapes
from shulian.park.rules.tiles.gltf import Surface
from shulian.park.rules.tiles.massing import massing
from shulian.park.types import Mesh, Prism, Ring, Shape

SQUARE: Ring = ((0, 0), (10, 0), (10, 10), (0, 10))
COURT: Ring = ((3, 3), (3, 7), (7, 7), (7, 3))
ELL: Ring = ((0, 0), (10, 0), (10, 5), (5, 5), (5, 10), (0, 10))


def of(*prisms: Prism, mesh: Mesh | None = None) -> Surface:
    return massing(from_shapes([Shape(prisms, mesh)]))


def faces(surface: Surface) -> NDArray[np.float64]:
    return surface.positions.astype(np.float64)[surface.indices].reshape(-1, 3, 3)


def volume(surface: Surface, base: float = 0.0) -> float:
    """By the divergence theorem about a point of the base, which need not be closed then."""
    a, b, c = np.moveaxis(faces(surface) - [0, 0, base], 1, 0)
    return float(np.einsum("ij,ij->", a, np.cross(b, c)) / 6)


def area_upward(surface: Surface) -> float:
    a, b, c = np.moveaxis(faces(surface), 1, 0)
    return float(np.maximum(np.cross(b - a, c - a)[:, 2], 0).sum() / 2)


def facing(surface: Surface) -> NDArray[np.float64]:
    """Cosine between each triangle's own normal and those of its vertices."""
    a, b, c = np.moveaxis(faces(surface), 1, 0)
    own = np.cross(b - a, c - a)
    own /= np.linalg.norm(own, axis=1)[:, None]
    return np.einsum("tx,tcx->tc", own, surface.normals[surface.indices].reshape(-1, 3, 3))


def open_edges(surface: Surface) -> int:
    """Directed edges, by place, that no edge of another triangle runs back along."""
    places = np.rint(faces(surface) * 1000).astype(int)
    edges = {
        (tuple(start), tuple(end))
        for face in places
        for start, end in pairwise([*face.tolist(), face[0].tolist()])
    }
    return sum((end, start) not in edges for start, end in edges)


@st.composite
def stars(draw: st.DrawFn) -> tuple[Ring, ...]:
    """A star-shaped polygon, at times with a star-shaped hole, somewhere in the park."""
    east, north = draw(st.tuples(st.floats(-5000, 5000), st.floats(-5000, 5000)))

    def ring(low: float, high: float, turn: int) -> Ring:
        count = draw(st.integers(3, 14))
        radii = draw(st.lists(st.floats(low, high), min_size=count, max_size=count))
        angles = [turn * 2 * pi * place / count for place in range(count)]
        return tuple(
            (east + r * cos(a), north + r * sin(a)) for r, a in zip(radii, angles, strict=True)
        )

    # a triangle's sides pass its middle at half its smallest radius: holes stay within that
    shell = ring(20, 60, 1)
    return (shell, ring(2, 9.5, -1)) if draw(st.booleans()) else (shell,)


@settings(deadline=None)
@given(stars(), st.floats(0, 50), st.floats(3, 200))
def test_roof_and_volume_are_those_of_the_polygon(
    rings: tuple[Ring, ...], base: float, height: float
) -> None:
    polygon = shapely.Polygon(rings[0], rings[1:])
    surface = of(Prism(rings, base, base + height))

    assert_allclose(area_upward(surface), polygon.area, rtol=1e-3)
    assert_allclose(volume(surface, base), polygon.area * height, rtol=1e-3)


@settings(deadline=None)
@given(stars(), st.floats(3, 200))
def test_normals_agree_with_the_triangles(rings: tuple[Ring, ...], height: float) -> None:
    assert facing(of(Prism(rings, 0, height))).min() > 0.99


@settings(deadline=None)
@given(stars())
def test_walls_look_away_from_the_polygon(rings: tuple[Ring, ...]) -> None:
    polygon = shapely.Polygon(rings[0], rings[1:])
    surface = of(Prism(rings, 0, 10))
    walls = surface.positions[: 4 * sum(map(len, rings))].reshape(-1, 4, 3)[:, :, :2].mean(axis=1)
    ahead = surface.normals[: 4 * len(walls) : 4, :2] * 0.05

    assert not shapely.contains_xy(polygon, walls + ahead).any()
    assert shapely.contains_xy(polygon, walls - ahead).all()


@settings(deadline=None)
@given(stars(), st.floats(1, 50))
def test_a_raised_prism_is_closed(rings: tuple[Ring, ...], base: float) -> None:
    assert open_edges(of(Prism(rings, base, base + 9))) == 0


def test_a_prism_on_the_ground_is_open_below_alone() -> None:
    surface = of(Prism((ELL,), 0, 9))

    assert open_edges(surface) == len(ELL)
    assert surface.normals[:, 2].min() == 0


def test_a_wall_knows_where_one_stands_on_it() -> None:
    surface = of(Prism((((0, 0), (12.34, 0), (12.34, 4), (0, 4)),), 2, 5.5))

    assert surface.wall is not None
    assert surface.positions[:4].tolist() == [
        pytest.approx(corner) for corner in [(0, 0, 2), (12.34, 0, 2), (12.34, 0, 5.5), (0, 0, 5.5)]
    ]
    assert surface.normals[:4].tolist() == [[0, -1, 0]] * 4
    assert surface.wall[:4].tolist() == [
        [0, 0, 123, 35],
        [123, 0, 123, 35],
        [123, 35, 123, 35],
        [0, 35, 123, 35],
    ]
    assert_array_equal(surface.wall[16:], 0)


def test_walls_share_no_vertices_and_roofs_share_theirs() -> None:
    surface = of(Prism((ELL,), 0, 9))

    assert len(surface.positions) == 4 * 6 + 6
    assert len(surface.indices) == 3 * (2 * 6 + 4)


def test_a_podium_and_its_tower_are_two_volumes_of_one_feature() -> None:
    tower: Ring = ((2, 2), (6, 2), (6, 6), (2, 6))
    surface = of(Prism((SQUARE,), 0, 12), Prism((tower,), 12, 90))

    assert volume(surface) == pytest.approx(100 * 12 + 16 * 78)
    assert set(surface.features.tolist()) == {0}


def test_a_court_stays_open() -> None:
    surface = of(Prism((SQUARE, COURT), 0, 8))

    assert area_upward(surface) == pytest.approx(100 - 16)
    assert volume(surface) == pytest.approx(84 * 8)


@pytest.mark.parametrize(
    "rings",
    [
        (SQUARE[::-1], COURT[::-1]),
        (((0, 0), (5, 0), (10, 0), (10, 10), (10, 10), (0, 10), (0, 0)), COURT),
        (SQUARE, COURT, ()),
        (SQUARE, COURT, ((1, 1), (2, 2))),
        (SQUARE, COURT, ((1, 1), (1, 2), (1, 1.5))),
        (SQUARE, COURT, ((1, 1), (1, 1), (1, 1))),
    ],
    ids=["turned", "repeated", "empty hole", "line", "thin hole", "point"],
)
def test_careless_rings_give_the_same_body(rings: tuple[Ring, ...]) -> None:
    surface = of(Prism(rings, 0, 8))

    assert area_upward(surface) == pytest.approx(84)
    assert volume(surface) == pytest.approx(84 * 8)
    assert facing(surface).min() > 0.99


@pytest.mark.parametrize(
    "prisms",
    [(), (Prism((), 0, 5),), (Prism(((),), 0, 5),), (Prism((((0, 0), (5, 5), (9, 9)),), 0, 5),)],
    ids=["none", "no ring", "empty ring", "line"],
)
def test_a_shape_that_encloses_nothing_has_no_bounds(prisms: tuple[Prism, ...]) -> None:
    bodies = from_shapes([Shape(prisms), Shape((Prism((SQUARE,), 0, 5),))])

    assert np.isnan(bodies.bounds()[0]).all()
    assert bodies.bounds()[1].tolist() == [0, 0, 0, 10, 10, 5]


def test_a_hole_as_large_as_its_shell_is_no_hole() -> None:
    assert area_upward(of(Prism((SQUARE, SQUARE[::-1]), 0, 5))) == pytest.approx(100)


def test_a_prism_upside_down_is_turned_over() -> None:
    assert volume(of(Prism((SQUARE,), 8, 0))) == pytest.approx(800)


@settings(deadline=None)
@given(st.lists(stars(), min_size=5, max_size=5), st.permutations(range(5)))
def test_bodies_can_be_taken_in_any_order(shapes: list[tuple[Ring, ...]], order: list[int]) -> None:
    bodies = from_shapes(
        [Shape((Prism(rings, 0, 5 + place),)) for place, rings in enumerate(shapes)]
    )
    taken = bodies.take(np.array(order))

    assert_array_equal(taken.bounds(), bodies.bounds()[order])
    assert volume(massing(taken)) == pytest.approx(volume(massing(bodies)), rel=1e-3)


def box_of_triangles(low: float, high: float) -> list[tuple[float, float, float]]:
    surface = of(Prism((((low, low), (high, low), (high, high), (low, high)),), low, high))
    return [(east, north, up) for east, north, up in faces(surface).reshape(-1, 3).tolist()]


@pytest.mark.parametrize("inside_out", [False, True])
def test_a_mesh_is_turned_outward(*, inside_out: bool) -> None:
    corners = box_of_triangles(10, 30)
    surface = of(mesh=Mesh(tuple(corners[::-1] if inside_out else corners)))

    assert volume(surface, 10) == pytest.approx(20**3)
    assert facing(surface).min() > 0.99


def test_a_mesh_is_welded_into_walls() -> None:
    surface = of(mesh=Mesh(tuple(box_of_triangles(10, 30))))

    assert len(surface.positions) == 6 * 4
    assert surface.wall is not None
    assert sorted(surface.wall[np.abs(surface.normals[:, 2]) < 0.5].tolist()) == sorted(
        [[0, 0, 200, 200], [200, 0, 200, 200], [200, 200, 200, 200], [0, 200, 200, 200]] * 4
    )


def test_a_flat_mesh_has_no_walls() -> None:
    surface = of(mesh=Mesh(((0, 0, 3), (9, 0, 3), (0, 9, 3))))

    assert surface.wall is not None
    assert_array_equal(surface.wall, 0)


def test_triangles_without_area_are_left_out_of_a_mesh() -> None:
    point = ((0.0, 0.0, 0.0), (0.0, 0.0, 0.0), (0.0, 0.0, 1.0))
    surface = of(mesh=Mesh((*box_of_triangles(10, 30), *point)))

    assert volume(surface, 10) == pytest.approx(20**3)


def test_a_mesh_and_prisms_make_one_body() -> None:
    bodies = from_shapes(
        [Shape(), Shape((Prism((SQUARE,), 0, 10),), Mesh(tuple(box_of_triangles(10, 30))))]
    ).take(np.array([1]))

    assert bodies.bounds().tolist() == [[0, 0, 0, 30, 30, 30]]
    assert volume(massing(bodies)) == pytest.approx(1000 + 20**3)
