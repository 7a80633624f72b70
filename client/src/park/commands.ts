/** What the panels ask the composition to do. */

import type { Mode } from "./model/state";

export interface Commands {
  /** Back to the first view. */
  home(): void;
  mode(mode: Mode): void;
  /** Selects a space and flies to it; null lets it go. */
  visit(space: string): void;
  select(space: string | null): void;
  /** Sets the visitor down on foot beside a space. */
  walkTo(space: string): void;
  /** Flies to, or walks to, a point of the plane [m]. */
  jump(east: number, north: number): void;
  cut(building: string, storey: string | null): void;
  pickMiddle(): void;
  stick(aside: number, ahead: number): void;
  lock(): void;
  quality(level: string): void;
}
