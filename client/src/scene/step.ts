/** How a walker's speed follows the keys: numbers only. */

export interface Intent {
  /** −1 back to 1 forward. */
  readonly ahead: number;
  /** −1 left to 1 right. */
  readonly aside: number;
  readonly run: boolean;
}

export interface Velocity {
  /** East and south [m/s]. */
  readonly x: number;
  readonly z: number;
}

/** [m/s] */
export const WALK = 2.4;
export const RUN = 7;

/** Seconds to reach most of a wished speed. */
const RESPONSE = 0.09;

/** The velocity wished for by `intent` when looking along `yaw`; slanted steps are no faster. */
export function wished(intent: Intent, yaw: number): Velocity {
  const length = Math.max(Math.hypot(intent.ahead, intent.aside), 1);
  const speed = (intent.run ? RUN : WALK) / length;
  const ahead = intent.ahead * speed;
  const aside = intent.aside * speed;
  return {
    x: Math.sin(yaw) * ahead + Math.cos(yaw) * aside,
    z: -Math.cos(yaw) * ahead + Math.sin(yaw) * aside,
  };
}

/** `velocity` a moment later, on its way to `wish`. */
export function approached(velocity: Velocity, wish: Velocity, seconds: number): Velocity {
  const share = 1 - Math.exp(-seconds / RESPONSE);
  const x = velocity.x + (wish.x - velocity.x) * share;
  const z = velocity.z + (wish.z - velocity.z) * share;
  return Math.hypot(x, z) < 0.01 && wish.x === 0 && wish.z === 0 ? { x: 0, z: 0 } : { x, z };
}

/** Into how many steps a way is cut so that none jumps through a wall. */
export function steps(way: number, longest: number): number {
  return Math.max(Math.ceil(way / longest), 1);
}

const GRAVITY = 9.81;
const FASTEST_FALL = 30;

/** Height and falling speed after `seconds` in the air. */
export function fallen(height: number, speed: number, seconds: number): { readonly height: number; readonly speed: number } {
  const faster = Math.min(speed + GRAVITY * seconds, FASTEST_FALL);
  return { height: height - ((speed + faster) / 2) * seconds, speed: faster };
}
