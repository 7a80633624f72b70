/** The door of the park: opens its scene in an element of the page. */

import { HttpFailure } from "../kit/http";
import { loadWords, type Language, Words } from "../kit/i18n";
import { levelNamed } from "../scene/quality";
import { NoWebGL } from "../scene/stage";
import type { Child } from "../kit/element";
import type { ProgressView, SceneManifest, SpaceView, StoreyFiles } from "../wire/park";
import * as client from "./client";
import type { Commands } from "./commands";
import { Daylight } from "./daylight";
import { localTime } from "./model/days";
import { type Link, readLink, writeLink } from "./model/link";
import type { Statuses } from "./model/live";
import { type Mode, start } from "./model/state";
import { beside, openingMinute, storeyBeside } from "./model/visit";
import { pressed } from "./panel/keys";
import { closedScene, Notices } from "./panel/notice";
import { Shell } from "./panel/shell";
import { Store } from "./store";
import { Tidings } from "./tidings";
import { ParkView } from "./view/view";
import type { Place } from "./view/whereabouts";

export interface Opening {
  readonly root: HTMLElement;
  readonly park: string;
  readonly language: Language;
}

const QUALITY = "shulian.scene.quality";

/** An open park, for whoever lives in it as well. */
export interface OpenPark {
  readonly root: HTMLElement;
  readonly manifest: SceneManifest;
  readonly words: Words;
  readonly view: ParkView;
  readonly shell: Shell;
  readonly notices: Notices;
  readonly mode: Mode;
  /** Calls `changed` with each other way of looking at it. */
  watchMode(changed: (mode: Mode) => void): void;
  /** Keys on the scene are told to `listener` first; true where it was meant for it. */
  hearKeys(listener: (key: string) => boolean): void;
  /** Lets a feature above tell of chosen spaces, in their panel and by marks on spaces. */
  tellOf(teller: Teller): void;
}

/** What a feature above has to say of the space that is chosen. */
export interface Teller {
  /** Another space is chosen, or none. */
  chosen(space: SpaceView | null, tell: Telling): void;
  more(space: SpaceView): readonly Child[];
}

export interface Telling {
  /** Shows what spaces are now, instead of what was shown before. */
  mark(marks: Statuses): void;
  /** Asks for `more` anew. */
  refresh(): void;
}

/** Opens the scene; what goes wrong before it stands is told in its place, with the way to the plan. */
export async function openPark({ root, park, language }: Opening): Promise<OpenPark | null> {
  const plan = `/parks/${encodeURIComponent(park)}`;
  let words: Words | null = null;
  try {
    const [manifest, spoken] = await Promise.all([client.sceneOf(park), loadWords(language)]);
    words = new Words(spoken.language, spoken.catalogue, manifest.place.timezone);
    const storeys = manifest.storeys ? await client.storeys(manifest.storeys) : {};
    return new Visit(root, manifest, storeys, words);
  } catch (reason) {
    const t = (key: string): string => words?.t(key) ?? key;
    words ??= await loadWords(language).catch(() => null);
    const why = reason instanceof NoWebGL ? "webgl" : reason instanceof HttpFailure ? "server" : "broken";
    root.dataset.failed = why;
    root.replaceChildren(closedScene(t(`scene.failed.${why}`), t(`scene.failed.${why}.about`), { href: plan, words: t("scene.failed.plan") }));
    if (why === "broken") throw reason;
    return null;
  }
}

/** One visit to the park: the state, what is drawn of it, and the panels around. */
class Visit implements OpenPark {
  readonly #store: Store;
  readonly view: ParkView;
  readonly shell: Shell;
  readonly notices: Notices;
  readonly #keys: ((key: string) => boolean)[] = [];
  readonly #tellers: Teller[] = [];
  readonly #daylight: Daylight;
  readonly #tidings: Tidings;
  #chosen: SpaceView | null = null;
  #linkWait = 0;
  /** Its trees are there, or will not come. */
  #planted = false;

