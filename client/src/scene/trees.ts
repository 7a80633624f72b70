/** Trees as a model maker sets them: soft crowns on thin stems, in full near by and plain far off. */

import {
  type BufferGeometry, Color, Group, IcosahedronGeometry, InstancedMesh, Matrix4, MeshLambertMaterial, Quaternion, Vector3,
  CylinderGeometry, type Material,
} from "three";
import { mergeGeometries } from "three/addons/utils/BufferGeometryUtils.js";
import type { Part } from "./part";
import { patchLambert, PLAN_GLSL, type Shading } from "./shading";

/** Side of the squares trees are gathered in, so that far ones are drawn plainly [m]. */
const PATCH = 120;

const FRAGMENT = /* glsl */ `
float up = clamp(worldNormal.y * 0.5 + 0.5, 0.0, 1.0);
occlusion = mix(0.62, 1.0, up);
if (uNight > 0.12) {
  float dusk = smoothstep(0.12, 0.75, uNight);
  totalEmissiveRadiance += vec3(1.0, 0.66, 0.36) * diffuseColor.rgb * dusk * (0.02 + 0.22 * crowded(vWorldAt)) * (1.0 - up);
}
`;

/** Balls of leaves that make a crown of a tree of height 1: middle (x, y, z) and radius. */
const FULL: readonly (readonly [number, number, number, number])[] = [
  [0, 0.66, 0, 0.30], [0.15, 0.56, 0.07, 0.21], [-0.14, 0.58, 0.09, 0.20], [0.02, 0.55, -0.16, 0.21], [-0.03, 0.80, 0.03, 0.20],
];
const PLAIN: typeof FULL = [[0, 0.63, 0, 0.35]];

/** Leaves round the middle of the crown: their normals point away from it, so that all balls are one cloud. */
function crown(balls: typeof FULL, detail: number): BufferGeometry {
  const middle = new Vector3(0, 0.56, 0);
  const leaves = balls.map(([x, y, z, radius]) => {
    const ball = new IcosahedronGeometry(radius, detail);
    ball.scale(1, 0.95, 1);
    ball.translate(x, y, z);
    const position = ball.getAttribute("position");
    const normal = ball.getAttribute("normal");
    const way = new Vector3();
    const own = new Vector3();
    for (let index = 0; index < position.count; index += 1) {
      own.set(position.getX(index) - x, position.getY(index) - y, position.getZ(index) - z).normalize();
      way.fromBufferAttribute(position, index).sub(middle).normalize().lerp(own, 0.45).normalize();
      normal.setXYZ(index, way.x, way.y, way.z);
    }
    return ball;
  });
  return mergeGeometries(leaves) as BufferGeometry;
}

function fullTree(): BufferGeometry {
  const stem = new CylinderGeometry(0.018, 0.028, 0.44, 5, 1, true).toNonIndexed();
  stem.translate(0, 0.22, 0);
  return mergeGeometries([crown(FULL, 1), stem]) as BufferGeometry;
}

export class Trees implements Part {
  readonly group = new Group();
  readonly #material: MeshLambertMaterial;
  readonly #full = fullTree();
  readonly #plain = crown(PLAIN, 0);
  readonly #patches: { readonly x: number; readonly z: number; readonly full: InstancedMesh; readonly plain: InstancedMesh }[] = [];

  /** `trees` holds (east, north, height) [m] of each. */
  constructor(
    shading: Shading,
    trees: Float32Array,
    readonly eye: Vector3,
    public near: number,
  ) {
    this.#material = new MeshLambertMaterial({ color: 0xffffff });
    this.#material.onBeforeCompile = (shader) =>
      patchLambert(shader, shading, {}, { fragmentHead: PLAN_GLSL, fragment: FRAGMENT });
    for (const members of patches(trees).values()) this.#plant(trees, members);
  }

  #plant(trees: Float32Array, members: readonly number[]): void {
    const full = new InstancedMesh(this.#full, this.#material, members.length);
    const plain = new InstancedMesh(this.#plain, this.#material, members.length);
    const matrix = new Matrix4();
    const turn = new Quaternion();
    const up = new Vector3(0, 1, 0);
    const at = new Vector3();
    const size = new Vector3();
    const color = new Color();
    let x = 0;
    let z = 0;
    members.forEach((tree, index) => {
      const east = trees[tree * 3] ?? 0;
      const north = trees[tree * 3 + 1] ?? 0;
      const height = trees[tree * 3 + 2] || 7;
      const chance = Math.abs(Math.sin(east * 12.9898 + north * 78.233) * 43758.5453) % 1;
      turn.setFromAxisAngle(up, chance * Math.PI * 2);
      size.set(height * (0.85 + 0.3 * chance), height, height * (0.85 + 0.3 * chance));
      matrix.compose(at.set(east, 0, -north), turn, size);
      color.setHSL(0.235 + 0.05 * chance, 0.18 + 0.1 * chance, 0.64 + 0.09 * ((chance * 7) % 1), "srgb");
      for (const mesh of [full, plain]) {
        mesh.setMatrixAt(index, matrix);
        mesh.setColorAt(index, color);
      }
      x += east;
      z -= north;
    });
    for (const mesh of [full, plain]) {
      mesh.castShadow = mesh.receiveShadow = true;
      mesh.computeBoundingSphere();
    }
    full.visible = false;
    this.#patches.push({ x: x / members.length, z: z / members.length, full, plain });
    this.group.add(full, plain);
  }

  update(): boolean {
    let changed = false;
    for (const patch of this.#patches) {
      const near = Math.hypot(this.eye.x - patch.x, this.eye.z - patch.z, this.eye.y) < this.near + PATCH * 0.7;
      if (patch.full.visible === near) continue;
      patch.full.visible = near;
      patch.plain.visible = !near;
      changed = true;
    }
    return changed;
  }

  dispose(): void {
    for (const { full, plain } of this.#patches) {
      full.dispose();
      plain.dispose();
    }
    this.#full.dispose();
    this.#plain.dispose();
    (this.#material as Material).dispose();
    this.group.removeFromParent();
  }
}

function patches(trees: Float32Array): Map<string, number[]> {
  const found = new Map<string, number[]>();
  for (let tree = 0; tree * 3 + 2 < trees.length; tree += 1) {
    const key = `${Math.floor((trees[tree * 3] ?? 0) / PATCH)} ${Math.floor((trees[tree * 3 + 1] ?? 0) / PATCH)}`;
    const members = found.get(key);
    if (members) members.push(tree);
    else found.set(key, [tree]);
  }
  return found;
}
