/** How avatars are drawn: shaped, dressed and carried in the vertex shader, coloured by garment in the fragment shader. */

/** Declarations and `avatar()`: where a vertex is and how its surface lies, in the world. */
export const VERTEX_HEAD = /* glsl */ `
// How high the knees of all are at rest [m].
#define KNEE 0.49
attribute vec4 aBones;
attribute vec4 aShares;
attribute vec3 aPart;
attribute vec4 iPlace;
attribute vec4 iWay;
attribute vec4 iBase;
attribute vec4 iMove;
attribute vec4 iGesture;
uniform highp usampler2D uTable;
uniform highp sampler2D uCarriages;
uniform highp sampler2D uLooks;
uniform float uUnit;
uniform int uVertices;
varying vec3 vRest;
varying vec4 vPart;
flat varying vec2 vWho;

ivec3 signed16(uvec4 texel) {
  return ivec3(int(texel.x << 16u) >> 16, int(texel.x) >> 16, int(texel.y << 16u) >> 16);
}

vec3 tableNormal(uvec4 texel) {
  return vec3(float(int(texel.y << 8u) >> 24), float(int(texel.y) >> 24), float(int(texel.z << 24u) >> 24));
}

uvec4 tableTexel(int column) {
  int index = column * uVertices + gl_VertexID;
  return texelFetch(uTable, ivec2(index & 1023, index >> 10), 0);
}

mat3x4 carriage(int bone, float row) {
  int x = bone * 3;
  int y = int(row);
  return mat3x4(texelFetch(uCarriages, ivec2(x, y), 0), texelFetch(uCarriages, ivec2(x + 1, y), 0), texelFetch(uCarriages, ivec2(x + 2, y), 0));
}

mat3x4 clipCarriage(int bone, vec3 frame) {
  #if LEVEL == 0
    return carriage(bone, frame.x) * (1.0 - frame.z) + carriage(bone, frame.y) * frame.z;
  #else
    return carriage(bone, frame.z < 0.5 ? frame.x : frame.y);
  #endif
}

mat3x4 boneCarriage(float which) {
  int bone = int(which + 0.5);
  mat3x4 found = clipCarriage(bone, iBase.xyz);
  if (iBase.w > 0.003) found = found * (1.0 - iBase.w) + clipCarriage(bone, iMove.xyz) * iBase.w;
  if (iGesture.w > 0.003) {
    float much = iGesture.w * texelFetch(uCarriages, ivec2(BONES * 3 + bone, int(iGesture.x)), 0).x;
    if (much > 0.0) found = found * (1.0 - much) + clipCarriage(bone, iGesture.xyz) * much;
  }
  return found;
}

#if LEVEL < 2
// How much somebody sits: no other gesture carries the legs.
float sitting() {
  return iGesture.w > 0.003 ? iGesture.w * texelFetch(uCarriages, ivec2(BONES * 3 + LEFT_LEG, int(iGesture.x)), 0).x : 0.0;
}

// The hem of who sits hangs down from the knees, and from the hips behind.
mat3x4 seated(mat3x4 mixed, vec3 dressed, float sits) {
  float behind = sits * smoothstep(0.74, 0.84, dressed.y) * (1.0 - smoothstep(-0.06, 0.02, dressed.z));
  if (behind > 0.003) return mixed * (1.0 - behind) + boneCarriage(0.0) * behind;
  float low = sits * (1.0 - smoothstep(KNEE - 0.05, KNEE + 0.05, dressed.y));
  if (low < 0.003) return mixed;
  float left = smoothstep(-0.1, 0.1, dressed.x);
  return mixed * (1.0 - low) + (boneCarriage(float(LEFT_LEG)) * left + boneCarriage(float(RIGHT_LEG)) * (1.0 - left)) * low;
}
#endif

void avatar(vec3 base, out vec3 at, out vec3 normal) {
  int who = int(iWay.z + 0.5);
  vec4 first = texelFetch(uLooks, ivec2(0, who), 0);
  vec4 second = texelFetch(uLooks, ivec2(1, who), 0);
  float kind = aPart.x;
  int column = int((kind > 2.5 && kind < 3.5 ? second.w : second.z) + 0.5);
  uvec4 worn = tableTexel(SHAPES + column);
  vec3 dressed = base + vec3(signed16(worn)) * uUnit;
  vRest = kind > 1.5 && kind < 2.5 ? dressed : base;
  vPart = vec4(kind, aPart.y, aPart.z, dressed.y);
  vWho = vec2(float(who), second.z);
  vec3 shape = vec3(signed16(tableTexel(0))) * first.x + vec3(signed16(tableTexel(1))) * first.y;
  shape += vec3(signed16(tableTexel(2))) * first.z;
  #if LEVEL < 2
    shape += vec3(signed16(tableTexel(3))) * first.w;
    shape += vec3(signed16(tableTexel(4))) * second.x + vec3(signed16(tableTexel(5))) * second.y;
  #endif
  vec4 here = vec4(dressed + shape * uUnit, 1.0);
  #if LEVEL == 2
    mat3x4 mixed = boneCarriage(aBones.x);
  #elif LEVEL == 1
    float two = aShares.x + aShares.y;
    mat3x4 mixed = boneCarriage(aBones.x) * (aShares.x / two);
    if (aShares.y > 0.0) mixed += boneCarriage(aBones.y) * (aShares.y / two);
  #else
    mat3x4 mixed = boneCarriage(aBones.x) * aShares.x;
    if (aShares.y > 0.0) mixed += boneCarriage(aBones.y) * aShares.y;
    if (aShares.z > 0.0) mixed += boneCarriage(aBones.z) * aShares.z;
    if (aShares.w > 0.0) mixed += boneCarriage(aBones.w) * aShares.w;
  #endif
  #if LEVEL < 2
    float sits = kind > 1.5 && kind < 2.5 ? sitting() : 0.0;
    if (sits > 0.0) {
      mixed = seated(mixed, dressed, sits);
      // Cloth lies on the thighs instead of standing away from them.
      float lies = sits * (1.0 - smoothstep(0.80, 0.98, dressed.y));
      here.z = mix(here.z, here.z > 0.0 ? min(here.z, 0.16) : here.z * 0.6, lies);
    }
  #endif
  vec3 posed = here * mixed;
  vec3 turned = vec4(tableNormal(worn), 0.0) * mixed;
  posed *= iPlace.w;
  at = iPlace.xyz + vec3(posed.x * iWay.y + posed.z * iWay.x, posed.y, posed.z * iWay.y - posed.x * iWay.x);
  normal = normalize(vec3(turned.x * iWay.y + turned.z * iWay.x, turned.y, turned.z * iWay.y - turned.x * iWay.x));
}
`;

