/** What follows when the link to the world ends: when to come back, with what, or not at all. */

/** How the link is, as people are told. */
export type LinkState = "connecting" | "here" | "lost" | "taken" | "removed" | "flood" | "full" | "left" | "reload" | "refused";

/** Why the server ended a connection (src/shulian/world/live/ports.py). */
export const CLOSE = { taken: 4001, stalled: 4002, flood: 4003, removed: 4004, left: 4005, full: 4006, moved: 4007 } as const;

export interface Loss {
  readonly code: number;
  /** How long the link has been gone [ms]. */
  readonly gone: number;
  /** Tries since then that failed. */
  readonly tries: number;
  /** Whether there is a session to come back with. */
  readonly session: boolean;
}

export type Comeback =
  /** Try again, back to one's place or anew; `slow`: others are waiting as well. */
  | { readonly type: "again"; readonly link: LinkState; readonly by: "session" | "ticket"; readonly slow: boolean }
  | { readonly type: "end"; readonly link: LinkState };

/** For so long a place is surely kept … */
const SURE = 15_000;
/** … and for so long at all [ms]. */
const KEPT = 60_000;

const ENDS: Readonly<Record<number, LinkState>> = {
  [CLOSE.taken]: "taken", [CLOSE.removed]: "removed", [CLOSE.flood]: "flood", [CLOSE.left]: "left",
};

export function comeback({ code, gone, tries, session }: Loss): Comeback {
  const end = ENDS[code];
  if (end) return { type: "end", link: end };
  if (code === CLOSE.full) return { type: "again", link: "full", by: "ticket", slow: true };
  // A handshake that is refused looks like a server that is away: past the first seconds both ways are tried.
  const back = session && gone < KEPT && (gone < SURE || tries % 2 === 0);
  return { type: "again", link: "lost", by: back ? "session" : "ticket", slow: false };
}

/** The address `there`; one that begins with a colon is another port of the host of `url`. */
export function beside(url: string, there: string): string {
  if (!there.startsWith(":")) return there;
  const address = new URL(url);
  address.port = there.slice(1);
  return address.href;
}
