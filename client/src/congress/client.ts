/** The draft of a congress over HTTP. */

import { getJson, postJson, putJson } from "../kit/http";
import type { ConflictsForeseen, DraftConflict, DraftView, PlacementsDone, PlacementTold } from "../wire/draft";

export class DraftClient {
  readonly #url: string;

  constructor(
    congress: string,
    readonly guard: string,
  ) {
    this.#url = `/api/congresses/${congress}/draft`;
    this.channel = `/api/live/congresses/${congress}/draft`;
  }

  /** Where it is told that somebody changed the draft. */
  readonly channel: string;

  read(): Promise<DraftView> {
    return getJson(this.#url);
  }

  put(placements: readonly PlacementTold[]): Promise<PlacementsDone> {
    return putJson(`${this.#url}/placements`, { placements }, this.guard);
  }

  async foresee(placement: PlacementTold, signal: AbortSignal): Promise<readonly DraftConflict[]> {
    return (await postJson<ConflictsForeseen>(`${this.#url}/check`, { placements: [placement] }, this.guard, signal)).conflicts;
  }
}
