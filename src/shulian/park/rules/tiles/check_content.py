"""Whether one tile is in order: its buffers, triangles, features and property table."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from shulian.park.rules.tiles.bodies import Floats
from shulian.park.rules.tiles.document import Accessor, ClassProperty, Gltf, PropertyValues
from shulian.park.rules.tiles.glb import GlbBroken
from shulian.park.rules.tiles.gltf import Surface, parse, surface_of, values
from shulian.park.rules.tiles.metadata import COMPONENTS, Column, decode
from shulian.park.rules.tiles.problems import Problem

USED = frozenset({"KHR_mesh_quantization", "EXT_mesh_features", "EXT_structural_metadata"})
"""Extensions every tile uses and must declare."""

NAMES = {"id": "STRING", "zh": "STRING", "en": "STRING"}
CLASSES: Mapping[str, Mapping[str, str]] = {
    "building": NAMES
    | {
        "height": "FLOAT32",
        "base": "FLOAT32",
        "storeys": "UINT16",
        "delivered": "INT32",
        "status": "UINT8",
        "enterable": "UINT8",
    },
    "scenery": NAMES | {"kind": "UINT8"},
    "space": NAMES | {"kind": "UINT8", "part": "UINT8"},
}
"""The columns of each class and their types."""

_UNIT = 0.03


@dataclass(frozen=True, slots=True, eq=False)
class Checked:
    """A tile whose faults are known, and what the tileset needs to know of it."""

    problems: list[Problem]
    name: str = ""
    """Its class, empty when it could not be read."""
    bounds: Floats | None = None
    """(6,) [m] smallest and largest east, north, up."""
    ids: tuple[str, ...] = ()
    """Id of each feature."""


def check_content(file: str, data: bytes) -> Checked:
    """All that is wrong with one GLB file."""
    try:
        document, views = parse(data)
        problems = [
            Problem(file, code, words)
            for check in (_extensions(document), _table(document, views))
            for code, words in check
        ]
        if problems:
            return Checked(problems)
        surface, columns = surface_of(document, views), decode(document, views)
    except GlbBroken as problem:
        return Checked([Problem(file, "glb", str(problem))])
    checks = (_accessors(document, views), _surface(document, surface), _ids(document, columns))
    points = surface.positions
    return Checked(
        [Problem(file, code, words) for check in checks for code, words in check],
        document.table.class_,
        np.concatenate([points.min(axis=0), points.max(axis=0)]).astype(np.float64),
        tuple(columns["id"]),
    )


Fault = tuple[str, str]
"""Code and words of a problem."""


def _extensions(document: Gltf) -> Iterator[Fault]:
    """What is used is declared, and quantized positions are required to be understood."""
    if document.asset.version != "2.0":
        yield "version", f"glTF {document.asset.version} is not 2.0"
    for missing in sorted(USED - set(document.extensions_used)):
        yield "extension", f"{missing} is used but not declared"
    if "KHR_mesh_quantization" not in document.extensions_required:
        yield "extension", "KHR_mesh_quantization is used but not required"


def _table(document: Gltf, views: list[bytes]) -> Iterator[Fault]:
    """The table has the columns of its class, with the right types, lengths and offsets."""
    expected = CLASSES.get(document.table.class_)
    if expected is None:
        yield "class", f"there is no class {document.table.class_}"
        return
    declared = {name: each.component_type or each.type for name, each in document.columns.items()}
    if declared != expected:
        yield "columns", f"columns {declared} are not {dict(expected)}"
        return
    for name in sorted(document.table.properties.keys() - declared.keys()):
        yield "columns", f"column {name} is not declared"
    for name, column in document.columns.items():
        stored = document.table.properties.get(name)
        if stored is not None:
            yield from _column(name, column, stored, document, views)
        elif column.required or column.default is None:
            yield "columns", f"column {name} is required and not there"


def _column(
    name: str, column: ClassProperty, stored: PropertyValues, document: Gltf, views: list[bytes]
) -> Iterator[Fault]:
    """Every view of a column begins on eight bytes and holds exactly the column's rows."""
    rows = document.table.count
    used = [stored.values] + ([] if stored.string_offsets is None else [stored.string_offsets])
    if max(used) >= len(views):
        yield "views", f"column {name} names a buffer view that is not there"
        return
    if any(document.buffer_views[view].byte_offset % 8 for view in used):
        yield "alignment", f"values of column {name} do not begin on a multiple of 8 bytes"
    length = len(views[stored.values])
    if column.type == "SCALAR":
        expected = rows * COMPONENTS[column.component_type or ""].itemsize
        if length != expected:
            yield "length", f"column {name} has {length} bytes, not {expected}"
        return
    if stored.string_offsets is None or len(views[stored.string_offsets]) != 4 * (rows + 1):
        yield "offsets", f"column {name} has not {rows + 1} offsets"
        return
    offsets = np.frombuffer(views[stored.string_offsets], "<u4")
    if (np.diff(offsets.astype(np.int64)) < 0).any() or offsets[0] or offsets[-1] != length:
        yield "offsets", f"offsets of column {name} do not rise from 0 to its {length} bytes"


def _accessors(document: Gltf, views: list[bytes]) -> Iterator[Fault]:
    """Rows of attributes begin on four bytes, and positions have their true extremes."""
    for name, index in document.primitive.attributes.items():
        accessor = document.accessors[index]
        if (document.buffer_views[accessor.buffer_view].byte_stride or 4) % 4:
            yield "alignment", f"rows of {name} are no multiple of 4 bytes"
        if name == "POSITION":
            yield from _extremes(accessor, values(document, views, index))


def _extremes(accessor: Accessor, stored: Floats) -> Iterator[Fault]:
    true = stored.min(axis=0).tolist(), stored.max(axis=0).tolist()
    if (accessor.min, accessor.max) != true:
        yield "extremes", f"positions reach over {true}, not {accessor.min} to {accessor.max}"


def _surface(document: Gltf, surface: Surface) -> Iterator[Fault]:
    """Triangles are whole and of vertices that are there; normals are unit vectors."""
    indices, vertices = surface.indices, len(surface.positions)
    if len(indices) % 3 or indices.max() >= vertices:
        yield "indices", f"{len(indices)} indices do not make triangles of {vertices} vertices"
    if not np.isfinite(surface.positions).all():
        yield "finite", "a position is not a number"
    stretch = np.linalg.norm(surface.normals, axis=1)
    if not (np.abs(stretch - 1) < _UNIT).all():
        yield "normals", "a normal is no unit vector"
    features = document.primitive.extensions.mesh_features.feature_ids[0]
    if features.attribute or features.property_table:
        yield "features", "feature ids do not name attribute 0 and table 0"
    if features.feature_count != document.table.count:
        words = f"{features.feature_count} features, but {document.table.count} rows"
        yield "features", words
    if surface.features.max() >= features.feature_count:
        yield "features", f"feature {surface.features.max()} is past the last"


def _ids(document: Gltf, columns: Mapping[str, Column]) -> Iterator[Fault]:
    """Every feature has an id; of a storey's file, id and part are unique together."""
    if not all(columns["id"]):
        yield "id", "a feature has no id"
    for name, column in columns.items():
        if isinstance(column, np.ndarray) and not np.isfinite(column).all():
            yield "finite", f"a value of column {name} is not a number"
    if document.table.class_ == "space":
        pairs = list(zip(columns["id"], columns["part"], strict=True))
        if len(set(pairs)) != len(pairs):
            yield "id", "a part of a space is there twice"
