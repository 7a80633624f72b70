/** Whom one has blocked, here or not, and how to take that back. */

import { fillWith, h } from "../../kit/element";
import type { Words } from "../../kit/i18n";
import type { Presence } from "../presence";

export interface BlocksOptions {
  readonly words: Words;
  readonly presence: Presence;
  /** Tells what was done. */
  say(text: string): void;
}

export class Blocks {
  readonly element: HTMLElement;
  readonly #options: BlocksOptions;
  readonly #summary = h("summary");
  readonly #list = h("ul", { class: "people" });

  constructor(options: BlocksOptions) {
    const { presence } = options;
    this.#options = options;
    this.element = h("details", { class: "blocks", hidden: true }, this.#summary, this.#list);
    presence.watch(({ blocked }) => blocked, () => this.#show());
    presence.blocked.watch(() => this.#show());
    this.#show();
  }

  #show(): void {
    const { words, presence } = this.#options;
    const { blocked } = presence.state.value;
    const names = presence.blocked.value;
    this.element.hidden = blocked.size === 0;
    this.#summary.textContent = words.t("world.blocks", { count: words.number(blocked.size) });
    // The newest first, as the server tells them; whom it has not named yet comes before.
    const keys = [...[...blocked].filter((key) => !names.has(key)), ...[...names.keys()].filter((key) => blocked.has(key))];
    fillWith(this.#list, keys.map((key) => this.#row(key, names.get(key) || words.t("world.somebody"))));
  }

  #row(key: string, name: string): HTMLElement {
    const { words, presence, say } = this.#options;
    return h("li", { class: "person" }, h("span", { class: "person-called" }, name),
      h("button", { type: "button", class: "button", "aria-label": words.t("world.unblock", { name }), click: () => {
        presence.block(key, false, () => say(words.t("world.unblocked", { name })));
        this.#summary.focus();
      } }, words.t("world.act.unblock")));
  }
}
