/** What a gate asks the server, and tells it. */

import { HttpFailure, getJson, postJson } from "../kit/http";
import type { Doubles, GateTickets, GateView, Passages, ScansHeard, ScansTold } from "../wire/gate";

/** More scans than this the server does not take at once (src/shulian/ticketing/wire/gate.py). */
export const MOST_SCANS = 200;
const NOT_MODIFIED = 304;

/** The list of tickets and the tag by which it is known. */
export interface Tagged {
  readonly tag: string;
  readonly list: GateTickets;
}

export class GateClient {
  readonly #root: string;

  constructor(
    readonly occasion: string,
    /** The page's token against forged changes. */
    public guard: string,
  ) {
    this.#root = `/api/occasions/${encodeURIComponent(occasion)}/gate`;
  }

  view(): Promise<GateView> {
    return getJson(this.#root);
  }

  /** The list of tickets; null where it is still the one with `tag`. */
  async tickets(tag: string): Promise<Tagged | null> {
    let response: Response;
    try {
      response = await fetch(`${this.#root}/tickets`, { credentials: "same-origin", headers: tag ? { "if-none-match": tag } : {} });
    } catch (reason) {
      throw new HttpFailure(0, "unreachable", String(reason));
    }
    if (response.status === NOT_MODIFIED) return null;
    if (!response.ok) throw new HttpFailure(response.status, "", response.statusText);
    return { tag: response.headers.get("etag") ?? "", list: (await response.json()) as GateTickets };
  }

  passages(since: string): Promise<Passages> {
    return getJson(`${this.#root}/passages${since ? `?since=${encodeURIComponent(since)}` : ""}`);
  }

  doubles(): Promise<Doubles> {
    return getJson(`${this.#root}/doubles`);
  }

  scans(told: ScansTold, signal?: AbortSignal): Promise<ScansHeard> {
    return postJson(`${this.#root}/scans`, told, this.guard, signal);
  }
}
