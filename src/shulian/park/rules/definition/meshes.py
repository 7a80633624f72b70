"""Triangles of a GLB file as the body of a building, and back.

In the file y is up and lengths are metres, as glTF asks: x = east, y = up, z = -north.
"""

import math
from collections.abc import Iterator, Sequence
from typing import Any, cast

import msgspec
import numpy as np
from numpy.typing import NDArray

from shulian.park.rules.definition.placement import Placement
from shulian.park.rules.tiles.glb import ATTRIBUTES, GlbBroken, Json, Views, pack, unpack
from shulian.park.types import Mesh

TRIANGLES = 200_000
"""How many triangles a mesh may have."""

_DTYPE = {5121: "<u1", 5123: "<u2", 5125: "<u4", 5126: "<f4"}
_FLOAT, _LIST = 5126, 4
_BROKEN = (
    *(KeyError, IndexError, TypeError, ValueError, AttributeError),
    *(RecursionError, OverflowError, msgspec.MsgspecError),
)
"""What reading a file of somebody else may end with."""
_TO_PARK = np.array([[1.0, 0.0, 0.0], [0.0, 0.0, -1.0], [0.0, 1.0, 0.0]])
Floats = NDArray[np.float64]


def read(data: bytes, placement: Placement) -> Mesh:
    """The triangles of a GLB file in the park's plane, to the millimetre; raises `GlbBroken`.

    placement  the frame the mesh is drawn in; its heights are above the park's ground
    """
    try:
        text, binary = unpack(data)
        document = msgspec.json.decode(text, type=dict[str, Any])
        faces = [face for face in _scene(document, binary) if len(face)]
    except _BROKEN as problem:
        if isinstance(problem, GlbBroken):
            raise
        raise GlbBroken(f"not a plain GLB file: {problem!r}") from problem
    if not faces:
        raise GlbBroken("no triangles in it")
    corners = np.concatenate(faces) @ _TO_PARK.T
    if not np.isfinite(corners).all() or np.abs(corners).max() > 1e6:  # noqa: PLR2004
        raise GlbBroken("corners at no place on earth")
    return Mesh(tuple(_placed(corner, placement) for corner in corners.tolist()))


def write(mesh: Mesh) -> bytes:
    """A GLB file of a mesh in the park's metres, moved there by its node from its first corner.

    Corners keep their millimetre within 8 km of the first.
    """
    corners = np.array(mesh.corners, np.float64) @ _TO_PARK
    zero = corners[0].round(3)
    stored = (corners - zero).astype(np.float32)
    views = Views()
    views.add(stored, ATTRIBUTES)
    accessor = {
        "bufferView": 0,
        "componentType": _FLOAT,
        "count": len(stored),
        "type": "VEC3",
        "min": stored.min(axis=0).tolist(),
        "max": stored.max(axis=0).tolist(),
    }
    document = {
        "asset": {"version": "2.0", "generator": "shulian"},
        "scene": 0,
        "scenes": [{"nodes": [0]}],
        "nodes": [{"mesh": 0, "translation": zero.tolist()}],
        "meshes": [{"primitives": [{"attributes": {"POSITION": 0}}]}],
        "accessors": [accessor],
        "bufferViews": views.views,
        "buffers": [{"byteLength": views.length}],
    }
    return pack(document, b"".join(views.chunks))


def _placed(corner: Sequence[float], placement: Placement) -> tuple[float, float, float]:
    east, north = placement.point((corner[0], corner[1]))
    return round(east, 3) + 0.0, round(north, 3) + 0.0, round(corner[2], 3) + 0.0


def _scene(document: Json, binary: bytes) -> Iterator[Floats]:
    """Corners (n, 3) of the triangles of each primitive of the scene, three a triangle."""
    if document.get("extensionsRequired"):
        raise GlbBroken(f"needs extensions: {document['extensionsRequired']}")
    nodes = cast("list[Json]", document["nodes"])
    scene = cast("Json", document["scenes"][document.get("scene", 0)])
    left = TRIANGLES
    stack = [(int(node), np.eye(4)) for node in scene["nodes"]]
    seen: set[int] = set()
    while stack:
        index, outer = stack.pop()
        if index in seen:
            raise GlbBroken("nodes that are no tree")
        seen.add(index)
        node = nodes[index]
        matrix = outer @ _matrix(node)
        stack += [(int(child), matrix) for child in node.get("children", [])]
        if "mesh" in node:
            for primitive in document["meshes"][node["mesh"]]["primitives"]:
                corners = _corners(document, binary, primitive)
                left -= len(corners) // 3
                if left < 0:
                    raise GlbBroken(f"more than {TRIANGLES} triangles")
                yield corners @ matrix[:3, :3].T + matrix[:3, 3]


def _matrix(node: Json) -> Floats:
    """The 4 × 4 matrix of a node, however it is given."""
    if "matrix" in node:
        return np.array(node["matrix"], np.float64).reshape(4, 4).T
    x, y, z, w = (float(part) for part in node.get("rotation", (0, 0, 0, 1)))
    length = math.hypot(x, y, z, w) or 1.0
    x, y, z, w = x / length, y / length, z / length, w / length
    turned = np.array(
        [
            [1 - 2 * (y * y + z * z), 2 * (x * y - z * w), 2 * (x * z + y * w)],
            [2 * (x * y + z * w), 1 - 2 * (x * x + z * z), 2 * (y * z - x * w)],
            [2 * (x * z - y * w), 2 * (y * z + x * w), 1 - 2 * (x * x + y * y)],
        ]
    )
    matrix = np.eye(4)
    matrix[:3, :3] = turned * np.array(node.get("scale", (1, 1, 1)), np.float64)
    matrix[:3, 3] = node.get("translation", (0, 0, 0))
    return matrix


def _corners(document: Json, binary: bytes, primitive: Json) -> Floats:
    """(n, 3) corners of a primitive's triangles, three a triangle."""
    if primitive.get("mode", _LIST) != _LIST:
        raise GlbBroken("a primitive that is no list of triangles")
    positions = _accessor(document, binary, primitive["attributes"]["POSITION"], 3)
    if "indices" in primitive:
        indices = _accessor(document, binary, primitive["indices"], 1)[:, 0]
        positions = positions[indices.astype(np.int64)]
    return positions[: len(positions) // 3 * 3].astype(np.float64)


def _accessor(document: Json, binary: bytes, index: int, width: int) -> NDArray[Any]:
    """(count, width) values of an accessor."""
    accessor = cast("Json", document["accessors"][index])
    view = cast("Json", document["bufferViews"][accessor["bufferView"]])
    dtype = np.dtype(_DTYPE[accessor["componentType"]])
    if accessor["type"] != {1: "SCALAR", 3: "VEC3"}[width] or "sparse" in accessor:
        raise GlbBroken("an accessor of another type")
    if (width == 3) != (dtype.kind == "f"):  # noqa: PLR2004
        raise GlbBroken("positions are no floats, or indices are")
    count, stride = int(accessor["count"]), int(view.get("byteStride", dtype.itemsize * width))
    begin = int(view.get("byteOffset", 0)) + int(accessor.get("byteOffset", 0))
    end = begin + (count - 1) * stride + dtype.itemsize * width
    if begin < 0 or stride <= 0 or end > len(binary) or not 0 < count <= 3 * TRIANGLES:
        raise GlbBroken("an accessor reaches past the buffer")
    return np.ndarray((count, width), dtype, binary, begin, (stride, dtype.itemsize))
