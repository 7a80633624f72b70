"""Property tables of EXT_structural_metadata: columns as buffer views, and back."""

from collections.abc import Mapping, Sequence
from itertools import accumulate, pairwise
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

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


def decode(extension: Json, views: Sequence[bytes]) -> tuple[str, dict[str, Column]]:
    """The class name and the columns of the only table, or `GlbBroken` where a column is."""
    try:
        table = extension["propertyTables"][0]
        name = cast("str", table["class"])
        properties = cast("Json", extension["schema"]["classes"][name]["properties"])
        rows = cast("int", table["count"])
        columns: dict[str, Column] = {
            column: decode_column(declared, table["properties"].get(column), rows, views)
            for column, declared in properties.items()
        }
    except (KeyError, IndexError, TypeError, ValueError) as problem:
        raise GlbBroken(f"the property table cannot be read: {problem!r}") from problem
    return name, columns


def decode_column(declared: Json, stored: Json | None, rows: int, views: Sequence[bytes]) -> Column:
    """The values of one column as its class declares and its table stores it."""
    if stored is None:
        return [cast("str", declared["default"])] * rows
    values = views[int(stored["values"])]
    if declared["type"] == "SCALAR":
        return np.frombuffer(values, COMPONENTS[declared["componentType"]], rows)
    offsets = np.frombuffer(views[int(stored["stringOffsets"])], "<u4", rows + 1).tolist()
    return [values[begin:end].decode() for begin, end in pairwise(offsets)]
