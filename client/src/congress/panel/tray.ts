/** The tray of sessions without a place: searched, filtered, dragged from. */

import { fillWith, h } from "../../kit/element";
import type { DraftView } from "../../wire/draft";
import { inTray, type Wish } from "../model/draft";
import type { Teller } from "./words";

export class Tray {
  readonly element: HTMLElement;
  readonly #list = h("ul", { class: "tray__list" });
  readonly #count = h("span", { class: "count" });
  readonly #forum = h("select", { id: "tray-forum" });
  readonly #theme = h("select", { id: "tray-theme" });
  #wish: Wish = { words: "", forum: "", theme: "", mine: false };

  constructor(
    readonly teller: Teller,
    readonly redraw: () => void,
  ) {
    const words = h("input", { type: "search", id: "tray-words", autocomplete: "off", placeholder: teller.t("find"), "aria-label": teller.t("find") });
    const mine = h("input", { type: "checkbox", id: "tray-mine" });
    words.addEventListener("input", () => this.#look({ words: words.value }));
    this.#forum.addEventListener("change", () => this.#look({ forum: this.#forum.value }));
    this.#theme.addEventListener("change", () => this.#look({ theme: this.#theme.value }));
    mine.addEventListener("change", () => this.#look({ mine: mine.checked }));
    const field = (label: string, input: HTMLElement): HTMLElement => h("div", { class: "field" }, h("label", { for: input.id }, label), input);
    this.element = h("section", { class: "tray", "aria-labelledby": "tray-title", "data-tray": true },
      h("h2", { id: "tray-title" }, teller.t("tray"), " ", this.#count),
      h("div", { class: "field" }, words),
      h("details", {}, h("summary", {}, `${teller.t("forum")} · ${teller.t("theme")}`), field(teller.t("forum"), this.#forum), field(teller.t("theme"), this.#theme), h("label", { class: "check", for: "tray-mine" }, mine, teller.t("mine"))),
      h("p", { class: "note" }, teller.t("tray_hint")),
      this.#list);
  }

  draw(draft: DraftView, chosen: string | null): void {
    const { teller } = this;
    const every = h("option", { value: "" }, teller.t("all"));
    if (this.#forum.options.length === 0) {
      fillWith(this.#forum, [every, ...draft.forums.map(({ id, title }) => h("option", { value: id }, teller.words.pick(title)))]);
      fillWith(this.#theme, [every.cloneNode(true), ...draft.themes.map(({ id, name }) => h("option", { value: id }, teller.words.pick(name)))]);
    }
    const found = inTray(draft, this.#wish);
    this.#count.textContent = teller.words.number(found.length);
    const forums = new Map(draft.forums.map((one) => [one.id, one]));
    const focused = (document.activeElement as HTMLElement | null)?.dataset["waiting"];
    fillWith(this.#list, found.length === 0 ? [h("li", { class: "note" }, teller.t("tray_empty"))] : found.map((one) => {
      const forum = forums.get(one.forum);
      const colour = draft.themes.find(({ id }) => id === forum?.theme)?.colour;
      return h("li", {}, h("div", {
        class: `waiting${one.id === chosen ? " waiting--chosen" : ""}${one.mine ? "" : " waiting--locked"}`, role: "button", tabindex: "0", "data-waiting": one.id,
        "data-colour": colour === undefined ? null : colour % 10, "aria-label": `${teller.title(one)} · ${teller.t("minutes", { count: one.minutes })}${one.mine ? "" : ` · ${teller.t("locked")}`}`,
      }, h("span", { class: "waiting__title" }, teller.title(one)), h("span", { class: "note" }, `${teller.t("minutes", { count: one.minutes })} · ${forum ? teller.words.pick(forum.title) : ""}`), one.mine && h("span", { class: "grip", "data-grip": true })));
    }));
    if (focused) this.#list.querySelector<HTMLElement>(`[data-waiting="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
  }

  #look(wish: Partial<Wish>): void {
    this.#wish = { ...this.#wish, ...wish };
    this.redraw();
  }
}
