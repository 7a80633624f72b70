/** A visitor on foot: ground and stairs below, walls around. */

import { Vector3 } from "three";
import { cast, pushedOut } from "./colliders";
import type { Features } from "./features";
import { approached, fallen, type Intent, steps, type Velocity, wished } from "./step";

/** [m] */
export const EYES = 1.62;
const RADIUS = 0.28;
const HEAD = 1.78;
/** What one steps up without a thought, and how far down one follows the ground. */
const STEP = 0.42;
/** No further at once, so that no wall is jumped. */
const LONGEST = 0.2;

const DOWN = /* @__PURE__ */ new Vector3(0, -1, 0);
const from = /* @__PURE__ */ new Vector3();

export interface Ground {
  /** What is solid near a point. */
  solids(): Iterable<Features>;
  /** Height of the open ground there [m]; −∞ where a basement lies below. */
  floor(x: number, z: number): number;
}

export class Walker {
  readonly feet = new Vector3();
  yaw = 0;
  pitch = 0;
  /** Height of the eyes, softened over steps. */
  eyes = EYES;
  #velocity: Velocity = { x: 0, z: 0 };
  #falling = 0;
  #grounded = true;

  constructor(readonly ground: Ground) {}

  /** Stands on what is below `height` there. */
  put(x: number, height: number, z: number, yaw: number): void {
    this.feet.set(x, height, z);
    this.yaw = yaw;
    this.pitch = 0;
    this.#velocity = { x: 0, z: 0 };
    this.#falling = 0;
    this.feet.y = this.#below(height + 0.5, 400);
    this.eyes = this.feet.y + EYES;
    this.#grounded = true;
  }

  look(yaw: number, pitch: number): void {
    this.yaw += yaw;
    this.pitch = Math.min(Math.max(this.pitch + pitch, -1.45), 1.45);
  }

  /** True while anything moves, or is pushed: a frame may come at the very instant of the last. */
  update(intent: Intent, seconds: number): boolean {
    this.#velocity = approached(this.#velocity, wished(intent, this.yaw), seconds);
    const { x, z } = this.#velocity;
    const way = Math.hypot(x, z) * seconds;
    const moving = way > 0 || !this.#grounded;
    const count = steps(way, LONGEST);
    if (moving) for (let step = 0; step < count; step += 1) this.#step((x * seconds) / count, (z * seconds) / count, seconds / count);
    const height = this.feet.y + EYES;
    const off = height - this.eyes;
    this.eyes += off * (1 - Math.exp(-seconds / 0.07));
    if (Math.abs(off) < 0.002) this.eyes = height;
    const pushed = intent.ahead !== 0 || intent.aside !== 0;
    return moving || pushed || this.eyes !== height;
  }

  #step(x: number, z: number, seconds: number): void {
    const before = from.copy(this.feet);
    const wasX = before.x;
    const wasZ = before.z;
    this.feet.x += x;
    this.feet.z += z;
    for (let turn = 0; turn < 3; turn += 1) {
      const at = this.feet.x + this.feet.z;
      pushedOut(this.ground.solids(), this.feet, RADIUS, STEP, HEAD);
      if (Math.abs(this.feet.x + this.feet.z - at) < 1e-5) break;
    }
    // A corner that pushes further than the step was long would throw one through the other wall.
    if (Math.hypot(this.feet.x - wasX, this.feet.z - wasZ) > Math.hypot(x, z) + RADIUS) {
      this.feet.x = wasX;
      this.feet.z = wasZ;
    }
    this.#fall(seconds);
  }

  #fall(seconds: number): void {
    const reach = this.#grounded ? STEP : 0.02;
    const below = this.#below(this.feet.y + STEP, 60);
    if (below >= this.feet.y - reach) {
      this.feet.y = below;
      this.#falling = 0;
      this.#grounded = true;
      return;
    }
    const after = fallen(this.feet.y, this.#falling, seconds);
    this.#grounded = after.height <= below;
    this.feet.y = Math.max(after.height, below);
    this.#falling = this.#grounded ? 0 : after.speed;
  }

  /** The highest thing to stand on below `height`. */
  #below(height: number, far: number): number {
    from.set(this.feet.x, height, this.feet.z);
    const hit = cast(this.ground.solids(), from, DOWN, far, (features, row) => features.solid(row));
    const floor = this.ground.floor(this.feet.x, this.feet.z);
    const open = height >= floor ? floor : Number.NEGATIVE_INFINITY;
    const stood = Math.max(hit?.point.y ?? Number.NEGATIVE_INFINITY, open);
    return stood === Number.NEGATIVE_INFINITY ? this.feet.y : stood;
  }
}
