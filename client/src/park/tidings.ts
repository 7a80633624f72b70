/** What the server tells while one looks: how spaces fare, and whether the scene is built anew. */

import { listen } from "../kit/live";
import type { LiveList, LiveView, ProgressView, SceneManifest, TilesetChanged } from "../wire/park";
import * as client from "./client";
import { nextExpiry } from "./model/live";
import type { Store } from "./store";

export interface TidingsListener {
  /** The first building of the scene goes on. */
  built(progress: ProgressView): void;
  /** The park has another shape than the one that is shown. */
  rebuilt(): void;
  failed(reason: unknown): void;
}

/** The longest that a browser's clock waits [ms]. */
const LONGEST = 2 ** 31 - 1;
/** After the end of a status, so that it is surely over [ms]. */
const AFTER = 20;

export class Tidings {
  #expiry = 0;
  #version: string | null;

  constructor(
    readonly manifest: SceneManifest,
    readonly store: Store,
    readonly listener: TidingsListener,
  ) {
    this.#version = manifest.version;
    store.watch((state) => state.statuses, (statuses) => this.#expire(nextExpiry(statuses)));
  }

  open(): void {
    listen(client.liveChannel(this.manifest.park.id), {
      snapshot: (list: LiveList) => this.#told(list.statuses),
      status: (view: LiveView) => this.store.send({ type: "status", view, now: Date.now() }),
      tileset: (changed: TilesetChanged) => this.#rebuilt(changed.version),
      progress: (progress: ProgressView) => this.listener.built(progress),
    });
  }

  /** All there is to say: at the start, and whenever messages may have been lost. */
  #told(statuses: readonly LiveView[]): void {
    this.store.send({ type: "statuses", statuses, now: Date.now() });
  }

  #rebuilt(version: string): void {
    if (version === this.#version) return;
    this.#version = version;
    this.listener.rebuilt();
  }

  #expire(at: number | null): void {
    window.clearTimeout(this.#expiry);
    if (at === null) return;
    const wait = Math.min(Math.max(at - Date.now(), 0) + AFTER, LONGEST);
    this.#expiry = window.setTimeout(() => void this.#ranOut().catch((reason: unknown) => this.listener.failed(reason)), wait);
  }

  /** Drops what has run out, and asks what stood behind it. */
  async #ranOut(): Promise<void> {
    this.store.send({ type: "clock", now: Date.now() });
    this.#told(await client.statuses(this.manifest.park.id));
  }
}
