/** What one can bump into: rays and a standing body against the features that are really there. */

import { Box3, Line3, type Mesh, Ray, Raycaster, Sphere, Triangle, Vector3, type Intersection } from "three";
import { acceleratedRaycast, type ExtendedTriangle } from "three-mesh-bvh";
import type { Features } from "./features";

/** Where a ray met a feature. */
export interface Hit {
  readonly features: Features;
  readonly row: number;
  readonly distance: number;
  readonly point: Vector3;
}

const ray = /* @__PURE__ */ new Raycaster();
const box = /* @__PURE__ */ new Box3();
const triangle = /* @__PURE__ */ new Triangle();
const line = /* @__PURE__ */ new Line3();
const onTriangle = /* @__PURE__ */ new Vector3();
const onLine = /* @__PURE__ */ new Vector3();
const reach = /* @__PURE__ */ new Box3();
const sphere = /* @__PURE__ */ new Sphere();
const push = /* @__PURE__ */ new Vector3();
const around = /* @__PURE__ */ new Ray();

/** The nearest feature on a ray that `accepts`; null where there is none within `far` metres. */
export function cast(
  solids: Iterable<Features>, origin: Vector3, way: Vector3, far: number, accepts: (features: Features, row: number, point: Vector3) => boolean,
): Hit | null {
  ray.set(origin, way);
  ray.near = 0;
  ray.far = far;
  around.copy(ray.ray);
  let nearest: Hit | null = null;
  for (const features of solids) {
    const mesh: Mesh = features.mesh;
    if (!shown(mesh)) continue;
    mesh.geometry.boundingSphere ?? mesh.geometry.computeBoundingSphere();
    sphere.copy(mesh.geometry.boundingSphere as Sphere).applyMatrix4(mesh.matrixWorld);
    if (!around.intersectsSphere(sphere)) continue;
    mesh.geometry.boundsTree = features.tree;
    const hits: Intersection[] = [];
    acceleratedRaycast.call(mesh, ray, hits);
    for (const hit of hits) {
      if (nearest && hit.distance >= nearest.distance) continue;
      const row = features.rowOf(hit.faceIndex ?? 0);
      if (accepts(features, row, hit.point)) nearest = { features, row, distance: hit.distance, point: hit.point };
    }
  }
  return nearest;
}

/** Is the mesh, and all it hangs on, drawn? */
function shown(mesh: Mesh): boolean {
  for (let at: Mesh["parent"] = mesh; at; at = at.parent) if (!at.visible) return false;
  return true;
}

/**
 * Moves a standing body out of the walls it has run into.
 *
 * `feet` is changed; the body is a capsule from `lowest` to `highest` above it. Floors do not push:
 * the ground is found by a ray. True where the head met a ceiling.
 */
export function pushedOut(
  solids: Iterable<Features>, feet: Vector3, radius: number, lowest: number, highest: number,
): boolean {
  let ceiling = false;
  for (const features of solids) {
    if (!shown(features.mesh)) continue;
    if (pushedOutOf(features, feet, radius, lowest, highest)) ceiling = true;
  }
  return ceiling;
}

function pushedOutOf(features: Features, feet: Vector3, radius: number, lowest: number, highest: number): boolean {
  const matrix = features.mesh.matrixWorld;
  let ceiling = false;
  line.start.set(feet.x, feet.y + lowest + radius, feet.z);
  line.end.set(feet.x, feet.y + highest - radius, feet.z);
  reach.min.set(feet.x - radius, feet.y + lowest, feet.z - radius);
  reach.max.set(feet.x + radius, feet.y + highest, feet.z + radius);
  features.tree.shapecast({
    intersectsBounds: (bounds) => box.copy(bounds).applyMatrix4(matrix).intersectsBox(reach),
    intersectsTriangle: (local: ExtendedTriangle, index: number) => {
      if (!features.solid(features.rowOf(index))) return false;
      triangle.a.copy(local.a).applyMatrix4(matrix);
      triangle.b.copy(local.b).applyMatrix4(matrix);
      triangle.c.copy(local.c).applyMatrix4(matrix);
      const distance = segmentToTriangle(triangle);
      if (distance >= radius) return false;
      push.subVectors(onLine, onTriangle);
      const length = push.length();
      if (length < 1e-6) return false;
      push.divideScalar(length);
      if (push.y < -0.7) {
        ceiling = true;
        return false;
      }
      push.y = 0;
      if (push.lengthSq() < 1e-6) return false;
      push.normalize().multiplyScalar(radius - distance);
      feet.add(push);
      line.start.add(push);
      line.end.add(push);
      return false;
    },
  });
  return ceiling;
}

/** Distance of `line` and `face`; leaves the nearest points in `onLine` and `onTriangle`. */
function segmentToTriangle(face: Triangle): number {
  // Alternating projection between two convex sets comes near enough in a few turns.
  onLine.copy(line.start).lerp(line.end, 0.5);
  for (let turn = 0; turn < 6; turn += 1) {
    face.closestPointToPoint(onLine, onTriangle);
    line.closestPointToPoint(onTriangle, true, onLine);
  }
  return onLine.distanceTo(onTriangle);
}
