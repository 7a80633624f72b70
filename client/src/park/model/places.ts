/** The places one can jump to, grouped by the site they stand on. */

import type { PlaceView } from "../../wire/park";

export interface PlaceGroup {
  /** The site; null for places that stand on none. */
  readonly site: PlaceView | null;
  readonly places: readonly PlaceView[];
}

/** Groups in the manifest's order; parks and sites head groups and stand in none. */
export function bySite(places: readonly PlaceView[]): readonly PlaceGroup[] {
  const byId = new Map(places.map((place) => [place.id, place]));
  const groups = new Map<string | null, { site: PlaceView | null; places: PlaceView[] }>();
  for (const place of places) {
    if (place.kind === "site") groups.set(place.id, { site: place, places: [] });
  }
  for (const place of places) {
    if (place.kind === "park" || place.kind === "site") continue;
    const site = siteOf(place, byId);
    const group = groups.get(site?.id ?? null) ?? { site, places: [] };
    groups.set(site?.id ?? null, group);
    group.places.push(place);
  }
  return [...groups.values()];
}

function siteOf(place: PlaceView, byId: ReadonlyMap<string, PlaceView>): PlaceView | null {
  let at: PlaceView | undefined = place;
  // A parent that is not among the places ends the climb; ids cannot repeat more often than there are places.
  for (let step = 0; at && step < byId.size; step += 1) {
    if (at.kind === "site") return at;
    at = at.parent === null ? undefined : byId.get(at.parent);
  }
  return null;
}
