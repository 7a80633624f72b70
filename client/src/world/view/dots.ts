/** People from far above: a dot for each, where a body would be too small to see. */

import { BufferAttribute, BufferGeometry, CanvasTexture, Points, PointsMaterial } from "three";

const MOST = 256;
/** [px] */
const SIZE = 9;
/** Over the feet [m]. */
const LIFT = 2.2;

export interface Spot {
  readonly x: number;
  readonly y: number;
  readonly z: number;
}

export class Dots {
  readonly object: Points<BufferGeometry, PointsMaterial>;
  readonly #places = new BufferAttribute(new Float32Array(MOST * 3), 3);

  constructor() {
    const geometry = new BufferGeometry().setAttribute("position", this.#places);
    const material = new PointsMaterial({ size: SIZE, sizeAttenuation: false, map: disc(), transparent: true, alphaTest: 0.2, depthWrite: false, toneMapped: false });
    this.object = new Points(geometry, material);
    this.object.frustumCulled = false;
    this.object.visible = false;
  }

  show(spots: readonly Spot[], visible: boolean): void {
    this.object.visible = visible && spots.length > 0;
    if (!this.object.visible) return;
    const count = Math.min(spots.length, MOST);
    for (let index = 0; index < count; index += 1) {
      const spot = spots[index];
      if (spot) this.#places.setXYZ(index, spot.x, spot.y + LIFT, spot.z);
    }
    this.#places.needsUpdate = true;
    this.object.geometry.setDrawRange(0, count);
  }

  dispose(): void {
    this.object.removeFromParent();
    this.object.geometry.dispose();
    this.object.material.map?.dispose();
    this.object.material.dispose();
  }
}

/** A bright disc with a light rim, to be seen on light and dark ground. */
function disc(): CanvasTexture {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 32;
  const context = canvas.getContext("2d");
  if (context) {
    for (const [color, radius] of [["#ffffff", 15], ["#c2410c", 11]] as const) {
      context.fillStyle = color;
      context.beginPath();
      context.arc(16, 16, radius, 0, Math.PI * 2);
      context.fill();
    }
  }
  return new CanvasTexture(canvas);
}
