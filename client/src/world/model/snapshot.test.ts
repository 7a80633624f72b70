import { expect, test } from "vitest";
import { Gait, Gesture, HEADER_SIZE, readMove, RECORD_SIZE, SNAPSHOT_MOVED, writeHeader, writeRecord } from "../../wire/frames";
import { moveFrame, readSnapshot } from "./snapshot";

const HEAD = { kind: SNAPSHOT_MOVED, hertz: 20, tick: 7, origin_east: -1, origin_north: 2, count: 1 };

function frame(count: number, kind = SNAPSHOT_MOVED): ArrayBuffer {
  const data = new ArrayBuffer(HEADER_SIZE + RECORD_SIZE);
  const view = new DataView(data);
  writeHeader(view, { ...HEAD, kind, count });
  writeRecord(view, { slot: 5, east: 12_345, north: 99, height: -10, heading: 16_384, posture: 9, age: 3 }, HEADER_SIZE);
  return data;
}

test("a snapshot is told in metres from its origin", () => {
  expect(readSnapshot(frame(1))).toEqual({
    whole: false, tick: 7, hertz: 20,
    sightings: [{ slot: 5, age: 3, east: -132.55, north: 512.99, height: -0.2, heading: Math.PI / 2, gait: Gait.WALK, gesture: Gesture.WAVE }],
  });
});

test("what is no snapshot is left alone", () => {
  expect([readSnapshot(new ArrayBuffer(3)), readSnapshot(frame(2)), readSnapshot(frame(1, 9))]).toEqual([null, null, null]);
});

test("a move travels in whole centimetres, its heading within one turn", () => {
  const move = moveFrame({ east: 1.234, north: -5, height: 0.5, heading: -Math.PI / 2, gait: Gait.RUN, gesture: Gesture.NONE });

  expect(readMove(new DataView(move))).toEqual({ kind: 1, posture: 2, heading: 49_152, east: 123, north: -500, height: 50 });
});
