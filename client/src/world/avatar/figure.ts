/** From a look to what the card draws by: shares of shapes, scale, colours. */

import { COLORS, HAIR_COLORS, HAIRS, type Outfit, OUTFITS, SKINS } from "./catalogue";
import type { Model } from "./file";
import type { Look } from "./looks";

/** Numbers of one avatar in the table of looks, four a texel. */
export const TEXELS = 10;
export const FLOATS = TEXELS * 4;
/** The first texel of colours; each has one. */
const COLORS_AT = 2;
/** What a texel of colour is for, from `COLORS_AT` on. */
const PARTS = ["skin", "hair", "top", "inner", "bottom", "shoes", "accent", "iris"] as const;

/** Ages of the middle of the three, in shares. */
const YOUNG = 70 / 255;
/** The tallest are so much taller than the mean of their kind. */
const SPREAD = 0.085;

/** Where a share lies between the middles `0`, `middle` and `1`: weights of three. */
function three(share: number, middle: number, into: Float64Array): void {
  const low = share < middle;
  const far = low ? share / middle : (share - middle) / (1 - middle);
  into[0] = low ? 1 - far : 0;
  into[1] = low ? far : 1 - far;
  into[2] = low ? 0 : far;
}

const ages = new Float64Array(3);
const weights = new Float64Array(3);

/** Calls `each` with every corner of people between which `look` lies, and its weight. */
function corners(look: Look, each: (corner: number, weight: number) => void): void {
  three(look.age / 255, YOUNG, ages);
  three(look.weight / 255, 0.43, weights);
  for (let sex = 0; sex < 2; sex += 1) {
    const ofSex = sex === 0 ? 1 - look.sex / 255 : look.sex / 255;
    for (let age = 0; age < 3; age += 1) {
      for (let weight = 0; weight < 3; weight += 1) {
        each((sex * 3 + age) * 3 + weight, ofSex * (ages[age] ?? 0) * (weights[weight] ?? 0));
      }
    }
  }
}

/** What the body must be scaled by. */
export function scaleOf(model: Model, look: Look): number {
  let scale = 0;
  corners(look, (corner, weight) => {
    scale += weight * (model.statures[corner] ?? 1);
  });
  return scale * (1 + SPREAD * (look.stature / 127.5 - 1));
}

/** sRGB 0–1 to linear light. */
function linear(value: number): number {
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}

function hexOf(part: (typeof PARTS)[number], look: Look, outfit: Outfit): string {
  if (part === "skin") return SKINS[look.skin]?.color ?? "#e0b18d";
  if (part === "hair") return HAIR_COLORS[look.hair_color]?.color ?? "#1d1a1a";
  if (part === "iris") return "#3b2519";
  const said = outfit[part];
  if (said === "primary") return COLORS[look.primary]?.color ?? "#2a3a5c";
  if (said === "secondary") return COLORS[look.secondary]?.color ?? "#f0efeb";
  return said;
}

/** Writes the numbers of `look` into `into` from `at` on. */
export function figure(model: Model, look: Look, into: Float32Array, at: number): void {
  const outfit = OUTFITS[look.outfit] ?? (OUTFITS[0] as Outfit);
  into.fill(0, at, at + FLOATS);
  corners(look, (corner, weight) => {
    const mixes = model.mixes[corner] ?? [];
    for (let shape = 0; shape < 6; shape += 1) into[at + shape] = (into[at + shape] ?? 0) + weight * (mixes[shape] ?? 0);
  });
  into[at + 6] = OUTFITS.indexOf(outfit);
  into[at + 7] = Math.min(look.hair, HAIRS.length - 1);
  PARTS.forEach((part, index) => {
    const hex = Number.parseInt(hexOf(part, look, outfit).slice(1), 16);
    const to = at + (COLORS_AT + index) * 4;
    into[to] = linear(((hex >> 16) & 255) / 255);
    into[to + 1] = linear(((hex >> 8) & 255) / 255);
    into[to + 2] = linear((hex & 255) / 255);
  });
}

/** What each outfit is drawn by, four texels each. */
export const OUTFIT_TEXELS = 3;
export function outfitTable(): Float32Array {
  const table = new Float32Array(OUTFITS.length * OUTFIT_TEXELS * 4);
  OUTFITS.forEach((outfit, index) => {
    table.set(
      [
        outfit.sleeve, outfit.inner_sleeve, outfit.leg_end, outfit.waist,
        outfit.shoe, outfit.sole, outfit.collar, outfit.vee,
        outfit.marks, outfit.hem_bottom, outfit.hem_lower, outfit.thick,
      ],
      index * OUTFIT_TEXELS * 4,
    );
  });
  return table;
}
