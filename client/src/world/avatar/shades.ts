/** The soft shade below everybody's feet: it sets them on the ground where no shadow is drawn. */

import {
  BufferAttribute, DynamicDrawUsage, InstancedBufferAttribute, InstancedBufferGeometry, Mesh, ShaderMaterial,
} from "three";
import type { Shading } from "../../scene/shading";

/** Half the width of a shade [m]. */
const RADIUS = 0.42;

const VERTEX = /* glsl */ `
attribute vec4 iShade;
varying vec2 vAcross;
void main() {
  vAcross = position.xz;
  vec3 at = iShade.xyz + vec3(position.x, 0.0, position.z) * ${RADIUS.toFixed(2)} * iShade.w;
  gl_Position = projectionMatrix * viewMatrix * vec4(at, 1.0);
}
`;

const FRAGMENT = /* glsl */ `
uniform float uNight;
varying vec2 vAcross;
void main() {
  float dark = 1.0 - smoothstep(0.1, 1.0, length(vAcross));
  gl_FragColor = vec4(0.07, 0.07, 0.09, dark * dark * mix(0.42, 0.55, uNight));
}
`;

export class Shades {
  readonly mesh: Mesh<InstancedBufferGeometry, ShaderMaterial>;
  readonly #attribute: InstancedBufferAttribute;
  readonly #values: Float32Array;
  #count = 0;

  constructor(shading: Shading, capacity: number) {
    this.#values = new Float32Array(capacity * 4);
    this.#attribute = new InstancedBufferAttribute(this.#values, 4);
    this.#attribute.setUsage(DynamicDrawUsage);
    const geometry = new InstancedBufferGeometry();
    geometry.setAttribute("position", new BufferAttribute(new Float32Array([-1, 0, -1, -1, 0, 1, 1, 0, 1, 1, 0, -1]), 3));
    geometry.setIndex([0, 1, 2, 0, 2, 3]);
    geometry.setAttribute("iShade", this.#attribute);
    geometry.instanceCount = 0;
    const material = new ShaderMaterial({
      vertexShader: VERTEX,
      fragmentShader: FRAGMENT,
      uniforms: { uNight: shading.uniforms.uNight },
      transparent: true,
      depthWrite: false,
      polygonOffset: true,
      polygonOffsetFactor: -2,
      polygonOffsetUnits: -4,
    });
    this.mesh = new Mesh(geometry, material);
    this.mesh.frustumCulled = false;
    this.mesh.renderOrder = 1;
  }

  clear(): void {
    this.#count = 0;
  }

  add(x: number, y: number, z: number, size: number): void {
    const at = this.#count * 4;
    this.#values[at] = x;
    this.#values[at + 1] = y + 0.02;
    this.#values[at + 2] = z;
    this.#values[at + 3] = size;
    this.#count += 1;
  }

  flush(): void {
    this.mesh.geometry.instanceCount = this.#count;
    this.mesh.visible = this.#count > 0;
    this.#attribute.needsUpdate = true;
  }

  dispose(): void {
    this.mesh.geometry.dispose();
    this.mesh.material.dispose();
  }
}
