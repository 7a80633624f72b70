/** The address of a view: what a link into the scene says, and what the scene writes back. */

import { clockOf, dayOf, isoOf, minuteOf } from "./days";
import type { Mode } from "./state";
import type { Stand } from "./visit";

/** No number of a stand is larger [m, degrees]. */
const FARTHEST = 100_000;

export interface Link {
  readonly space: string | null;
  readonly day: number | null;
  readonly minute: number | null;
  readonly mode: Mode | null;
  /** Where one stands on foot. */
  readonly stand: Stand | null;
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
    stand: standOf(asked.get("at") ?? ""),
    still: asked.get("still") === "1",
    quality: asked.get("quality"),
  };
}

/** The query that leads back here; unknown parts of `query` are kept. */
export function writeLink(
  query: string,
  view: { readonly space: string | null; readonly day: number; readonly minute: number; readonly mode: Mode; readonly stand: Stand | null },
): string {
  const asked = new URLSearchParams(query);
  if (view.space === null) asked.delete("space");
  else asked.set("space", view.space);
  asked.set("date", isoOf(view.day));
  asked.set("time", clockOf(view.minute));
  if (view.mode === "walk") asked.set("mode", "walk");
  else asked.delete("mode");
  if (view.mode === "walk" && view.stand) asked.set("at", written(view.stand));
  else asked.delete("at");
  return `?${asked.toString()}`;
}

/** East, north, heading and height, between signs that need no escape: metres, degrees, metres. */
function written({ east, north, heading, height }: Stand): string {
  const turned = ((Math.round(heading) % 360) + 360) % 360;
  return `${east.toFixed(1)}_${north.toFixed(1)}_${turned}_${(height ?? 0).toFixed(1)}`;
}

function standOf(text: string): Stand | null {
  const [east, north, heading, height, ...rest] = text.split("_").map((part) => (part.trim() ? Number(part) : Number.NaN));
  if (rest.length > 0 || east === undefined || north === undefined || heading === undefined || height === undefined) return null;
  return [east, north, heading, height].every((each) => Math.abs(each) <= FARTHEST) ? { east, north, heading, height } : null;
}
