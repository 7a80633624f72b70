/** Buildings from outside: white massing with fine storeys and windows, ghosts of what is to come. */

import {
  FrontSide, type IUniform, Material, MeshBasicMaterial, MeshDepthMaterial, MeshLambertMaterial, RGBADepthPacking,
} from "three";
import type { Features } from "./features";
import { FEATURE_VERTEX_GLSL, patchLambert, PLAN_GLSL, PULSE_GLSL, type Shading, SKY_GLSL, TINTS } from "./shading";

/** Ways to set windows, by number; the shader knows what each means. */
export const STYLES = { punched: 0, ribbon: 1, curtain: 2, fins: 3 } as const;

/** Which windows a building wears: towers are glass, low houses have holes. */
export function styleOf(height: number, seed: number): number {
  if (height > 70) return seed % 3 === 0 ? STYLES.fins : STYLES.curtain;
  if (height > 24) return [STYLES.ribbon, STYLES.curtain, STYLES.fins, STYLES.ribbon][seed % 4] ?? STYLES.ribbon;
  return seed % 3 === 0 ? STYLES.ribbon : STYLES.punched;
}

export const STATE_VERTEX_HEAD = /* glsl */ `
${FEATURE_VERTEX_GLSL}
attribute vec2 uv1;
flat out vec4 vState;
flat out vec4 vFacts;
out vec4 vWall;
`;

const READ_STATE = /* glsl */ `
vState = featureTexel(_feature_id_0, 0) * 255.0;
vFacts = featureTexel(_feature_id_0, 1) * 255.0;
vWall = vec4(uv, uv1) * 0.1;
`;

const THROW_AWAY = /* glsl */ `
if (mod(vState.r, 2.0) > 0.5 || (RISEN_OUT)) gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
`;

/** Windows of a wall: how much of this pixel is glass, and which window it is. */
export const WINDOWS_GLSL = /* glsl */ `
${PULSE_GLSL}

struct Wall {
  float glass;
  float frame;
  vec3 cell;
  float blur;
};

// wall: metres along, above its foot, length, height; facts: seed, storey height / 0.05 m, style.
Wall windowsOf(vec4 wall, vec4 facts) {
  Wall result;
  // Length and height are the same all over a wall; interpolation must not make them waver.
  wall.zw = floor(wall.zw * 10.0 + 0.5) * 0.1;
  float whole = step(0.25, wall.z) * step(1.6, wall.w);
  float storey = max(facts.g * 0.05, 2.6);
  float storeys = max(floor(wall.w / storey + 0.35), 1.0);
  float high = max(wall.w, 0.1) / storeys;
  int style = int(facts.b + 0.5);
  vec2 x = vec2(0.26, 0.74);
  vec2 y = vec2(0.30, 0.80);
  float bay = 3.4;
  if (style == 1) { x = vec2(0.03, 0.97); y = vec2(0.36, 0.86); bay = 2.7; }
  else if (style == 2) { x = vec2(0.05, 0.95); y = vec2(0.10, 0.94); bay = 1.8; }
  else if (style == 3) { x = vec2(0.24, 0.76); y = vec2(0.12, 0.92); bay = 1.65; }
  bay *= 0.92 + 0.16 * fract(facts.r * 0.137);
  float bays = max(floor(wall.z / bay + 0.5), 1.0);
  if (wall.z < 2.4) x = vec2(0.0, 1.0);
  float wide = max(wall.z, 0.1) / bays;
  vec2 at = vec2(wall.x / wide, wall.y / high);
  vec2 w = fwidth(at);
  result.glass = whole * pulses(at.x, x.x, x.y, w.x) * pulses(at.y, y.x, y.y, w.y);
  // A thin shade under each slab.
  result.frame = whole * pulses(at.y + 0.03, 0.0, 0.06, w.y);
  result.cell = vec3(floor(at), facts.r + wall.z * 0.31);
  result.blur = max(w.x, w.y);
  return result;
}

// What a lit window gives, warm and each a little different.
vec3 windowLight(Wall wall, float share, float seed) {
  float storeyMood = mix(0.55, 1.5, hash(vec3(wall.cell.y, seed, 3.0)));
  float mood = clamp(share * storeyMood, 0.0, 0.95);
  float chance = hash(wall.cell + vec3(0.5, 1.5, seed));
  float on = step(chance, mood);
  on = mix(on, mood, smoothstep(0.45, 1.1, wall.blur));
  float tone = hash(wall.cell.yxz + 7.0);
  vec3 warm = mix(vec3(1.0, 0.62, 0.28), vec3(1.0, 0.86, 0.64), tone);
  return warm * (0.55 + 0.75 * hash(wall.cell.zxy + 2.0)) * on;
}
`;

