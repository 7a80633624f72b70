/** A flight over the park from place to place. */

import type { Eye } from "../../scene/eye";
import type { Look } from "../../scene/flight";

/** Seconds one stays at a place. */
const STAY = 6.5;
const DRIFT = 0.07;

export interface Stop {
  readonly id: string;
  readonly look: Look;
}

export class Tour {
  #at = -1;
  #left = 0;

  constructor(
    readonly eye: Eye,
    readonly stops: readonly Stop[],
    readonly arrived: (stop: Stop, number: number) => void,
  ) {}

  /** Moves on; true while the tour goes on. */
  update(seconds: number): boolean {
    if (this.stops.length === 0) return false;
    if (this.eye.flying) return true;
    this.#left -= seconds;
    if (this.#left > 0) return true;
    this.#at = (this.#at + 1) % this.stops.length;
    this.#left = STAY;
    const stop = this.stops[this.#at];
    if (!stop) return false;
    this.eye.drift = 0;
    this.arrived(stop, this.#at);
    this.eye.flyTo(stop.look, () => {
      if (!this.eye.still) this.eye.drift = DRIFT;
    });
    return true;
  }

  stop(): void {
    this.eye.drift = 0;
  }
}
