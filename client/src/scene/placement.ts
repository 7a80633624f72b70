/** Which labels are shown so that they never pile up: numbers only. */

export interface Candidate {
  readonly id: string;
  /** Anchor on the screen [px]: middle of the label's lower edge. */
  x: number;
  y: number;
  width: number;
  height: number;
  /** Greater is more important. */
  rank: number;
  /** False where it lies behind the eye, off the screen or too far. */
  inView: boolean;
}

/** How much a label that is shown already outweighs its rank, so that labels do not flicker. */
const STAY = 0.4;
const GAP = 4;

/** The ids to show: important first, none over another, at most `most`. */
export function placed(candidates: readonly Candidate[], shown: ReadonlySet<string>, most: number): Set<string> {
  const order = candidates
    .filter((candidate) => candidate.inView)
    .sort((a, b) => weight(b, shown) - weight(a, shown) || (a.id < b.id ? -1 : 1));
  const chosen: Candidate[] = [];
  for (const candidate of order) {
    if (chosen.length >= most) break;
    if (!chosen.some((other) => overlap(candidate, other))) chosen.push(candidate);
  }
  return new Set(chosen.map((candidate) => candidate.id));
}

function weight(candidate: Candidate, shown: ReadonlySet<string>): number {
  return candidate.rank + (shown.has(candidate.id) ? STAY : 0);
}

function overlap(a: Candidate, b: Candidate): boolean {
  return (
    Math.abs(a.x - b.x) * 2 < a.width + b.width + GAP * 2 &&
    a.y - a.height - GAP < b.y &&
    b.y - b.height - GAP < a.y
  );
}

/** The width of words in a label, from the shape of their letters [em]. */
export function textWidth(words: string): number {
  let width = 0;
  for (const letter of words) width += /[\u2e80-\u9fff\uf900-\uffef]/.test(letter) ? 1 : 0.56;
  return width;
}
