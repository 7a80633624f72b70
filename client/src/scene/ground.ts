/** The ground: a paper plane into the haze; roads, water and green painted on it in order. */

import {
  BufferGeometry, type BufferAttribute, CircleGeometry, Group, type InterleavedBufferAttribute, Mesh, MeshLambertMaterial,
  Uint32BufferAttribute,
} from "three";
import { patchLambert, PLAN_GLSL, PULSE_GLSL, type Shading } from "./shading";
import type { Table } from "./features";

interface Cover {
  readonly color: number;
  /** What is drawn into it near by. */
  readonly grain?: "WATER" | "LAWN" | "JOINTS" | "LAMPS";
}

/** By number of the scenery's kind: road, path, rail, water, green, paved, tree. */
const COVERS: readonly Cover[] = [
  { color: 0xcdcac4, grain: "LAMPS" }, { color: 0xdfd8cb, grain: "JOINTS" }, { color: 0xbdb9b2 }, { color: 0xaecbd8, grain: "WATER" },
  { color: 0xccd8b9, grain: "LAWN" }, { color: 0xe0dbd2, grain: "JOINTS" }, { color: 0xbfcdac, grain: "LAWN" },
];

/** From below upward: green, wood, water, paved, path, road, rail. */
const ORDER: readonly number[] = [4, 6, 3, 5, 1, 0, 2];

const FRAGMENT = /* glsl */ `
float crowd = crowded(vWorldAt);
occlusion = 1.0 - 0.62 * smoothstep(0.02, 0.75, crowd);
float dusk = smoothstep(0.12, 0.75, uNight);
if (dusk > 0.0) totalEmissiveRadiance += vec3(1.0, 0.64, 0.34) * dusk * (0.035 + 0.20 * smoothstep(0.0, 0.6, crowd)) * SPILL;
#if defined(GRAIN) && !defined(PLAIN)
  // A faint grid of 50 m, as on a model's base board.
  vec2 board = vWorldAt.xz / 50.0;
  vec2 w = fwidth(board);
  float rule = max(pulses(board.x, 0.0, 0.006, w.x), pulses(board.y, 0.0, 0.006, w.y));
  diffuseColor.rgb *= 1.0 - rule * 0.16;
#endif
#ifdef LAMPS
  // Street lamps: pools of warm light along the roads.
  if (dusk > 0.0) {
    vec2 pool = abs(fract(vWorldAt.xz / 26.0) - 0.5);
    totalEmissiveRadiance += vec3(1.0, 0.70, 0.40) * dusk * (0.05 + 0.10 * smoothstep(0.62, 0.05, pool.x + pool.y));
  }
#endif
#if defined(JOINTS) && !defined(PLAIN)
  // Slabs of 1.2 m, seen only near by.
  vec2 slab = vWorldAt.xz / 1.2;
  slab.x += 0.5 * mod(floor(slab.y), 2.0);
  vec2 wide = fwidth(vWorldAt.xz / 1.2);
  float joint = max(pulses(slab.x, 0.0, 0.018, wide.x), pulses(slab.y, 0.0, 0.018, wide.y));
  float fade = 1.0 - smoothstep(0.05, 0.5, max(wide.x, wide.y));
  diffuseColor.rgb *= 1.0 - joint * 0.26 * fade;
  diffuseColor.rgb *= 1.0 + (hash(vec3(floor(slab), 1.0)) - 0.5) * 0.035 * fade;
#endif
#if defined(LAWN) && !defined(PLAIN)
  vec2 tuft = vWorldAt.xz * 1.7;
  float near = 1.0 - smoothstep(0.1, 0.8, fwidth(tuft.x));
  vec2 cell = floor(tuft);
  vec2 soft = smoothstep(0.0, 1.0, fract(tuft));
  float grass = mix(
    mix(hash(vec3(cell, 2.0)), hash(vec3(cell + vec2(1.0, 0.0), 2.0)), soft.x),
    mix(hash(vec3(cell + vec2(0.0, 1.0), 2.0)), hash(vec3(cell + 1.0, 2.0)), soft.x), soft.y);
  diffuseColor.rgb *= 1.0 + (grass - 0.5) * 0.12 * near;
#endif
#ifdef WATER
  vec3 toEye = normalize(cameraPosition - vWorldAt);
  vec3 mirrored = reflect(-toEye, vec3(0.0, 1.0, 0.0));
  float ripple = sin(vWorldAt.x * 0.21 + sin(vWorldAt.z * 0.13) * 2.0) * sin(vWorldAt.z * 0.17 + vWorldAt.x * 0.05);
  mirrored = normalize(mirrored + vec3(ripple, 0.0, ripple) * 0.02);
  float grazing = 0.10 + 0.75 * pow(1.0 - clamp(toEye.y, 0.0, 1.0), 4.0);
  vec3 image = skyColor(vec3(mirrored.x, max(mirrored.y, 0.02), mirrored.z));
  totalEmissiveRadiance += image * grazing;
  totalEmissiveRadiance += uSunLight * pow(max(dot(mirrored, uSunWay), 0.0), 240.0) * 0.7 * (1.0 - uNight);
  diffuseColor.rgb *= 1.0 - grazing * 0.75;
#endif
`;

