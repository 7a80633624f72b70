/** The edges of a chosen feature, drawn as fine lines. */

import { BufferGeometry, EdgesGeometry, Float32BufferAttribute, LineBasicMaterial, LineSegments, type Scene, Vector3 } from "three";
import type { Features } from "./features";

const corner = /* @__PURE__ */ new Vector3();

export class Outline {
  readonly #lines: LineSegments<BufferGeometry, LineBasicMaterial>;

  constructor(scene: Scene, color: number) {
    this.#lines = new LineSegments(new BufferGeometry(), new LineBasicMaterial({ color, transparent: true, opacity: 0.9, toneMapped: false }));
    this.#lines.visible = false;
    this.#lines.frustumCulled = false;
    this.#lines.renderOrder = 30;
    scene.add(this.#lines);
  }

  /** Draws round `rows` of `features`; nothing where there are none. */
  set(features: Features | null, rows: readonly number[]): void {
    this.#lines.geometry.dispose();
    this.#lines.visible = features !== null && rows.length > 0;
    if (!features || rows.length === 0) return;
    const solid = new BufferGeometry();
    solid.setAttribute("position", new Float32BufferAttribute(cornersOf(features, new Set(rows)), 3));
    this.#lines.geometry = new EdgesGeometry(solid, 20);
  }

  dispose(): void {
    this.#lines.geometry.dispose();
    this.#lines.material.dispose();
    this.#lines.removeFromParent();
  }
}

function cornersOf(features: Features, rows: ReadonlySet<number>): number[] {
  const { geometry, matrixWorld } = features.mesh;
  const index = geometry.index;
  const position = geometry.getAttribute("position");
  const feature = geometry.getAttribute("_feature_id_0");
  const count = index ? index.count : position.count;
  const corners: number[] = [];
  for (let at = 0; at < count; at += 1) {
    const vertex = index ? index.getX(at) : at;
    if (!rows.has(feature.getX(vertex))) continue;
    corner.fromBufferAttribute(position, vertex).applyMatrix4(matrixWorld);
    corners.push(corner.x, corner.y, corner.z);
  }
  return corners;
}
