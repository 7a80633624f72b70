/** What the shared world asks the server. */

import { postJson } from "../kit/http";
import type { TicketView } from "../wire/world";

/** A ticket into the world of `park`, to a space of it where one is named; a guest may bring a name. */
export function ticket(park: string, space: string | null, name: string, guard: string): Promise<TicketView> {
  return postJson("/api/world/tickets", { park, name, ...(space === null ? {} : { space }) }, guard);
}
