/** Generated from src/shulian/park/wire.py by `make docs`; never edited. */

/** What a space is now; one without a token takes away what was said before. */
export interface LiveView {
  readonly space: string;
  readonly token: LiveToken | null;
  readonly words: Text;
  readonly number: number | null;
  readonly until: string | null;
}

/** What a space is now, in one word; the order is the order of precedence, strongest first. */
export type LiveToken = "closed" | "alert" | "full" | "busy" | "held" | "event" | "free";

/** The same words in Chinese and English; an empty side falls back to the other. */
export interface Text {
  readonly zh: string;
  readonly en: string;
}

/** What the spaces of a park are now; of spaces that are not listed nothing is said. */
export interface LiveList {
  readonly statuses: readonly LiveView[];
}

/** A park in the list of parks. */
export interface ParkView {
  readonly id: string;
  readonly name: Text;
  readonly about: Text;
  readonly spaces: number;
  readonly buildings: number;
}

/** A space on the way down to another. */
export interface SpaceStep {
  readonly id: string;
  readonly kind: SpaceKind;
  readonly name: Text;
}

/** What a space is. The first five are the levels of the tree, the others stand below them. */
export type SpaceKind = "park" | "site" | "phase" | "building" | "storey" | "hall" | "exhibition_hall" | "booth" | "seat" | "table" | "office" | "lab" | "studio" | "meeting_room" | "lobby" | "corridor" | "stairs" | "stage" | "cafe" | "shop" | "service" | "plaza" | "garden" | "parking";

/** A space that stands directly in another. */
export interface SpaceChild {
  readonly id: string;
  readonly kind: SpaceKind;
  readonly name: Text;
  readonly order: number;
  readonly base: number | null;
  readonly height: number | null;
  readonly live: LiveView | null;
}

/** A space and what surrounds it. */
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
  readonly version: number;
}

/** Where a space stands in its life; what it is at this moment is a `LiveStatus`. */
export type SpaceStatus = "planned" | "building" | "open" | "closed";

/** A space that a search found, with the names on the way down to it. */
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

/** What a search found, the best first. */
export interface SearchResult {
  readonly hits: readonly SearchHit[];
}

/** Where the sun stands through one local day. */
export interface SunView {
  readonly date: string;
  readonly timezone: string;
  readonly samples: readonly (readonly [number, number, number])[];
  readonly sunrise: string | null;
  readonly sunset: string | null;
}

/** A park's name and what it says of itself. */
export interface ParkHead {
  readonly id: string;
  readonly name: Text;
  readonly about: Text;
}

/** A space worth a label or a jump. */
export interface PlaceView {
  readonly id: string;
  readonly kind: SpaceKind;
  readonly name: Text;
  readonly center: readonly [number, number] | null;
  readonly base: number | null;
  readonly height: number | null;
  readonly parent: string | null;
}

/** A stage of the park's building-out, and the site it builds. */
export interface PhaseView {
  readonly id: string;
  readonly name: Text;
  readonly delivered: string | null;
  readonly site: string | null;
}

/** Where the zero of a park's metres lies [°, WGS 84], and its time zone. */
export interface Geolocation {
  readonly longitude: number;
  readonly latitude: number;
  readonly timezone: string;
}

/** Where a visitor starts; heading 0 is north, 90 east [°]. */
export interface EntranceView {
  readonly east: number;
  readonly north: number;
  readonly heading: number;
}

/** What a client needs to open a park's scene; addresses are none until tiles are built. */
export interface SceneManifest {
  readonly park: ParkHead;
  readonly place: Geolocation;
  readonly tileset: string | null;
  readonly version: string | null;
  readonly storeys: string | null;
  readonly trees: string | null;
  readonly bounds: readonly [number, number, number, number];
  readonly phases: readonly PhaseView[];
  readonly places: readonly PlaceView[];
  readonly entrance: EntranceView;
}

/** A storey in a tileset's `storeys.json`, which lists them by the ids of their buildings. */
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

/** A park's scene was built anew. */
export interface TilesetChanged {
  readonly park: string;
  readonly version: string;
}

/** How far the building of a park's scene has come. */
export interface ProgressView {
  readonly job: string;
  readonly done: number;
  readonly total: number;
  readonly words: Text;
  readonly failed: boolean;
}

/** The sides of a text that change. */
export interface TextPatch {
  readonly zh?: string;
  readonly en?: string;
}

/** What changes of a space; what is left out stays. */
export interface SpacePatch {
  readonly name?: TextPatch;
  readonly about?: TextPatch;
  readonly kind?: SpaceKind;
  readonly capacity?: number | null;
  readonly status?: SpaceStatus;
  readonly link?: string | null;
  readonly version?: number;
}

/** What an operator says a space is now. */
export interface LivePut {
  readonly token: LiveToken;
  readonly words?: Text;
  readonly number?: number | null;
  readonly until?: string | null;
}

/** Where a piece of work stands. */
export interface Progress {
  readonly work: string;
  readonly stage: string;
  readonly done: number;
  readonly total: number;
  readonly failure: string | null;
}

export type StoreyFiles = Readonly<Record<string, readonly StoreyFile[]>>;
