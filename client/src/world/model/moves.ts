/** When the server is told where one is: often while something changes, rarely otherwise. */

import { Gait } from "../../wire/frames";
import type { Standing } from "./snapshot";

/** Between two moves at the least [s]. */
const SHORTEST = 1 / 15;
/** Nothing changes: one is still there [s]. */
const BEAT = 2;
const WAITING_BEAT = 5;
/** Less is no change [m, rad]. */
const STEP = 0.01;
const TURN = 0.02;

export interface Told {
  readonly standing: Standing;
  /** [s] */
  readonly at: number;
}

/** Whether the server has to be told at `now` [s] that one stands so. */
export function due(told: Told | null, standing: Standing, now: number): boolean {
  if (told === null) return true;
  const since = now - told.at;
  if (since < SHORTEST) return false;
  return changed(told.standing, standing) || since >= (standing.gait === Gait.FLY ? WAITING_BEAT : BEAT);
}

function changed(a: Standing, b: Standing): boolean {
  const way = Math.hypot(a.east - b.east, a.north - b.north, a.height - b.height);
  const turn = Math.abs(Math.atan2(Math.sin(a.heading - b.heading), Math.cos(a.heading - b.heading)));
  return way >= STEP || turn >= TURN || a.gait !== b.gait || a.gesture !== b.gesture;
}

/** The gait at a speed [m/s]. */
export function gaitAt(speed: number): number {
  if (speed < 0.15) return Gait.STILL;
  return speed < 3.6 ? Gait.WALK : Gait.RUN;
}