  constructor(
    readonly root: HTMLElement,
    readonly manifest: SceneManifest,
    readonly storeys: StoreyFiles,
    readonly words: Words,
  ) {
    const link = readLink(window.location.search);
    const now = localTime(new Date(), manifest.place.timezone);
    this.#store = new Store(start(link.day ?? now.day, link.minute ?? openingMinute(now.minute)));
    this.notices = new Notices(words);
    const reduced = link.still || matchMedia("(prefers-reduced-motion: reduce)").matches;
    const canvas = document.createElement("canvas");
    canvas.className = "canvas";
    canvas.tabIndex = 0;
    canvas.setAttribute("role", "application");
    canvas.setAttribute("aria-label", words.t("scene.canvas", { park: words.pick(manifest.park.name) }));
    const kept = link.quality ?? window.localStorage.getItem(QUALITY) ?? "auto";
    // The canvas must have its size before the stage measures it.
    root.replaceChildren(canvas);
    this.view = new ParkView({
      canvas, manifest, storeys, store: this.#store, level: levelNamed(kept), still: reduced,
      words: { name: (text) => words.pick(text), token: (token) => words.t(`live.${token}`) },
      listener: {
        progress: (share) => this.notices.progress(share),
        settled: () => this.#settled(),
        picked: (space) => this.#store.send({ type: "select", space }),
        toured: (space) => this.shell.caption(this.#nameOf(space)),
        played: (seconds) => this.#store.send({ type: "played", seconds, years: this.shell.time.years }),
        planned: () => this.shell.map.draw(this.view.planImage(), this.view.planSquare),
        stood: (place) => this.shell.caption(this.#placed(place)),
        moved: ({ x, z, yaw }) => this.#moved(x, z, yaw),
        lost: () => this.notices.say(words.t("scene.lost")),
        restored: () => this.notices.say(words.t("scene.restored")),
        failed: (reason) => this.#failed(reason),
        panels: () => this.shell.panels(),
      },
    });
    const commands = this.#commands();
    this.shell = new Shell({
      root, canvas, labels: this.view.labels.element, manifest, words, store: this.#store, commands, notices: this.notices,
      facts: {
        storeysOf: (building) => storeys[building] ?? [],
        cut: () => this.#store.state.cut,
        live: (space) => this.#store.state.statuses.get(space) ?? this.#store.state.marks.get(space),
        more: (space) => this.#tellers.flatMap((teller) => teller.more(space)),
      },
      today: now.day, quality: kept,
      search: (text, signal) => client.search(manifest.park.id, text, signal),
      found: (hit) => commands.visit(hit.id),
      failed: (reason) => this.#failed(reason),
      spread: () => this.view.stage.wake(),
    });
    canvas.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (this.#keys.some((heard) => heard(event.key))) event.preventDefault();
      else if (pressed(event.key, { shell: this.shell, commands, storey: (by) => this.#storey(by) })) event.preventDefault();
    });
    root.dataset.quality = this.view.stage.level;
    this.#daylight = new Daylight(manifest.park.id, this.#store, {
      shone: (sun) => {
        this.view.light(sun);
        this.shell.night = this.view.night > 0.5;
      },
      dawned: ({ sunrise, sunset }) => this.shell.time.daylight(sunrise, sunset),
      failed: (reason) => this.#failed(reason),
    });
    this.#tidings = new Tidings(manifest, this.#store, {
      built: (progress) => this.#building(progress),
      rebuilt: () => this.#rebuilt(),
      failed: (reason) => this.#failed(reason),
    });
    this.#pad();
    this.#guard();
    this.#watch();
    this.#daylight.ask();
    void this.#load(link);
  }

  get mode(): Mode {
    return this.#store.state.mode;
  }

  watchMode(changed: (mode: Mode) => void): void {
    this.#store.watch((state) => state.mode, changed);
  }

  hearKeys(listener: (key: string) => boolean): void {
    this.#keys.push(listener);
  }

  tellOf(teller: Teller): void {
    this.#tellers.push(teller);
    teller.chosen(this.#chosen, this.#telling);
  }

  readonly #telling: Telling = {
    mark: (marks) => this.#store.send({ type: "marks", marks }),
    refresh: () => this.shell.facts.refresh(),
  };

