/** What the shared world asks the server. */

import { postJson } from "../kit/http";

/** The right to come in, for a few seconds, and where. */
export interface TicketView {
  readonly url: string;
  readonly ticket: string;
  /** Whether one has no account, and chooses one's name. */
  readonly guest: boolean;
  /** The version of the protocol that the server speaks. */
  readonly protocol?: number;
}

/** A ticket into the world of `park`, to a space of it where one is named; a guest may bring a name. */
export function ticket(park: string, space: string | null, name: string, guard: string): Promise<TicketView> {
  return postJson("/api/world/tickets", { park, name, ...(space === null ? {} : { space }) }, guard);
}
