/** Storeys from inside: floors tinted by use, walls one can cut, windows one can see through. */

import { DoubleSide, MeshDepthMaterial, MeshLambertMaterial, RGBADepthPacking, type Vector2 } from "three";
import { STATE_VERTEX_HEAD, WINDOWS_GLSL } from "./facade";
import type { Features } from "./features";
import { FEATURE_VERTEX_GLSL, patchLambert, PLAN_GLSL, type Shading, TINTS } from "./shading";

/** What a feature of a storey is, by number. */
export const PARTS = { floor: 0, wall: 1, facade: 2, ceiling: 3, stairs: 4, furniture: 5 } as const;


/** Changes from frame to frame, for one storey. */
export interface Cutting {
  /** Nothing above this height is drawn [m]. */
  readonly uCut: { value: number };
  /** Height of the floor, and from it to the floor above [m]. */
  readonly uStorey: { readonly value: Vector2 };
}

const FRAGMENT_HEAD = /* glsl */ `
flat in vec4 vState;
flat in vec4 vFacts;
in vec4 vWall;
uniform vec3 uTints[${TINTS}];
uniform vec3 uAccent;
uniform float uLit;
uniform float uCut;
uniform vec2 uStorey;
${PLAN_GLSL}
${WINDOWS_GLSL}
`;

const FRAGMENT = /* glsl */ `
if (vWorldAt.y > uCut) discard;
int part = int(vFacts.b + 0.5);
vec3 albedo = vec3(0.90, 0.885, 0.86);
if (part == 0) albedo = vec3(0.855, 0.83, 0.79);
else if (part == 1) albedo = vec3(0.93, 0.925, 0.91);
else if (part == 3) albedo = vec3(0.92, 0.92, 0.915);
else if (part == 4) albedo = vec3(0.80, 0.785, 0.76);
else if (part == 5) albedo = vec3(0.78, 0.765, 0.745);
int tint = int(vState.g + 0.5);
if (tint > 0) albedo = mix(albedo, uTints[tint], part == 0 ? 0.55 : part == 5 ? 0.65 : 0.12);
float flags = vState.r;
if (mod(floor(flags / 4.0), 2.0) > 0.5) albedo = mix(albedo, uAccent, part == 0 ? 0.55 : 0.28);
else if (mod(floor(flags / 2.0), 2.0) > 0.5) albedo = mix(albedo, uAccent, 0.20);
if (part == 2) {
  vec4 facts = vec4(vFacts.r, vFacts.g, 2.0, 0.0);
  Wall wall = windowsOf(vWall, facts);
  // Near by one looks through the panes; further off they are drawn.
  float far = length(vWorldAt - cameraPosition);
  if (wall.glass > 0.55 && far < 70.0) discard;
  albedo *= 1.0 - wall.frame * 0.12;
  albedo = mix(albedo, vec3(0.44, 0.485, 0.51), wall.glass * 0.55);
  if (uNight > 0.12) {
    totalEmissiveRadiance += windowLight(wall, max(uLit, 0.5), vFacts.r * 0.013) * wall.glass * smoothstep(0.12, 0.75, uNight);
  }
}
// Lamps: rooms are never dark. Corners with floor and ceiling are, a little, and walls differ by their side.
float above = vWorldAt.y - uStorey.x;
float corners = 1.0;
#ifdef PLAIN
if (part != 0 && part != 3) corners = 1.0 - 0.26 * clamp(1.0 - above * 0.6, 0.0, 1.0) - 0.16 * clamp(1.0 - (uStorey.y - above) * 0.5, 0.0, 1.0);
#else
if (part != 0 && part != 3) corners = (1.0 - 0.34 * exp(-max(above, 0.0) * 2.2)) * (1.0 - 0.26 * exp(-max(uStorey.y - above, 0.0) * 1.6));
#endif
float side = 0.80 + 0.20 * abs(worldNormal.x) + 0.12 * worldNormal.y;
float inside = part == 2 ? 0.55 : 1.0;
vec3 lampColor = mix(vec3(1.0, 0.98, 0.95), vec3(1.0, 0.86, 0.68), uNight);
totalEmissiveRadiance += albedo * lampColor * mix(0.30, 0.52, uNight) * corners * side * inside;
occlusion = corners;
#ifdef PLAIN
// No shadows are looked up here: inside, the sun counts as little as through a roof.
float sunlit = part == 2 ? 1.0 : 0.3;
totalEmissiveRadiance += albedo * lampColor * 0.22 * side * (1.0 - sunlit);
albedo *= sunlit;
#else
if (part == 3 && worldNormal.y < -0.5) {
  vec2 strip = vWorldAt.xz / vec2(2.4, 4.8);
  vec2 w = fwidth(strip);
  float light = pulses(strip.x, 0.46, 0.54, w.x) * pulses(strip.y, 0.12, 0.88, w.y);
  totalEmissiveRadiance += lampColor * light * mix(0.5, 0.9, uNight);
}
if (part == 0) {
  vec2 slab = vWorldAt.xz / 1.2;
  vec2 w = fwidth(slab);
  albedo *= 1.0 - 0.10 * max(pulses(slab.x, 0.0, 0.014, w.x), pulses(slab.y, 0.0, 0.014, w.y));
}
#endif
// Where a wall was cut through, the inside of it is drawn solid, as on a section.
if (!gl_FrontFacing && uCut < 1.0e5 && (part == 1 || part == 2)) {
  albedo = vec3(0.16, 0.165, 0.175);
  totalEmissiveRadiance = vec3(0.02);
}
diffuseColor.rgb *= albedo;
`;

