/** Where a walker stands: the building, its storey and the room, or what lies underfoot outside. */

import { Vector3 } from "three";
import type { Text } from "../../wire/park";
import type { Interiors } from "./interiors";
import type { Sight } from "./sight";

export interface Place {
  /** The building one is in; null outside. */
  readonly building: string | null;
  /** The storey and the room, or what lies underfoot; empty on open ground. */
  readonly names: readonly Text[];
}

/** No need to look again before the feet have moved so far [m]. */
const STRIDE = 0.4;

export class Whereabouts {
  readonly #at = new Vector3(Infinity, 0, 0);
  #known = "";

  constructor(
    readonly interiors: Interiors,
    readonly sight: Sight,
    readonly changed: (place: Place) => void,
  ) {}

  /** Looks below `feet`, and tells where that is another place than before. */
  update(feet: Vector3): void {
    if (this.#at.distanceToSquared(feet) < STRIDE * STRIDE) return;
    this.#at.copy(feet);
    const place = this.#below(feet);
    const known = JSON.stringify(place);
    if (known === this.#known) return;
    this.#known = known;
    this.changed(place);
  }

  /** Forgets what was told, and looks at the next step. */
  forget(): void {
    this.#at.setX(Infinity);
    this.#known = "";
  }

  #below(feet: Vector3): Place {
    const footing = this.sight.footing(feet);
    const floor = this.interiors.floorAt(feet.x, feet.y + 0.1, feet.z);
    if (!floor || footing?.features !== floor.storey.features) {
      return { building: null, names: footing ? [footing.name] : [] };
    }
    const { id, name } = floor.file;
    return { building: floor.building, names: footing.id === id ? [name] : [name, footing.name] };
  }
}
