/** Things that must be let go, and one bag to let them all go at once. */

export type Dispose = () => void;

/** Collects what must be undone; undoes it once, last first. */
export class Bag {
  #undo: Dispose[] = [];

  add<T extends Dispose | { dispose(): void }>(thing: T): T {
    this.#undo.push(typeof thing === "function" ? thing : () => thing.dispose());
    return thing;
  }

  /** Listens until the bag is disposed. */
  listen<K extends string>(target: EventTarget, type: K, listener: (event: never) => void, options?: AddEventListenerOptions): void {
    target.addEventListener(type, listener as EventListener, options);
    this.#undo.push(() => target.removeEventListener(type, listener as EventListener, options));
  }

  dispose(): void {
    const undo = this.#undo;
    this.#undo = [];
    for (const step of undo.reverse()) step();
  }
}
