/** The address of a view: what a link into the scene says, and what the scene writes back. */

import { clockOf, dayOf, isoOf, minuteOf } from "./days";
import type { Mode } from "./state";

export interface Link {
  readonly space: string | null;
  readonly day: number | null;
  readonly minute: number | null;
  readonly mode: Mode | null;
  /** Nothing moves by itself: flights jump, for pictures and tests. */
  readonly still: boolean;
  readonly quality: string | null;
}

/** What the query asks for; parts that say nothing sensible are left out. */
export function readLink(query: string): Link {
  const asked = new URLSearchParams(query);
  const mode = asked.get("mode");
  return {
    space: asked.get("space") || null,
    day: dayOf(asked.get("date") ?? ""),
    minute: minuteOf(asked.get("time") ?? ""),
    mode: mode === "walk" || mode === "orbit" || mode === "tour" ? mode : null,
    still: asked.get("still") === "1",
    quality: asked.get("quality"),
  };
}

/** The query that leads back here; unknown parts of `query` are kept. */
export function writeLink(
  query: string,
  view: { readonly space: string | null; readonly day: number; readonly minute: number; readonly mode: Mode },
): string {
  const asked = new URLSearchParams(query);
  if (view.space === null) asked.delete("space");
  else asked.set("space", view.space);
  asked.set("date", isoOf(view.day));
  asked.set("time", clockOf(view.minute));
  if (view.mode === "walk") asked.set("mode", "walk");
  else asked.delete("mode");
  return `?${asked.toString()}`;
}
