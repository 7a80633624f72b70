/** A part of the scene: it makes things, moves them each frame, and lets them go. */

export interface Part {
  /** Moves on by `seconds`; true where it wants another frame. Allocates nothing. */
  update(seconds: number): boolean;
  dispose(): void;
}
