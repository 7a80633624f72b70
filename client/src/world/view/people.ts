/** The bodies of people in the scene: what is asked of whoever draws them. */

import type { Object3D } from "three";
import type { LookView } from "../../wire/world";

export interface People {
  /** To hang into the scene. */
  readonly object: Object3D;
  /** Somebody comes, or looks different. */
  put(id: number, look: LookView): void;
  remove(id: number): void;
  /**
   * Where somebody is: metres east, up and south of the origin, `y` that of the feet; `yaw` clockwise
   * from north [rad]; `speed` [m/s], for the length of the strides.
   */
  move(id: number, x: number, y: number, z: number, yaw: number, speed: number, gait: number, gesture: number): void;
  /** From the feet to the crown [m]. */
  height(id: number): number;
  /** Moves the bodies on; true where another frame is wanted. */
  update(seconds: number): boolean;
  /** The shadows that they cast are others than before the last update. */
  readonly stirred: boolean;
  dispose(): void;
}
