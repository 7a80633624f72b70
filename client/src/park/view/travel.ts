/** The ways of the eye over the park: home, to a place, into a storey, up from the ground, round on a tour. */

import type { Eye } from "../../scene/eye";
import type { Look } from "../../scene/flight";
import type { Stage } from "../../scene/stage";
import type { SceneManifest, SpaceView, StoreyFile } from "../../wire/park";
import type { Buildings } from "./buildings";
import { Tour } from "./tour";
import { home, lookAt, lookAtPhases, lookInto, type Spot, tourStops } from "./viewpoints";

export interface TravelOptions {
  readonly stage: Stage;
  readonly eye: Eye;
  readonly manifest: SceneManifest;
  readonly buildings: Buildings;
  /** The tour has set out for a stop. */
  readonly toured: (space: string) => void;
}

/** Up from the ground: so far away, and so steep [m, rad]. */
const RISEN = { tilt: 0.5, distance: 190 } as const;

export class Travel {
  #tour: Tour | null = null;

  constructor(readonly options: TravelOptions) {}

  home(): void {
    this.#fly(home(this.options.manifest));
  }

  /** To where the phases rise, unless they are in sight. */
  toPhases(): void {
    const { eye, manifest } = this.options;
    const look = lookAtPhases(manifest, eye.orbit.look.yaw);
    if (!look) return;
    const { x, z } = eye.pose;
    if (Math.hypot(look.x - x, look.z - z) > look.distance * 1.3) this.#fly(look);
  }

  /** To a place; `id` names it where it is more than a point. */
  to(spot: Spot & Partial<Pick<SpaceView, "area">>, id: string | null): void {
    const found = id === null ? null : this.options.buildings.find(id);
    // A building that is still to be loaded is thought as wide as its floors would be side by side.
    const reach = found ? Math.max(...found.rows.map((row) => found.features.reach(row))) : Math.sqrt(spot.area ?? 0) / 2;
    const look = lookAt(spot, this.options.eye.orbit.look.yaw, reach);
    if (look) this.#fly(look);
  }

  /** Into a storey that is cut open: to `spot` there, or where all of it is seen. */
  into({ bounds, base }: StoreyFile, spot: Spot | null): void {
    const { yaw } = this.options.eye.orbit.look;
    const look = spot ? lookAt(spot, yaw) : null;
    this.#fly(look ?? lookInto(bounds, base, yaw));
  }

  /** Lifts the visitor off the ground. */
  rise(): void {
    const { x, y, z, yaw } = this.options.eye.pose;
    this.options.eye.flyTo({ x, y: Math.max(y - 1.6, 0), z, yaw, ...RISEN });
    this.options.stage.wake();
  }

  /** Round the most important places that stand by `date`, an ISO day. */
  beginTour(date: string): void {
    const { eye, manifest, stage, toured } = this.options;
    this.#tour = new Tour(eye, tourStops(manifest, date), (stop) => toured(stop.id));
    stage.wake();
  }

  endTour(): void {
    this.#tour?.stop();
    this.#tour = null;
  }

  /** True while a tour goes on. */
  update(seconds: number): boolean {
    return this.#tour?.update(seconds) ?? false;
  }

  #fly(look: Look): void {
    const { eye, stage } = this.options;
    eye.flyTo(fitted(look, stage.camera.aspect));
    stage.wake();
  }
}

/** On an upright screen the same things need more distance. */
export function fitted(look: Look, aspect: number): Look {
  const narrow = Math.max(1.25 / Math.max(aspect, 0.5), 1);
  return { ...look, distance: look.distance * Math.min(narrow, 1.7) };
}
