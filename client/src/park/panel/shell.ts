/** The frame of the scene: canvas below, bar above, map and time at the foot, facts at the side. */

import { h } from "../../kit/element";
import type { Words } from "../../kit/i18n";
import type { SceneManifest, SearchHit, SpaceView } from "../../wire/park";
import type { Commands } from "../commands";
import type { Mode } from "../model/state";
import type { Store } from "../store";
import { FactsPanel, type FactsContext } from "./facts";
import { helpSheet } from "./help";
import { type IconName, sceneIcon } from "./icons";
import { MapPanel } from "./map";
import type { Notices } from "./notice";
import { placesSheet } from "./places";
import { SearchBox } from "./search";
import { settingsSheet } from "./settings";
import type { Sheet } from "./sheet";
import { touchStick } from "./stick";
import { TimePanel } from "./time";

const MODES: readonly Mode[] = ["orbit", "walk", "tour"];

export interface ShellOptions {
  readonly root: HTMLElement;
  readonly canvas: HTMLCanvasElement;
  readonly labels: HTMLElement;
  readonly manifest: SceneManifest;
  readonly words: Words;
  readonly store: Store;
  readonly commands: Commands;
  readonly notices: Notices;
  readonly facts: FactsContext;
  readonly today: number;
  readonly quality: string;
  readonly search: (text: string, signal: AbortSignal) => Promise<readonly SearchHit[]>;
  readonly found: (hit: SearchHit) => void;
  readonly failed: (reason: unknown) => void;
  /** Panels and notices cover another part of the view than before. */
  readonly spread: () => void;
}

export interface Covered {
  readonly top: number;
  readonly right: number;
  readonly foot: number;
}

export class Shell {
  readonly facts: FactsPanel;
  readonly time: TimePanel;
  readonly map: MapPanel;
  readonly search: SearchBox;
  readonly places: Sheet;
  readonly help: Sheet;
  readonly settings: Sheet;
  readonly #view: HTMLElement;
  /** What lies over the view, each in its own place. */
  readonly #panels: HTMLElement[];
  readonly #watcher: ResizeObserver;
  readonly #caption = h("p", { class: "caption", role: "status" });
  readonly #bar: HTMLElement;
  readonly #modes = new Map<Mode, HTMLButtonElement>();

  constructor(readonly options: ShellOptions) {
    const { root, canvas, labels, manifest, words, store, commands, notices } = options;
    const plan = `/parks/${encodeURIComponent(manifest.park.id)}`;
    this.facts = new FactsPanel(words, commands, options.facts);
    this.time = new TimePanel(words, store, manifest.phases, options.today);
    this.map = new MapPanel(words, commands.jump);
    this.search = new SearchBox(words, options.search, options.found, options.failed);
    this.places = placesSheet(words, manifest.places, commands.visit);
    this.help = helpSheet(words, plan);
    this.settings = settingsSheet(words, options.quality, commands.quality);
    this.#bar = h("header", { class: "bar" },
      h("a", { class: "skip", href: plan }, words.t("scene.skip")),
      h("h1", { class: "visually-hidden" }, words.t("scene.title", { park: words.pick(manifest.park.name) })),
      h("a", { class: "bar-home glass", href: plan, "aria-label": words.t("scene.plan", { park: words.pick(manifest.park.name) }) },
        sceneIcon("back"), h("span", {}, words.pick(manifest.park.name))),
      h("div", { class: "bar-search glass" }, this.search.element),
      h("div", { class: "bar-modes glass", role: "group", "aria-label": words.t("scene.modes") }, ...MODES.map((mode) => this.#mode(mode))),
      h("div", { class: "bar-tools glass", role: "group", "aria-label": words.t("scene.tools") },
        this.#tool("home", "home", () => commands.home()), this.#tool("places", "places", () => this.places.show()),
        this.#tool("map", "map", () => this.toggleMap()), this.#tool("clock", "time", () => root.classList.toggle("is-timed")),
        this.#tool("settings", "settings", () => this.settings.show()), this.#tool("help", "help", () => this.help.show())));
    this.#view = h("main", { class: "view" }, canvas, labels, h("span", { class: "sight", "aria-hidden": "true" }));
    root.replaceChildren(this.#bar, this.#view, this.facts.element, this.map.element,
      this.time.element, touchStick(commands.stick), this.#caption, notices.element, notices.loading,
      this.places.element, this.help.element, this.settings.element);
    this.#watcher = new ResizeObserver(() => options.spread());
    this.#panels = [this.facts.element, this.map.element, this.time.element];
    this.#watch([...this.#panels, notices.element]);
    this.refresh();
  }

  #watch(elements: readonly HTMLElement[]): void {
    for (const element of elements) this.#watcher.observe(element);
  }

  #mode(mode: Mode): HTMLButtonElement {
    const { words, commands } = this.options;
    const button = h("button", { type: "button", class: "mode", "aria-label": words.t(`scene.mode.${mode}`), click: () => commands.mode(mode) }, sceneIcon(mode), h("span", {}, words.t(`scene.mode.${mode}`)));
    this.#modes.set(mode, button);
    return button;
  }

  #tool(picture: IconName, name: string, run: () => void): HTMLButtonElement {
    const label = this.options.words.t(`scene.tool.${name}`);
    return h("button", { type: "button", class: `icon-button tool-${name}`, "aria-label": label, title: label, click: run }, sceneIcon(picture));
  }

  /** Puts in what others show: `words` in the scene, panels beside it, and a part of the help. */
  join(words: HTMLElement, panels: readonly HTMLElement[], help: HTMLElement): void {
    this.#view.append(words);
    this.#bar.after(...panels);
    this.#panels.push(...panels);
    this.#watch(panels);
    this.help.body.append(help);
  }

  toggleMap(): void {
    const { root } = this.options;
    const shown = getComputedStyle(this.map.element).display !== "none";
    root.classList.toggle("is-mapped", !shown);
    root.classList.toggle("is-unmapped", shown);
  }

  /** A line at the foot of the view, such as where the tour stands. */
  caption(text: string): void {
    this.#caption.textContent = text;
  }

  /** By night the panels are dark as the scene is. */
  set night(night: boolean) {
    this.options.root.dataset.theme = night ? "dark" : "light";
    this.map.dark = night;
  }

  /** What the panels cover at the top, at the right and at the foot of the view [px]. */
  covered(): Covered {
    const { clientWidth, clientHeight } = this.options.root;
    const facts = this.facts.element.getBoundingClientRect();
    const sheet = !this.facts.element.hidden && facts.width > clientWidth * 0.8;
    const time = this.time.element.getBoundingClientRect();
    return {
      top: this.#bar.getBoundingClientRect().bottom,
      right: this.facts.element.hidden || sheet ? 0 : facts.width,
      foot: sheet ? Math.min(facts.height, clientHeight * 0.6) : time.height,
    };
  }

  /** Where panels and notices lie over the view now. */
  panels(): readonly DOMRectReadOnly[] {
    const panels = [...this.#panels, ...this.options.notices.element.children];
    return panels.map((panel) => panel.getBoundingClientRect()).filter(({ width }) => width > 0);
  }

  /** Shows a space's facts, or none. */
  show(space: SpaceView | null, focus: boolean): void {
    if (space) this.facts.show(space, focus);
    else this.facts.hide();
    this.options.root.classList.toggle("is-chosen", space !== null);
  }

  refresh(): void {
    const { mode } = this.options.store.state;
    for (const [each, button] of this.#modes) button.setAttribute("aria-pressed", String(each === mode));
    this.options.root.dataset.mode = mode;
    this.time.refresh();
  }
}
