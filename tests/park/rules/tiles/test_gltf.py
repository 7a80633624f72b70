"""A surface written as a GLB file says the same when it is read back."""

import json
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from numpy.typing import NDArray

from shulian.park.rules.tiles.glb import GlbBroken, pack, unpack
from shulian.park.rules.tiles.gltf import Surface, Table, join, parse, read_glb, write_glb


def quad(feature: int = 0, east: float = 100.0) -> Surface:
    corners = [(0, 0, 0), (10, 0, 0), (10, 0, 3), (0, 0, 3)]
    return Surface(
        positions=np.array(corners, np.float32) + np.array([east, 200, 0], np.float32),
        normals=np.tile(np.array([0, -1, 0], np.float32), (4, 1)),
        features=np.full(4, feature, np.uint16),
        indices=np.array([0, 1, 2, 0, 2, 3], np.uint32),
        wall=np.array(
            [(0, 0, 100, 30), (100, 0, 100, 30), (100, 30, 100, 30), (0, 30, 100, 30)], np.uint16
        ),
    )


def cloud(positions: NDArray[Any], normals: NDArray[Any] | None = None) -> Surface:
    count = len(positions)
    up = np.tile(np.array([0, 0, 1], np.float32), (count, 1))
    return Surface(
        positions=positions.astype(np.float32),
        normals=up if normals is None else normals.astype(np.float32),
        features=np.zeros(count, np.uint16),
        indices=np.arange(count - count % 3, dtype=np.uint32),
    )


def table() -> Table:
    return Table(
        "building",
        {
            "id": ["塔-1", "b"],
            "zh": ["上海中心大厦", ""],
            "en": ["", ""],
            "height": np.array([632.0, 3.5], np.float32),
            "delivered": np.array([19_358, -(2**31)], np.int32),
        },
        {"delivered": -(2**31)},
    )


def test_a_surface_comes_back_as_it_was() -> None:
    surface = quad()
    found, _ = read_glb(write_glb(surface, table()))

    assert_allclose(found.positions, surface.positions, atol=1e-4)
    assert_allclose(found.normals, surface.normals, atol=1e-6)
    assert_array_equal(found.features, surface.features)
    assert_array_equal(found.indices, surface.indices)
    assert found.wall is not None
    assert_array_equal(found.wall, surface.wall)


def test_a_table_comes_back_as_it_was() -> None:
    _, found = read_glb(write_glb(quad(), table()))

    assert found.name == "building"
    assert found.no_data == {"delivered": -(2**31)}
    assert {name: list(column) for name, column in found.columns.items()} == {
        "id": ["塔-1", "b"],
        "zh": ["上海中心大厦", ""],
        "en": ["", ""],
        "height": [632.0, 3.5],
        "delivered": [19_358, -(2**31)],
    }


@settings(deadline=None)
@given(
    st.lists(
        st.tuples(
            st.floats(-250, 250, width=32), st.floats(-250, 250, width=32), st.floats(0, 600)
        ),
        min_size=3,
        max_size=30,
    ),
    st.floats(-10_000, 10_000),
)
def test_positions_across_500_metres_stay_within_half_a_centimetre(
    points: list[tuple[float, float, float]], offset: float
) -> None:
    surface = cloud(np.array(points) + np.array([offset, -offset, 0]))
    found, _ = read_glb(write_glb(surface, table()))

    assert np.abs(found.positions - surface.positions).max() <= 0.005 + 0.001


@settings(deadline=None)
@given(st.lists(st.tuples(*[st.floats(-1, 1)] * 3), min_size=3, max_size=20))
def test_normals_keep_their_direction_however_flat_the_box_is(
    directions: list[tuple[float, float, float]],
) -> None:
    vectors = np.array(directions) + np.array([0, 0, 1.5])
    normals = vectors / np.linalg.norm(vectors, axis=1)[:, None]
    places = np.random.default_rng(1).uniform(0, 1, (len(normals), 3)) * [50, 80, 40]
    found, _ = read_glb(write_glb(cloud(places, normals), table()))

    assert np.einsum("ij,ij->i", found.normals, normals).min() > 0.999


def test_a_flat_surface_keeps_its_height() -> None:
    surface = cloud(np.array([[0, 0, 0.15], [10, 0, 0.15], [0, 10, 0.15]]))
    found, _ = read_glb(write_glb(surface, table()))

    assert_allclose(found.positions, surface.positions, atol=1e-4)


def test_a_surface_without_extent_can_be_written() -> None:
    surface = cloud(np.full((3, 3), 7.0))
    found, _ = read_glb(write_glb(surface, table()))

    assert_array_equal(found.positions, surface.positions)


def test_the_file_is_y_up() -> None:
    document, _ = parse(write_glb(quad(), table()))

    assert document.nodes[0].translation == (100.0, 0.0, -200.0)


def test_surfaces_without_walls_have_no_wall_coordinates() -> None:
    document, _ = parse(write_glb(cloud(np.eye(3)), table()))

    assert set(document.primitive.attributes) == {"POSITION", "NORMAL", "_FEATURE_ID_0"}


@pytest.mark.parametrize(("vertices", "component"), [(65_535, 5123), (65_536, 5125)])
def test_indices_grow_with_the_number_of_vertices(vertices: int, component: int) -> None:
    positions = np.random.default_rng(2).uniform(0, 100, (vertices, 3))
    document, _ = parse(write_glb(cloud(positions), table()))

    assert document.accessors[document.primitive.indices].component_type == component


def test_views_of_the_table_begin_on_eight_bytes() -> None:
    data = write_glb(quad(), table())
    document, _ = parse(data)
    text, _ = unpack(data)
    begin = 12 + 8 + len(text) + 8

    assert {(begin + view.byte_offset) % 8 for view in document.buffer_views} == {0}


def test_the_same_values_give_the_same_bytes() -> None:
    assert write_glb(quad(), table()) == write_glb(quad(), table())


def test_joined_surfaces_keep_their_triangles_and_features() -> None:
    found = join(quad(0), cloud(np.eye(3)), quad(1, east=300))

    assert found.indices.tolist() == [0, 1, 2, 0, 2, 3, 4, 5, 6, 7, 8, 9, 7, 9, 10]
    assert found.features.tolist() == [0] * 7 + [1] * 4
    assert found.wall is not None
    assert found.wall.sum(axis=1).tolist() == [130, 230, 260, 160, 0, 0, 0, 130, 230, 260, 160]


def test_a_surface_without_triangles_is_refused() -> None:
    with pytest.raises(ValueError, match="without triangles"):
        write_glb(cloud(np.eye(3)[:2]), table())


WHOLE = write_glb(quad(), table())
TEXT, BINARY = unpack(WHOLE)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        WHOLE[:10],
        WHOLE[:-4],
        b"gltf" + WHOLE[4:],
        pack({}, BINARY),
        pack(json.loads(TEXT), BINARY[:64]),
        pack(json.loads(TEXT.replace(b'"class":"building"', b'"class":"house"')), BINARY),
        pack(json.loads(TEXT.replace(b'"stringOffsets"', b'"offsets"')), BINARY),
    ],
    ids=[
        *("empty", "cut in the header", "cut at the end", "magic", "no content", "no buffer"),
        *("no class", "no offsets"),
    ],
)
def test_a_broken_file_is_refused(data: bytes) -> None:
    with pytest.raises(GlbBroken):
        read_glb(data)
