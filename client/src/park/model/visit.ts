/** Where a visitor is put: on which storey a space is seen, and where one stands beside it. */

import type { SceneManifest, SpaceView, StoreyFiles } from "../../wire/park";
import type { Cut } from "./state";

/** A visit opens in daylight: at the hour it is, or in the morning, when the sun stands high in winter too. */
export function openingMinute(minute: number): number {
  return minute >= 7 * 60 + 30 && minute <= 16 * 60 + 30 ? minute : 10 * 60 + 40;
}

/** The storey file that shows a space; null for what is seen from outside. */
export function storeyBeside(space: SpaceView, storeys: StoreyFiles): Cut | null {
  const way = [...space.path, { id: space.id, kind: space.kind }];
  const building = way.find((step) => step.kind === "building")?.id;
  const storey = way.find((step) => step.kind === "storey")?.id;
  if (building === undefined || storey === undefined) return null;
  return storeys[building]?.some((file) => file.id === storey) ? { building, storey } : null;
}

export interface Stand {
  readonly east: number;
  readonly north: number;
  /** Degrees from north to the east. */
  readonly heading: number;
  /** Height of the floor one stands on; null outdoors [m]. */
  readonly height: number | null;
}

/** Steps back from a building so that one sees it [m]. */
const BACK = 32;

/** Where one stands to see `space`: in it where it is a room, before it where it is a building. */
export function beside(space: SpaceView, storeys: StoreyFiles, manifest: SceneManifest): Stand {
  const { entrance } = manifest;
  if (!space.center) return { ...entrance, height: null };
  const [east, north] = space.center;
  const cut = storeyBeside(space, storeys);
  const file = cut && storeys[cut.building]?.find((each) => each.id === cut.storey);
  if (file) return { east, north, heading: entrance.heading, height: space.base ?? file.base };
  if (space.kind !== "building") return { east, north, heading: entrance.heading, height: null };
  const files = storeys[space.id] ?? [];
  const reach = files.reduce((most, { bounds }) => Math.max(most, (bounds[3] - bounds[1]) / 2), 12);
  return { east, north: north - reach - BACK, heading: 0, height: null };
}
