/** What the park says over HTTP and on the live channel. */

/** The same words in both languages. */
export interface Text {
  readonly zh: string;
  readonly en: string;
}

export type SpaceKind =
  | "park" | "site" | "phase" | "building" | "storey" | "hall" | "exhibition_hall" | "booth" | "seat" | "table"
  | "office" | "lab" | "studio" | "meeting_room" | "lobby" | "corridor" | "stairs" | "stage" | "cafe" | "shop"
  | "service" | "plaza" | "garden" | "parking";

export type SpaceStatus = "planned" | "building" | "open" | "closed";

export type LiveToken = "closed" | "alert" | "full" | "busy" | "held" | "event" | "free";

/** What a space is now; a message without token takes the space's status away. */
export interface LiveView {
  readonly space: string;
  readonly token: LiveToken | null;
  readonly words: Text;
  readonly number: number | null;
  /** ISO 8601 instant. */
  readonly until: string | null;
}

export interface SpaceStep {
  readonly id: string;
  readonly kind: SpaceKind;
  readonly name: Text;
}

export interface SpaceChild extends SpaceStep {
  readonly order: number;
  readonly base: number | null;
  readonly height: number | null;
  readonly live: LiveView | null;
}

/** Metres, square metres, persons; `delivered` is an ISO date. */
export interface SpaceView {
  readonly id: string;
  readonly parent: string | null;
  readonly park: string;
  readonly kind: SpaceKind;
  readonly name: Text;
  readonly about: Text;
  readonly order: number;
  readonly area: number | null;
  readonly capacity: number | null;
  readonly delivered: string | null;
  readonly status: SpaceStatus;
  readonly link: string | null;
  readonly base: number | null;
  readonly height: number | null;
  readonly center: readonly [number, number] | null;
  readonly path: readonly SpaceStep[];
  readonly children: readonly SpaceChild[];
  readonly live: LiveView | null;
}

export interface SearchHit {
  readonly id: string;
  readonly kind: SpaceKind;
  readonly name: Text;
  readonly park: string;
  readonly path: Text;
  readonly center: readonly [number, number] | null;
  readonly base: number | null;
  readonly height: number | null;
}

export interface SearchResult {
  readonly hits: readonly SearchHit[];
}

/** `samples` are [minute of the local day, azimuth °, apparent elevation °]. */
export interface SunView {
  readonly date: string;
  readonly timezone: string;
  readonly samples: readonly (readonly [number, number, number])[];
  readonly sunrise: string | null;
  readonly sunset: string | null;
}

export interface LiveList {
  readonly statuses: readonly LiveView[];
}

export interface PhaseView {
  readonly id: string;
  readonly name: Text;
  readonly delivered: string | null;
  readonly site: string;
}

export interface PlaceView {
  readonly id: string;
  readonly kind: SpaceKind;
  readonly name: Text;
  readonly center: readonly [number, number] | null;
  readonly base: number | null;
  readonly height: number | null;
  readonly parent: string | null;
}

export interface SceneManifest {
  readonly park: { readonly id: string; readonly name: Text; readonly about: Text };
  readonly place: { readonly longitude: number; readonly latitude: number; readonly timezone: string };
  readonly tileset: string | null;
  readonly version: string | null;
  readonly storeys: string | null;
  readonly trees: string | null;
  /** Least east, least north, greatest east, greatest north [m]. */
  readonly bounds: readonly [number, number, number, number];
  readonly phases: readonly PhaseView[];
  readonly places: readonly PlaceView[];
  readonly entrance: { readonly east: number; readonly north: number; readonly heading: number };
}

export interface StoreyFile {
  readonly id: string;
  readonly name: Text;
  readonly order: number;
  readonly base: number;
  readonly height: number;
  readonly uri: string;
  readonly center: readonly [number, number];
  readonly bounds: readonly [number, number, number, number];
}

/** Storeys of each building that can be entered, by the building's id. */
export type StoreyFiles = Readonly<Record<string, readonly StoreyFile[]>>;

export interface TilesetChanged {
  readonly park: string;
  readonly version: string;
}

/** How far long work has come. */
export interface Progress {
  readonly work: string;
  readonly stage: string;
  readonly done: number;
  readonly total: number;
  readonly failure: string | null;
}