export function interiorMaterial(shading: Shading, features: Features, cutting: Cutting): MeshLambertMaterial {
  const material = new MeshLambertMaterial({ color: 0xffffff, side: DoubleSide });
  material.customProgramCacheKey = () => "interior";
  material.onBeforeCompile = (shader) =>
    patchLambert(shader, shading, { uFeatures: { value: features.texture }, ...cutting }, {
      vertexHead: STATE_VERTEX_HEAD,
      vertexPlace: /* glsl */ `
        vState = featureTexel(_feature_id_0, 0) * 255.0;
        vFacts = featureTexel(_feature_id_0, 1) * 255.0;
        vWall = vec4(uv, uv1) * 0.1;`,
      vertexEnd: "if (mod(vState.r, 2.0) > 0.5) gl_Position = vec4(2.0, 2.0, 2.0, 1.0);",
      fragmentHead: FRAGMENT_HEAD,
      fragment: FRAGMENT,
    });
  return material;
}

/** What the shadow map sees of a storey: nothing hidden, nothing above the cut. */
export function interiorShadow(features: Features, cutting: Cutting): MeshDepthMaterial {
  const material = new MeshDepthMaterial({ depthPacking: RGBADepthPacking, side: DoubleSide });
  material.customProgramCacheKey = () => "interior-shadow";
  material.onBeforeCompile = (shader) => {
    Object.assign(shader.uniforms, { uFeatures: { value: features.texture }, ...cutting });
    shader.vertexShader = shader.vertexShader
      .replace("#include <common>", `#include <common>\n${FEATURE_VERTEX_GLSL}\nvarying float vUp;`)
      .replace(
        "#include <project_vertex>",
        /* glsl */ `
        vec4 worldAt = modelMatrix * vec4(transformed, 1.0);
        vUp = worldAt.y;
        vec4 mvPosition = viewMatrix * worldAt;
        gl_Position = projectionMatrix * mvPosition;
        if (mod(featureTexel(_feature_id_0, 0).r * 255.0, 2.0) > 0.5) gl_Position = vec4(2.0, 2.0, 2.0, 1.0);`,
      );
    shader.fragmentShader = shader.fragmentShader
      .replace("#include <common>", "#include <common>\nvarying float vUp;\nuniform float uCut;")
      .replace("#include <map_fragment>", "if (vUp > uCut) discard;\n#include <map_fragment>");
  };
  return material;
}
