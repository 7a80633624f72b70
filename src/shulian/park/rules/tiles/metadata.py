"""Property tables of EXT_structural_metadata: columns as buffer views, and back."""

from collections.abc import Mapping, Sequence
from itertools import accumulate, pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from shulian.park.rules.tiles.document import ClassProperty, Gltf, PropertyValues
from shulian.park.rules.tiles.glb import GlbBroken, Json, Views

Column = Sequence[str] | NDArray[Any]
"""Texts, or an array (rows,) of one of the types in `COMPONENTS`."""

COMPONENTS: Mapping[str, np.dtype[Any]] = {
    "UINT8": np.dtype("<u1"),
    "INT8": np.dtype("<i1"),
    "UINT16": np.dtype("<u2"),
    "INT16": np.dtype("<i2"),
    "UINT32": np.dtype("<u4"),
    "INT32": np.dtype("<i4"),
    "FLOAT32": np.dtype("<f4"),
    "FLOAT64": np.dtype("<f8"),
}
"""Component types a column may have, by their name in the extension."""

_NAMES = {dtype: name for name, dtype in COMPONENTS.items()}


def encode(
    views: Views, name: str, columns: Mapping[str, Column], no_data: Mapping[str, int]
) -> Json:
    """The extension's object for one class with one table, its values added to `views`.

    A column of nothing but empty texts is left out of the table (a view cannot be empty) and
    declared with the default ""; readers give that for every row.
    """
    properties: Json = {}
    values: Json = {}
    for column, data in columns.items():
        if isinstance(data, np.ndarray):
            properties[column] = {"type": "SCALAR", "componentType": _NAMES[data.dtype]}
            values[column] = {"values": views.add(data)}
        elif any(data):
            properties[column] = {"type": "STRING"}
            values[column] = _encode_texts(views, data)
        else:
            properties[column] = {"type": "STRING", "default": ""}
        required = column in values and column not in no_data
        properties[column] |= {"required": True} if required else {}
        properties[column] |= {"noData": no_data[column]} if column in no_data else {}
    rows = len(next(iter(columns.values())))
    return {
        "schema": {"id": "shulian", "classes": {name: {"properties": properties}}},
        "propertyTables": [{"class": name, "count": rows, "properties": values}],
    }


def _encode_texts(views: Views, texts: Sequence[str]) -> Json:
    joined = "".join(texts)
    encoded = joined.encode()
    if len(encoded) == len(joined):
        lengths = map(len, texts)
    else:
        lengths = (len(text.encode()) for text in texts)
    offsets = np.fromiter(accumulate(lengths, initial=0), np.uint32, len(texts) + 1)
    return {
        "values": views.add(encoded),
        "stringOffsets": views.add(offsets),
        "stringOffsetType": "UINT32",
    }


def decode(document: Gltf, views: Sequence[bytes]) -> dict[str, Column]:
    """The columns of the only table; raises `GlbBroken` where one cannot be read."""
    table = document.table
    if not document.columns:
        raise GlbBroken(f"class {table.class_} is not declared")
    try:
        return {
            name: decode_column(declared, table.properties.get(name), table.count, views)
            for name, declared in document.columns.items()
        }
    except (KeyError, IndexError, ValueError) as problem:
        raise GlbBroken(f"the property table cannot be read: {problem!r}") from problem


def decode_column(
    declared: ClassProperty, stored: PropertyValues | None, rows: int, views: Sequence[bytes]
) -> Column:
    """The values of one column; raises KeyError, IndexError or ValueError where they are wrong."""
    if stored is None:
        return [declared.default or ""] * rows
    data = views[stored.values]
    if declared.type == "SCALAR":
        return np.frombuffer(data, COMPONENTS[declared.component_type or ""], rows)
    if stored.string_offsets is None:
        raise ValueError("texts without offsets")
    offsets = np.frombuffer(views[stored.string_offsets], "<u4", rows + 1).tolist()
    return [data[begin:end].decode() for begin, end in pairwise(offsets)]
