"""Triangles of GLB files as bodies, and back."""

from typing import Any

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.park.rules.definition.making import refused, spaces

from shulian.park.rules.definition import meshes
from shulian.park.rules.definition.placement import Placement
from shulian.park.rules.tiles.glb import GlbBroken, Views, pack, unpack
from shulian.park.types import Mesh

TRIANGLE = Mesh(((0.0, 0.0, 0.0), (4.0, 0.0, 0.0), (0.0, 3.0, 5.0)))
METRES = st.integers(-7_000_000, 7_000_000).map(lambda millimetres: millimetres / 1000)
CORNERS = st.lists(st.tuples(METRES, METRES, METRES), min_size=3, max_size=30)


BROKEN: list[dict[str, Any]] = [
    {"extensionsRequired": ["KHR_draco_mesh_compression"]},
    {"nodes": [{"mesh": 0, "children": [0]}]},
    {"nodes": [{}]},
    {"nodes": []},
    {"nodes": [[]]},
    {"scenes": []},
    {"scenes": 3},
    {"meshes": [{"primitives": [{"attributes": {"POSITION": 0}, "mode": 5}]}]},
    {"meshes": [{"primitives": [{"attributes": {"POSITION": 1}}]}]},
    {"meshes": [{"primitives": [{"attributes": {"POSITION": 0}, "indices": 0}]}]},
    {"accessors": [{"bufferView": 0, "componentType": 5126, "count": 9, "type": "VEC3"}]},
    {"accessors": [{"bufferView": 0, "componentType": 5126, "count": -1, "type": "VEC3"}]},
    {"accessors": [{"bufferView": 7, "componentType": 5126, "count": 3, "type": "VEC3"}]},
    {"nodes": [{"mesh": 0, "translation": [1e9, 0, 0]}]},
    {"nodes": [{"mesh": 0, "scale": ["a", 1, 1]}]},
]
"""What makes of a good file one that is refused."""


def document(**changes: Any) -> dict[str, Any]:
    """A scene with a node that holds one indexed triangle."""
    return {
        "asset": {"version": "2.0"},
        "scenes": [{"nodes": [0]}],
        "nodes": [{"mesh": 0}],
        "meshes": [{"primitives": [{"attributes": {"POSITION": 0}, "indices": 1}]}],
        "accessors": [
            {"bufferView": 0, "componentType": 5126, "count": 3, "type": "VEC3"},
            {"bufferView": 1, "componentType": 5123, "count": 3, "type": "SCALAR"},
        ],
        **changes,
    }


def glb(**changes: Any) -> bytes:
    views = Views()
    # y is up: east 4 → x, north 3 → -z, up 5 → y
    views.add(np.array([[0, 0, 0], [4, 0, 0], [0, 5, -3]], np.float32))
    views.add(np.array([0, 1, 2], np.uint16))
    buffers = {"bufferViews": views.views, "buffers": [{"byteLength": views.length}]}
    return pack(document(**changes) | buffers, b"".join(views.chunks))


def test_y_up_becomes_z_up() -> None:
    assert meshes.read(glb(), Placement()) == TRIANGLE


def test_a_mesh_stands_in_the_frame_of_its_building() -> None:
    found = spaces("buildings: [{id: b, at: [10, 20], turn: 90, mesh: a.glb}]", {"a.glb": glb()})[
        "b"
    ].shape

    assert found is not None
    assert found.mesh == Mesh(((10.0, 20.0, 0.0), (10.0, 24.0, 0.0), (7.0, 20.0, 5.0)))


@pytest.mark.parametrize(
    ("nodes", "corner"),
    [
        ([{"mesh": 0, "translation": [1, 2, 3]}], (5.0, -3.0, 2.0)),
        ([{"mesh": 0, "scale": [2, 2, 2]}], (8.0, 0.0, 0.0)),
        ([{"mesh": 0, "rotation": [0, 0.70710678, 0, 0.70710678]}], (0.0, 4.0, 0.0)),
        (
            [{"mesh": 0, "matrix": [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 9, 0, 0, 1]}],
            (13.0, 0.0, 0.0),
        ),
        (
            [{"children": [1], "translation": [1, 0, 0]}, {"mesh": 0, "scale": [2, 1, 1]}],
            (9.0, 0.0, 0.0),
        ),
    ],
)
def test_nodes_move_what_hangs_on_them(
    nodes: list[dict[str, Any]], corner: tuple[float, float, float]
) -> None:
    assert meshes.read(glb(nodes=nodes), Placement()).corners[1] == corner


@pytest.mark.parametrize("changes", BROKEN)
def test_what_is_not_plain_triangles_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(GlbBroken):
        meshes.read(glb(**changes), Placement())


def test_a_broken_mesh_is_told_with_its_place() -> None:
    said = refused("buildings:\n  - id: b\n    mesh: a.glb\n", {"a.glb": b"glTF?"})

    assert (said["code"], said["line"], said["place"], said["name"]) == (
        "mesh_wrong",
        5,
        "buildings[0].mesh",
        "a.glb",
    )


def test_a_document_nested_without_end_is_refused() -> None:
    text = b"[" * 100_000
    data = pack({}, b"\0" * 4)
    head = data[:12]
    broken = head[:8] + (len(text) + 32).to_bytes(4, "little")
    broken += len(text).to_bytes(4, "little") + b"JSON" + text
    broken += (4).to_bytes(4, "little") + b"BIN\0" + b"\0" * 4

    with pytest.raises(GlbBroken):
        meshes.read(broken, Placement())


@given(CORNERS)
def test_a_mesh_keeps_its_millimetres(corners: list[tuple[float, float, float]]) -> None:
    mesh = Mesh(tuple(corners[: len(corners) // 3 * 3]))

    assert meshes.read(meshes.write(mesh), Placement()) == mesh


def test_a_written_mesh_says_its_bounds() -> None:
    text, _ = unpack(meshes.write(TRIANGLE))
    accessor = msgspec.json.decode(text)["accessors"][0]

    assert (accessor["min"], accessor["max"]) == ([0.0, 0.0, -3.0], [4.0, 5.0, 0.0])
