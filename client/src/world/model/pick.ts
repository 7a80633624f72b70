/** Whom a ray meets: standing bodies as upright sticks with a width. */

export interface Vector {
  readonly x: number;
  readonly y: number;
  readonly z: number;
}

export interface Upright extends Vector {
  readonly id: number;
  /** From the feet, at (x, y, z), up [m]. */
  readonly tall: number;
}

/** So far beside the middle a body is still met, and so much more for each metre it is away [m]. */
const WIDE = 0.32;
const SPREAD = 0.006;

/** The nearest body on the ray from `eye` along `way` (of length 1); null for nobody within `far` metres. */
export function met(bodies: Iterable<Upright>, eye: Vector, way: Vector, far: number): number | null {
  let nearest: number | null = null;
  let least = far;
  for (const body of bodies) {
    const { along, beside } = approach(body, eye, way);
    if (along > 0 && along < least && beside < WIDE + SPREAD * along) {
      nearest = body.id;
      least = along;
    }
  }
  return nearest;
}

/** Where on the ray it comes nearest to the upright line of a body, and how near [m]. */
function approach(body: Upright, eye: Vector, way: Vector): { readonly along: number; readonly beside: number } {
  const x = body.x - eye.x;
  const z = body.z - eye.z;
  const level = way.x * way.x + way.z * way.z;
  const along = level > 1e-9 ? (x * way.x + z * way.z) / level : 0;
  const height = Math.min(Math.max(eye.y + way.y * along, body.y), body.y + body.tall);
  const dx = x - way.x * along;
  const dy = height - eye.y - way.y * along;
  const dz = z - way.z * along;
  return { along, beside: Math.hypot(dx, dy, dz) };
}
