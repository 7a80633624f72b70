/** Generated from src/shulian/world/wire/frames.py by `make docs`; never edited. */

export const PROTOCOL = 2;
export const SUBPROTOCOL = "shulian.world.2";
export const CM = 100;
export const HEIGHT_STEP = 0.02;
export const ORIGIN_STEP = 256;
export const TURN = 65536;
export const GESTURE_SHIFT = 3;
export const MOVE = 1;
export const SNAPSHOT_WHOLE = 2;
export const SNAPSHOT_MOVED = 3;
export const SNAPSHOT_STEPS = 4;

/** How somebody moves. */
export const Gait = { STILL: 0, WALK: 1, RUN: 2, FLY: 3 } as const;

/** What somebody does with their body. */
export const Gesture = { NONE: 0, WAVE: 1, CLAP: 2, POINT: 3, SIT: 4, HAND: 5 } as const;

export const MOVE_SIZE = 16;

/** Client to server: where one is now. */
export interface Move {
  /** 1. */
  readonly kind: number;
  /** Gait + gesture × 8. */
  readonly posture: number;
  /** Of the body, 65,536 steps a turn, clockwise from north. */
  readonly heading: number;
  /** [cm] in the plane of the park. */
  readonly east: number;
  /** [cm]. */
  readonly north: number;
  /** [cm] of the feet above the park's ground. */
  readonly height: number;
}

export function readMove(view: DataView, at = 0): Move {
  return {
    kind: view.getUint8(at + 0),
    posture: view.getUint8(at + 1),
    heading: view.getUint16(at + 2, true),
    east: view.getInt32(at + 4, true),
    north: view.getInt32(at + 8, true),
    height: view.getInt32(at + 12, true),
  };
}

export function writeMove(view: DataView, frame: Move, at = 0): void {
  view.setUint8(at + 0, frame.kind);
  view.setUint8(at + 1, frame.posture);
  view.setUint16(at + 2, frame.heading, true);
  view.setInt32(at + 4, frame.east, true);
  view.setInt32(at + 8, frame.north, true);
  view.setInt32(at + 12, frame.height, true);
}

export const HEADER_SIZE = 10;

/** Server to client: the head of a snapshot. */
export interface Header {
  /** 2: everyone in sight; 3: who moved; 4: the same, with steps behind the records. */
  readonly kind: number;
  /** How many ticks a second the server counts. */
  readonly hertz: number;
  /** Of the server, modulo 65,536. */
  readonly tick: number;
  /** [256 m] from which the records count. */
  readonly origin_east: number;
  /** [256 m]. */
  readonly origin_north: number;
  /** Of the records that follow. */
  readonly count: number;
}

export function readHeader(view: DataView, at = 0): Header {
  return {
    kind: view.getUint8(at + 0),
    hertz: view.getUint8(at + 1),
    tick: view.getUint16(at + 2, true),
    origin_east: view.getInt16(at + 4, true),
    origin_north: view.getInt16(at + 6, true),
    count: view.getUint16(at + 8, true),
  };
}

export function writeHeader(view: DataView, frame: Header, at = 0): void {
  view.setUint8(at + 0, frame.kind);
  view.setUint8(at + 1, frame.hertz);
  view.setUint16(at + 2, frame.tick, true);
  view.setInt16(at + 4, frame.origin_east, true);
  view.setInt16(at + 6, frame.origin_north, true);
  view.setUint16(at + 8, frame.count, true);
}

export const RECORD_SIZE = 12;

/** One of the records of a snapshot. */
export interface Record {
  /** Whose record it is; a message has introduced them. */
  readonly slot: number;
  /** [cm] from the origin. */
  readonly east: number;
  /** [cm] from the origin. */
  readonly north: number;
  /** [2 cm] of the feet above the park's ground. */
  readonly height: number;
  /** 65,536 steps a turn, clockwise from north. */
  readonly heading: number;
  /** Gait + gesture × 8. */
  readonly posture: number;
  /** Ticks since this was so, 255 at the most. */
  readonly age: number;
}

export function readRecord(view: DataView, at = 0): Record {
  return {
    slot: view.getUint16(at + 0, true),
    east: view.getUint16(at + 2, true),
    north: view.getUint16(at + 4, true),
    height: view.getInt16(at + 6, true),
    heading: view.getUint16(at + 8, true),
    posture: view.getUint8(at + 10),
    age: view.getUint8(at + 11),
  };
}

export function writeRecord(view: DataView, frame: Record, at = 0): void {
  view.setUint16(at + 0, frame.slot, true);
  view.setUint16(at + 2, frame.east, true);
  view.setUint16(at + 4, frame.north, true);
  view.setInt16(at + 6, frame.height, true);
  view.setUint16(at + 8, frame.heading, true);
  view.setUint8(at + 10, frame.posture);
  view.setUint8(at + 11, frame.age);
}

export const BITMAP_SIZE = 4;

/** Behind the records of a snapshot with steps: who took one. */
export interface Bitmap {
  /** The slot of the lowest bit, a multiple of 16. */
  readonly first: number;
  /** So many numbers of 16 bits follow, a bit for each slot, the lowest first. */
  readonly words: number;
}

export function readBitmap(view: DataView, at = 0): Bitmap {
  return {
    first: view.getUint16(at + 0, true),
    words: view.getUint16(at + 2, true),
  };
}

export function writeBitmap(view: DataView, frame: Bitmap, at = 0): void {
  view.setUint16(at + 0, frame.first, true);
  view.setUint16(at + 2, frame.words, true);
}

export const STEP_SIZE = 4;

/** For each bit, in their order: a step just now, height and posture as before. */
export interface Step {
  /** [cm] from where one was told last that they are. */
  readonly east: number;
  /** [cm]. */
  readonly north: number;
  /** 65,536 steps a turn, clockwise from north. */
  readonly heading: number;
}

export function readStep(view: DataView, at = 0): Step {
  return {
    east: view.getInt8(at + 0),
    north: view.getInt8(at + 1),
    heading: view.getUint16(at + 2, true),
  };
}

export function writeStep(view: DataView, frame: Step, at = 0): void {
  view.setInt8(at + 0, frame.east);
  view.setInt8(at + 1, frame.north);
  view.setUint16(at + 2, frame.heading, true);
}
