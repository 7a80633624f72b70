/** Snapshots of the fast lane in metres, and moves into it. */

import {
  CM, GESTURE_SHIFT, HEADER_SIZE, HEIGHT_STEP, MOVE, MOVE_SIZE, ORIGIN_STEP, readHeader, readRecord, RECORD_SIZE, SNAPSHOT_MOVED,
  SNAPSHOT_WHOLE, TURN, writeMove,
} from "../../wire/frames";

/** Where somebody is and what they do. */
export interface Standing {
  /** [m] in the plane of the park; the height is that of the feet. */
  readonly east: number;
  readonly north: number;
  readonly height: number;
  /** Clockwise from north [rad]. */
  readonly heading: number;
  readonly gait: number;
  readonly gesture: number;
}

export interface Sighting extends Standing {
  readonly slot: number;
  /** Ticks since it was so. */
  readonly age: number;
}

export interface Snapshot {
  /** Everyone in sight is in it. */
  readonly whole: boolean;
  readonly tick: number;
  readonly hertz: number;
  readonly sightings: readonly Sighting[];
}

const GAITS = (1 << GESTURE_SHIFT) - 1;

/** Null for what is no snapshot. */
export function readSnapshot(data: ArrayBuffer): Snapshot | null {
  if (data.byteLength < HEADER_SIZE) return null;
  const view = new DataView(data);
  const head = readHeader(view);
  const known = head.kind === SNAPSHOT_WHOLE || head.kind === SNAPSHOT_MOVED;
  if (!known || head.hertz === 0 || data.byteLength !== HEADER_SIZE + head.count * RECORD_SIZE) return null;
  const sightings: Sighting[] = [];
  for (let at = HEADER_SIZE; at < data.byteLength; at += RECORD_SIZE) {
    const row = readRecord(view, at);
    sightings.push({
      slot: row.slot,
      age: row.age,
      east: head.origin_east * ORIGIN_STEP + row.east / CM,
      north: head.origin_north * ORIGIN_STEP + row.north / CM,
      height: row.height * HEIGHT_STEP,
      heading: (row.heading / TURN) * Math.PI * 2,
      gait: row.posture & GAITS,
      gesture: row.posture >> GESTURE_SHIFT,
    });
  }
  return { whole: head.kind === SNAPSHOT_WHOLE, tick: head.tick, hertz: head.hertz, sightings };
}

/** The frame that tells the server where one is. */
export function moveFrame({ east, north, height, heading, gait, gesture }: Standing): ArrayBuffer {
  const data = new ArrayBuffer(MOVE_SIZE);
  const turn = Math.round((heading / (Math.PI * 2)) * TURN) % TURN;
  writeMove(new DataView(data), {
    kind: MOVE,
    posture: gait | (gesture << GESTURE_SHIFT),
    heading: turn < 0 ? turn + TURN : turn,
    east: Math.round(east * CM),
    north: Math.round(north * CM),
    height: Math.round(height * CM),
  });
  return data;
}
