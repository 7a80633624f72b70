"""A surface of triangles with features as one quantized binary glTF file, and read back.

In memory lengths are metres of the park's plane: east, north, up. In the file, as glTF and
3D Tiles ask, y is up: x = east, y = up, z = -north.

Positions are 16-bit steps of the surface's own box: across, one step is its longer side / 65,535,
upright its height / 65,535, so a point moves by at most half a step (4 mm across 500 m, 1 cm
across 1,300 m) beside the 1 mm that float32 leaves at 16 km from the origin.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from shulian.park.rules.tiles import metadata
from shulian.park.rules.tiles.document import Gltf
from shulian.park.rules.tiles.glb import ATTRIBUTES, INDICES, GlbBroken, Json, Views, pack, unpack
from shulian.park.rules.tiles.metadata import Column

STEPS = 65_535
"""Steps of a quantized position along the box of a surface."""
FINEST = 1e-6
"""A step is never smaller [m]: flat surfaces have none of their own."""

_MATERIAL = {
    "pbrMetallicRoughness": {
        "baseColorFactor": [0.86, 0.85, 0.82, 1.0],
        "metallicFactor": 0.0,
        "roughnessFactor": 0.9,
    }
}
_COMPONENT = {5120: "<i1", 5121: "<u1", 5122: "<i2", 5123: "<u2", 5125: "<u4", 5126: "<f4"}
_WIDTH = {"SCALAR": 1, "VEC2": 2, "VEC3": 3}


@dataclass(frozen=True, slots=True, eq=False)
class Surface:
    """Triangles of many features; corners run counter-clockwise seen from outside."""

    positions: NDArray[np.float32]
    """(n, 3) [m] east, north, up."""
    normals: NDArray[np.float32]
    """(n, 3) unit vectors east, north, up."""
    features: NDArray[np.uint16]
    """(n,) row of the table that each vertex belongs to."""
    indices: NDArray[np.uint32]
    """(m,) three vertices a triangle."""
    wall: NDArray[np.uint16] | None = None
    """(n, 4) [dm] along the wall from its start, above its base, length and height of the wall;
    zeros where there is no wall; none: no walls at all."""


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """What is known of each feature: columns of the same length, in the order of feature ids."""

    name: str
    """The class: `building`, `scenery`, `space`."""
    columns: Mapping[str, Column]
    """Lists of text, or arrays (rows,) of a numeric type whose width is kept."""
    no_data: Mapping[str, int] = field(default_factory=dict[str, int])
    """The number that says nothing is known, for columns that have one."""

    @property
    def rows(self) -> int:
        """How many features it holds."""
        return len(next(iter(self.columns.values()), ()))


def join(*surfaces: Surface) -> Surface:
    """One surface of several; features keep the ids they have."""
    counts = [len(each.positions) for each in surfaces]
    starts = np.cumsum([0, *counts[:-1]])
    walls = [
        np.zeros((count, 4), np.uint16) if each.wall is None else each.wall
        for each, count in zip(surfaces, counts, strict=True)
    ]
    return Surface(
        positions=np.concatenate([each.positions for each in surfaces]),
        normals=np.concatenate([each.normals for each in surfaces]),
        features=np.concatenate([each.features for each in surfaces]),
        indices=np.concatenate(
            [each.indices + np.uint32(s) for each, s in zip(surfaces, starts, strict=True)]
        ),
        wall=np.concatenate(walls) if any(each.wall is not None for each in surfaces) else None,
    )


def write_glb(surface: Surface, table: Table) -> bytes:
    """A GLB file with one node, one mesh, one primitive and one property table.

    Raises ValueError for a surface without triangles: glTF has no empty meshes.
    """
    if not len(surface.indices) or not table.rows:
        raise ValueError("a surface without triangles or features cannot be written")
    views = Views()
    accessors: list[Json] = []
    node, step = _position(views, accessors, surface.positions)
    _normal(views, accessors, surface.normals, step)
    attributes = {"POSITION": 0, "NORMAL": 1, "_FEATURE_ID_0": 2}
    _attribute(views, accessors, surface.features[:, None], pad=2)
    if surface.wall is not None:
        attributes |= {"TEXCOORD_0": 3, "TEXCOORD_1": 4}
        _attribute(views, accessors, surface.wall[:, :2])
        _attribute(views, accessors, surface.wall[:, 2:])
    triangles = _index(views, accessors, surface.indices, len(surface.positions))
    features = {"featureCount": table.rows, "attribute": 0, "propertyTable": 0}
    primitive: Json = {
        "attributes": attributes,
        "indices": triangles,
        "material": 0,
        "extensions": {"EXT_mesh_features": {"featureIds": [features]}},
    }
    extension = metadata.encode(views, table.name, table.columns, table.no_data)
    document = {
        "asset": {"version": "2.0", "generator": "shulian"},
        "extensionsUsed": [
            "KHR_mesh_quantization",
            "EXT_mesh_features",
            "EXT_structural_metadata",
        ],
        "extensionsRequired": ["KHR_mesh_quantization"],
        "scene": 0,
        "scenes": [{"nodes": [0]}],
        "nodes": [node],
        "meshes": [{"primitives": [primitive]}],
        "materials": [_MATERIAL],
        "accessors": accessors,
        "bufferViews": views.views,
        "buffers": [{"byteLength": views.length}],
        "extensions": {"EXT_structural_metadata": extension},
    }
    return pack(document, b"".join(views.chunks))


def _position(
    views: Views, accessors: list[Json], positions: NDArray[np.float32]
) -> tuple[Json, NDArray[np.float64]]:
    """Add the quantized positions; the node that undoes it, and its scale as (x, y, z)."""
    low, high = _extremes(positions.astype(np.float64))
    across = max(float((high - low)[:2].max()) / STEPS, FINEST)
    upright = max(float(high[2] - low[2]) / STEPS, FINEST)
    origin = np.array([low[0], low[2], -high[1]])
    step = np.array([across, upright, across])
    quantized = np.empty((len(positions), 4), np.uint16)
    quantized[:, :3] = np.rint((_y_up(positions) - origin) / step)
    quantized[:, 3] = 0
    accessor = _accessor(views.add(quantized, ATTRIBUTES), quantized, "VEC3")
    smallest, largest = _extremes(quantized[:, :3])
    accessor |= {"min": smallest.tolist(), "max": largest.tolist()}
    accessors.append(accessor)
    return {"mesh": 0, "translation": origin.tolist(), "scale": step.tolist()}, step


def _normal(
    views: Views,
    accessors: list[Json],
    normals: NDArray[np.float32],
    step: NDArray[np.float64],
) -> None:
    """Add the normals as bytes; the node's scale turns them back (n' ~ scale⁻¹ · stored)."""
    stored = _y_up(normals) * (step / step.max()).astype(np.float32)
    stored *= 127.0 / np.maximum(np.sqrt(np.einsum("ij,ij->i", stored, stored)), 1e-12)[:, None]
    quantized = np.empty((len(normals), 4), np.int8)
    quantized[:, :3] = np.rint(stored)
    quantized[:, 3] = 0
    accessor = _accessor(views.add(quantized, ATTRIBUTES), quantized, "VEC3")
    accessors.append(accessor | {"normalized": True})


def _attribute(
    views: Views, accessors: list[Json], values: NDArray[np.uint16], pad: int = 0
) -> None:
    """Add a column or pairs of u16; `pad` brings a row to the four bytes glTF asks for."""
    width = values.shape[1]
    rows = np.zeros((len(values), pad), np.uint16) if pad else None
    if rows is not None:
        rows[:, :width] = values
    kind = "SCALAR" if width == 1 else "VEC2"
    stored = np.ascontiguousarray(values) if rows is None else rows
    accessors.append(_accessor(views.add(stored, ATTRIBUTES), stored, kind))


def _index(views: Views, accessors: list[Json], indices: NDArray[np.uint32], vertices: int) -> int:
    """Add the triangles, in two bytes where they suffice (65,535 itself means restart)."""
    stored = indices.astype(np.uint16 if vertices <= STEPS else np.uint32)
    accessors.append(_accessor(views.add(stored, INDICES), stored, "SCALAR"))
    return len(accessors) - 1


def _accessor(view: int, data: NDArray[Any], kind: str) -> Json:
    component = {"int8": 5120, "uint16": 5123, "uint32": 5125}[data.dtype.name]
    return {"bufferView": view, "componentType": component, "count": len(data), "type": kind}


def _extremes(values: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
    """(width,) smallest and largest of each column; a column at a time is ten times as fast."""
    columns = list(values.T)
    return (
        np.array([column.min() for column in columns]),
        np.array([column.max() for column in columns]),
    )


def _y_up(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """(n, 3) east, north, up → x, y, z of glTF."""
    turned = vectors[:, [0, 2, 1]]
    turned[:, 2] *= -1.0
    return turned


def parse(data: bytes) -> tuple[Gltf, list[bytes]]:
    """The document of a GLB file of ours and the bytes of its buffer views; raises `GlbBroken`."""
    text, binary = unpack(data)
    try:
        document = msgspec.json.decode(text, type=Gltf)
    except msgspec.DecodeError as problem:
        raise GlbBroken(str(problem)) from problem
    spans = [
        (view.byte_offset, view.byte_offset + view.byte_length) for view in document.buffer_views
    ]
    if any(end > len(binary) for _, end in spans):
        raise GlbBroken("a buffer view reaches past the buffer")
    return document, [binary[begin:end] for begin, end in spans]


def values(document: Gltf, views: list[bytes], index: int) -> NDArray[Any]:
    """(n, width) the numbers of an accessor, as they are stored; raises `GlbBroken`."""
    if index >= len(document.accessors) or document.accessors[index].buffer_view >= len(views):
        raise GlbBroken(f"accessor {index} or its buffer view is not there")
    accessor = document.accessors[index]
    dtype, width = np.dtype(_COMPONENT[accessor.component_type]), _WIDTH[accessor.type]
    stride = document.buffer_views[accessor.buffer_view].byte_stride or dtype.itemsize * width
    data = views[accessor.buffer_view]
    if (accessor.count - 1) * stride + width * dtype.itemsize > len(data):
        raise GlbBroken(f"accessor {index} reaches past its buffer view")
    return np.ndarray((accessor.count, width), dtype, data, 0, (stride, dtype.itemsize))


def read_glb(data: bytes) -> tuple[Surface, Table]:
    """The surface and the table of a file that `write_glb` wrote; raises `GlbBroken`."""
    document, views = parse(data)
    name = document.table.class_
    no_data = {
        column: declared.no_data
        for column, declared in document.columns.items()
        if declared.no_data is not None
    }
    return surface_of(document, views), Table(name, metadata.decode(document, views), no_data)


def surface_of(document: Gltf, views: list[bytes]) -> Surface:
    """The surface of a parsed file, in metres; raises `GlbBroken`."""
    attributes = document.primitive.attributes
    if missing := {"POSITION", "NORMAL", "_FEATURE_ID_0"} - attributes.keys():
        raise GlbBroken(f"there is no attribute {min(missing)}")
    stored = {key: values(document, views, index) for key, index in attributes.items()}
    if len({len(each) for each in stored.values()}) != 1:
        raise GlbBroken("attributes have different numbers of vertices")
    step = np.array(document.nodes[0].scale)
    positions = np.array(document.nodes[0].translation) + step * stored["POSITION"]
    normals = stored["NORMAL"] / 127.0 / step
    normals /= np.maximum(np.linalg.norm(normals, axis=1), 1e-12)[:, None]
    wall = None
    if {"TEXCOORD_0", "TEXCOORD_1"} <= stored.keys():
        wall = np.concatenate([stored["TEXCOORD_0"], stored["TEXCOORD_1"]], axis=1)
    return Surface(
        positions=_z_up(positions),
        normals=_z_up(normals),
        features=stored["_FEATURE_ID_0"][:, 0],
        indices=values(document, views, document.primitive.indices)[:, 0].astype(np.uint32),
        wall=wall,
    )


def _z_up(turned: NDArray[np.float64]) -> NDArray[np.float32]:
    """(n, 3) x, y, z of glTF → east, north, up."""
    with np.errstate(over="ignore"):  # a checker wants to see what is out of range
        return np.column_stack([turned[:, 0], -turned[:, 2], turned[:, 1]]).astype(np.float32)
