/** How much the scene may cost, and how it finds out. */

export type Level = "low" | "medium" | "high";

export interface Quality {
  readonly antialias: boolean;
  /** Side of the shadow map [px]; 0 casts none. */
  readonly shadows: number;
  /** People cast them too, which draws them anew with each step. */
  readonly crowdShadows: boolean;
  /** Softness of shadows [shadow map px]. */
  readonly softness: number;
  /** Greatest device pixels per CSS pixel. */
  readonly ratio: number;
  /** Allowed error of tiles on the screen [px]. */
  readonly tileError: number;
  /** Within this distance trees are drawn in full [m]. */
  readonly nearTrees: number;
  /** Least share of full resolution while something moves. */
  readonly leastShare: number;
  /** Glass reflects and glitters. */
  readonly glass: boolean;
}

export const QUALITIES: Readonly<Record<Level, Quality>> = {
  low: { antialias: false, shadows: 1024, crowdShadows: false, softness: 1.2, ratio: 1, tileError: 24, nearTrees: 60, leastShare: 0.4, glass: false },
  medium: { antialias: true, shadows: 2048, crowdShadows: false, softness: 2.2, ratio: 1.5, tileError: 14, nearTrees: 160, leastShare: 0.55, glass: true },
  high: { antialias: true, shadows: 4096, crowdShadows: true, softness: 3, ratio: 2, tileError: 8, nearTrees: 320, leastShare: 0.55, glass: true },
};

/** A level named in words; null for anything else, which means "find out". */
export function levelNamed(words: string | null): Level | null {
  return words === "low" || words === "medium" || words === "high" ? words : null;
}

/** The level that suits a graphics card as it names itself. */
export function levelFor(renderer: string, phone: boolean): Level {
  if (/swiftshader|llvmpipe|softpipe|software|basic render/i.test(renderer)) return "low";
  return phone ? "medium" : "high";
}

/** Frame times that call for fewer or more pixels [ms]. */
const SLOW = 42;
const FAST = 20;

/** The share of full resolution for the next frames, `least` or more, from the mean of the last ones. */
export function adapted(share: number, milliseconds: number, least: number): number {
  if (milliseconds > SLOW) return Math.max(share * 0.85, least);
  if (milliseconds < FAST) return Math.min(share * 1.1, 1);
  return share;
}
