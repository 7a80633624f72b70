/** What is said aloud to those who do not see: gathered, so that a crowd does not flood them. */

import type { News } from "../../wire/world";

/** One thing that happened, as it is read out; `kind` tells like from like. */
export interface Line {
  readonly kind: "said" | "direct" | "came" | "other";
  readonly text: string;
}

/** So many of a kind are read out one by one. */
const FEW = 3;

export interface Digest {
  /** Read out as they are. */
  readonly lines: readonly string[];
  /** Left out of each kind, to be counted. */
  readonly more: Readonly<Partial<Record<Line["kind"], number>>>;
}

/** What of `lines` is read out: the last few of each kind, and how many more there were. */
export function digest(lines: readonly Line[]): Digest {
  const more: Partial<Record<Line["kind"], number>> = {};
  const kept = lines.filter((line, index) => {
    const later = lines.slice(index + 1).filter(({ kind }) => kind === line.kind).length;
    const left = later >= (line.kind === "direct" ? Number.POSITIVE_INFINITY : FEW);
    if (left) more[line.kind] = (more[line.kind] ?? 0) + 1;
    return !left;
  });
  return { lines: kept.map(({ text }) => text), more };
}

/** Which kind of line a piece of news makes; null for what is not read out. */
export function kindOf(news: News): Line["kind"] | null {
  switch (news.type) {
    case "said":
      return news.message.scope === "direct" ? "direct" : "said";
    case "met":
      return "came";
    case "greeted":
    case "invited":
    case "entered":
    case "shown":
    case "refusal":
    case "order":
      return "other";
    default:
      return null;
  }
}
