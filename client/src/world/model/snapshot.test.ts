import { expect, test } from "vitest";
import {
  BITMAP_SIZE, Gait, Gesture, HEADER_SIZE, readMove, RECORD_SIZE, SNAPSHOT_MOVED, SNAPSHOT_STEPS, SNAPSHOT_WHOLE, STEP_SIZE, writeBitmap,
  writeHeader, writeRecord, writeStep,
} from "../../wire/frames";
import { moveFrame, type Snapshot, SnapshotReader } from "./snapshot";

const HEAD = { kind: SNAPSHOT_MOVED, hertz: 20, tick: 7, origin_east: -1, origin_north: 2, count: 1 };

function frame(count: number, kind = SNAPSHOT_MOVED): ArrayBuffer {
  const data = new ArrayBuffer(HEADER_SIZE + RECORD_SIZE);
  const view = new DataView(data);
  writeHeader(view, { ...HEAD, kind, count });
  writeRecord(view, { slot: 5, east: 12_345, north: 99, height: -10, heading: 16_384, posture: 9, age: 3 }, HEADER_SIZE);
  return data;
}

/** A snapshot of somebody in slot `first` + 1 who steps by 1.27 m east and −1.28 m north. */
function steps({ first = 0, bits = 0b10, size = STEP_SIZE } = {}): ArrayBuffer {
  const at = HEADER_SIZE + BITMAP_SIZE;
  const data = new ArrayBuffer(at + 2 + STEP_SIZE);
  const view = new DataView(data);
  writeHeader(view, { ...HEAD, kind: SNAPSHOT_STEPS, tick: 8, count: 0 });
  writeBitmap(view, { first, words: 1 }, HEADER_SIZE);
  view.setUint16(at, bits, true);
  writeStep(view, { east: 127, north: -128, heading: 32_768 }, at + 2);
  return data.slice(0, at + 2 + size);
}

function read(data: ArrayBuffer): Snapshot | null {
  return new SnapshotReader().read(data);
}

const SEEN = { slot: 5, age: 3, east: -132.55, north: 512.99, height: -0.2, heading: Math.PI / 2, gait: Gait.WALK, gesture: Gesture.WAVE };
const STEPPED = { ...SEEN, age: 0, east: -131.28, north: 511.71, heading: Math.PI };

test("a snapshot is told in metres from its origin", () => {
  expect(read(frame(1))).toEqual({ whole: false, tick: 7, hertz: 20, sightings: [SEEN] });
});

test.each([SNAPSHOT_WHOLE, SNAPSHOT_MOVED])("a step counts from what was told before (%i), height and posture stay", (kind) => {
  const reader = new SnapshotReader();
  reader.read(frame(1, kind));

  expect(reader.read(steps({ bits: 1 << 5 }))).toEqual({ whole: false, tick: 8, hertz: 20, sightings: [STEPPED] });
  expect(reader.read(steps({ bits: 1 << 5 }))?.sightings).toEqual([{ ...STEPPED, east: -130.01, north: 510.43 }]);
});

test("who is not known takes no step, and neither does who was out of sight since", () => {
  const reader = new SnapshotReader();
  const none = new ArrayBuffer(HEADER_SIZE);
  writeHeader(new DataView(none), { ...HEAD, kind: SNAPSHOT_WHOLE, count: 0 });
  reader.read(frame(1));
  reader.read(none);

  expect([read(steps())?.sightings, reader.read(steps({ bits: 1 << 5 }))?.sightings]).toEqual([[], []]);
});

test("a frame with records and steps tells both", () => {
  const [named, stepped] = [new Uint8Array(frame(1)), new Uint8Array(steps({ first: 16 }))];
  const both = new Uint8Array([...named, ...stepped.slice(HEADER_SIZE)]).buffer;
  new DataView(both).setUint8(0, SNAPSHOT_STEPS);
  const reader = new SnapshotReader();
  const known = frame(1, SNAPSHOT_WHOLE);
  new DataView(known).setUint16(HEADER_SIZE, 17, true);
  reader.read(known);

  expect(reader.read(both)?.sightings).toEqual([SEEN, { ...STEPPED, slot: 17 }]);
});

test("what is no snapshot is left alone", () => {
  expect([read(new ArrayBuffer(3)), read(frame(2)), read(frame(1, 9)), read(frame(1, 1))]).toEqual([null, null, null, null]);
});

test.each([
  ["no bitmap", steps().slice(0, HEADER_SIZE + 2)],
  ["half of the bitmap", steps().slice(0, HEADER_SIZE + BITMAP_SIZE + 1)],
  ["half of a step", steps({ size: 2 })],
  ["more bits than steps", steps({ bits: 0b11 })],
  ["more steps than bits", steps({ bits: 0 })],
])("a snapshot of steps with %s is left alone, and changes nothing", (_, data) => {
  const reader = new SnapshotReader();
  reader.read(frame(1));

  expect(reader.read(data)).toBeNull();
  expect(reader.read(steps({ bits: 1 << 5 }))?.sightings).toEqual([STEPPED]);
});

test("a move travels in whole centimetres, its heading within one turn", () => {
  const move = moveFrame({ east: 1.234, north: -5, height: 0.5, heading: -Math.PI / 2, gait: Gait.RUN, gesture: Gesture.NONE });

  expect(readMove(new DataView(move))).toEqual({ kind: 1, posture: 2, heading: 49_152, east: 123, north: -500, height: 50 });
});
