"""Packs what everyone is shown in a tick: WebSocket frames, ready to be sent.

A whole snapshot names all whom one sees; between two of them those are named who moved, the near
ones in every tick and the others the more seldom the further they are: whoever moved waits, and is
shown as soon as they have waited for as long as fits their distance. Where all are shown to all,
each frame counts from what the last one told. This version serves until the compiled one is there
(rules/compiled/snapshots.py); both make the same bytes.

Symbols: s slots, k people at a time, n receivers of this tick, b bytes.
"""

from dataclasses import dataclass
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from shulian.world.rules.bands import BAND_STEPS
from shulian.world.rules.crowd import Crowd
from shulian.world.rules.interest import PERIODS, Reach, Sight, eyes, visible
from shulian.world.wire.frames import (
    BITMAP_FIELDS,
    CM,
    HEADER_FIELDS,
    HEIGHT_STEP,
    ORIGIN_STEP,
    RECORD_FIELDS,
    SNAPSHOT_MOVED,
    SNAPSHOT_STEPS,
    SNAPSHOT_WHOLE,
    STEP_FIELDS,
    Field,
)

STRIDE = ORIGIN_STEP * CM
"""[cm] between two origins."""
RISE = round(HEIGHT_STEP * CM)
"""[cm] of a step of height."""
AHEAD = 20_000
"""[cm] An origin lies so far and up to `STRIDE` more to the south-west: all in sight fit."""
SPAN = 65_536
"""[cm] that coordinates in a snapshot reach."""
LONGEST_AGE = 255
SLOTS = 65_536
"""More than there can be."""
WORD = 16
"""Slots in a number of a bitmap."""
LONGEST_STEP = 127
"""[cm] in each direction."""

BINARY = 0x82
SHORT = 126
"""A payload of so many bytes needs four bytes of WebSocket header, a shorter one two."""
_LONGEST = 60_000
"""Bytes of a frame for everyone."""
_NEVER = -(1 << 30)
"""A tick long before the first."""


def _kind(fields: tuple[Field, ...]) -> np.dtype[np.void]:
    widths = {"b": "i1", "B": "u1", "H": "<u2", "h": "<i2"}
    return np.dtype([(field.name, widths[field.code]) for field in fields])


HEADER = _kind(HEADER_FIELDS)
RECORD = _kind(RECORD_FIELDS)
BITMAP = _kind(BITMAP_FIELDS)
STEP = _kind(STEP_FIELDS)
HEADER_BYTES = HEADER.itemsize
RECORD_BYTES = RECORD.itemsize
BITMAP_BYTES = BITMAP.itemsize
STEP_BYTES = STEP.itemsize
MOST_IN_FRAME = (_LONGEST - HEADER_BYTES) // RECORD_BYTES


class Beat(NamedTuple):
    """One tick: which, and how many there are in a second."""

    tick: int
    """Counts from 1."""
    hertz: int
    """Of those that clients are told of."""
    phases: int = 1
    """In so many steps a tick is counted here: in each of them others may have their turn."""

    @property
    def told(self) -> int:
        """The tick as clients know it."""
        return self.tick // self.phases

    @property
    def before(self) -> int:
        """When the last one was, as they are counted here."""
        return self.tick - self.phases


@dataclass(frozen=True, slots=True, eq=False)
class Frames:
    """What goes out in a tick: receiver `i` gets `data[start[i] : start[i + 1]]`, or nothing."""

    data: NDArray[np.uint8]
    """(b,)"""
    start: NDArray[np.int64]
    """(n + 1,)"""


