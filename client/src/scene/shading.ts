/** What all surfaces of the scene share: light of the hour, haze, the state of features; as uniforms and GLSL. */

import { Color, type IUniform, ShaderChunk, type Texture, Vector3, Vector4 } from "three";

/** Tints that features can wear, by number: 0 is none. */
export const TINTS = 48;

/** Uniforms shared by every material: one object, so one change reaches all. */
export class Shading {
  /** `plain`: as little as possible for every pixel, for machines that draw without a graphics card. */
  constructor(readonly plain: boolean) {}

  readonly uniforms = {
    uZenith: { value: new Color() },
    uHorizon: { value: new Color() },
    uGlow: { value: new Color() },
    uSunWay: { value: new Vector3(0, 1, 0) },
    uSunLight: { value: new Color() },
    uNight: { value: 0 },
    uLit: { value: 0.4 },
    uHaze: { value: 1 / 4000 },
    uTints: { value: Array.from({ length: TINTS }, () => new Color(1, 1, 1)) },
    uAccent: { value: new Color(0x0d7f88) },
    uPlan: { value: null as Texture | null },
    /** Least x, least z, 1 / width, 1 / depth of the plan's picture. */
    uPlanBox: { value: new Vector4(0, 0, 1e-6, 1e-6) },
  } satisfies Record<string, IUniform>;
}

/** The colour of the sky in a direction: haze fades into the same, so no seam is seen. */
export const SKY_GLSL = /* glsl */ `
uniform vec3 uZenith;
uniform vec3 uHorizon;
uniform vec3 uGlow;
uniform vec3 uSunWay;
uniform vec3 uSunLight;
uniform float uNight;

vec3 skyColor(vec3 way) {
  float up = clamp(way.y, 0.0, 1.0);
  #ifdef PLAIN
    return mix(uHorizon, uZenith, sqrt(up));
  #endif
  vec3 color = mix(uHorizon, uZenith, pow(up, 0.52));
  float toSun = max(dot(way, uSunWay), 0.0);
  float low = exp(-up * 5.0);
  color += uGlow * (pow(toSun, 5.0) * 0.20 * low + pow(toSun, 48.0) * 0.22);
  return color;
}
`;

const HAZE_GLSL = /* glsl */ `
uniform float uHaze;

vec3 hazed(vec3 color, vec3 fromEye) {
  #ifdef PLAIN
    float away = dot(fromEye, fromEye) * uHaze * uHaze * 3.0;
    return mix(color, sqrt(uHorizon), away / (away + 1.0));
  #endif
  float far = length(fromEye);
  float density = 1.0 - exp(-pow(far * uHaze, 1.6));
  vec3 way = fromEye / max(far, 0.001);
  way.y = max(way.y, 0.0);
  vec3 haze = linearToOutputTexel(vec4(skyColor(way), 1.0)).rgb;
  return mix(color, haze, density);
}
`;

/** Two texels a feature: what changes (flags, tint, risen, –) and what stays (seed, storey height, style, –). */
export const FEATURE_VERTEX_GLSL = /* glsl */ `
attribute float _feature_id_0;
uniform highp sampler2D uFeatures;

vec4 featureTexel(float feature, int which) {
  int row = int(feature + 0.5);
  return texelFetch(uFeatures, ivec2((row & 63) * 2 + which, row >> 6), 0);
}
`;

export const FLAG_HIDDEN = 1;
export const FLAG_HOVERED = 2;
export const FLAG_SELECTED = 4;

/** A train of pulses seen through a pixel as wide as `w`: lines never shimmer. */
/** Linear light to the screen: the true curve, or its cheap likeness. */
export const TO_SCREEN_GLSL = /* glsl */ `
#ifdef PLAIN
  gl_FragColor.rgb = sqrt(max(gl_FragColor.rgb, vec3(0.0)));
#else
  #include <colorspace_fragment>
#endif
`;

