/** What else lives in the scene: moved with it, drawn in it, and clicked before what stands behind. */

export interface Guest {
  /** Before each frame, once the eye has moved; true where another must follow. */
  update(seconds: number): boolean;
  /** After each frame, with what lies over the view; what of it the guest's own words cover now. */
  drawn(panels: readonly DOMRectReadOnly[]): readonly DOMRectReadOnly[];
  /** True where a click at (x, y) of the view is meant for it [px]. */
  clicked(x: number, y: number): boolean;
  /** The visitor steers: by keys, the pointer or a finger. */
  steered(): void;
}
