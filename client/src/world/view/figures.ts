/** Plain figures for people: what is drawn until there are bodies. */

import { CapsuleGeometry, Color, Group, InstancedMesh, Matrix4, MeshLambertMaterial, Quaternion, SphereGeometry, Vector3 } from "three";
import { mergeGeometries } from "three/addons/utils/BufferGeometryUtils.js";
import type { LookView } from "../../wire/world";
import type { People } from "./people";

const MOST = 512;
const TALL = 1.72;
const COLORS = [0x2f6f77, 0xb5653a, 0x5b6ea8, 0x8a4f7d, 0x4d7a4a, 0xa88a3c, 0x9c4a4a, 0x56606b];

const at = /* @__PURE__ */ new Vector3();
const turn = /* @__PURE__ */ new Quaternion();
const size = /* @__PURE__ */ new Vector3();
const matrix = /* @__PURE__ */ new Matrix4();
const color = /* @__PURE__ */ new Color();
const UP = /* @__PURE__ */ new Vector3(0, 1, 0);

export class Figures implements People {
  readonly object = new Group();
  /** They cast none. */
  readonly stirred = false;
  readonly #mesh: InstancedMesh;
  /** Which instance each id has. */
  readonly #rows = new Map<number, number>();
  readonly #heights = new Map<number, number>();

  constructor() {
    const body = new CapsuleGeometry(0.21, 1.02, 4, 10).translate(0, 0.72, 0);
    const head = new SphereGeometry(0.135, 12, 10).translate(0, 1.58, 0);
    const nose = new SphereGeometry(0.03, 6, 5).translate(0, 1.58, -0.14);
    this.#mesh = new InstancedMesh(mergeGeometries([body, head, nose]), new MeshLambertMaterial(), MOST);
    this.#mesh.frustumCulled = false;
    this.#mesh.count = 0;
    this.object.add(this.#mesh);
  }

  put(id: number, look: LookView): void {
    if (!this.#rows.has(id) && this.#mesh.count < MOST) {
      this.#rows.set(id, this.#mesh.count);
      this.#mesh.count += 1;
    }
    const row = this.#rows.get(id);
    this.#heights.set(id, TALL * (0.92 + (look[3] / 255) * 0.16));
    if (row === undefined) return;
    this.#mesh.setColorAt(row, color.set(COLORS[look[8] % COLORS.length] ?? 0x56606b));
    if (this.#mesh.instanceColor) this.#mesh.instanceColor.needsUpdate = true;
  }

  /** The last takes the place of who goes. */
  remove(id: number): void {
    const row = this.#rows.get(id);
    this.#rows.delete(id);
    this.#heights.delete(id);
    if (row === undefined) return;
    const last = this.#mesh.count - 1;
    for (const [other, place] of this.#rows) {
      if (place !== last) continue;
      this.#mesh.getMatrixAt(last, matrix);
      this.#mesh.setMatrixAt(row, matrix);
      this.#mesh.getColorAt(last, color);
      this.#mesh.setColorAt(row, color);
      this.#rows.set(other, row);
    }
    this.#mesh.count = last;
    this.#mesh.instanceMatrix.needsUpdate = true;
  }

  move(id: number, x: number, y: number, z: number, yaw: number): void {
    const row = this.#rows.get(id);
    if (row === undefined) return;
    const tall = this.height(id) / TALL;
    this.#mesh.setMatrixAt(row, matrix.compose(at.set(x, y, z), turn.setFromAxisAngle(UP, -yaw), size.set(tall, tall, tall)));
    this.#mesh.instanceMatrix.needsUpdate = true;
  }

  height(id: number): number {
    return this.#heights.get(id) ?? TALL;
  }

  update(): boolean {
    return false;
  }

  dispose(): void {
    this.object.removeFromParent();
    this.#mesh.dispose();
  }
}
