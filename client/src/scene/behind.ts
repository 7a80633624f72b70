/** Over a walker's shoulder: how far behind the eye may be before a wall is in its way. */

import { Vector3 } from "three";
import { cast } from "./colliders";
import type { Pose } from "./flight";
import type { Ground } from "./walker";

/** The eye is so far behind the head, and above it [m]. */
const FAR = 3.4;
const ABOVE = 0.3;
/** Between the eye and a wall, and above the feet [m]. */
const GAP = 0.25;
const LOWEST = 0.35;

const head = /* @__PURE__ */ new Vector3();
const way = /* @__PURE__ */ new Vector3();

/** How far behind `own`, the pose of a walker's own eyes, there is room [m]. */
export function room(ground: Ground, own: Pose): number {
  head.set(own.x, own.y + ABOVE, own.z);
  backwards(own);
  const hit = cast(ground.solids(), head, way, FAR + GAP, (features, row) => features.solid(row));
  return Math.max(Math.min(FAR, (hit?.distance ?? Infinity) - GAP), 0);
}

/** The pose `far` behind `own`, never below the `feet`. */
export function behind(own: Pose, far: number, feet: number): Pose {
  backwards(own);
  return {
    ...own,
    x: own.x + way.x * far,
    y: Math.max(own.y + ABOVE + way.y * far, feet + LOWEST),
    z: own.z + way.z * far,
  };
}

function backwards({ yaw, pitch }: Pose): void {
  const level = Math.cos(pitch);
  way.set(-Math.sin(yaw) * level, -Math.sin(pitch), Math.cos(yaw) * level);
}
