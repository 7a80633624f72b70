/** What the buyer's pages and the scene ask the server about seats. */

import { getJson } from "../kit/http";
import type { SpaceChild, SpaceView } from "../wire/park";
import type { HallOccasion, Proposal } from "../wire/seats";

/** The best seats for a party; near those that were picked, where they are named. */
export function proposal(occasion: string, type: string, count: number, near: readonly string[]): Promise<Proposal> {
  const query = new URLSearchParams({ type, count: String(count) });
  for (const seat of near) query.append("near", seat);
  return getJson(`/api/occasions/${encodeURIComponent(occasion)}/proposal?${query.toString()}`);
}

/** What one may come to in a hall, the next first. */
export function occasionsIn(space: string): Promise<readonly HallOccasion[]> {
  return getJson(`/api/spaces/${encodeURIComponent(space)}/occasions`);
}

/** What stands in a hall. */
export async function insideOf(hall: string): Promise<readonly SpaceChild[]> {
  const { children } = await getJson<SpaceView>(`/api/spaces/${encodeURIComponent(hall)}`);
  return children;
}

export function seatsChannel(occasion: string): string {
  return `/api/live/occasions/${encodeURIComponent(occasion)}`;
}
