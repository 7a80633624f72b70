/** What else lives in the scene: moved with it, drawn in it, and clicked before what stands behind. */

export interface Guest {
  /** Before each frame, once the eye has moved; true where another must follow. */
  update(seconds: number): boolean;
  /** The shadows that it casts are others than before the last update. */
  stirred(): boolean;
  /** After each frame, with what lies over the view; what of it the guest's own words cover now. */
  drawn(panels: readonly DOMRectReadOnly[]): readonly DOMRectReadOnly[];
  /** True where a click at (x, y) of the view is meant for it [px]. */
  clicked(x: number, y: number): boolean;
  /** The visitor steers: by keys, the pointer or a finger. */
  steered(): void;
}

/** All who live in the scene. */
export class Guests {
  readonly #all: Guest[] = [];

  add(guest: Guest): void {
    this.#all.push(guest);
  }

  update(seconds: number): boolean {
    return this.#all.filter((guest) => guest.update(seconds)).length > 0;
  }

  stirred(): boolean {
    return this.#all.some((guest) => guest.stirred());
  }

  drawn(panels: readonly DOMRectReadOnly[]): readonly DOMRectReadOnly[] {
    return this.#all.flatMap((guest) => guest.drawn(panels));
  }

  clicked(x: number, y: number): boolean {
    return this.#all.some((guest) => guest.clicked(x, y));
  }

  steered(): void {
    for (const guest of this.#all) guest.steered();
  }
}
