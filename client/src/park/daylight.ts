/** The light of the day that is shown: where the sun stands, as the server knows it. */

import type { SunView } from "../wire/park";
import * as client from "./client";
import { isoOf } from "./model/days";
import { AFTERNOON, type SunPosition, sunAt } from "./model/sun";
import type { Store } from "./store";

export interface DaylightListener {
  /** The sun stands elsewhere. */
  shone(sun: SunPosition): void;
  /** Another day: when the sun rises and sets there. */
  dawned(sun: SunView): void;
  failed(reason: unknown): void;
}

/** While days go by in a row, only the one that stays is asked for [ms]. */
const PATIENCE = 180;

export class Daylight {
  /** The server has been asked, and has answered or failed to. */
  known = false;
  readonly #days = new Map<string, Promise<SunView>>();
  #sun: SunView | null = null;
  #wait = 0;

  constructor(
    readonly park: string,
    readonly store: Store,
    readonly listener: DaylightListener,
  ) {
    store.watch((state) => Math.floor(state.day), () => this.ask());
    store.watch((state) => state.minute, () => this.#shine());
    store.watch((state) => state.playing, () => this.ask());
  }

  /** Asks for the sun of the day that is shown; while years are played it stands as it stood. */
  ask(): void {
    if (this.store.state.playing === "years") return;
    window.clearTimeout(this.#wait);
    const date = isoOf(this.store.state.day);
    if (this.#sun?.date === date) return;
    this.#wait = window.setTimeout(() => void this.#fetch(date), this.#sun ? PATIENCE : 0);
    if (!this.#sun) this.#shine();
  }

  async #fetch(date: string): Promise<void> {
    const asked = this.#days.get(date) ?? client.sun(this.park, date);
    this.#days.set(date, asked);
    try {
      const sun = await asked;
      if (isoOf(this.store.state.day) !== date) return;
      this.#sun = sun;
      this.listener.dawned(sun);
    } catch (reason) {
      this.#days.delete(date);
      this.listener.failed(reason);
    }
    this.known = true;
    this.#shine();
  }

  #shine(): void {
    this.listener.shone(this.#sun ? sunAt(this.#sun.samples, this.store.state.minute) : AFTERNOON);
  }
}