  /** Whatever breaks anywhere is told, and the page stays. */
  #guard(): void {
    window.addEventListener("error", (event) => {
      // Without an error object it is the browser's own remark, such as of a late resize.
      if (event.error) this.#failed(event.error);
    });
    window.addEventListener("unhandledrejection", (event) => this.#failed(event.reason));
  }

  #failed(reason: unknown): void {
    console.error(reason);
    const unreachable = reason instanceof HttpFailure && reason.status === 0;
    const text = unreachable ? this.words.t("scene.failed.unreachable") : reason instanceof HttpFailure && reason.message ? reason.message : this.words.t("scene.failed.part");
    this.notices.say(text, { words: this.words.t("scene.retry"), run: () => this.view.stage.wake() });
  }

  #watch(): void {
    const store = this.#store;
    store.watch((state) => state, () => this.shell.refresh());
    store.watch((state) => state.selected, (selected) => void this.#choose(selected, false));
    store.watch((state) => state.statuses, () => this.shell.facts.refresh());
    store.watch((state) => state.marks, () => this.shell.facts.refresh());
    store.watch((state) => state.cut, () => this.shell.facts.refresh());
    store.watch((state) => state.playing, (playing) => {
      if (playing === "years" && store.state.mode === "orbit") this.view.travel.toPhases();
    });
    store.watch((state) => state.mode, () => this.shell.caption(""));
    for (const part of ["selected", "mode", "day", "minute"] as const) store.watch((state) => state[part], () => this.#link());
  }

  async #load({ space, mode, stand }: Link): Promise<void> {
    const { entrance, tileset } = this.manifest;
    if (!tileset) this.notices.wait(this.words.t("scene.unbuilt"));
    this.#tidings.open();
    void this.#plant().catch((reason: unknown) => this.#failed(reason));
    if (space) this.#store.send({ type: "select", space });
    if (mode === "walk") await (stand || !space ? this.view.walk(stand ?? { ...entrance, height: null }) : this.#walkTo(space));
    else if (space) await this.#visit(space);
  }

  async #plant(): Promise<void> {
    const { trees } = this.manifest;
    try {
      if (trees) this.view.plant(await client.trees(trees));
    } finally {
      this.#planted = true;
      this.view.refresh();
    }
  }

  /** How far the first building of the scene has come. */
  #building(progress: ProgressView): void {
    if (this.manifest.tileset) return;
    this.notices.wait(this.words.pick(progress.words) || this.words.t("scene.unbuilt"));
    if (progress.total > 0) this.notices.progress(progress.done / progress.total);
  }

  #rebuilt(): void {
    if (!this.manifest.tileset) window.location.reload();
    this.notices.say(this.words.t("scene.rebuilt"), { words: this.words.t("scene.reload"), run: () => window.location.reload() });
  }

  /** All that is in sight is drawn, by the light of the hour and with its trees: the scene stands. */
  #settled(): void {
    if (!this.#planted || !this.#daylight.known) return;
    this.notices.done();
    this.root.dataset.ready = "true";
    this.root.dataset.triangles = String(this.view.triangles);
  }

  #link(): void {
    window.clearTimeout(this.#linkWait);
    this.#linkWait = window.setTimeout(() => {
      const { selected, day, minute, mode } = this.#store.state;
      const view = { space: selected, day, minute, mode, stand: this.view.stand };
      window.history.replaceState(null, "", writeLink(window.location.search, view) + window.location.hash);
    }, 250);
  }

  /** The eye has moved: the map shows it, and on foot the link leads there. */
  #moved(x: number, z: number, yaw: number): void {
    this.shell.map.point(x, z, yaw);
    if (this.#store.state.mode === "walk") this.#link();
  }

  /** Where one stands, in words, from the larger to the smaller. */
  #placed({ building, names }: Place): string {
    const all = [building === null ? "" : this.#nameOf(building), ...names.map((name) => this.words.pick(name))];
    return all.filter((name) => name).join(" › ");
  }

  /** Keeps the middle of the view clear of the panels. */
  #pad(): void {
    this.view.pad(this.shell.covered());
  }

  #nameOf(id: string): string {
    if (id === this.manifest.park.id) return this.words.pick(this.manifest.park.name);
    const place = this.manifest.places.find((each) => each.id === id);
    return place ? this.words.pick(place.name) : id;
  }

  /** Shows a space's facts. */
  async #choose(id: string | null, focus: boolean): Promise<SpaceView | null> {
    if (id === null) {
      this.#chosen = null;
      for (const teller of this.#tellers) teller.chosen(null, this.#telling);
      this.shell.show(null, false);
      this.#pad();
      return null;
    }
    if (this.#chosen?.id === id) return this.#chosen;
    try {
      const space = await client.space(id);
      if (this.#store.state.selected !== id) return space;
      this.#chosen = space;
      for (const teller of this.#tellers) teller.chosen(space, this.#telling);
      this.shell.show(space, focus);
      this.#pad();
      return space;
    } catch (reason) {
      this.#failed(reason);
      return null;
    }
  }

  /** Selects a space and goes where it can be seen: into its storey, or up to it. */
  async #visit(id: string): Promise<void> {
    this.#store.send({ type: "select", space: id });
    const space = await this.#choose(id, true);
    if (!space) return;
    const storey = storeyBeside(space, this.storeys);
    if (storey) {
      this.#store.send({ type: "cut", cut: storey });
      await this.view.cut(storey.building, storey.storey, space.kind === "storey" ? null : space);
    } else {
      if (this.#store.state.cut) this.#uncut();
      if (this.#store.state.mode !== "orbit") this.#store.send({ type: "mode", mode: "orbit" });
      this.view.travel.to(space, space.id);
    }
  }

  #uncut(): void {
    this.#store.send({ type: "cut", cut: null });
    this.view.uncut();
  }

  async #walkTo(id: string): Promise<void> {
    const space = this.#chosen?.id === id ? this.#chosen : await client.space(id);
    await this.view.walk(beside(space, this.storeys, this.manifest));
  }

  #storey(by: 1 | -1): void {
    const { cut, selected } = this.#store.state;
    const building = cut?.building ?? selected;
    const files = building === null ? undefined : this.storeys[building];
    if (!building || !files || files.length === 0) return;
    const at = files.findIndex((file) => file.id === cut?.storey);
    const file = at === -1 ? files[by === 1 ? 0 : files.length - 1] : files[at + by];
    if (file) this.#cut(building, file.id);
  }

  #cut(building: string, storey: string | null): void {
    if (storey === null) {
      this.#uncut();
      return;
    }
    this.#store.send({ type: "cut", cut: { building, storey } });
    void this.view.cut(building, storey, null);
  }

  #mode(mode: "orbit" | "walk" | "tour"): void {
    const before = this.#store.state.mode;
    if (mode === before) return;
    if (mode === "walk") {
      this.view.walkHere();
      return;
    }
    this.#store.send({ type: "mode", mode });
    if (before === "walk" && mode === "orbit") this.view.travel.rise();
  }

  #commands(): Commands {
    const run = (done: Promise<void>): void => void done.catch((reason: unknown) => this.#failed(reason));
    return {
      home: () => {
        this.#uncut();
        this.#store.send({ type: "mode", mode: "orbit" });
        this.view.travel.home();
      },
      mode: (mode) => this.#mode(mode),
      visit: (space) => run(this.#visit(space)),
      select: (space) => this.#store.send({ type: "select", space }),
      walkTo: (space) => run(this.#walkTo(space)),
      jump: (east, north) => {
        if (this.#store.state.mode === "walk") run(this.view.walk({ ...this.view.stand, east, north, height: null }));
        else this.view.travel.to({ kind: "plaza", center: [east, north], base: 0, height: 0 }, null);
      },
      cut: (building, storey) => this.#cut(building, storey),
      pickMiddle: () => this.#store.send({ type: "select", space: this.view.pickMiddle() }),
      stick: (aside, ahead) => this.view.stick(aside, ahead),
      lock: () => this.view.lock(),
      quality: (level) => {
        if (level === "auto") window.localStorage.removeItem(QUALITY);
        else window.localStorage.setItem(QUALITY, level);
        window.location.reload();
      },
    };
  }
}
