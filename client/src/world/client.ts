/** What the shared world asks the server. */

import { getJson, postJson } from "../kit/http";
import type { BlockView, TicketView } from "../wire/world";

/** Whom one has blocked, the newest first. */
export function blocks(): Promise<readonly BlockView[]> {
  return getJson("/api/world/blocks");
}

/** A ticket into the world of `park`, to a space of it where one is named; a guest may bring a name. */
export function ticket(park: string, space: string | null, name: string, guard: string): Promise<TicketView> {
  return postJson("/api/world/tickets", { park, name, ...(space === null ? {} : { space }) }, guard);
}
