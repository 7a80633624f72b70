/** What stands where: what a pointer meets, what hides a label, what a walker bumps into. */

import { type PerspectiveCamera, Raycaster, Vector2, Vector3 } from "three";
import { cast } from "../../scene/colliders";
import type { Features } from "../../scene/features";
import { UNCUT } from "../../scene/storeys";
import type { Text } from "../../wire/park";
import type { Buildings } from "./buildings";
import type { Interiors } from "./interiors";

/** What is within reach of the feet [m]. */
const UNDERFOOT = 1.2;

const DOWN = /* @__PURE__ */ new Vector3(0, -1, 0);
const way = /* @__PURE__ */ new Vector3();
const point = /* @__PURE__ */ new Vector2();

export interface Footing {
  readonly features: Features;
  readonly id: string;
  readonly name: Text;
}

export class Sight {
  readonly #ray = new Raycaster();

  constructor(
    readonly camera: PerspectiveCamera,
    readonly buildings: Buildings,
    readonly interiors: Interiors,
  ) {}

  *solids(): Iterable<Features> {
    for (const { storey } of this.interiors.floors()) yield storey.features;
    for (const { features } of this.buildings.tiles) yield features;
  }

  /** The space at (x, y) of a view of (width, height) pixels; null for none. */
  pick(x: number, y: number, width: number, height: number): string | null {
    point.set((x / width) * 2 - 1, 1 - (y / height) * 2);
    this.#ray.setFromCamera(point, this.camera);
    const cuts = new Map<Features, number>();
    for (const { storey } of this.interiors.floors()) cuts.set(storey.features, storey.cutting.uCut.value);
    const hit = cast(this.solids(), this.#ray.ray.origin, this.#ray.ray.direction, this.camera.far,
      (features, row, at) => features.seen(row) && at.y <= (cuts.get(features) ?? UNCUT));
    return hit ? (hit.features.ids[hit.row] ?? null) : null;
  }

  /** What a walker stands on; null for open ground. */
  footing(feet: Vector3): Footing | null {
    way.copy(feet).y += UNDERFOOT / 2;
    const hit = cast(this.solids(), way, DOWN, UNDERFOOT, (features, row) => features.solid(row));
    if (!hit) return null;
    const { features, row } = hit;
    const name = { zh: features.table.text("zh", row), en: features.table.text("en", row) };
    return { features, id: features.ids[row] ?? "", name };
  }

  /** Is a building between the eye and `to`? */
  blocked(to: Vector3): boolean {
    way.subVectors(to, this.camera.position);
    const far = way.length();
    way.divideScalar(far);
    return cast(this.solids(), this.camera.position, way, far - 1, (features, row) => features.solid(row) && !this.#cutAway(features)) !== null;
  }

  /** Of a storey that is cut nothing stands in the way. */
  #cutAway(features: Features): boolean {
    for (const { storey } of this.interiors.floors()) if (storey.features === features) return storey.cutting.uCut.value < UNCUT;
    return false;
  }
}
