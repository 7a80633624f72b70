"""The binary frames of the world in TypeScript, on a page, and as golden bytes for both sides."""

import json
import struct
from collections.abc import Sequence
from dataclasses import dataclass

from msgspec import Struct
from msgspec.inspect import StructType, type_info

from shulian.world.types import Gait, Gesture
from shulian.world.wire import frames
from shulian.world.wire.frames import Field

SOURCE = "src/shulian/world/wire/frames.py"

_ACCESS = {"b": "Int8", "B": "Uint8", "H": "Uint16", "h": "Int16", "i": "Int32"}


@dataclass(frozen=True, slots=True)
class _Kind:
    """A frame, or a part of one: how it is called and what it is."""

    name: str
    fields: tuple[Field, ...]
    about: str

    @property
    def size(self) -> int:
        return struct.calcsize(frames.layout(self.fields))

    def offsets(self) -> list[tuple[Field, int]]:
        """Each field and the place of its first byte."""
        return [
            (field, struct.calcsize(frames.layout(self.fields[:index])))
            for index, field in enumerate(self.fields)
        ]


_KINDS = (
    _Kind("Move", frames.MOVE_FIELDS, "Client to server: where one is now"),
    _Kind("Header", frames.HEADER_FIELDS, "Server to client: the head of a snapshot"),
    _Kind("Record", frames.RECORD_FIELDS, "One of the records of a snapshot"),
    _Kind(
        "Bitmap",
        frames.BITMAP_FIELDS,
        "Behind the records of a snapshot with steps: who took one",
    ),
    _Kind(
        "Step",
        frames.STEP_FIELDS,
        "For each bit, in their order: a step just now, height and posture as before",
    ),
)

_NUMBERS = (
    "PROTOCOL",
    "SUBPROTOCOL",
    "CM",
    "HEIGHT_STEP",
    "ORIGIN_STEP",
    "TURN",
    "GESTURE_SHIFT",
    "MOVE",
    "SNAPSHOT_WHOLE",
    "SNAPSHOT_MOVED",
    "SNAPSHOT_STEPS",
)


def module() -> str:
    """`client/src/wire/frames.ts`: the constants, and a reader and a writer for each frame."""
    constants = [f"export const {name} = {json.dumps(getattr(frames, name))};" for name in _NUMBERS]
    parts = [
        f"/** Generated from {SOURCE} by `make docs`; never edited. */\n",
        "\n".join(constants) + "\n",
        *(_enum(one) for one in (Gait, Gesture)),
        *(text for kind in _KINDS for text in (_interface(kind), _reader(kind), _writer(kind))),
    ]
    return "\n".join(parts)


def _enum(cls: type[Gait] | type[Gesture]) -> str:
    values = ", ".join(f"{one.name}: {one.value}" for one in cls)
    doc = (cls.__doc__ or "").strip().splitlines()[0]
    return f"/** {doc} */\nexport const {cls.__name__} = {{ {values} }} as const;\n"


def _interface(kind: _Kind) -> str:
    lines = [
        f"  /** {field.about[0].upper()}{field.about[1:]}. */\n  readonly {field.name}: number;"
        for field in kind.fields
    ]
    size = f"export const {kind.name.upper()}_SIZE = {kind.size};\n"
    body = "\n".join(lines)
    return f"{size}\n/** {kind.about}. */\nexport interface {kind.name} {{\n{body}\n}}\n"


def _reader(kind: _Kind) -> str:
    lines = [
        f"    {field.name}: view.get{_ACCESS[field.code]}(at + {offset}{_order(field)}),"
        for field, offset in kind.offsets()
    ]
    body = "\n".join(lines)
    return (
        f"export function read{kind.name}(view: DataView, at = 0): {kind.name} {{\n"
        f"  return {{\n{body}\n  }};\n}}\n"
    )


def _writer(kind: _Kind) -> str:
    lines = [
        f"  view.set{_ACCESS[field.code]}(at + {offset}, frame.{field.name}{_order(field)});"
        for field, offset in kind.offsets()
    ]
    body = "\n".join(lines)
    return (
        f"export function write{kind.name}(view: DataView, frame: {kind.name}, at = 0): void {{\n"
        f"{body}\n}}\n"
    )


def _order(field: Field) -> str:
    """Little-endian, where that makes a difference."""
    return "" if field.code in "bB" else ", true"


def golden() -> str:
    """Frames as Python writes them, beside the numbers in them: the client must read the same."""
    whole = frames.SNAPSHOT_WHOLE
    return (
        json.dumps(
            [
                _example(_KINDS[0], (frames.MOVE, 9, 49152, -12345, 2_000_000_000, -7)),
                _example(_KINDS[0], (frames.MOVE, 0, 0, 0, 0, 0)),
                _example(_KINDS[1], (whole, 20, 65535, -3, 128, 32)),
                _example(_KINDS[2], (8191, 65535, 1, -32768, 65535, 43, 255)),
                _example(_KINDS[2], (258, 772, 1286, 1800, 2314, 12, 13)),
                _example(_KINDS[3], (8176, 511)),
                _example(_KINDS[4], (-128, 127, 65535)),
            ],
            indent=2,
        )
        + "\n"
    )


def _example(kind: _Kind, numbers: tuple[int, ...]) -> dict[str, object]:
    names = [field.name for field in kind.fields]
    return {
        "frame": kind.name,
        "bytes": struct.pack(frames.layout(kind.fields), *numbers).hex(),
        "numbers": dict(zip(names, numbers, strict=True)),
    }


def page(calls: Sequence[type[Struct]], news: Sequence[type[Struct]]) -> str:
    """`docs/reference/world-wire.md`: the table of bytes, then the messages."""
    return "\n".join(
        [
            "# What travels between the world and a client",
            "",
            f"Written from `{SOURCE}` and `messages/` beside it by `make docs`.",
            "",
            f"One WebSocket carries both lanes; its subprotocol is `{frames.SUBPROTOCOL}`.",
            "Binary messages are the fast lane below, text messages are JSON. All numbers are",
            "little-endian.",
            "",
            "## Frames",
            *(line for kind in _KINDS for line in _table(kind)),
            "",
            "Gait: " + _values(Gait) + ".",
            "",
            "Gesture: " + _values(Gesture) + ".",
            "",
            "## What a client asks",
            *(line for one in calls for line in _message(one)),
            "",
            "## What it is told",
            *(line for one in news for line in _message(one)),
            "",
        ]
    )


def _values(cls: type[Gait] | type[Gesture]) -> str:
    return ", ".join(f"{one.value} {one.name.lower()}" for one in cls)


def _table(kind: _Kind) -> list[str]:
    rows = [
        f"| {offset} | {struct.calcsize('<' + field.code)} | `{field.name}` | "
        f"{_ACCESS[field.code].lower()} | {field.about} |"
        for field, offset in kind.offsets()
    ]
    return [
        "",
        f"### {kind.name}: {kind.size} bytes",
        "",
        f"{kind.about}.",
        "",
        "| at | bytes | name | type | meaning |",
        "|--:|--:|---|---|---|",
        *rows,
    ]


def _message(cls: type[Struct]) -> list[str]:
    info = type_info(cls)
    assert isinstance(info, StructType)  # noqa: S101  # a Struct is nothing else
    told = " ".join((cls.__doc__ or "").split())
    names = ", ".join(
        f"`{field.encode_name}`" + ("" if field.required else "?") for field in info.fields
    )
    return ["", f"### `{info.tag}`", "", told, *(["", names] if names else [])]
