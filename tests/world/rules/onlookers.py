"""Who is shown snapshots and applies one after the other, number for number."""

from shulian.world.rules.bands import BAND
from shulian.world.rules.crowd import Crowd
from shulian.world.rules.interest import visible
from shulian.world.rules.snapshots import RISE, unpack, unpack_steps
from shulian.world.wire.frames import SNAPSHOT_WHOLE

Row = tuple[int, int, int, int, int]
"""East and north [cm], height [2 cm], heading, posture."""


def payload_of(frame: bytes) -> bytes:
    """What a WebSocket frame carries; nothing where there is none."""
    if not frame:
        return b""
    size, begin = (frame[1], 2) if frame[1] < 126 else (int.from_bytes(frame[2:4], "big"), 4)
    assert frame[0] == 0x82
    assert len(frame) == begin + size
    return frame[begin:]


def rows_of(crowd: Crowd) -> dict[int, Row]:
    """Everyone who can be seen, by their slot, as the server knows them."""
    return {
        slot: (
            int(crowd.place[slot, 0]) - int(crowd.band[slot]) * BAND,
            int(crowd.place[slot, 1]),
            int(crowd.place[slot, 2]) // RISE,
            int(crowd.heading[slot]),
            int(crowd.posture[slot]),
        )
        for slot in visible(crowd).nonzero()[0].tolist()
    }


class Onlooker:
    """One of them."""

    def __init__(self) -> None:
        self.rows: dict[int, Row] = {}
        """Whoever was shown, as they were told to be last."""

    def see(self, frame: bytes) -> None:
        """Apply a snapshot; KeyError for a step of somebody who was not shown before it."""
        payload = payload_of(frame)
        if not payload:
            return
        header, records, places = unpack(payload)
        if header["kind"] == SNAPSHOT_WHOLE:
            self.rows.clear()
        stepped = {
            slot: self._stepped(slot, *step)
            for slot, step in zip(*(part.tolist() for part in unpack_steps(payload)), strict=True)
        }
        for record, place in zip(records, places.tolist(), strict=True):
            looks = (int(record["height"]), int(record["heading"]), int(record["posture"]))
            self.rows[int(record["slot"])] = (place[0], place[1], *looks)
        self.rows |= stepped

    def knows(self, rows: dict[int, Row]) -> bool:
        """Whether all of `rows` are as they were told; others may be on their way out."""
        return {slot: self.rows.get(slot) for slot in rows} == rows

    def _stepped(self, slot: int, east: int, north: int, heading: int) -> Row:
        row = self.rows[slot]
        return (row[0] + east, row[1] + north, row[2], heading, row[4])
