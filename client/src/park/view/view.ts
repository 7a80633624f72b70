/** The park in three dimensions: keeps what is drawn in step with the state of the visit. */

import { Color, Vector3 } from "three";
import { Bag } from "../../kit/dispose";
import { Eye } from "../../scene/eye";
import type { Pose } from "../../scene/flight";
import { groundPlane } from "../../scene/ground";
import { Input } from "../../scene/input";
import { Labels } from "../../scene/labels";
import { Outline } from "../../scene/outline";
import { litShare } from "../../scene/palette";
import type { PlanImage, PlanSquare } from "../../scene/plan";
import type { Level } from "../../scene/quality";
import { Shading } from "../../scene/shading";
import { Sky } from "../../scene/sky";
import { Stage } from "../../scene/stage";
import { Tiles } from "../../scene/tiles";
import { Trees } from "../../scene/trees";
import type { SceneManifest, StoreyFiles } from "../../wire/park";
import { isoOf } from "../model/days";
import type { SunPosition } from "../model/sun";
import type { Stand } from "../model/visit";
import type { Store } from "../store";
import { Buildings } from "./buildings";
import { type Guest, Guests } from "./guest";
import { Interiors } from "./interiors";
import { Names, type NameWords } from "./names";
import { Planner } from "./planner";
import { Sight } from "./sight";
import { paint } from "./tints";
import { fitted, Travel } from "./travel";
import { home, type Spot } from "./viewpoints";
import { type Place, Whereabouts } from "./whereabouts";

export interface ViewListener {
  /** 0 to 1. */
  progress(share: number): void;
  /** Everything in sight has been loaded and drawn. */
  settled(): void;
  picked(space: string | null): void;
  toured(space: string): void;
  /** Time went on while the years or the day are played. */
  played(seconds: number): void;
  /** The map must be drawn anew. */
  planned(): void;
  /** A walker stands in another place than before. */
  stood(place: Place): void;
  /** The eye stands elsewhere. */
  moved(pose: Pose): void;
  lost(): void;
  restored(): void;
  failed(reason: unknown): void;
  /** What lies over the view. */
  panels(): readonly DOMRectReadOnly[];
}

export interface ViewOptions {
  readonly canvas: HTMLCanvasElement;
  readonly manifest: SceneManifest;
  readonly storeys: StoreyFiles;
  readonly store: Store;
  readonly words: NameWords;
  readonly level: Level | null;
  readonly still: boolean;
  readonly listener: ViewListener;
}

const ACCENT = 0x0d7f88;
const focus = /* @__PURE__ */ new Vector3();

export class ParkView {
  readonly stage: Stage;
  readonly eye: Eye;
  readonly labels: Labels;
  readonly travel: Travel;
  readonly #options: ViewOptions;
  readonly #bag = new Bag();
  readonly shading: Shading;
  readonly #sky: Sky;
  readonly #input: Input;
  readonly #buildings = new Buildings();
  readonly #interiors: Interiors;
  readonly #names: Names;
  readonly #outline: Outline;
  readonly #planner: Planner;
  readonly #sight: Sight;
  readonly #whereabouts: Whereabouts;
  readonly #guests = new Guests();
  #tiles: Tiles | null = null;
  #trees: Trees | null = null;
  #pointer: { readonly x: number; readonly y: number } | null = null;
  #settled = false;
  #moving = false;
  #shadowsStale = true;

