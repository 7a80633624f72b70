/** Where everyone is between two snapshots: a little in the past, so that the way there is known. */

import { Gait } from "../../wire/frames";
import type { Sighting, Snapshot, Standing } from "./snapshot";

/** Others are shown as they were so long ago; those who are told more rarely, a bit longer ago [s]. */
export const DELAY = 0.12;
const LONGEST = 0.6;
/** So fast a delay may change [s/s]. */
const EASING = 0.2;
/** Who was not heard of goes on for so long, then waits [s]. */
const ONWARD = 0.25;
/** Who stood still was still there just before the next sighting … [s] */
const STRIDE = 0.15;
/** … and so was anybody who was not seen for so long [s]. */
const ABSENCE = 1.2;
/** Further at once, and faster, nobody goes: they were taken there [m, m/s]. */
const LEAP = 3;
const FASTEST = 15;
/** A jump after going on too long is made good in about so long [s]. */
const MENDING = 0.08;
const KEPT = 12;
const TICKS = 65_536;
/** So much the clock of the server may seem to run slow [s/s]. */
const DRIFT = 0.002;

interface Sample extends Standing {
  /** By the clock of the server [s]. */
  readonly time: number;
  /** They were put there: nothing lies between this and what was before. */
  readonly leapt: boolean;
}

/** Somebody as they are shown; the same object is written anew each frame. */
export interface Shown {
  east: number;
  north: number;
  height: number;
  heading: number;
  gait: number;
  gesture: number;
  /** [m/s] */
  speed: number;
}

class Track {
  readonly samples: Sample[] = [];
  readonly shown: Shown;
  readonly #target: Shown;
  #slipEast = 0;
  #slipNorth = 0;
  #strayed = false;
  #gap = 0;
  #delay = DELAY;

  constructor(first: Sample) {
    this.samples.push(first);
    this.shown = { ...placeOf(first), speed: 0 };
    this.#target = { ...this.shown };
  }

  add(sample: Sample): void {
    const last = this.samples.at(-1);
    if (!last || sample.time <= last.time) return;
    const gap = sample.time - last.time;
    const stood = isStill(last) || gap > ABSENCE;
    if (!stood) this.#gap += (gap - this.#gap) / 3;
    if (sample.leapt) {
      this.samples.length = 0;
      this.#slipEast = this.#slipNorth = 0;
      this.#strayed = false;
    } else if (stood && gap > STRIDE * 1.5) {
      this.samples.push({ ...last, time: sample.time - STRIDE });
    }
    this.samples.push(sample);
    if (this.samples.length > KEPT) this.samples.splice(0, this.samples.length - KEPT);
  }

  /** Shows how it was a while before `time`; true where that moves. */
  show(time: number, seconds: number): boolean {
    const { shown } = this;
    const target = this.#target;
    const wished = Math.min(Math.max(this.#gap * 1.15 + 0.03, DELAY), LONGEST) - this.#delay;
    this.#delay += Math.min(Math.max(wished, -EASING * seconds), EASING * seconds);
    const late = this.#at(time - this.#delay, target);
    if (this.#strayed && !late) {
      this.#slipEast = shown.east - target.east;
      this.#slipNorth = shown.north - target.north;
    }
    this.#strayed = late;
    const kept = Math.exp(-seconds / MENDING);
    this.#slipEast *= kept;
    this.#slipNorth *= kept;
    const east = target.east + this.#slipEast;
    const north = target.north + this.#slipNorth;
    const changed = differs({ ...target, east, north }, shown);
    Object.assign(shown, target);
    shown.east = east;
    shown.north = north;
    return changed || this.#unplayed(time - this.#delay);
  }

  /** Whether something is known that is not shown yet. */
  #unplayed(time: number): boolean {
    const last = this.samples.at(-1);
    return last !== undefined && last.time > time && differs(last, this.shown);
  }

  /** Fills `into`; true where more time has passed than is known and they are thought to go on. */
  #at(time: number, into: Shown): boolean {
    const { samples } = this;
    while (samples.length > 2 && (samples[1] as Sample).time <= time) samples.shift();
    const [a, b] = samples;
    if (!a) return false;
    if (!b || time <= a.time) {
      Object.assign(into, placeOf(a));
      into.speed = 0;
      return false;
    }
    const span = b.time - a.time;
    const still = isStill(b);
    const share = Math.min((time - a.time) / span, still ? 1 : 1 + ONWARD / span);
    const way = Math.hypot(b.east - a.east, b.north - a.north);
    into.east = a.east + (b.east - a.east) * share;
    into.north = a.north + (b.north - a.north) * share;
    into.height = a.height + (b.height - a.height) * Math.min(share, 1);
    into.heading = turned(a.heading, b.heading, Math.min(share, 1));
    const now = share >= 1 || a.gait === Gait.STILL ? b : a;
    into.gait = now.gait;
    into.gesture = (share >= 1 ? b : a).gesture;
    const over = time - b.time > ONWARD;
    into.speed = (still && share >= 1) || over ? 0 : way / span;
    if (over && !still) into.gait = Gait.STILL;
    return share > 1;
  }
}

