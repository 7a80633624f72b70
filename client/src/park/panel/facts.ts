/** The panel of the chosen space: what it is, where it stands, what is in it. */

import { fillWith, h, type Child } from "../../kit/element";
import type { Words } from "../../kit/i18n";
import type { LiveView, SpaceChild, SpaceView, StoreyFile } from "../../wire/park";
import type { Commands } from "../commands";
import { dayOf } from "../model/days";
import { SHAPES } from "../model/live";
import { sceneIcon } from "./icons";

/** Children shown before the rest is left to the space's page. */
const MOST = 40;

export interface FactsContext {
  readonly storeysOf: (building: string) => readonly StoreyFile[];
  readonly cut: () => { readonly building: string; readonly storey: string } | null;
  readonly live: (space: string) => LiveView | undefined;
  /** What the features above have to say of a space. */
  readonly more: (space: SpaceView) => readonly Child[];
}

export class FactsPanel {
  readonly element: HTMLElement;
  readonly #body = h("div", { class: "facts-body" });
  readonly #title = h("h2", { id: "facts-title", tabindex: -1 });
  readonly #kind = h("p", { class: "facts-kind" });
  #space: SpaceView | null = null;

  constructor(
    readonly words: Words,
    readonly commands: Commands,
    readonly context: FactsContext,
  ) {
    const fold = h("button", { type: "button", class: "facts-fold", "aria-expanded": "true", "aria-controls": "facts-body", "aria-label": words.t("scene.facts.fold"), click: () => {
      const folded = this.element.classList.toggle("is-folded");
      fold.setAttribute("aria-expanded", String(!folded));
    } });
    this.#body.id = "facts-body";
    this.element = h("aside", { class: "facts glass", "aria-labelledby": "facts-title", hidden: true }, fold,
      h("header", { class: "facts-head" }, h("div", {}, this.#kind, this.#title),
        h("button", { type: "button", class: "icon-button", "aria-label": words.t("scene.facts.close"), click: () => commands.select(null) }, sceneIcon("close"))),
      this.#body);
  }

  /** Shows a space; `focus` moves the keyboard here. */
  show(space: SpaceView, focus: boolean): void {
    this.#space = space;
    this.element.hidden = false;
    this.element.classList.remove("is-folded");
    this.refresh();
    this.element.scrollTop = 0;
    if (focus) this.#title.focus({ preventScroll: true });
  }

  hide(): void {
    this.#space = null;
    this.element.hidden = true;
  }

  /** Draws anew what may have changed: live status, the cut storey. */
  refresh(): void {
    const space = this.#space;
    if (!space) return;
    const { words } = this;
    this.#kind.textContent = words.t(`kind.${space.kind}`);
    this.#title.textContent = words.pick(space.name) || space.id;
    const about = words.pick(space.about);
    fillWith(this.#body, [
      this.#path(space), this.#live(this.context.live(space.id)), about && h("p", { class: "facts-about" }, about),
      ...this.context.more(space), this.#figures(space), this.#actions(space), this.#storeys(space), this.#children(space),
    ]);
  }

  #path(space: SpaceView): Child {
    if (space.path.length === 0) return null;
    return h("nav", { class: "facts-path", "aria-label": this.words.t("scene.facts.path") }, h("ol", {},
      ...space.path.map((step) => h("li", {}, h("button", { type: "button", class: "link", click: () => this.commands.visit(step.id) }, this.words.pick(step.name))))));
  }

  #live(live: LiveView | undefined): Child {
    if (!live?.token) return null;
    const { words } = this;
    const parts = [words.pick(live.words) || words.t(`live.${live.token}`)];
    if (live.number !== null) parts.push(words.number(live.number));
    if (live.until !== null) parts.push(words.t("scene.facts.until", { time: words.instant(live.until) }));
    return h("p", { class: `facts-live badge badge-${live.token}` }, `${SHAPES[live.token]} ${parts.join(" · ")}`);
  }

  #figures(space: SpaceView): Child {
    const { words } = this;
    const delivered = space.delivered === null ? null : dayOf(space.delivered);
    const rows: readonly (readonly [string, string | null])[] = [
      ["status", words.t(`status.${space.status}`)],
      ["delivered", delivered === null ? null : words.day(delivered)],
      ["area", space.area === null ? null : words.t("scene.facts.squaremetres", { number: words.number(space.area) })],
      ["capacity", space.capacity === null ? null : words.t("scene.facts.persons", { number: words.number(space.capacity) })],
      ["height", space.height === null || space.height === 0 ? null : words.t("scene.facts.metres", { number: words.number(space.height) })],
    ];
    return h("dl", { class: "figures" }, ...rows.flatMap(([key, value]) =>
      value === null ? [] : [h("div", {}, h("dt", {}, words.t(`scene.facts.${key}`)), h("dd", {}, value))]));
  }

  #actions(space: SpaceView): Child {
    const { words, commands } = this;
    return h("p", { class: "facts-actions" },
      h("a", { class: "button button-main", href: `/spaces/${encodeURIComponent(space.id)}` }, words.t("scene.facts.page")),
      space.center && h("button", { type: "button", class: "button", click: () => commands.walkTo(space.id) }, words.t("scene.facts.walk")),
      space.center && h("button", { type: "button", class: "button", click: () => commands.visit(space.id) }, words.t("scene.facts.fly")),
      space.link && h("a", { class: "button", href: space.link, rel: "noopener noreferrer", target: "_blank" }, words.t("scene.facts.link")));
  }

  #storeys(space: SpaceView): Child {
    const building = space.kind === "building" ? space.id : space.path.find((step) => step.kind === "building")?.id;
    const files = building === undefined ? [] : this.context.storeysOf(building);
    if (building === undefined || files.length === 0) return null;
    const { words } = this;
    const cut = this.context.cut();
    const chosen = cut?.building === building ? cut.storey : null;
    const button = (storey: string | null, name: string): HTMLElement =>
      h("li", {}, h("button", { type: "button", class: "storey", "aria-pressed": String(storey === chosen), click: () => this.commands.cut(building, storey) }, name));
    return h("section", { class: "facts-storeys" }, h("h3", {}, words.t("scene.facts.storeys")),
      h("ul", {}, button(null, words.t("scene.facts.whole")), ...[...files].reverse().map((file) => button(file.id, words.pick(file.name)))));
  }

  #children(space: SpaceView): Child {
    const children = space.children.filter((child) => child.kind !== "storey" || this.context.storeysOf(space.id).length === 0);
    if (children.length === 0) return null;
    const { words } = this;
    const rest = children.length - MOST;
    return h("section", { class: "facts-children" },
      h("h3", {}, words.t("scene.facts.children", { count: children.length })),
      h("ul", {}, ...children.slice(0, MOST).map((child) => this.#child(child))),
      rest > 0 && h("p", {}, h("a", { href: `/spaces/${encodeURIComponent(space.id)}` }, words.t("scene.facts.more", { count: rest }))));
  }

  #child(child: SpaceChild): HTMLElement {
    const live = this.context.live(child.id);
    const { words } = this;
    return h("li", {}, h("button", { type: "button", class: "place", click: () => this.commands.visit(child.id) },
      h("span", { class: "place-name" }, words.pick(child.name) || child.id),
      live?.token
        ? h("span", { class: `badge badge-${live.token}` }, `${SHAPES[live.token]} ${words.pick(live.words) || words.t(`live.${live.token}`)}`)
        : h("span", { class: "place-kind" }, words.t(`kind.${child.kind}`))));
  }
}