function coverMaterial(shading: Shading, color: number, defines: Readonly<Record<string, string>>): MeshLambertMaterial {
  const material = new MeshLambertMaterial({ color });
  material.defines = { SPILL: "1.0", ...defines };
  const key = JSON.stringify(material.defines);
  material.customProgramCacheKey = () => `ground${key}`;
  material.onBeforeCompile = (shader) =>
    patchLambert(shader, shading, {}, { fragmentHead: PLAN_GLSL + PULSE_GLSL, fragment: FRAGMENT });
  return material;
}

/** The plane that goes on beyond the data. */
export function groundPlane(shading: Shading, radius: number): Mesh {
  const material = coverMaterial(shading, 0xdfdad2, { GRAIN: "", SPILL: "0.55" });
  material.polygonOffset = true;
  material.polygonOffsetFactor = 1;
  material.polygonOffsetUnits = 4;
  const geometry = new CircleGeometry(radius, 96);
  geometry.rotateX(-Math.PI / 2);
  const plane = new Mesh(geometry, material);
  plane.position.y = -0.04;
  plane.receiveShadow = true;
  plane.renderOrder = -100;
  plane.frustumCulled = false;
  return plane;
}

/** The materials of all covers, shared by all tiles. */
export class Covers {
  readonly #materials: readonly MeshLambertMaterial[];

  constructor(shading: Shading) {
    this.#materials = COVERS.map(({ color, grain }) => {
      const material = coverMaterial(shading, color, grain ? { [grain]: "" } : {});
      // All lie flat on the ground: painted one over another, they cannot fight for depth.
      material.depthTest = false;
      material.depthWrite = false;
      return material;
    });
  }

  /** A scenery mesh as one mesh a kind, painted in order after the plane and before all that stands. */
  layers(mesh: Mesh<BufferGeometry>, table: Table): Group {
    const group = new Group();
    const feature = mesh.geometry.getAttribute("_feature_id_0");
    const kinds = Array.from({ length: table.count }, (_, row) => table.number("kind", row) ?? 0);
    const triangles = trianglesByKind(mesh.geometry, feature, kinds);
    for (const [kind, indices] of triangles) {
      const material = this.#materials[kind];
      if (!material) continue;
      const geometry = new BufferGeometry();
      geometry.setAttribute("position", mesh.geometry.getAttribute("position"));
      geometry.setAttribute("normal", mesh.geometry.getAttribute("normal"));
      geometry.setIndex(new Uint32BufferAttribute(indices, 1));
      const layer = new Mesh(geometry, material);
      layer.renderOrder = -50 + ORDER.indexOf(kind);
      layer.receiveShadow = true;
      layer.frustumCulled = false;
      layer.userData.kind = kind;
      group.add(layer);
    }
    return group;
  }

  dispose(): void {
    for (const material of this.#materials) material.dispose();
  }
}

function trianglesByKind(
  geometry: BufferGeometry, feature: BufferAttribute | InterleavedBufferAttribute, kinds: readonly number[],
): Map<number, number[]> {
  const index = geometry.index;
  const count = index ? index.count : geometry.getAttribute("position").count;
  const triangles = new Map<number, number[]>();
  for (let corner = 0; corner + 2 < count; corner += 3) {
    const a = index ? index.getX(corner) : corner;
    const kind = kinds[feature.getX(a)] ?? 0;
    const list = triangles.get(kind) ?? [];
    if (list.length === 0) triangles.set(kind, list);
    list.push(a, index ? index.getX(corner + 1) : corner + 1, index ? index.getX(corner + 2) : corner + 2);
  }
  return triangles;
}
