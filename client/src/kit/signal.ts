/** A value that can be watched. */

import type { Dispose } from "./dispose";

export class Signal<T> {
  #value: T;
  #watchers = new Set<(value: T, before: T) => void>();

  constructor(value: T) {
    this.#value = value;
  }

  get value(): T {
    return this.#value;
  }

  set value(value: T) {
    const before = this.#value;
    if (Object.is(before, value)) return;
    this.#value = value;
    for (const watcher of [...this.#watchers]) watcher(value, before);
  }

  /** Calls `watcher` at every change until disposed. */
  watch(watcher: (value: T, before: T) => void): Dispose {
    this.#watchers.add(watcher);
    return () => void this.#watchers.delete(watcher);
  }
}
