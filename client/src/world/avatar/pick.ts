/** Which avatar a ray meets: each is an upright capsule. */

/** Half the width of somebody [m]. */
const RADIUS = 0.3;

/**
 * How far along a ray it first meets an upright capsule with feet at (x, y, z) and `tall` [m]; infinity where it passes.
 * The way of the ray has length 1.
 */
export function meets(
  ox: number, oy: number, oz: number, wx: number, wy: number, wz: number,
  x: number, y: number, z: number, tall: number, radius = RADIUS,
): number {
  const dx = ox - x;
  const dz = oz - z;
  const a = wx * wx + wz * wz;
  const b = dx * wx + dz * wz;
  const c = dx * dx + dz * dz - radius * radius;
  const low = y + radius;
  const high = y + Math.max(tall - radius, radius);
  let found = Number.POSITIVE_INFINITY;
  if (a > 1e-9) {
    const root = b * b - a * c;
    if (root < 0) return found;
    const far = (-b - Math.sqrt(root)) / a;
    const height = oy + wy * far;
    if (far >= 0 && height >= low && height <= high) found = far;
  }
  return Math.min(found, sphere(dx, oy - low, dz, wx, wy, wz, radius), sphere(dx, oy - high, dz, wx, wy, wz, radius));
}

function sphere(dx: number, dy: number, dz: number, wx: number, wy: number, wz: number, radius: number): number {
  const b = dx * wx + dy * wy + dz * wz;
  const root = b * b - (dx * dx + dy * dy + dz * dz - radius * radius);
  if (root < 0) return Number.POSITIVE_INFINITY;
  const far = -b - Math.sqrt(root);
  return far >= 0 ? far : Number.POSITIVE_INFINITY;
}
