/** Keeps the plan from above in step with the park: for shade on the ground, and for the map. */

import type { Mesh, Vector3 } from "three";
import { Plan, type PlanImage, type PlanSquare } from "../../scene/plan";
import type { Shading } from "../../scene/shading";
import type { Stage } from "../../scene/stage";
import type { Tiles } from "../../scene/tiles";
import type { SceneManifest } from "../../wire/park";
import type { Buildings } from "./buildings";

/** The side of the square the plan shows, unless the whole park is hardly larger [m]. */
const SIDE = 1800;
/** While the eye moves the plan waits so long [s]. */
const PATIENCE = 0.8;

export class Planner {
  stale = true;
  readonly #plan: Plan;
  readonly #follows: boolean;
  #wait = 0;

  constructor(
    readonly stage: Stage,
    shading: Shading,
    manifest: SceneManifest,
  ) {
    const square = squareOf(manifest);
    const [x0, y0, x1, y1] = manifest.bounds;
    this.#plan = new Plan(square, shading);
    this.#follows = square.side < Math.max(x1 - x0, y1 - y0);
  }

  get square(): PlanSquare {
    return this.#plan.square;
  }

  image(): PlanImage {
    return this.#plan.read(this.stage.renderer);
  }

  /** Draws the plan when it is old and there is time; true where it did. */
  update(seconds: number, moving: boolean, focus: Vector3, tiles: Tiles | null, buildings: Buildings): boolean {
    if (this.#follows && this.#plan.follow(focus.x, focus.z)) this.stale = true;
    if (!this.stale) return false;
    this.#wait += seconds;
    if (moving && this.#wait < PATIENCE) return false;
    this.#wait = 0;
    this.stale = false;
    const scenery: Mesh[] = [];
    for (const group of tiles?.scenery.values() ?? []) scenery.push(...(group.children as Mesh[]));
    this.#plan.draw(this.stage.renderer, this.stage.scene, [...buildings.tiles].map(({ features }) => features), scenery);
    return true;
  }

  dispose(): void {
    this.#plan.dispose();
  }
}

function squareOf({ bounds, entrance }: SceneManifest): PlanSquare {
  const [x0, y0, x1, y1] = bounds;
  const side = Math.max(Math.max(x1 - x0, y1 - y0) * 1.06 + 40, 300);
  if (side <= SIDE * 2) return { x: (x0 + x1) / 2 - side / 2, z: -(y0 + y1) / 2 - side / 2, side };
  return { x: entrance.east - SIDE / 2, z: -entrance.north - SIDE / 2, side: SIDE };
}
