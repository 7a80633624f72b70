/** The state of the visit, and the one way to change it. */

import { Signal } from "../kit/signal";
import { type Message, next, type State } from "./model/state";

export class Store {
  readonly #signal: Signal<State>;

  constructor(state: State) {
    this.#signal = new Signal(state);
  }

  get state(): State {
    return this.#signal.value;
  }

  readonly send = (message: Message): void => {
    this.#signal.value = next(this.#signal.value, message);
  };

  /** Calls `changed` whenever what `part` picks from the state is another. */
  watch<T>(part: (state: State) => T, changed: (value: T, before: T) => void): () => void {
    return this.#signal.watch((state, before) => {
      const value = part(state);
      const was = part(before);
      if (!Object.is(value, was)) changed(value, was);
    });
  }
}
