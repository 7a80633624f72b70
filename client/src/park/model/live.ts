/** What spaces are now, kept as a map from the space's id. */

import type { LiveToken, LiveView } from "../../wire/park";

/** Strongest first. */
export const TOKENS: readonly LiveToken[] = ["closed", "alert", "full", "busy", "held", "event", "free"];

/** A shape for each token, so that colour never speaks alone. */
export const SHAPES: Readonly<Record<LiveToken, string>> = {
  closed: "✕", alert: "▲", full: "■", busy: "◆", held: "◐", event: "★", free: "○",
};

export type Statuses = ReadonlyMap<string, LiveView>;

/** `statuses` after one message; a message without token, or one that is over, removes. */
export function told(statuses: Statuses, view: LiveView, now: number): Statuses {
  const next = new Map(statuses);
  if (view.token === null || over(view, now)) next.delete(view.space);
  else next.set(view.space, view);
  return next;
}

/** The statuses that still hold at `now` [ms]; the same map where all do. */
export function unexpired(statuses: Statuses, now: number): Statuses {
  const kept = [...statuses].filter(([, view]) => !over(view, now));
  return kept.length === statuses.size ? statuses : new Map(kept);
}

/** The instant [ms] at which the next status runs out; null where none does. */
export function nextExpiry(statuses: Statuses): number | null {
  let next: number | null = null;
  for (const view of statuses.values()) {
    const until = view.until === null ? Number.NaN : Date.parse(view.until);
    if (!Number.isNaN(until) && (next === null || until < next)) next = until;
  }
  return next;
}

function over(view: LiveView, now: number): boolean {
  return view.until !== null && Date.parse(view.until) <= now;
}