  constructor(options: ViewOptions) {
    this.#options = options;
    const { canvas, manifest, store, listener } = options;
    this.stage = new Stage(canvas, {
      frame: (seconds) => this.#frame(seconds),
      drawn: () => this.#drawn(),
      resized: () => this.#resized(),
      lost: () => listener.lost(),
      restored: () => {
        this.#planner.stale = this.#shadowsStale = true;
        listener.restored();
      },
      broke: (reason) => listener.failed(reason),
    }, options.level);
    const { scene, camera } = this.stage;
    this.shading = new Shading(this.stage.level === "low");
    paint(this.shading.uniforms.uTints.value);
    this.shading.uniforms.uAccent.value = new Color(ACCENT);
    const [x0, y0, x1, y1] = manifest.bounds;
    const wide = Math.hypot(x1 - x0, y1 - y0);
    this.shading.uniforms.uHaze.value = 1 / Math.min(Math.max(wide * 1.3, 3200), 9000);
    this.#sky = this.#bag.add(new Sky(scene, this.shading));
    this.#sky.shadows = this.stage.quality.shadows;
    this.#sky.sun.shadow.radius = this.stage.quality.softness;
    const plane = groundPlane(this.shading, 11_500);
    scene.add(plane);
    this.#planner = this.#bag.add(new Planner(this.stage, this.shading, manifest));
    this.#interiors = this.#bag.add(new Interiors(
      scene, this.shading, options.storeys, baseOf(manifest.storeys),
      () => this.#dressAll(), (reason) => listener.failed(reason),
    ));
    this.#sight = new Sight(camera, this.#buildings, this.#interiors);
    this.#whereabouts = new Whereabouts(this.#interiors, this.#sight, (place) => listener.stood(place));
    this.eye = this.#bag.add(new Eye(camera, fitted(home(manifest), camera.aspect),
      { x0: x0 - 300, x1: x1 + 300, z0: -y1 - 300, z1: -y0 + 300, farthest: Math.min(Math.max(wide * 1.2, 900), 6000) },
      { solids: () => this.#sight.solids(), floor: (x, z) => (this.#interiors.undermined(x, z) ? Number.NEGATIVE_INFINITY : 0) },
      options.still));
    this.travel = new Travel({ stage: this.stage, eye: this.eye, manifest, buildings: this.#buildings, toured: (space) => listener.toured(space) });
    this.labels = this.#bag.add(new Labels(camera, (id) => listener.picked(id), (at) => this.#sight.blocked(at)));
    this.#names = new Names(this.labels, this.#interiors, manifest.places, options.words);
    this.#outline = this.#bag.add(new Outline(scene, 0x075a61));
    this.#input = this.#bag.add(new Input(canvas, {
      dragged: (x, y, pan) => {
        this.eye.dragged(x, y, pan);
        this.stage.wake();
      },
      zoomed: (factor) => {
        this.eye.zoomed(factor);
        this.stage.wake();
      },
      clicked: (x, y) => {
        if (!this.#guests.clicked(x, y)) listener.picked(this.#pick(x, y));
      },
      hovered: (at) => {
        this.#pointer = at;
        if (at) this.stage.wake();
        else store.send({ type: "hover", space: null });
      },
      touched: () => {
        if (store.state.mode === "tour") store.send({ type: "mode", mode: "orbit" });
        this.#guests.steered();
        this.stage.wake();
      },
    }));
    this.#watch();
    this.#openTiles();
  }

  #watch(): void {
    const { store } = this.#options;
    for (const part of ["day", "hovered", "selected", "statuses", "marks", "cut"] as const) {
      this.#bag.add(store.watch((state) => state[part], () => this.#dressAll()));
    }
    this.#bag.add(store.watch((state) => state.mode, (mode, before) => {
      if (before === "tour") this.travel.endTour();
      if (mode === "tour") this.travel.beginTour(isoOf(store.state.day));
      this.#whereabouts.forget();
      if (mode === "orbit") this.#interiors.closeOthers(store.state.cut?.building ?? null);
      this.stage.wake();
    }));
    this.#bag.add(store.watch((state) => state.playing, () => this.stage.wake()));
  }

  #openTiles(): void {
    const { manifest, listener } = this.#options;
    if (!manifest.tileset) return;
    const tiles = new Tiles(manifest.tileset, this.shading, {
      loaded: (tile) => {
        this.#buildings.tiles.add(tile);
        this.#buildings.dress(tile, this.#look());
      },
      changed: () => {
        this.#settled = false;
        this.#planner.stale = this.#shadowsStale = true;
        this.stage.wake();
      },
      failed: (url) => listener.failed(new Error(url)),
    }, this.stage.quality.glass);
    tiles.setErrorTarget(this.stage.quality.tileError);
    tiles.watch(this.stage.camera, this.stage.renderer);
    this.stage.scene.add(tiles.group);
    this.#tiles = this.#bag.add(tiles);
    this.stage.wake();
  }

  /** Lets a guest live in the scene. */
  invite(guest: Guest): void {
    this.#guests.add(guest);
    this.stage.wake();
  }

  /** Is a building between the eye and `point`? */
  blocked(point: Vector3): boolean {
    return this.#sight.blocked(point);
  }

  /** Plants the trees of (east, north, height) triples. */
  plant(trees: Float32Array): void {
    this.#trees = this.#bag.add(new Trees(this.shading, trees, this.eye.position, this.stage.quality.nearTrees));
    this.stage.scene.add(this.#trees.group);
    this.#shadowsStale = true;
    this.refresh();
  }

  /** Lets the sun stand there. */
  light(sun: SunPosition): void {
    this.#sky.set(sun.azimuth, sun.elevation, litShare(this.#options.store.state.minute));
    this.refresh();
  }

  /** Draws anew, and tells when that has settled. */
  refresh(): void {
    this.#settled = false;
    this.stage.wake();
  }

  /** 0 by day, 1 at night. */
  get night(): number {
    return this.shading.uniforms.uNight.value;
  }

  /** Keeps what is looked at clear of panels at the right and at the foot, and names of those above [px]. */
  pad({ top, right, foot }: { readonly top: number; readonly right: number; readonly foot: number }): void {
    this.labels.top = top;
    this.stage.pad(right, foot);
  }

  /** Cuts a storey open and looks into it. */
  async cut(building: string, storey: string, spot: Spot | null): Promise<void> {
    await this.#interiors.open(building);
    const file = this.#options.storeys[building]?.find((each) => each.id === storey);
    if (!file) return;
    this.#interiors.closeOthers(building);
    this.#dressAll();
    this.travel.into(file, spot);
  }

  uncut(): void {
    this.#interiors.closeOthers(null);
  }

  /** Sets the visitor down, on a storey where the height is that of its floor. */
  async walk({ east, north, heading, height }: Stand): Promise<void> {
    const { store } = this.#options;
    this.#interiors.approach(east, -north, (building) => this.#buildings.stands(building));
    if (height !== null) {
      await Promise.all(Object.keys(this.#options.storeys).filter((building) => this.#covers(building, east, north)).map((building) => this.#interiors.open(building)));
    }
    this.eye.land(east, (height ?? 0) + 0.3, -north, (heading * Math.PI) / 180);
    store.send({ type: "mode", mode: "walk" });
    this.stage.wake();
  }

  #covers(building: string, east: number, north: number): boolean {
    return (this.#options.storeys[building] ?? []).some(
      ({ bounds }) => east >= bounds[0] && east <= bounds[2] && north >= bounds[1] && north <= bounds[3],
    );
  }

  /** Sets the visitor down near what is in the middle of the view. */
  walkHere(): void {
    const { x, z, yaw } = { ...this.eye.orbit.look };
    void this.walk({ east: x, north: -z, heading: (yaw * 180) / Math.PI, height: null });
  }

  /** Where a walker stands, looking which way. */
  get stand(): Stand {
    const { feet, yaw } = this.eye.walker;
    return { east: feet.x, north: -feet.z, heading: (yaw * 180) / Math.PI, height: feet.y };
  }

  /** The space in the middle of the view: picking by keyboard. */
  pickMiddle(): string | null {
    const { x, y } = this.stage.middle;
    return this.#pick(x, y);
  }

  stick(aside: number, ahead: number): void {
    this.eye.stick.aside = aside;
    this.eye.stick.ahead = ahead;
    this.stage.wake();
  }

  lock(): void {
    void this.stage.canvas.requestPointerLock();
  }

  /** The plan as it was drawn last. */
  planImage(): PlanImage {
    return this.#planner.image();
  }

  #pick(x: number, y: number): string | null {
    const { clientWidth, clientHeight } = this.stage.canvas;
    return this.#sight.pick(x, y, clientWidth, clientHeight);
  }

  get planSquare(): PlanSquare {
    return this.#planner.square;
  }

  get triangles(): number {
    return this.stage.renderer.info.render.triangles;
  }

  #look(): Parameters<Buildings["dress"]>[1] {
    const { day, hovered, selected, statuses } = this.#options.store.state;
    return { day, hovered, selected, statuses, opened: this.#interiors.opened };
  }

  #dressAll(): void {
    const { state } = this.#options.store;
    if (this.#buildings.dressAll(this.#look())) this.#shadowsStale = this.#planner.stale = true;
    this.#interiors.dress(state);
    this.#outlineSelected();
    this.#names.forget();
    this.stage.wake();
  }

  #outlineSelected(): void {
    const { selected } = this.#options.store.state;
    const building = selected === null ? null : this.#buildings.find(selected);
    const opened = selected !== null && this.#interiors.opened.has(selected);
    this.#outline.set(opened ? null : (building?.features ?? null), building?.rows ?? []);
  }

  #frame(seconds: number): boolean {
    const { store, listener } = this.#options;
    this.#hover();
    if (store.state.playing !== null) listener.played(seconds);
    let moving = this.eye.move(this.#input, seconds);
    if (store.state.mode === "tour" && this.travel.update(seconds)) moving = true;
    if (store.state.mode === "walk") {
      this.#interiors.approach(this.eye.position.x, this.eye.position.z, (building) => this.#buildings.stands(building));
    }
    this.#tiles?.update();
    if (this.#trees?.update()) this.#shadowsStale = true;
    const reach = this.eye.focus(focus);
    this.#sky.focus(focus, reach);
    const lively = this.#guests.update(seconds);
    if (this.#shadowsStale || this.#guests.stirred()) {
      this.#sky.sun.shadow.needsUpdate = true;
      this.#shadowsStale = false;
    }
    this.#moving = moving;
    if (this.#planner.update(seconds, moving, focus, this.#tiles, this.#buildings)) listener.planned();
    if (this.#tiles) listener.progress(this.#tiles.progress);
    return moving || lively || store.state.playing !== null || (this.#tiles !== null && !this.#tiles.settled);
  }

  #hover(): void {
    if (!this.#pointer || this.eye.flying) return;
    const { x, y } = this.#pointer;
    this.#pointer = null;
    this.#options.store.send({ type: "hover", space: this.#pick(x, y) });
  }

  #drawn(): void {
    const { canvas } = this.stage;
    this.#names.update(this.#options.store.state, this.eye.pose);
    const panels = this.#options.listener.panels();
    const covered = this.#guests.drawn(panels);
    this.labels.update(canvas.clientWidth, canvas.clientHeight, !this.#moving, [...panels, ...covered]);
    this.#options.listener.moved(this.eye.pose);
    if (this.#options.store.state.mode === "walk" && !this.eye.flying) this.#whereabouts.update(this.eye.walker.feet);
    const settled = this.#tiles === null || this.#tiles.settled;
    if (settled && !this.#settled && !this.eye.flying && !this.#planner.stale) {
      this.#settled = true;
      this.#options.listener.settled();
    }
  }

  #resized(): void {
    this.#tiles?.resize(this.stage.camera, this.stage.renderer);
  }

  dispose(): void {
    this.#bag.dispose();
    this.stage.dispose();
  }
}

/** The folder of a file. */
function baseOf(url: string | null): string {
  return url ? url.slice(0, url.lastIndexOf("/") + 1) : "";
}