/** One look into the shadow map instead of five: the hardware's own softness. */
const PLAIN_SHADOWS = ShaderChunk.shadowmap_pars_fragment.replace(
  /shadow = \(\s*texture\( shadowMap, vec3\([\s\S]*?\) \* 0\.2;/, "shadow = texture( shadowMap, shadowCoord.xyz );",
);

export const PULSE_GLSL = /* glsl */ `
float pulseBefore(float x, float from, float to) {
  return floor(x) * (to - from) + clamp(fract(x), from, to) - from;
}

float pulses(float x, float from, float to, float w) {
  float half_ = max(w, 0.0005) * 0.5;
  return (pulseBefore(x + half_, from, to) - pulseBefore(x - half_, from, to)) / (half_ * 2.0);
}

float hash(vec3 at) {
  vec3 p = fract(at * vec3(0.1031, 0.11369, 0.13787));
  p += dot(p, p.yzx + 19.19);
  return fract((p.x + p.y) * p.z);
}
`;

/** Where buildings crowd: darker by day in their corners, warm from their windows at night. */
export const PLAN_GLSL = /* glsl */ `
uniform sampler2D uPlan;
uniform vec4 uPlanBox;

float crowded(vec3 at) {
  vec2 uv = (at.xz - uPlanBox.xy) * uPlanBox.zw;
  vec2 inside = step(vec2(0.0), uv) * step(uv, vec2(1.0));
  return texture2D(uPlan, uv).r * inside.x * inside.y;
}
`;

export interface Patch {
  /** Declarations before `main` of the vertex shader. */
  readonly vertexHead?: string;
  /** After the local position `transformed` is known; may change `transformed`. */
  readonly vertexPlace?: string;
  /** After `worldAt` is known; may change `worldAt`. */
  readonly vertexWorld?: string;
  /** Last in the vertex shader: may throw `gl_Position` away. */
  readonly vertexEnd?: string;
  readonly fragmentHead?: string;
  /** May change `diffuseColor`, `totalEmissiveRadiance` and `occlusion`; knows `worldNormal`, `vWorldAt`. */
  readonly fragment?: string;
}

interface Shader {
  vertexShader: string;
  fragmentShader: string;
  uniforms: Record<string, IUniform>;
}

/** Puts our light, haze and `patch` into a Lambert shader. */
export function patchLambert(shader: Shader, shading: Shading, uniforms: Readonly<Record<string, IUniform>>, patch: Patch): void {
  Object.assign(shader.uniforms, shading.uniforms, uniforms);
  shader.vertexShader = shader.vertexShader
    .replace("#include <common>", `#include <common>\nvarying vec3 vWorldAt;\nvarying vec3 vWorldNormal;\n${patch.vertexHead ?? ""}`)
    .replace("#include <begin_vertex>", `#include <begin_vertex>\n${patch.vertexPlace ?? ""}`)
    .replace(
      "#include <project_vertex>",
      /* glsl */ `
      vec4 localAt = vec4(transformed, 1.0);
      vec3 localNormal = objectNormal;
      #ifdef USE_INSTANCING
        localAt = instanceMatrix * localAt;
        localNormal = mat3(instanceMatrix) * localNormal;
      #endif
      vec4 worldAt = modelMatrix * localAt;
      ${patch.vertexWorld ?? ""}
      vec4 mvPosition = viewMatrix * worldAt;
      gl_Position = projectionMatrix * mvPosition;
      vWorldAt = worldAt.xyz;
      vWorldNormal = normalize(mat3(modelMatrix) * localNormal);`,
    )
    .replace("#include <worldpos_vertex>", "vec4 worldPosition = worldAt;")
    .replace("#include <fog_vertex>", patch.vertexEnd ?? "");
  shader.fragmentShader = (shading.plain ? `#define PLAIN\n${shader.fragmentShader}` : shader.fragmentShader)
    .replace("#include <shadowmap_pars_fragment>", shading.plain ? PLAIN_SHADOWS : "#include <shadowmap_pars_fragment>")
    .replace("#include <colorspace_fragment>", TO_SCREEN_GLSL)
    .replace(
      "#include <common>",
      `#include <common>\nvarying vec3 vWorldAt;\nvarying vec3 vWorldNormal;\n${SKY_GLSL}\n${patch.fragmentHead ?? ""}`,
    )
    .replace("#include <clipping_planes_pars_fragment>", `#include <clipping_planes_pars_fragment>\n${HAZE_GLSL}`)
    .replace(
      "#include <emissivemap_fragment>",
      /* glsl */ `
      vec3 worldNormal = normalize(vWorldNormal);
      float occlusion = 1.0;
      ${patch.fragment ?? ""}`,
    )
    .replace(
      "#include <aomap_fragment>",
      /* glsl */ `
      // Sides that look towards the sun get more of the sky's light: shade has shape too.
      float towards = dot(worldNormal.xz, uSunWay.xz);
      reflectedLight.indirectDiffuse *= occlusion * (1.0 + 0.16 * towards);
      reflectedLight.directDiffuse *= mix(1.0, occlusion, 0.35);`,
    )
    .replace("#include <fog_fragment>", "gl_FragColor.rgb = hazed(gl_FragColor.rgb, vWorldAt - cameraPosition);");
}
