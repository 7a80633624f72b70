"""The fast lane: binary frames with positions, written once here for both sides.

All numbers are little-endian. A client sends `MOVE`, at most 20 a second; the server sends
`SNAPSHOT`s, at most 20 a second: a whole one names everyone in sight, and whoever it leaves out is
out of sight; the others name those who moved since. Where all are shown to all, most of those are
told by a step from where the last snapshot had them: whoever misses one gets a whole one next.
docs/reference/world-wire.md is generated from the tables below, and so is
`client/src/wire/frames.ts`.
"""

from dataclasses import dataclass

PROTOCOL = 2
"""The version of frames and messages together; a client that speaks another is told to reload."""
SUBPROTOCOL = f"shulian.world.{PROTOCOL}"

CM = 100
"""Lengths travel as whole centimetres …"""
HEIGHT_STEP = 0.02
"""[m] … but heights in snapshots in steps of two."""
ORIGIN_STEP = 256
"""[m] between two possible origins of a snapshot, which are multiples of it in the plane."""
TURN = 65536
"""Steps of heading in a whole turn, clockwise from north."""
GESTURE_SHIFT = 3
"""The posture: gait in the lower three bits, gesture above."""

MOVE = 1
SNAPSHOT_WHOLE = 2
SNAPSHOT_MOVED = 3
SNAPSHOT_STEPS = 4


@dataclass(frozen=True, slots=True)
class Field:
    """One number of a frame: its name, its type as `struct` writes it, and what it means."""

    name: str
    code: str
    about: str


MOVE_FIELDS = (
    Field("kind", "B", f"{MOVE}"),
    Field("posture", "B", "gait + gesture × 8"),
    Field("heading", "H", "of the body, 65,536 steps a turn, clockwise from north"),
    Field("east", "i", "[cm] in the plane of the park"),
    Field("north", "i", "[cm]"),
    Field("height", "i", "[cm] of the feet above the park's ground"),
)
"""Client to server, 16 bytes."""

HEADER_FIELDS = (
    Field(
        "kind",
        "B",
        f"{SNAPSHOT_WHOLE}: everyone in sight; {SNAPSHOT_MOVED}: who moved; "
        f"{SNAPSHOT_STEPS}: the same, with steps behind the records",
    ),
    Field("hertz", "B", "how many ticks a second the server counts"),
    Field("tick", "H", "of the server, modulo 65,536"),
    Field("origin_east", "h", "[256 m] from which the records count"),
    Field("origin_north", "h", "[256 m]"),
    Field("count", "H", "of the records that follow"),
)
"""Server to client, 10 bytes, then `count` records."""

RECORD_FIELDS = (
    Field("slot", "H", "whose record it is; a message has introduced them"),
    Field("east", "H", "[cm] from the origin"),
    Field("north", "H", "[cm] from the origin"),
    Field("height", "h", "[2 cm] of the feet above the park's ground"),
    Field("heading", "H", "65,536 steps a turn, clockwise from north"),
    Field("posture", "B", "gait + gesture × 8"),
    Field("age", "B", "ticks since this was so, 255 at the most"),
)
"""12 bytes."""

BITMAP_FIELDS = (
    Field("first", "H", "the slot of the lowest bit, a multiple of 16"),
    Field("words", "H", "so many numbers of 16 bits follow, a bit for each slot, the lowest first"),
)
"""4 bytes behind the records of a `SNAPSHOT_STEPS`, then `words` × 2, then a step for each bit."""

STEP_FIELDS = (
    Field("east", "b", "[cm] from where one was told last that they are"),
    Field("north", "b", "[cm]"),
    Field("heading", "H", "65,536 steps a turn, clockwise from north"),
)
"""4 bytes; height and posture are as they were, the age is 0."""


def layout(fields: tuple[Field, ...]) -> str:
    """The format of `fields` for `struct`."""
    return "<" + "".join(field.code for field in fields)