function isStill({ gait }: Standing): boolean {
  return gait === Gait.STILL || gait === Gait.FLY;
}

function placeOf({ east, north, height, heading, gait, gesture }: Standing): Standing {
  return { east, north, height, heading, gait, gesture };
}

function differs(a: Standing, b: Standing): boolean {
  return a.east !== b.east || a.north !== b.north || a.height !== b.height || a.heading !== b.heading || a.gait !== b.gait || a.gesture !== b.gesture;
}

/** The short way round. */
function turned(from: number, to: number, share: number): number {
  const whole = Math.PI * 2;
  const turn = ((((to - from + Math.PI) % whole) + whole) % whole) - Math.PI;
  return from + turn * share;
}

/** Everyone in sight. */
export class Motion {
  readonly #tracks = new Map<number, Track>();
  /** Ticks since the first, without the wrap. */
  #ticks: number | null = null;
  #behind = Number.POSITIVE_INFINITY;
  #asked = 0;
  /** Somebody came, moved or went with the last snapshot. */
  stirred = false;

  /** Takes a snapshot that came at `now` [s]; the slots that are out of sight since. */
  take(snapshot: Snapshot, now: number): readonly number[] {
    const { tick, hertz } = snapshot;
    const before = this.#ticks ?? tick;
    const step = (((tick - before) % TICKS) + TICKS + TICKS / 2) % TICKS - TICKS / 2;
    this.#ticks = Math.max(before + step, before);
    const told = (before + step) / hertz;
    // The quickest of the latest snapshots says how far the clocks are apart.
    this.#behind = Math.min(this.#behind + DRIFT * Math.max(now - this.#asked, 0), now - told);
    this.#asked = now;
    this.stirred = false;
    for (const sighting of snapshot.sightings) this.#see(sighting, told - sighting.age / hertz);
    if (!snapshot.whole) return [];
    const named = new Set(snapshot.sightings.map(({ slot }) => slot));
    const gone = [...this.#tracks.keys()].filter((slot) => !named.has(slot));
    for (const slot of gone) this.#tracks.delete(slot);
    if (gone.length > 0) this.stirred = true;
    return gone;
  }

  #see(sighting: Sighting, time: number): void {
    const track = this.#tracks.get(sighting.slot);
    const last = track?.samples.at(-1);
    if (!last || differs(last, sighting)) this.stirred = true;
    const sample = (leapt: boolean): Sample => ({ ...placeOf(sighting), time, leapt });
    if (!track || !last) {
      this.#tracks.set(sighting.slot, new Track(sample(false)));
      return;
    }
    const way = Math.hypot(sighting.east - last.east, sighting.north - last.north, sighting.height - last.height);
    track.add(sample(way > LEAP && way / Math.max(time - last.time, 0.05) > FASTEST));
  }

  /** Shows everyone as they were a moment before `now` [s]; true where somebody moves. */
  update(now: number, seconds: number): boolean {
    let moving = false;
    const time = now - this.#behind;
    for (const track of this.#tracks.values()) if (track.show(time, seconds)) moving = true;
    return moving;
  }

  get slots(): IterableIterator<number> {
    return this.#tracks.keys();
  }

  /** How somebody is shown; undefined where they are out of sight. */
  of(slot: number): Shown | undefined {
    return this.#tracks.get(slot)?.shown;
  }

  drop(slot: number): void {
    this.#tracks.delete(slot);
  }

  /** Another server, another clock. */
  clear(): void {
    this.#tracks.clear();
    this.#ticks = null;
    this.#behind = Number.POSITIVE_INFINITY;
  }
}