/** Declarations and `avatarColor()`: the garment at a point of the body at rest, and its colour. */
export const FRAGMENT_HEAD = /* glsl */ `
uniform highp sampler2D uLooks;
uniform highp sampler2D uOutfits;
uniform vec3 uEye;
varying vec3 vRest;
varying vec4 vPart;
flat varying vec2 vWho;

vec3 partColor(int part) {
  return texelFetch(uLooks, ivec2(2 + part, int(vWho.x + 0.5)), 0).rgb;
}

const int SKIN = 0; const int HAIR = 1; const int TOP = 2; const int INNER = 3;
const int BOTTOM = 4; const int SHOES = 5; const int ACCENT = 6; const int IRIS = 7;

bool has(float marks, float bit) {
  return mod(floor(marks / bit), 2.0) > 0.5;
}

vec3 eyeColor(vec3 at) {
  vec2 off = vec2(abs(at.x), at.y) - uEye.xy;
  float far = length(off);
  if (at.z < uEye.z) return vec3(0.62, 0.55, 0.52);
  vec3 color = mix(vec3(0.86, 0.85, 0.83), partColor(IRIS), smoothstep(0.0072, 0.0064, far));
  color = mix(color, vec3(0.012), smoothstep(0.0036, 0.0029, far));
  return mix(color, vec3(1.0), smoothstep(0.0018, 0.0010, length(vec2(at.x, at.y) - vec2(sign(at.x) * uEye.x + 0.0022, uEye.y + 0.0028))));
}

vec3 faceColor(vec3 at, float style) {
  vec3 skin = partColor(SKIN);
  vec3 hair = partColor(HAIR);
  vec2 eye = vec2(abs(at.x), at.y) - uEye.xy;
  if (at.z > uEye.z - 0.03) {
    // Brows: an arch over each eye, thicker towards the nose.
    float along = clamp((eye.x + 0.017) / 0.040, 0.0, 1.0);
    float arch = 0.0175 + 0.0050 * sin(along * 2.3) - 0.0015 * along;
    float brow = smoothstep(0.0042 - 0.0022 * along, 0.0012, abs(eye.y - arch)) * step(-0.018, eye.x) * smoothstep(0.027, 0.020, eye.x);
    skin = mix(skin, mix(hair, skin, 0.12), 0.88 * brow);
    float lash = smoothstep(0.0165, 0.0145, length(vec2(eye.x, (eye.y - 0.001) * 1.75)));
    skin = mix(skin, skin * 0.50, lash * 0.85);
    vec2 cheek = vec2(abs(at.x) - 0.040, at.y - uEye.y + 0.038);
    skin *= mix(vec3(1.0), vec3(1.04, 0.92, 0.90), smoothstep(0.034, 0.004, length(cheek)) * 0.6);
    vec2 mouth = vec2(at.x, at.y - uEye.y + MOUTH);
    float lips = smoothstep(1.0, 0.72, length(mouth / vec2(0.0235, 0.0085)));
    skin = mix(skin, skin * vec3(0.84, 0.50, 0.47), lips * 0.8);
    skin *= 1.0 - 0.5 * smoothstep(0.0014, 0.0004, abs(mouth.y - 0.05 * abs(mouth.x))) * step(abs(mouth.x), 0.021);
  }
  // Short stubble where hair would grow, for those whose cap does not cover it.
  float scalp = smoothstep(0.004, 0.016, at.y - uEye.y - 0.052 + max(0.0, 0.05 - at.z) * 0.62) * step(-0.5, style);
  return mix(skin, hair, scalp * (style > 8.5 ? 0.42 : 0.95));
}

vec3 clothColor(vec3 at, float arm, float height, vec4 one, vec4 two, vec4 three) {
  float marks = three.x;
  bool isArm = arm > -0.14;
  if (isArm) {
    if (arm < one.x) {
      vec3 sleeve = partColor(TOP);
      if (two.z == 3.0 && arm > one.x - 0.13) return partColor(ACCENT);
      if (has(marks, 4.0) && one.x > 1.0 && abs(arm - 1.32) < 0.10) return partColor(ACCENT) * 1.15;
      return sleeve * (arm > one.x - 0.05 ? 0.82 : 1.0);
    }
    if (one.x < 0.1 && arm < one.y) return partColor(INNER);
    if (two.z == 4.0 && arm < one.x + 0.07) return partColor(INNER);
    return partColor(SKIN);
  }
  if (height < two.x) {
    if (height < two.y) return vec3(0.82);
    return partColor(SHOES) * (height < 0.022 ? 0.55 : 1.0);
  }
  if (height < (three.z < 0.5 && three.y < 1.5 ? min(one.w, three.y + 0.02) : one.w) && at.y < 1.0) {
    if (one.z < 0.9 && height > one.z) return partColor(BOTTOM) * (height < one.z + 0.02 ? 0.85 : 1.0);
    if (one.z < 0.4) return partColor(SHOES) * 0.8;
    return partColor(SKIN);
  }
  return vec3(-1.0);
}

vec3 topColor(vec3 at, vec4 one, vec4 two, vec4 three, float height) {
  float marks = three.x;
  float side = abs(at.x);
  float pit = NECK_PIT;
  float below = pit - at.y;
  bool front = at.z > 0.0;
  float collar = two.z;
  float open = two.w > 0.0 ? 0.066 * (1.0 - below / two.w) : 0.0;
  float neck = length(vec2(at.x, at.z + 0.01));
  if (collar == 5.0 && below < 0.055 && neck < 0.125 - below * 0.4) return partColor(SKIN);
  if (collar == 0.0 && two.w == 0.0 && below < (front ? 0.006 : -0.03)) return neck < 0.088 || below < -0.004 ? partColor(SKIN) : partColor(TOP) * 0.84;
  if (front && two.w > 0.0 && below < two.w && side < open) {
    if (collar == 4.0 || collar == 0.0) {
      if (has(marks, 1.0) && side < 0.017 + 0.012 * max(below, 0.0) / two.w * step(0.02, below)) return partColor(ACCENT);
      if (below < -0.01 && !has(marks, 1.0) && side < 0.03) return partColor(SKIN);
      return partColor(INNER) * (side < 0.028 && below < 0.012 ? 0.92 : 1.0);
    }
    if (collar == 3.0) return at.x < 0.02 * (1.0 - below / two.w) + 0.01 && below > 0.05 ? partColor(TOP) : (open - side > 0.026 ? partColor(SKIN) : partColor(INNER));
    return partColor(SKIN);
  }
  if (front && two.w > 0.0 && below < two.w + 0.03 && side < open + 0.026 && (collar == 4.0 || collar == 3.0 || collar == 1.0)) {
    if (collar == 3.0) return partColor(ACCENT);
    return partColor(TOP) * (collar == 4.0 ? 0.80 : 0.93);
  }
  if (collar == 2.0 && at.y > pit + 0.012) return partColor(ACCENT);
  if (collar == 6.0 && at.y > pit - 0.02) return partColor(TOP) * 0.86;
  if (has(marks, 4.0) && (abs(at.y - 1.24) < 0.026 || (abs(side - 0.105) < 0.020 && at.y > 1.24))) return partColor(ACCENT) * 1.15;
  if (front && has(marks, 16.0) && abs(at.x - 0.085) < 0.038 && abs(at.y - 1.30) < 0.005) return partColor(TOP) * 0.74;
  if (front && has(marks, 32.0) && abs(at.x - 0.085) < 0.024 && abs(at.y - 1.275) < 0.030) return at.y > 1.288 ? vec3(0.04, 0.24, 0.28) : vec3(0.85);
  if (collar == 6.0 && front && abs(at.y - 1.25) < 0.028 && side < 0.08) return partColor(ACCENT);
  if (front && has(marks, 2.0)) {
    float at_y = fract(at.y / 0.085) - 0.5;
    if (length(vec2(at.x, at_y * 0.085)) < 0.0065) return collar == 2.0 ? partColor(ACCENT) : partColor(TOP) * 0.55;
    if (abs(at.x - 0.013) < 0.0016) return partColor(TOP) * 0.82;
  }
  if (has(marks, 64.0) && abs(height - one.w - 0.005) < 0.030) return partColor(ACCENT);
  if (has(marks, 8.0) && abs(height - 1.0) < 0.014) return vec3(0.03);
  return partColor(TOP);
}

vec3 hemColor(vec3 at, float down, vec4 one, vec4 two, vec4 three) {
  if (has(three.x, 64.0) && abs(at.y - one.w - 0.005) < 0.030) return partColor(ACCENT);
  if (has(three.x, 8.0) && abs(at.y - 1.0) < 0.016) return vec3(0.03);
  if (has(three.x, 128.0) && at.y < three.y + 0.025) return partColor(ACCENT);
  if (three.z > 0.5 && at.y < one.w) {
    if (two.z == 3.0 && at.y < three.y + 0.06) return partColor(ACCENT);
    return partColor(BOTTOM);
  }
  if (at.z > 0.0 && has(three.x, 2.0)) {
    if (two.z == 4.0 && at.y < 0.98 && abs(at.x - 0.013) < 0.012 * (0.98 - at.y) / 0.3) return partColor(TOP) * 0.5;
    if (abs(at.x - 0.013) < 0.0018) return partColor(TOP) * 0.80;
  }
  return partColor(TOP) * (at.y < three.y + 0.012 ? 0.85 : 1.0);
}

vec3 avatarColor() {
  float kind = floor(vPart.x + 0.5);
  int outfit = int(vWho.y + 0.5) * 3;
  float style = texelFetch(uLooks, ivec2(1, int(vWho.x + 0.5)), 0).w;
  if (kind == 4.0) return eyeColor(vRest);
  if (kind == 3.0) return partColor(HAIR) * (0.82 + 0.25 * fract(sin(floor(atan(vRest.x, vRest.z) * 26.0)) * 43.7));
  if (kind == 0.0) return vRest.y > 1.2 ? faceColor(vRest, style) : partColor(SKIN);
  vec4 one = texelFetch(uOutfits, ivec2(outfit, 0), 0);
  vec4 two = texelFetch(uOutfits, ivec2(outfit + 1, 0), 0);
  vec4 three = texelFetch(uOutfits, ivec2(outfit + 2, 0), 0);
  if (kind == 2.0) return hemColor(vRest, vPart.y, one, two, three);
  vec3 cloth = clothColor(vRest, vPart.y, vPart.w, one, two, three);
  return cloth.r < 0.0 ? topColor(vRest, one, two, three, vPart.w) : cloth;
}
`;
