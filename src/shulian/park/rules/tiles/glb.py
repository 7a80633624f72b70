"""The binary container of glTF 2.0: one JSON chunk, one binary chunk of buffer views."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from struct import Struct, error
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

Json = dict[str, Any]
"""A JSON object to write; what is read back has the types of `document`."""

_HEADER = Struct("<4sII")
_CHUNK = Struct("<I4s")

ATTRIBUTES = 34962
"""Buffer view target of vertex attributes (ARRAY_BUFFER)."""
INDICES = 34963
"""Buffer view target of indices (ELEMENT_ARRAY_BUFFER)."""


class GlbBroken(ValueError):
    """These bytes are not a binary glTF 2.0 file with one buffer."""


@dataclass(slots=True)
class Views:
    """Buffer views in the order they were added, on 8-byte boundaries as property tables ask."""

    views: list[Json] = field(default_factory=list[Json])
    chunks: list[bytes] = field(default_factory=list[bytes])
    length: int = 0
    """[bytes]."""

    def add(self, data: bytes | NDArray[Any], target: int | None = None) -> int:
        """The index of a new view of `data`; rows of an attribute are its stride."""
        raw = data if isinstance(data, bytes) else data.tobytes()
        view: Json = {"buffer": 0, "byteOffset": self.length, "byteLength": len(raw)}
        if target is not None:
            view["target"] = target
        if target == ATTRIBUTES and not isinstance(data, bytes):
            view["byteStride"] = data.itemsize * int(np.prod(data.shape[1:]))
        padding = -len(raw) % 8
        self.chunks += (raw, bytes(padding))
        self.length += len(raw) + padding
        self.views.append(view)
        return len(self.views) - 1


def pack(document: Mapping[str, Any], binary: bytes) -> bytes:
    """A GLB file of a glTF document and its only buffer, which starts on an 8-byte boundary."""
    text = msgspec.json.encode(document)
    text += b" " * (-(_HEADER.size + _CHUNK.size + len(text) + _CHUNK.size) % 8)
    binary += bytes(-len(binary) % 4)
    total = _HEADER.size + 2 * _CHUNK.size + len(text) + len(binary)
    return b"".join(
        (
            _HEADER.pack(b"glTF", 2, total),
            _CHUNK.pack(len(text), b"JSON"),
            text,
            _CHUNK.pack(len(binary), b"BIN\0"),
            binary,
        )
    )


def unpack(data: bytes) -> tuple[bytes, bytes]:
    """The JSON text and the binary buffer of a GLB file, or `GlbBroken`."""
    try:
        magic, version, total = _HEADER.unpack_from(data, 0)
        length, kind = _CHUNK.unpack_from(data, _HEADER.size)
        begin = _HEADER.size + _CHUNK.size
        size, tail = _CHUNK.unpack_from(data, begin + length)
    except error as problem:
        raise GlbBroken(f"not a GLB file: {problem}") from problem
    text, begin = data[begin : begin + length], begin + length + _CHUNK.size
    known = (magic, version, kind, tail) == (b"glTF", 2, b"JSON", b"BIN\0")
    if not known or total != len(data) or begin + size != len(data):
        raise GlbBroken("the header or the lengths of the GLB chunks are wrong")
    return text, data[begin:]
