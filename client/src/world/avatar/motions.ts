/** Who moves how: eases from gait to gait and into gestures, and finds the frames to draw; allocates nothing a frame. */

import type { Clip, Model } from "./file";

/** As on the wire: still, walk, run, fly. */
export type Gait = number;
/** As on the wire: none, wave, clap, point, sit, hand. */
export type Gesture = number;

const GESTURES = ["", "wave", "clap", "point", "sit", "hand"] as const;
const WALK = 1;
const RUN = 2;
const SIT = 4;
const HAND = 5;
/** How fast gaits and gestures set in [1/s]. */
const EASE = 6;
/** So little of a motion is not seen. */
const SETTLED = 0.01;

function clipOf(model: Model, name: string): Clip {
  const clip = model.clips.find((one) => one.name === name);
  if (!clip) throw new Error(`no motion ${name}`);
  return clip;
}

export class Motions {
  /** How fast each moves [m/s]. */
  readonly speed: Float32Array;
  readonly #calm: boolean;
  readonly #idle: Clip;
  readonly #walk: Clip;
  readonly #run: Clip;
  readonly #gestures: readonly (Clip | null)[];
  readonly #gait: Uint8Array;
  readonly #gesture: Uint8Array;
  /** The gesture that is drawn: it fades out before another sets in. */
  readonly #drawn: Uint8Array;
  readonly #much: Float32Array;
  readonly #moving: Float32Array;
  readonly #running: Float32Array;
  readonly #step: Float32Array;
  readonly #time: Float32Array;
  readonly #acted: Float32Array;

  /** `calm`: who stands does not breathe. */
  constructor(model: Model, capacity: number, calm = false) {
    this.#calm = calm;
    this.#idle = clipOf(model, "idle");
    this.#walk = clipOf(model, "walk");
    this.#run = clipOf(model, "run");
    this.#gestures = GESTURES.map((name) => (name ? clipOf(model, name) : null));
    this.speed = new Float32Array(capacity);
    this.#gait = new Uint8Array(capacity);
    this.#gesture = new Uint8Array(capacity);
    this.#drawn = new Uint8Array(capacity);
    this.#much = new Float32Array(capacity);
    this.#moving = new Float32Array(capacity);
    this.#running = new Float32Array(capacity);
    this.#step = new Float32Array(capacity);
    this.#time = new Float32Array(capacity);
    this.#acted = new Float32Array(capacity);
  }

  /** Somebody new is at `index`: they stand, each with a breath of their own. */
  start(index: number): void {
    const chance = (Math.imul(index + 1, 0x9e3779b1) >>> 0) / 4294967296;
    this.speed[index] = this.#gait[index] = this.#gesture[index] = this.#drawn[index] = 0;
    this.#much[index] = this.#moving[index] = this.#running[index] = this.#acted[index] = 0;
    this.#step[index] = chance;
    this.#time[index] = chance * 40;
  }

  /** True where that is something else than before. */
  act(index: number, gait: Gait, gesture: Gesture): boolean {
    const known = gesture < GESTURES.length ? gesture : 0;
    const same = this.#gait[index] === gait && this.#gesture[index] === known;
    this.#gait[index] = gait;
    this.#gesture[index] = known;
    return !same;
  }

  seated(index: number): boolean {
    return this.#drawn[index] === SIT && (this.#much[index] ?? 0) > 0.5;
  }

  /** More than breathing: walks, makes a gesture, or is about to. */
  busy(index: number): boolean {
    const drawn = this.#drawn[index] ?? 0;
    const much = this.#much[index] ?? 0;
    const settled = drawn === 0 || ((drawn === SIT || drawn === HAND) && much > 1 - SETTLED);
    return !settled || this.#gesture[index] !== drawn || (this.#moving[index] ?? 0) > SETTLED || this.#walks(index);
  }

  /** Moves on by `seconds`. */
  update(seconds: number, end: number, present: Uint8Array, scale: Float32Array): void {
    const ease = 1 - Math.exp(-EASE * Math.min(seconds, 0.25));
    for (let index = 0; index < end; index += 1) {
      if (present[index]) this.#one(index, seconds, ease, scale[index] ?? 1);
    }
  }

  #walks(index: number): boolean {
    const gait = this.#gait[index];
    return (gait === WALK || gait === RUN) && (this.speed[index] ?? 0) > 0.05;
  }

  #one(index: number, seconds: number, ease: number, scale: number): void {
    const speed = this.speed[index] ?? 0;
    const walks = this.#walks(index);
    const moving = walks ? Math.min(1, 0.35 + speed / 0.9) : 0;
    const running = walks ? Math.min(Math.max((speed - 2.1) / 1.2, 0), 1) : 0;
    this.#moving[index] = (this.#moving[index] ?? 0) + (moving - (this.#moving[index] ?? 0)) * ease;
    this.#running[index] = (this.#running[index] ?? 0) + (running - (this.#running[index] ?? 0)) * ease;
    const share = this.#running[index] ?? 0;
    const stride = (this.#walk.stride * (1 - share) + this.#run.stride * share) * scale;
    // Half blended with standing, steps are half as long.
    const reach = stride * Math.max(this.#moving[index] ?? 0, 0.3);
    this.#step[index] = ((this.#step[index] ?? 0) + (speed / reach) * seconds) % 1;
    if (!this.#calm) this.#time[index] = (this.#time[index] ?? 0) + seconds;
    this.#act(index, seconds, ease, walks);
  }

  #act(index: number, seconds: number, ease: number, walks: boolean): void {
    const asked = this.#gesture[index] ?? 0;
    // Who walks has stood up.
    const wanted = asked === SIT && walks ? 0 : asked;
    const drawn = this.#drawn[index] ?? 0;
    const much = this.#much[index] ?? 0;
    if (wanted === drawn) {
      this.#much[index] = drawn === 0 ? 0 : much + (1 - much) * ease;
    } else if (much < 0.04) {
      this.#drawn[index] = wanted;
      this.#much[index] = 0;
      this.#acted[index] = 0;
    } else {
      this.#much[index] = much * (1 - ease);
    }
    this.#acted[index] = (this.#acted[index] ?? 0) + seconds;
  }

  /** Frames and shares of `index`: of the gait below, the one above it, and the gesture. */
  write(index: number, base: Float32Array, move: Float32Array, gesture: Float32Array, at: number): void {
    const step = this.#step[index] ?? 0;
    const running = this.#running[index] ?? 0;
    if (running > 0.003) {
      frame(this.#walk, step, base, at);
      frame(this.#run, step, move, at);
      base[at + 3] = running;
    } else {
      frame(this.#idle, ((this.#time[index] ?? 0) / this.#idle.seconds) % 1, base, at);
      frame(this.#walk, step, move, at);
      base[at + 3] = this.#moving[index] ?? 0;
    }
    const clip = this.#gestures[this.#drawn[index] ?? 0];
    gesture[at + 3] = 0;
    if (!clip) return;
    frame(clip, ((this.#acted[index] ?? 0) / clip.seconds) % 1, gesture, at);
    gesture[at + 3] = this.#much[index] ?? 0;
  }
}

/** The two frames about a phase and the share of the second. */
function frame(clip: Clip, phase: number, into: Float32Array, at: number): void {
  const place = phase * clip.frames;
  const whole = Math.floor(place) % clip.frames;
  into[at] = clip.first + whole;
  into[at + 1] = clip.first + ((whole + 1) % clip.frames);
  into[at + 2] = place - Math.floor(place);
}
