/** The search box: a combobox over the server's search, in both languages at once. */

import { fillWith, h } from "../../kit/element";
import type { Words } from "../../kit/i18n";
import { initial, type Listed, moved, listed } from "../model/search";
import type { SearchHit } from "../../wire/park";
import { sceneIcon } from "./icons";

const PAUSE = 140;

export class SearchBox {
  readonly element: HTMLElement;
  readonly input: HTMLInputElement;
  readonly #list = h("ul", { class: "search-list", id: "search-list", role: "listbox", hidden: true });
  readonly #count = h("span", { class: "visually-hidden", role: "status" });
  #listed: Listed = initial;
  #timer = 0;
  #asked: AbortController | null = null;

  constructor(
    readonly words: Words,
    readonly ask: (text: string, signal: AbortSignal) => Promise<readonly SearchHit[]>,
    readonly chosen: (hit: SearchHit) => void,
    readonly failed: (reason: unknown) => void,
  ) {
    this.#list.setAttribute("aria-label", words.t("scene.search.results"));
    this.input = h("input", {
      type: "search", role: "combobox", class: "search-input", placeholder: words.t("scene.search.hint"), "aria-label": words.t("scene.search"),
      "aria-autocomplete": "list", "aria-controls": "search-list", "aria-expanded": "false", autocomplete: "off", spellcheck: "false", enterkeyhint: "search",
      input: () => this.#typed(),
      keydown: (event: KeyboardEvent) => this.#key(event),
      blur: () => window.setTimeout(() => this.#show(initial), 150),
    });
    this.element = h("div", { class: "search", role: "search" }, sceneIcon("search"), this.input, this.#list, this.#count);
  }

  #typed(): void {
    window.clearTimeout(this.#timer);
    this.#asked?.abort();
    const text = this.input.value.trim();
    if (text === "") this.#show(initial);
    else this.#timer = window.setTimeout(() => void this.#search(text), PAUSE);
  }

  async #search(text: string): Promise<void> {
    const asked = new AbortController();
    this.#asked = asked;
    try {
      const hits = await this.ask(text, asked.signal);
      if (!asked.signal.aborted) this.#show(listed(hits));
    } catch (reason) {
      if (!asked.signal.aborted) this.failed(reason);
    }
  }

  #key(event: KeyboardEvent): void {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      this.#show(moved(this.#listed, event.key === "ArrowDown" ? 1 : -1));
    } else if (event.key === "Enter") {
      const hit = this.#listed.hits[Math.max(this.#listed.active, 0)];
      if (hit) this.#choose(hit);
    } else if (event.key === "Escape") {
      this.input.value = "";
      this.#show(initial);
    }
  }

  #choose(hit: SearchHit): void {
    this.input.value = "";
    this.#show(initial);
    this.chosen(hit);
  }

  #show(state: Listed): void {
    this.#listed = state;
    const open = state.asked;
    this.#list.hidden = !open;
    this.input.setAttribute("aria-expanded", String(open));
    if (state.active >= 0) this.input.setAttribute("aria-activedescendant", `search-hit-${state.active}`);
    else this.input.removeAttribute("aria-activedescendant");
    const { words } = this;
    this.#count.textContent = open ? words.t("scene.search.count", { count: state.hits.length }) : "";
    fillWith(this.#list, state.hits.map((hit, index) => {
      const item = h("li", {
        role: "option", id: `search-hit-${index}`, "aria-selected": String(index === state.active), class: index === state.active ? "is-active" : "",
        pointerdown: (event: PointerEvent) => {
          event.preventDefault();
          this.#choose(hit);
        },
      }, h("span", { class: "hit-name" }, words.pick(hit.name)), h("span", { class: "hit-kind" }, words.t(`kind.${hit.kind}`)), h("span", { class: "hit-path" }, words.pick(hit.path)));
      if (index === state.active) queueMicrotask(() => item.scrollIntoView({ block: "nearest" }));
      return item;
    }));
    if (open && state.hits.length === 0) fillWith(this.#list, [h("li", { class: "search-none", role: "option", "aria-disabled": "true", "aria-selected": "false" }, words.t("scene.search.none"))]);
  }
}
