/** From where places are best seen. */

import type { Look } from "../../scene/flight";
import type { PlaceView, SceneManifest } from "../../wire/park";

/** A place as far as a viewpoint needs it. */
export type Spot = Pick<PlaceView, "kind" | "center" | "base" | "height">;

/** Looks north-east from the south-west, as plans are drawn. */
const YAW = 0.62;

/** Around the entrance: what a visitor sees first. */
export function home(manifest: SceneManifest): Look {
  const { entrance, bounds, places } = manifest;
  const near = places.filter(
    (place) => place.kind === "building" && place.center && Math.hypot(place.center[0] - entrance.east, place.center[1] - entrance.north) < 900,
  );
  const east = near.map((place) => place.center?.[0] ?? 0);
  const north = near.map((place) => place.center?.[1] ?? 0);
  const x0 = near.length > 2 ? Math.min(...east) : bounds[0];
  const x1 = near.length > 2 ? Math.max(...east) : bounds[2];
  const y0 = near.length > 2 ? Math.min(...north) : bounds[1];
  const y1 = near.length > 2 ? Math.max(...north) : bounds[3];
  const wide = Math.hypot(x1 - x0, y1 - y0);
  return {
    x: (x0 + x1) / 2, y: 0, z: -(y0 + y1) / 2,
    distance: Math.min(Math.max(wide * 1.02, 260), 2400), yaw: YAW, tilt: 0.44,
  };
}

/** A look at one place, keeping the visitor's direction; `reach` is how far it goes from its middle [m]. */
export function lookAt(spot: Spot, yaw: number, reach = 0): Look | null {
  if (!spot.center) return null;
  const base = spot.base ?? 0;
  const height = spot.height ?? 0;
  const at = { x: spot.center[0], z: -spot.center[1], yaw };
  switch (spot.kind) {
    case "park":
    case "site":
      return { ...at, y: 0, distance: 1100, tilt: 0.62 };
    case "phase":
      return { ...at, y: 0, distance: 620, tilt: 0.6 };
    case "building":
      return { ...at, y: base + height * 0.42, distance: Math.max(height * 2.2 + reach * 0.9 + 45, reach * 3.4, 120), tilt: 0.42 };
    case "plaza":
    case "garden":
    case "parking":
      return { ...at, y: base, distance: 150, tilt: 0.7 };
    case "storey":
      return { ...at, y: base, distance: 95, tilt: 0.95 };
    case "seat":
    case "table":
    case "booth":
      return { ...at, y: base, distance: 20, tilt: 0.95 };
    default:
      return { ...at, y: base, distance: 52, tilt: 0.95 };
  }
}

/** All phases at once; null where none has a place. */
export function lookAtPhases(manifest: SceneManifest, yaw: number): Look | null {
  const ids = new Set(manifest.phases.map((phase) => phase.id));
  const centers = manifest.places.flatMap((place) =>
    place.center && (ids.has(place.id) || (place.parent !== null && ids.has(place.parent))) ? [place.center] : []);
  if (centers.length === 0) return null;
  const east = centers.map(([x]) => x);
  const north = centers.map(([, y]) => y);
  const [x0, x1, y0, y1] = [Math.min(...east), Math.max(...east), Math.min(...north), Math.max(...north)];
  return {
    x: (x0 + x1) / 2, y: 0, z: -(y0 + y1) / 2,
    distance: Math.min(Math.max(Math.hypot(x1 - x0, y1 - y0) * 1.02, 320), 2600), yaw, tilt: 0.5,
  };
}

/** A look down into a cut storey that shows all of it. */
export function lookInto(bounds: readonly [number, number, number, number], base: number, yaw: number): Look {
  const wide = Math.hypot(bounds[2] - bounds[0], bounds[3] - bounds[1]);
  return {
    x: (bounds[0] + bounds[2]) / 2, y: base, z: -(bounds[1] + bounds[3]) / 2,
    distance: Math.max(wide * 1.12, 45), yaw, tilt: 0.98,
  };
}

/** Stops of the tour: the whole park, then the most important buildings that stand by `date`, an ISO day. */
export function tourStops(manifest: SceneManifest, date: string): { readonly id: string; readonly look: Look }[] {
  const ahead = new Set(manifest.phases.flatMap(({ id, delivered }) => (delivered !== null && delivered > date ? [id] : [])));
  const buildings = manifest.places
    .filter((place) => place.kind === "building" && place.center && !(place.parent !== null && ahead.has(place.parent)))
    .slice(0, 8);
  const stops = [{ id: manifest.park.id, look: home(manifest) }];
  buildings.forEach((place, index) => {
    const look = lookAt(place, YAW + index * 0.9);
    if (look) stops.push({ id: place.id, look: { ...look, distance: look.distance * 1.15, tilt: 0.36 } });
  });
  return stops;
}
