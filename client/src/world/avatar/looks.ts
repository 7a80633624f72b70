/** What somebody looks like: ten numbers, as they travel; drawn by lot for those who have not chosen. */

import { COLORS, HAIR_COLORS, HAIRS, OUTFITS, SKINS } from "./catalogue";

/** Shares are 0–255, the others places in the lists of the catalogue. */
export interface Look {
  readonly sex: number;
  readonly age: number;
  readonly weight: number;
  readonly stature: number;
  readonly skin: number;
  readonly hair: number;
  readonly hair_color: number;
  readonly outfit: number;
  readonly primary: number;
  readonly secondary: number;
}

export type LookField = keyof Look;

/** The order of the numbers on the wire. */
export const FIELDS: readonly LookField[] = [
  "sex", "age", "weight", "stature", "skin", "hair", "hair_color", "outfit", "primary", "secondary",
];

/** How many values each number can have. */
export const SIZES: Readonly<Record<LookField, number>> = {
  sex: 256, age: 256, weight: 256, stature: 256,
  skin: SKINS.length, hair: HAIRS.length, hair_color: HAIR_COLORS.length,
  outfit: OUTFITS.length, primary: COLORS.length, secondary: COLORS.length,
};

export const DEFAULT: Look = {
  sex: 128, age: 70, weight: 110, stature: 128, skin: 1, hair: 0, hair_color: 0, outfit: 0, primary: 0, secondary: 1,
};

/** The look in `numbers`; what is missing or unknown is as by default. */
export function lookOf(numbers: ArrayLike<number>): Look {
  const look = { ...DEFAULT } as Record<LookField, number>;
  FIELDS.forEach((field, index) => {
    const value = numbers[index];
    if (value !== undefined && Number.isInteger(value) && value >= 0 && value < SIZES[field]) look[field] = value;
  });
  return look;
}

/** `look` as numbers. */
export function numbersOf(look: Look): number[] {
  return FIELDS.map((field) => look[field]);
}

/** The key of the words for value `index` of a list. */
export function wordsOf(field: "skin" | "hair" | "hair_color" | "outfit" | "primary" | "secondary", index: number): string {
  if (field === "hair") return `world.avatar.hair.${HAIRS[index] ?? ""}`;
  if (field === "outfit") return `world.avatar.outfit.${OUTFITS[index]?.key ?? ""}`;
  if (field === "skin") return `world.avatar.skin.${SKINS[index]?.key ?? ""}`;
  const tones = field === "hair_color" ? HAIR_COLORS : COLORS;
  return `world.avatar.color.${tones[index]?.key ?? ""}`;
}

/** A number 0–1 after another, always the same after the same seed (mulberry32). */
export function lots(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** A seed from a visitor's key (FNV-1a). */
export function seedOf(key: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < key.length; index += 1) hash = Math.imul(hash ^ key.charCodeAt(index), 0x01000193);
  return hash >>> 0;
}

/** How likely each is, where not all are alike. */
const HAIR_OF_WOMEN = [1, 1, 1, 5, 6, 4, 5, 4, 2, 0, 0];
const HAIR_OF_MEN = [7, 6, 5, 0, 0.5, 0, 0.3, 0.3, 1.5, 1.5, 0.8];
const SKIN = [4, 7, 6, 3, 2, 1.5, 1, 0.7];
const HAIR_COLOR = [10, 6, 4, 2, 0.7, 0.8, 0, 0, 0.3, 0.3];
const GREY = [3, 2, 1, 0, 0, 0, 7, 5, 0, 0];
const WORN = [5, 7, 3, 1.4, 1.6, 2, 1.5, 6, 5, 3, 3, 1.2, 1.6, 1];
/** Outfits that are drawn only for women here; anyone may choose them. */
const DRESSES = new Set(["dress", "skirt", "qipao"]);

function drawn(weights: readonly number[], chance: number): number {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  let left = chance * sum;
  for (let index = 0; index < weights.length; index += 1) {
    left -= weights[index] ?? 0;
    if (left < 0) return index;
  }
  return 0;
}

/** A likely look, always the same for the same seed. */
export function drawnLook(seed: number): Look {
  const next = lots(seed);
  const woman = next() < 0.5;
  const age = Math.floor(255 * Math.min(0.08 + 0.34 * next() + (next() < 0.16 ? 0.5 * next() : 0), 1));
  const worn = OUTFITS.map((outfit, index) => (!woman && DRESSES.has(outfit.key) ? 0 : (WORN[index] ?? 1)));
  const primary = Math.floor(next() * COLORS.length);
  return {
    sex: Math.floor(woman ? next() * 50 : 205 + next() * 50),
    age,
    weight: Math.floor(50 + 90 * next() + 70 * next() * next()),
    stature: Math.floor(60 + 130 * next()),
    skin: drawn(SKIN, next()),
    hair: drawn(woman ? HAIR_OF_WOMEN : HAIR_OF_MEN, next()),
    hair_color: drawn(age > 175 ? GREY : HAIR_COLOR, next()),
    outfit: drawn(worn, next()),
    primary,
    secondary: (primary + 1 + Math.floor(next() * (COLORS.length - 1))) % COLORS.length,
  };
}

/** The look of a visitor who has chosen none. */
export function lookOfVisitor(key: string): Look {
  return drawnLook(seedOf(key));
}