class Pack(Protocol):
    """Packs for `receivers` (n,), whose snapshot is whole where `whole` (n,) is true.

    stirred  (s,) tick in which each moved last
    """

    def __call__(
        self,
        crowd: Crowd,
        sight: Sight,
        stirred: NDArray[np.int64],
        receivers: NDArray[np.int32],
        whole: NDArray[np.bool_],
        beat: Beat,
        reach: Reach,
    ) -> Frames:
        """Of one tick."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class Told:
    """What the last frames for all told, of everyone who could be seen then."""

    last: NDArray[np.int64]
    """(1,) tick of those frames, counted as in `Beat`."""
    tick: NDArray[np.int64]
    """(s,) in which each was told of last; what follows is how they were then."""
    visit: NDArray[np.int64]
    place: NDArray[np.int32]
    """(s, 3) [cm, cm, 2 cm] in the plane of all parks."""
    heading: NDArray[np.uint16]
    posture: NDArray[np.uint8]


ForAll = tuple[NDArray[np.uint8], int]
"""Two frames, one after the other (b,), and where the second begins."""


class PackForAll(Protocol):
    """Packs for everyone, who find themselves in it too; None where not all fit into one frame.

    The first frame is whole. The second names those who moved since the last tick, and is empty
    where nobody did; where the last tick was shown to all as well, it counts from what was `told`
    then: with it, who had either frame then knows everything that stands in the first one now.
    """

    def __call__(
        self, crowd: Crowd, told: Told, stirred: NDArray[np.int64], beat: Beat
    ) -> ForAll | None:
        """Of one tick; `told` is what this one tells, from now on."""
        ...


def nothing_told(slots: int) -> Told:
    """Nobody was shown to all yet."""
    return Told(
        last=np.full(1, _NEVER, np.int64),
        tick=np.full(slots, _NEVER, np.int64),
        visit=np.zeros(slots, np.int64),
        place=np.zeros((slots, 3), np.int32),
        heading=np.zeros(slots, np.uint16),
        posture=np.zeros(slots, np.uint8),
    )


def most_bytes(most: int) -> int:
    """Of a frame that names `most` people."""
    return 4 + HEADER_BYTES + RECORD_BYTES * most


def origins(places: NDArray[np.int64]) -> NDArray[np.int64]:
    """(n, 2) [256 m] from where the records of those count who look from `places`."""
    return (places[:, :2] - AHEAD) // STRIDE


def pack(
    crowd: Crowd,
    sight: Sight,
    stirred: NDArray[np.int64],
    receivers: NDArray[np.int32],
    whole: NDArray[np.bool_],
    beat: Beat,
    reach: Reach,
) -> Frames:
    """`Pack`, all receivers at once."""
    seen = sight.seen[receivers]
    far, sent = (table[receivers].astype(np.int64) for table in (sight.far, sight.sent))
    shown = np.less(np.arange(int(seen.shape[1])), sight.count[receivers, None])
    # in ticks that clients know: longer than (periods − 1) · far / radius²
    waited = (beat.tick - sent) * reach.radius**2 > (PERIODS - 1) * far * beat.phases
    named = shown & (whole[:, None] | ((stirred[seen] > sent) & waited))
    row, column = np.nonzero(named)
    sight.sent[receivers[row], column] = beat.tick
    counts = named.sum(1)
    base = origins(eyes(crowd, receivers))
    sends = whole | (counts > 0)
    sizes = np.where(sends, HEADER_BYTES + RECORD_BYTES * counts, 0)
    heads = np.where(sizes < SHORT, 2, 4) * sends
    start = np.concatenate([[0], np.cumsum(heads + sizes)])
    data = np.zeros(start[-1], np.uint8)
    begin = (start[:-1] + heads)[sends]
    _frame_heads(data, start[:-1][sends], sizes[sends])
    shift = _shift(crowd, receivers[sends])
    kinds = np.where(whole[sends], SNAPSHOT_WHOLE, SNAPSHOT_MOVED)
    headers = _headers(base[sends] - shift, kinds, counts[sends], beat)
    data[begin[:, None] + np.arange(HEADER_BYTES)] = headers
    records = _records(crowd, stirred, seen[row, column], base[row], beat)
    order = np.arange(len(row)) - np.repeat(np.cumsum(counts) - counts, counts)
    place = (start[:-1] + heads)[row] + HEADER_BYTES + RECORD_BYTES * order
    data[place[:, None] + np.arange(RECORD_BYTES)] = records
    return Frames(data, start)


def _shift(crowd: Crowd, slots: NDArray[np.int32]) -> NDArray[np.int64]:
    """(n, 2) [256 m] by which the park of each lies off in the plane of all parks."""
    east = crowd.band[slots].astype(np.int64) * BAND_STEPS
    return np.stack([east, np.zeros_like(east)], axis=1)


def _frame_heads(
    data: NDArray[np.uint8], start: NDArray[np.int64], sizes: NDArray[np.int64]
) -> None:
    long = sizes >= SHORT
    data[start] = BINARY
    data[start + 1] = np.where(long, SHORT, sizes)
    data[start[long] + 2] = sizes[long] >> 8
    data[start[long] + 3] = sizes[long] & 255


def _headers(
    base: NDArray[np.int64], kinds: NDArray[np.int64], counts: NDArray[np.int64], beat: Beat
) -> NDArray[np.uint8]:
    headers = np.zeros(len(base), HEADER)
    headers["kind"] = kinds
    headers["hertz"] = beat.hertz
    headers["tick"] = beat.told % 65_536
    headers["origin_east"], headers["origin_north"] = base[:, 0], base[:, 1]
    headers["count"] = counts
    return headers.view(np.uint8).reshape(-1, HEADER_BYTES)


def _records(
    crowd: Crowd,
    stirred: NDArray[np.int64],
    slots: NDArray[np.int32],
    base: NDArray[np.int64],
    beat: Beat,
) -> NDArray[np.uint8]:
    places = crowd.place[slots].astype(np.int64)
    inside = np.clip(places[:, :2] - base * STRIDE, 0, SPAN - 1)
    records = np.zeros(len(slots), RECORD)
    records["slot"] = slots
    records["east"], records["north"] = inside[:, 0], inside[:, 1]
    records["height"] = _risen(places)
    records["heading"], records["posture"] = crowd.heading[slots], crowd.posture[slots]
    records["age"] = np.minimum((beat.tick - stirred[slots]) // beat.phases, LONGEST_AGE)
    return records.view(np.uint8).reshape(-1, RECORD_BYTES)


def _risen(places: NDArray[np.int64]) -> NDArray[np.int64]:
    """(k,) [2 cm] the heights of `places` as they travel."""
    return np.clip(places[:, 2] // RISE, -32_768, 32_767)


def pack_for_all(crowd: Crowd, told: Told, stirred: NDArray[np.int64], beat: Beat) -> ForAll | None:
    """`PackForAll`, all at once."""
    there = np.flatnonzero(visible(crowd)).astype(np.int32)
    if not len(there) or len(there) > MOST_IN_FRAME:
        return None
    places = crowd.place[there].astype(np.int64)
    base = places[:, :2].min(0)[None] // STRIDE
    if (places[:, :2].max(0) - base[0] * STRIDE >= SPAN).any():
        return None
    records = _records(crowd, stirred, there, np.repeat(base, len(there), axis=0), beat)
    origin = base - _shift(crowd, there[:1])
    named, stepped, way = _news(crowd, told, there, stirred[there] > beat.before, beat)
    _tell(crowd, told, there, beat)
    every = _frame(origin, SNAPSHOT_WHOLE, records, beat)
    if stepped.any():
        steps = _steps(there[stepped], way[stepped], crowd.heading[there[stepped]])
        some = _frame(origin, SNAPSHOT_STEPS, records[named], beat, steps)
    elif named.any():
        some = _frame(origin, SNAPSHOT_MOVED, records[named], beat)
    else:
        some = np.zeros(0, np.uint8)
    return np.concatenate([every, some]), len(every)


def _news(
    crowd: Crowd, told: Told, there: NDArray[np.int32], moved: NDArray[np.bool_], beat: Beat
) -> tuple[NDArray[np.bool_], NDArray[np.bool_], NDArray[np.int64]]:
    """Who of `there` is named in full (k,), whose step is told (k,), and all steps (k, 2) [cm]."""
    places = crowd.place[there].astype(np.int64)
    way = places[:, :2] - told.place[there, :2]
    if told.last[0] != beat.before:
        return moved, np.zeros(len(there), np.bool_), way
    alike = (told.tick[there] == beat.before) & (told.visit[there] == crowd.visit[there])
    alike &= told.place[there, 2] == _risen(places)
    alike &= told.posture[there] == crowd.posture[there]
    stood = alike & ~way.any(1) & (told.heading[there] == crowd.heading[there])
    stepped = moved & alike & (np.abs(way) <= LONGEST_STEP).all(1)
    return (moved | ~stood) & ~stepped, stepped, way


def _tell(crowd: Crowd, told: Told, there: NDArray[np.int32], beat: Beat) -> None:
    """Note that all of `there` are told of now."""
    places = crowd.place[there].astype(np.int64)
    told.last[0] = told.tick[there] = beat.tick
    told.visit[there] = crowd.visit[there]
    told.place[there] = np.column_stack([places[:, :2], _risen(places)])
    told.heading[there], told.posture[there] = crowd.heading[there], crowd.posture[there]


def _steps(
    slots: NDArray[np.int32], way: NDArray[np.int64], heading: NDArray[np.uint16]
) -> NDArray[np.uint8]:
    """What stands behind the records: the bitmap, and the steps, of `slots` in their order."""
    first, last = slots[[0, -1]] // WORD
    head = np.array([(first * WORD, last - first + 1)], BITMAP)
    bits = np.zeros((last - first + 1) * WORD, np.uint8)
    bits[slots - first * WORD] = 1
    steps = np.zeros(len(slots), STEP)
    steps["east"], steps["north"], steps["heading"] = way[:, 0], way[:, 1], heading
    parts = (head.view(np.uint8), np.packbits(bits, bitorder="little"), steps.view(np.uint8))
    return np.concatenate(parts)


def _frame(
    origin: NDArray[np.int64],
    kind: int,
    records: NDArray[np.uint8],
    beat: Beat,
    rest: NDArray[np.uint8] | None = None,
) -> NDArray[np.uint8]:
    """The frame with `records` (n, 12), seen from `origin` (1, 2) [256 m], and the `rest`."""
    header = _headers(origin, np.array([kind]), np.array([len(records)]), beat)
    parts = [header[0], records.reshape(-1), *([] if rest is None else [rest])]
    payload = np.concatenate(parts)
    size = len(payload)
    data = np.zeros((2 if size < SHORT else 4) + size, np.uint8)
    _frame_heads(data, np.zeros(1, np.int64), np.array([size]))
    data[-size:] = payload
    return data


def unpack(payload: bytes) -> tuple[dict[str, int], NDArray[np.void], NDArray[np.int64]]:
    """A snapshot as who receives it reads it: header, records, and their places (n, 3) [cm]."""
    header = np.frombuffer(payload, HEADER, 1)[0]
    records = np.frombuffer(payload, RECORD, int(header["count"]), HEADER_BYTES)
    origin = np.array([int(header["origin_east"]), int(header["origin_north"])]) * STRIDE
    places = np.column_stack(
        [
            records["east"].astype(np.int64) + origin[0],
            records["north"].astype(np.int64) + origin[1],
            records["height"].astype(np.int64) * RISE,
        ]
    )
    return {name: int(header[name]) for name in HEADER.names or ()}, records, places


def unpack_steps(payload: bytes) -> tuple[NDArray[np.int64], NDArray[np.void]]:
    """Slots (n,) and steps (n,) of a snapshot, none where it has no such part.

    Raises ValueError for one that is too short, or tells of slots that do not exist.
    """
    header = np.frombuffer(payload, HEADER, 1)[0]
    if int(header["kind"]) != SNAPSHOT_STEPS:
        return np.zeros(0, np.int64), np.zeros(0, STEP)
    at = HEADER_BYTES + RECORD_BYTES * int(header["count"])
    head = np.frombuffer(payload, BITMAP, 1, at)[0]
    size = 2 * int(head["words"])
    if int(head["first"]) + WORD * int(head["words"]) > SLOTS:
        raise ValueError("a bitmap of slots that do not exist")
    bits = np.frombuffer(payload, np.uint8, size, at + BITMAP_BYTES)
    slots = np.flatnonzero(np.unpackbits(bits, bitorder="little")) + int(head["first"])
    return slots, np.frombuffer(payload, STEP, len(slots), at + BITMAP_BYTES + size)