const FACADE_FRAGMENT_HEAD = /* glsl */ `
flat in vec4 vState;
flat in vec4 vFacts;
in vec4 vWall;
uniform vec3 uTints[${TINTS}];
uniform vec3 uAccent;
uniform float uLit;
${PLAN_GLSL}
${WINDOWS_GLSL}
`;

const FACADE_FRAGMENT = /* glsl */ `
float tone = fract(vFacts.r * 0.618);
vec3 plaster = mix(vec3(0.875, 0.855, 0.825), vec3(0.925, 0.918, 0.905), tone);
vec3 roof = plaster * 1.03;
bool isWall = abs(worldNormal.y) < 0.5;
vec3 albedo = isWall ? plaster : roof;
#ifdef GLASS
vec3 toEye = normalize(cameraPosition - vWorldAt);
#endif
Wall wall = Wall(0.0, 0.0, vec3(0.0), 0.0);
if (isWall) {
  wall = windowsOf(vWall, vFacts);
  albedo *= 1.0 - wall.frame * 0.10 * (1.0 - wall.glass);
  vec3 pane = vec3(0.50, 0.545, 0.57);
  float strength = vFacts.b > 1.5 && vFacts.b < 2.5 ? 0.46 : 0.56;
  albedo = mix(albedo, pane, wall.glass * strength);
  #ifdef GLASS
    float grazing = pow(1.0 - clamp(dot(worldNormal, toEye), 0.0, 1.0), 3.0);
    vec3 mirrored = reflect(-toEye, worldNormal);
    vec3 mirrorWay = normalize(vec3(mirrored.x, abs(mirrored.y) + 0.05, mirrored.z));
    float reflecting = wall.glass * (0.20 + 0.5 * grazing) * (1.0 - uNight * 0.8);
    totalEmissiveRadiance += skyColor(mirrorWay) * reflecting;
    albedo *= 1.0 - reflecting * 0.6;
    float glint = pow(max(dot(mirrorWay, uSunWay), 0.0), 900.0);
    totalEmissiveRadiance += uSunLight * glint * wall.glass * 1.1 * (1.0 - uNight);
  #else
    totalEmissiveRadiance += uHorizon * wall.glass * 0.13 * (1.0 - uNight);
  #endif
  if (uNight > 0.12) {
    float dusk = smoothstep(0.12, 0.75, uNight);
    vec3 lamp = windowLight(wall, uLit, vFacts.r * 0.013);
    totalEmissiveRadiance += lamp * wall.glass * dusk * 1.05;
    // Light that spills from the street up the lowest storeys.
    float spill = exp(-max(vWorldAt.y, 0.0) * 0.16) * dusk;
    totalEmissiveRadiance += vec3(1.0, 0.66, 0.36) * spill * 0.10;
  }
  occlusion = 1.0 - 0.42 * exp(-max(vWorldAt.y, 0.0) * 0.30);
}
int tint = int(vState.g + 0.5);
if (tint > 0) albedo = mix(albedo, uTints[tint], 0.42);
float flags = vState.r;
if (mod(floor(flags / 4.0), 2.0) > 0.5) {
  // Its outline says that it is chosen: its walls stay walls, by night above all.
  albedo = mix(albedo, uAccent, 0.26 - 0.12 * uNight);
  totalEmissiveRadiance += uAccent * 0.03;
} else if (mod(floor(flags / 2.0), 2.0) > 0.5) {
  albedo = mix(albedo, uAccent, 0.16);
  totalEmissiveRadiance += uAccent * 0.05;
}
diffuseColor.rgb *= albedo;
`;

const RISE = /* glsl */ `
worldAt.y *= mix(0.02, 1.0, vState.b / 255.0);
`;

/** Material of a tile's standing buildings. */
export function facadeMaterial(shading: Shading, features: Features, glass: boolean): MeshLambertMaterial {
  const material = new MeshLambertMaterial({ color: 0xffffff });
  if (glass) material.defines = { GLASS: "" };
  material.customProgramCacheKey = () => `facade${glass}`;
  material.onBeforeCompile = (shader) =>
    patchLambert(shader, shading, { uFeatures: { value: features.texture } }, {
      vertexHead: STATE_VERTEX_HEAD,
      vertexPlace: READ_STATE,
      vertexWorld: RISE,
      vertexEnd: THROW_AWAY.replace("RISEN_OUT", "vState.b < 1.0"),
      fragmentHead: FACADE_FRAGMENT_HEAD,
      fragment: FACADE_FRAGMENT,
    });
  return material;
}

