/** The labels of the scene: places by importance, what they are now, and the spaces of an open storey. */

import { Vector3 } from "three";
import { PARTS } from "../../scene/interior";
import type { Pose } from "../../scene/flight";
import type { Label, Labels } from "../../scene/labels";
import type { LiveView, PlaceView, SpaceKind } from "../../wire/park";
import { SHAPES, type Statuses } from "../model/live";
import type { State } from "../model/state";
import type { Floor, Interiors } from "./interiors";
import { KINDS } from "./tints";

export interface NameWords {
  name(text: { readonly zh: string; readonly en: string }): string;
  token(token: string): string;
}

interface NameLook {
  readonly selected: string | null;
  readonly statuses: Statuses;
  readonly opened: ReadonlySet<string>;
  /** The storey whose spaces are named; null where one is outside. */
  readonly floor: Floor | null;
  readonly walking: boolean;
}

interface Weight {
  readonly rank: number;
  readonly far: number;
}

const WEIGHTS: Partial<Record<SpaceKind, Weight>> = {
  site: { rank: 60, far: 9000 },
  phase: { rank: 30, far: 3200 },
  plaza: { rank: 12, far: 420 },
  garden: { rank: 11, far: 380 },
};

/** Inside a building: seen only when it is open. */
const INSIDE: Weight = { rank: 14, far: 220 };
/** So many buildings are named however far one is … */
const LANDMARKS = 14;
/** … and so many before anything else. */
const EMBLEMS = 3;
/** From its edge a room's name is read on foot [m]. */
const NEAR = 30;
const QUIET: ReadonlySet<SpaceKind> = new Set(["seat", "table", "stairs", "corridor", "storey"]);

const middle = /* @__PURE__ */ new Vector3();

/** `order` is that of the building among all, by importance: the first are named from far, and before their site. */
function weightOf(place: PlaceView, order: number): Weight {
  if (place.kind !== "building") return WEIGHTS[place.kind] ?? INSIDE;
  const height = place.height ?? 10;
  const rank = order < EMBLEMS ? 62 : 20 + 9 / (1 + order / 12);
  return { rank, far: Math.max(420 + height * 9, order < LANDMARKS ? 2400 : 0) };
}

function outdoors(kind: SpaceKind): boolean {
  return kind === "building" || WEIGHTS[kind] !== undefined;
}

function badgeOf(live: LiveView | undefined, words: NameWords): Label["badge"] {
  if (!live?.token) return null;
  const said = words.name(live.words) || words.token(live.token);
  return { shape: SHAPES[live.token], words: said, tone: live.token };
}

/** The labels of places; those with something to say now are heard further. */
function placeLabels(places: readonly PlaceView[], look: NameLook, words: NameWords): Label[] {
  let buildings = 0;
  return places.flatMap((place) => {
    const order = place.kind === "building" ? buildings++ : 0;
    if (place.kind === "park" || !place.center) return [];
    const live = look.statuses.get(place.id);
    const chosen = place.id === look.selected;
    const inside = !outdoors(place.kind);
    if (inside && !live && !chosen) return [];
    if (look.floor && (inside || place.id === look.floor.building)) return [];
    const { rank, far } = weightOf(place, order);
    // What is wide is named near the ground, what is high above its roof.
    const wide = place.kind === "site" || place.kind === "phase";
    const top = wide ? Math.min(place.height ?? 0, 40) + 30 : (place.base ?? 0) + (place.height ?? 0) + 3;
    return [{
      id: place.id,
      text: words.name(place.name),
      badge: badgeOf(live, words),
      look: wide ? place.kind : "place",
      x: place.center[0],
      y: top,
      z: -place.center[1],
      rank: rank + (live ? 25 : 0),
      far: live ? far * 1.6 : far,
      chosen,
    }];
  });
}

/** The labels of an open storey's spaces. */
function floorLabels(look: NameLook, words: NameWords): Label[] {
  const floor = look.floor;
  if (!floor) return [];
  const { features } = floor.storey;
  const labels: Label[] = [];
  const named = new Set<string>();
  for (let row = 0; row < features.table.count; row += 1) {
    const id = features.ids[row] ?? "";
    const part = features.table.number("part", row);
    if (named.has(id) || (part !== PARTS.floor && part !== PARTS.furniture)) continue;
    const kind = KINDS[features.table.number("kind", row) ?? 0] ?? "hall";
    const live = look.statuses.get(id);
    const chosen = id === look.selected;
    if (id === floor.file.id || (QUIET.has(kind) && !live && !chosen)) continue;
    const at = (kind === "lobby" ? features.anchor(row, middle) : null) ?? features.center(row, middle);
    if (!at) continue;
    named.add(id);
    labels.push({
      id,
      text: words.name({ zh: features.table.text("zh", row), en: features.table.text("en", row) }),
      badge: badgeOf(live, words),
      look: "room",
      x: at.x,
      y: floor.file.base + (look.walking ? 2.5 : 1.7),
      z: at.z,
      rank: (kind === "booth" ? 6 : 16) + (live ? 8 : 0),
      far: look.walking ? NEAR + features.reach(row) : 320,
      chosen,
    });
  }
  return labels;
}

/** Keeps the labels in step with where one is. */
export class Names {
  #known = "";

  constructor(
    readonly labels: Labels,
    readonly interiors: Interiors,
    readonly places: readonly PlaceView[],
    readonly words: NameWords,
  ) {}

  /** Makes the labels anew where the storey one looks into has changed. */
  update(state: State, { x, y, z }: Pose): void {
    const { cut, selected, statuses } = state;
    const walking = state.mode === "walk";
    let floor = walking ? this.interiors.floorAt(x, y, z) : null;
    if (cut) for (const each of this.interiors.floors()) if (each.file.id === cut.storey) floor = each;
    const known = `${floor?.file.id ?? ""} ${walking}`;
    if (this.#known === known) return;
    this.#known = known;
    const look = { selected, statuses, opened: this.interiors.opened, floor, walking };
    this.labels.set([...placeLabels(this.places, look, this.words), ...floorLabels(look, this.words)]);
  }

  /** Makes them anew at the next update: what they say has changed. */
  forget(): void {
    this.#known = "";
  }
}
