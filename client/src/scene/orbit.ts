/** Looking at the park from outside: round a target, softly. */

import type { Look } from "./flight";
import { turned } from "./flight";

export interface Reach {
  /** The square one may look at, and how far away one may be [m]. */
  readonly x0: number;
  readonly x1: number;
  readonly z0: number;
  readonly z1: number;
  readonly farthest: number;
}

const NEAREST = 12;
const FLATTEST = 0.05;
const STEEPEST = 1.52;

type Writable = { -readonly [K in keyof Look]: Look[K] };

export class Orbit {
  /** Where the eye is now, and where it goes. */
  readonly look: Writable;
  readonly goal: Writable;

  constructor(
    look: Look,
    public reach: Reach,
  ) {
    this.look = { ...look };
    this.goal = { ...look };
  }

  /** Stands at `look` at once. */
  put(look: Look): void {
    Object.assign(this.look, look);
    Object.assign(this.goal, look);
  }

  turn(yaw: number, tilt: number): void {
    this.goal.yaw += yaw;
    this.goal.tilt = Math.min(Math.max(this.goal.tilt + tilt, FLATTEST), STEEPEST);
  }

  zoom(factor: number): void {
    this.goal.distance = Math.min(Math.max(this.goal.distance * factor, NEAREST), this.reach.farthest);
  }

  /** Moves the target in the view's own directions [m]. */
  pan(aside: number, ahead: number): void {
    const { x0, x1, z0, z1 } = this.reach;
    const sin = Math.sin(this.goal.yaw);
    const cos = Math.cos(this.goal.yaw);
    this.goal.x = Math.min(Math.max(this.goal.x + cos * aside + sin * ahead, x0), x1);
    this.goal.z = Math.min(Math.max(this.goal.z + sin * aside - cos * ahead, z0), z1);
  }

  /** True while the eye is on its way. */
  update(seconds: number, still: boolean): boolean {
    const share = still ? 1 : 1 - Math.exp(-seconds / 0.075);
    const { look, goal } = this;
    look.x += (goal.x - look.x) * share;
    look.y += (goal.y - look.y) * share;
    look.z += (goal.z - look.z) * share;
    look.distance += (goal.distance - look.distance) * share;
    look.tilt += (goal.tilt - look.tilt) * share;
    look.yaw = turned(look.yaw, goal.yaw, share);
    const near = look.distance * 0.0006;
    const there =
      Math.hypot(goal.x - look.x, goal.y - look.y, goal.z - look.z) < near &&
      Math.abs(goal.distance - look.distance) < near &&
      Math.abs(goal.tilt - look.tilt) < 0.0005 &&
      Math.abs(turned(look.yaw, goal.yaw, 1) - look.yaw) < 0.0005;
    if (there) Object.assign(look, goal);
    return !there;
  }
}