/** What the shadow map sees of a tile: nothing hidden, no ghosts. */
export function shadowMaterial(features: Features): MeshDepthMaterial {
  const material = new MeshDepthMaterial({ depthPacking: RGBADepthPacking });
  material.customProgramCacheKey = () => "facade-shadow";
  material.onBeforeCompile = (shader) => {
    shader.uniforms.uFeatures = { value: features.texture };
    shader.vertexShader = shader.vertexShader
      .replace("#include <common>", `#include <common>\n${FEATURE_VERTEX_GLSL}`)
      .replace(
        "#include <project_vertex>",
        /* glsl */ `
        vec4 state = featureTexel(_feature_id_0, 0) * 255.0;
        vec4 worldAt = modelMatrix * vec4(transformed, 1.0);
        ${RISE.replace("vState", "state")}
        vec4 mvPosition = viewMatrix * worldAt;
        gl_Position = projectionMatrix * mvPosition;
        if (mod(state.r, 2.0) > 0.5 || state.b < 1.0) gl_Position = vec4(2.0, 2.0, 2.0, 1.0);`,
      );
  };
  return material;
}

const GHOST_FRAGMENT = /* glsl */ `
vec4 ghostColor(vec3 normal) {
  bool isWall = abs(normal.y) < 0.5;
  vec2 metres = isWall ? vWall.xy : vec2(vAt.x, vAt.z);
  float slope = isWall ? 1.0 : -1.0;
  float line = (metres.x + slope * metres.y) / 3.0;
  float hatch = pulses(line, 0.0, 0.07, fwidth(line));
  float storey = max(vFacts.g * 0.05, 2.6);
  float slabs = 0.0;
  float edge = 0.0;
  if (isWall && vWall.z > 0.2) {
    float up = vWall.y / storey;
    slabs = pulses(up, 0.0, 0.05, fwidth(up));
    vec2 w = max(fwidth(vWall.xy), vec2(0.001));
    float side = min(vWall.x / w.x, (vWall.z - vWall.x) / w.x);
    float cap = min(vWall.y / w.y, (vWall.w - vWall.y) / w.y);
    float dashUp = step(0.36, fract(vWall.y / 2.4));
    float dashAlong = step(0.36, fract(vWall.x / 2.4));
    float tall = step(3.0, vWall.z);
    edge = max((1.0 - smoothstep(0.6, 1.8, side)) * dashUp * tall, (1.0 - smoothstep(0.6, 1.8, cap)) * dashAlong);
  }
  vec3 ink = mix(vec3(0.33, 0.43, 0.50), vec3(0.55, 0.70, 0.86), uNight);
  vec3 veil = mix(vec3(0.80, 0.86, 0.90), vec3(0.20, 0.28, 0.40), uNight);
  float drawn = max(edge, max(hatch * 0.22, slabs * 0.20));
  vec3 color = mix(veil, ink, drawn);
  float alpha = mix(0.20, 0.80, drawn);
  if (mod(floor(vState.r / 4.0), 2.0) > 0.5) { color = mix(color, uAccent, 0.7); alpha += 0.18; }
  else if (mod(floor(vState.r / 2.0), 2.0) > 0.5) { color = mix(color, uAccent, 0.4); alpha += 0.08; }
  return vec4(color, alpha);
}
`;

/** Material of a tile's buildings that are not delivered yet: drawn, not built. */
export function ghostMaterial(shading: Shading, features: Features): Material {
  const material = new MeshBasicMaterial({ transparent: true, depthWrite: false, side: FrontSide, fog: false });
  material.customProgramCacheKey = () => "ghost";
  material.onBeforeCompile = (shader) => {
    const uniforms: Record<string, IUniform> = shader.uniforms;
    Object.assign(uniforms, shading.uniforms, { uFeatures: { value: features.texture } });
    shader.vertexShader = shader.vertexShader
      .replace("#include <common>", `#include <common>\n${STATE_VERTEX_HEAD}\nout vec3 vAt;\nout vec3 vFacing;`)
      .replace("#include <begin_vertex>", `#include <begin_vertex>\n${READ_STATE}`)
      .replace(
        "#include <fog_vertex>",
        /* glsl */ `
        vAt = (modelMatrix * vec4(transformed, 1.0)).xyz;
        vFacing = mat3(modelMatrix) * normal;
        ${THROW_AWAY.replace("RISEN_OUT", "vState.b > 254.0")}`,
      );
    shader.fragmentShader = shader.fragmentShader
      .replace(
        "#include <common>",
        /* glsl */ `#include <common>
        flat in vec4 vState;
        flat in vec4 vFacts;
        in vec4 vWall;
        in vec3 vAt;
        in vec3 vFacing;
        uniform vec3 uAccent;
        uniform float uHaze;
        ${SKY_GLSL}
        ${PULSE_GLSL}
        ${GHOST_FRAGMENT}`,
      )
      .replace(
        "#include <opaque_fragment>",
        /* glsl */ `
        vec4 ghost = ghostColor(normalize(vFacing));
        float near = exp(-pow(length(vAt - cameraPosition) * uHaze, 1.6));
        gl_FragColor = vec4(ghost.rgb, ghost.a * near);`,
      )
      .replace("#include <fog_fragment>", "");
  };
  return material;
}
