/** What people say over their heads, for a few seconds. */

/** A bubble stays so long [s]. */
const STAYS = 6;
/** More of a message is read in the panel. */
const LONGEST = 90;

interface Bubble {
  readonly text: string;
  readonly until: number;
}

export class Bubbles {
  readonly #bubbles = new Map<string, Bubble>();

  /** Somebody says something at `now` [s]. */
  say(key: string, text: string, now: number): void {
    const letters = [...text];
    const short = letters.length > LONGEST ? `${letters.slice(0, LONGEST - 1).join("")}…` : text;
    this.#bubbles.set(key, { text: short, until: now + STAYS });
  }

  /** What they say at `now`; empty for nothing. */
  of(key: string, now: number): string {
    const bubble = this.#bubbles.get(key);
    if (!bubble) return "";
    if (now < bubble.until) return bubble.text;
    this.#bubbles.delete(key);
    return "";
  }

  /** Whether any is to be taken away yet. */
  get any(): boolean {
    return this.#bubbles.size > 0;
  }
}
