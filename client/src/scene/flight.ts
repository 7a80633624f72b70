/** Smooth ways from one view to another: numbers only. */

/** Where the eye is and where it looks: metres, radians; yaw 0 looks north and grows to the east. */
export interface Pose {
  readonly x: number;
  readonly y: number;
  readonly z: number;
  readonly yaw: number;
  readonly pitch: number;
}

/** A look from outside at a target. */
export interface Look {
  /** Target: east, up, south [m]. */
  readonly x: number;
  readonly y: number;
  readonly z: number;
  readonly distance: number;
  /** The way the eye looks: 0 north, growing to the east [rad]. */
  readonly yaw: number;
  /** How far the eye looks down, 0 level to π/2 straight down [rad]. */
  readonly tilt: number;
}

/** Slow at both ends. */
export function ease(share: number): number {
  const t = Math.min(Math.max(share, 0), 1);
  return t * t * t * (t * (t * 6 - 15) + 10);
}

/** `from` turned the short way towards `to`. */
export function turned(from: number, to: number, share: number): number {
  const whole = Math.PI * 2;
  const turn = ((((to - from + Math.PI) % whole) + whole) % whole) - Math.PI;
  return from + turn * share;
}

/** The eye of a look. */
export function poseOf(look: Look): Pose {
  const level = Math.cos(look.tilt) * look.distance;
  return {
    x: look.x - Math.sin(look.yaw) * level,
    y: look.y + Math.sin(look.tilt) * look.distance,
    z: look.z + Math.cos(look.yaw) * level,
    yaw: look.yaw,
    pitch: -look.tilt,
  };
}

/** Between two looks: long ways rise so that one sees where one goes. */
export function lookBetween(from: Look, to: Look, share: number): Look {
  const t = ease(share);
  const way = Math.hypot(to.x - from.x, to.z - from.z);
  const widest = Math.max(from.distance, to.distance);
  const lift = Math.sin(Math.PI * t) * Math.max(way - widest, 0) * 0.45;
  return {
    x: from.x + (to.x - from.x) * t,
    y: from.y + (to.y - from.y) * t,
    z: from.z + (to.z - from.z) * t,
    distance: from.distance * (to.distance / from.distance) ** t + lift,
    yaw: turned(from.yaw, to.yaw, t),
    tilt: from.tilt + (to.tilt - from.tilt) * t,
  };
}

/** Between two poses, in an arc over what stands between. */
export function poseBetween(from: Pose, to: Pose, share: number): Pose {
  const t = ease(share);
  const way = Math.hypot(to.x - from.x, to.z - from.z);
  return {
    x: from.x + (to.x - from.x) * t,
    y: from.y + (to.y - from.y) * t + Math.sin(Math.PI * t) * Math.min(way * 0.12, 60),
    z: from.z + (to.z - from.z) * t,
    yaw: turned(from.yaw, to.yaw, t),
    pitch: from.pitch + (to.pitch - from.pitch) * t,
  };
}

/** Seconds a flight over `way` metres takes. */
export function duration(way: number): number {
  return Math.min(0.7 + Math.sqrt(Math.max(way, 0)) * 0.045, 3.2);
}
