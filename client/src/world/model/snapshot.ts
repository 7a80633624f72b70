/** Snapshots of the fast lane in metres, and moves into it. */

import {
  BITMAP_SIZE, CM, GESTURE_SHIFT, HEADER_SIZE, HEIGHT_STEP, MOVE, MOVE_SIZE, ORIGIN_STEP, readBitmap, readHeader, readRecord, readStep,
  RECORD_SIZE, SNAPSHOT_STEPS, SNAPSHOT_WHOLE, type Step, STEP_SIZE, TURN, writeMove,
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

/** How somebody was told to be last, in the units of the wire; the place is the one in the plane [cm]. */
interface Told {
  readonly slot: number;
  readonly east: number;
  readonly north: number;
  readonly height: number;
  readonly heading: number;
  readonly posture: number;
}

/** Reads the snapshots of a connection one after the other: steps count from what was told before. */
export class SnapshotReader {
  readonly #told = new Map<number, Told>();

  /** Null for what is no snapshot. Who is not known takes no step: the next whole snapshot names them. */
  read(data: ArrayBuffer): Snapshot | null {
    if (data.byteLength < HEADER_SIZE) return null;
    const view = new DataView(data);
    const head = readHeader(view);
    const behind = HEADER_SIZE + head.count * RECORD_SIZE;
    const steps = stepsOf(view, head.kind, behind);
    if (!steps || head.hertz === 0 || head.kind < SNAPSHOT_WHOLE || head.kind > SNAPSHOT_STEPS) return null;
    if (head.kind === SNAPSHOT_WHOLE) this.#told.clear();
    const sightings: Sighting[] = [];
    for (let at = HEADER_SIZE; at < behind; at += RECORD_SIZE) {
      const row = readRecord(view, at);
      const east = head.origin_east * ORIGIN_STEP * CM + row.east;
      const north = head.origin_north * ORIGIN_STEP * CM + row.north;
      sightings.push(this.#tell({ ...row, east, north }, row.age));
    }
    for (const [slot, { east, north, heading }] of steps) {
      const told = this.#told.get(slot);
      if (told) sightings.push(this.#tell({ ...told, east: told.east + east, north: told.north + north, heading }, 0));
    }
    return { whole: head.kind === SNAPSHOT_WHOLE, tick: head.tick, hertz: head.hertz, sightings };
  }

  #tell(told: Told, age: number): Sighting {
    const { slot, east, north, height, heading, posture } = told;
    this.#told.set(slot, told);
    return {
      slot,
      age,
      east: east / CM,
      north: north / CM,
      height: height * HEIGHT_STEP,
      heading: (heading / TURN) * Math.PI * 2,
      gait: posture & GAITS,
      gesture: posture >> GESTURE_SHIFT,
    };
  }
}

/** Who takes which step, as is told from `at` on; null where the frame ends sooner or later than it says. */
function stepsOf(view: DataView, kind: number, at: number): ReadonlyMap<number, Step> | null {
  const steps = new Map<number, Step>();
  if (kind !== SNAPSHOT_STEPS) return view.byteLength === at ? steps : null;
  if (view.byteLength < at + BITMAP_SIZE) return null;
  const { first, words } = readBitmap(view, at);
  const bits = at + BITMAP_SIZE;
  let next = bits + words * 2;
  if (view.byteLength < next) return null;
  for (let bit = 0; bit < words * 16; bit += 1) {
    if (((view.getUint8(bits + (bit >> 3)) >> (bit & 7)) & 1) === 0) continue;
    if (view.byteLength < next + STEP_SIZE) return null;
    steps.set(first + bit, readStep(view, next));
    next += STEP_SIZE;
  }
  return view.byteLength === next ? steps : null;
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
