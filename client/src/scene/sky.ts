/** Sky, sun and moon: what the hour looks like. */

import {
  BackSide, Color, DirectionalLight, HemisphereLight, Mesh, type Object3D, Scene, ShaderMaterial, SphereGeometry, Vector3,
} from "three";
import { atmosphereAt, MOON, MOON_RISES, type Rgb } from "./palette";
import { type Shading, SKY_GLSL, TO_SCREEN_GLSL } from "./shading";

const SKY_VERTEX = /* glsl */ `
varying vec3 vWay;
void main() {
  vWay = position;
  vec4 at = projectionMatrix * vec4(mat3(viewMatrix) * position, 1.0);
  gl_Position = at.xyww;
}
`;

const SKY_FRAGMENT = /* glsl */ `
varying vec3 vWay;
${SKY_GLSL}
float star(vec3 way) {
  vec2 at = vec2(atan(way.z, way.x) * 72.0, way.y * 140.0);
  vec2 cell = floor(at);
  float chance = fract(sin(dot(cell, vec2(127.1, 311.7))) * 43758.5453);
  vec2 spot = fract(at) - 0.5 - (vec2(fract(chance * 57.0), fract(chance * 131.0)) - 0.5) * 0.7;
  return step(0.965, chance) * smoothstep(0.16, 0.02, length(spot)) * (0.35 + 0.65 * fract(chance * 911.0));
}
void main() {
  vec3 way = normalize(vWay);
  vec3 color = skyColor(way);
  #ifndef PLAIN
  float disc = smoothstep(0.99988, 0.99995, dot(way, uSunWay)) * step(-0.01, way.y);
  color += uSunLight * disc * 0.55 * (1.0 - uNight * 0.75);
  color += vec3(0.75, 0.82, 1.0) * star(way) * smoothstep(0.55, 1.0, uNight) * smoothstep(0.02, 0.25, way.y) * 0.8;
  #endif
  gl_FragColor = vec4(color, 1.0);
  ${TO_SCREEN_GLSL}
}
`;

/** Where a body stands in the sky as a direction: x east, y up, z south. */
export function skyWay(azimuth: number, elevation: number, into: Vector3): Vector3 {
  const a = (azimuth * Math.PI) / 180;
  const e = (elevation * Math.PI) / 180;
  return into.set(Math.sin(a) * Math.cos(e), Math.sin(e), -Math.cos(a) * Math.cos(e));
}

function put(color: Color, [r, g, b]: Rgb): Color {
  return color.setRGB(r, g, b, "srgb");
}

export class Sky {
  readonly sun = new DirectionalLight();
  readonly #ambient = new HemisphereLight();
  readonly #dome: Mesh<SphereGeometry, ShaderMaterial>;
  readonly #way = new Vector3(0, 1, 0);
  /** The shadow camera's middle and reach [m]. */
  readonly #focus = new Vector3(Number.NaN, 0, 0);
  #reach = 0;

  constructor(
    scene: Scene,
    readonly shading: Shading,
  ) {
    const material = new ShaderMaterial({
      vertexShader: SKY_VERTEX, fragmentShader: SKY_FRAGMENT, side: BackSide, depthWrite: false, depthTest: true, toneMapped: false,
      uniforms: shading.uniforms,
      defines: shading.plain ? { PLAIN: "" } : {},
    });
    this.#dome = new Mesh(new SphereGeometry(1, 32, 20), material);
    this.#dome.frustumCulled = false;
    this.#dome.renderOrder = 1000;
    scene.add(this.#dome, this.#ambient, this.sun, this.sun.target);
    this.sun.castShadow = true;
    this.sun.shadow.autoUpdate = false;
    this.sun.shadow.bias = -0.0004;
  }

  /** Direction of the light that casts shadows. */
  get way(): Vector3 {
    return this.#way;
  }

  /** Sets the hour: where the sun stands [°], and the share of lit windows. */
  set(azimuth: number, elevation: number, lit: number): void {
    const air = atmosphereAt(elevation);
    const uniforms = this.shading.uniforms;
    const moon = elevation < MOON_RISES;
    skyWay(azimuth, elevation, uniforms.uSunWay.value);
    if (moon) skyWay(MOON.azimuth, MOON.elevation, this.#way);
    else skyWay(azimuth, Math.max(elevation, 1.2), this.#way);
    if (moon) uniforms.uSunWay.value.copy(this.#way);
    put(uniforms.uZenith.value, air.zenith);
    put(uniforms.uHorizon.value, air.horizon);
    put(uniforms.uGlow.value, air.glow);
    put(uniforms.uSunLight.value, air.sun);
    uniforms.uNight.value = air.night;
    uniforms.uLit.value = lit;
    put(this.sun.color, air.sun);
    this.sun.intensity = air.sunStrength;
    put(this.#ambient.color, air.sky);
    put(this.#ambient.groundColor, air.ground);
    this.#ambient.intensity = air.skyStrength;
    this.#place();
  }

  /** Lets shadows be sharp around what is looked at; true where they must be drawn anew. */
  focus(center: Vector3, reach: number): boolean {
    const moved = center.distanceTo(this.#focus) > this.#reach * 0.22;
    if (!moved && reach < this.#reach * 1.25 && reach > this.#reach * 0.55) return false;
    this.#focus.copy(center);
    this.#reach = reach;
    this.#place();
    return true;
  }

  set shadows(side: number) {
    this.sun.castShadow = side > 0;
    if (side === 0 || this.sun.shadow.mapSize.x === side) return;
    this.sun.shadow.mapSize.set(side, side);
    this.sun.shadow.map?.dispose();
    this.sun.shadow.map = null;
    this.#place();
  }

  #place(): void {
    if (Number.isNaN(this.#focus.x)) return;
    const reach = this.#reach;
    const camera = this.sun.shadow.camera;
    const height = Math.max(reach * 2, 900);
    this.sun.target.position.copy(this.#focus);
    this.sun.position.copy(this.#focus).addScaledVector(this.#way, height);
    this.sun.target.updateMatrixWorld();
    camera.left = camera.bottom = -reach;
    camera.right = camera.top = reach;
    camera.near = 1;
    camera.far = height + reach * 3;
    camera.updateProjectionMatrix();
    const texel = (reach * 2) / this.sun.shadow.mapSize.x;
    this.sun.shadow.normalBias = texel * 1.1;
    this.sun.shadow.needsUpdate = true;
  }

  dispose(): void {
    this.#dome.geometry.dispose();
    this.#dome.material.dispose();
    this.sun.dispose();
    for (const object of [this.#dome, this.#ambient, this.sun, this.sun.target] as Object3D[]) object.removeFromParent();
  }
}
