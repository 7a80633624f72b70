/** A small choice of emoji: one stop of the Tab key, arrows inside. */

import { h } from "../../kit/element";
import type { Words } from "../../kit/i18n";

const EMOJI = [..."👋👍👏🙂😄😂🤔😮😢🙏💪🎉❤️🔥⭐✅❌❓❗💡📌📎🗓️🏢🌳☕🍜🚇🤝🫡🤖🚀"].reduce<string[]>((all, sign) => {
  // A variation selector belongs to the sign before it.
  if (sign === "\ufe0f") all[all.length - 1] += sign;
  else all.push(sign);
  return all;
}, []);
const COLUMNS = 8;

export class EmojiPicker {
  readonly element: HTMLElement;
  readonly button: HTMLButtonElement;
  readonly #signs: readonly HTMLButtonElement[];
  #at = 0;

  constructor(words: Words, chosen: (sign: string) => void) {
    this.#signs = EMOJI.map((sign, index) => h("button", {
      type: "button", class: "emoji", tabindex: index === 0 ? 0 : -1,
      click: () => {
        this.show(false);
        chosen(sign);
      },
    }, sign));
    this.element = h("div", {
      class: "emojis", role: "group", "aria-label": words.t("world.emoji"), hidden: true,
      keydown: (event: KeyboardEvent) => this.#key(event),
    }, ...this.#signs);
    this.button = h("button", {
      type: "button", class: "icon-button", "aria-label": words.t("world.emoji"), "aria-expanded": "false",
      click: () => this.show(this.element.hidden),
    }, h("span", { "aria-hidden": "true", class: "emoji-sign" }, "🙂"));
  }

  show(open: boolean): void {
    this.element.hidden = !open;
    this.button.setAttribute("aria-expanded", String(open));
    if (open) this.#signs[this.#at]?.focus();
  }

  #key(event: KeyboardEvent): void {
    const steps: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: COLUMNS, ArrowUp: -COLUMNS };
    const step = steps[event.key];
    if (event.key === "Escape") {
      event.stopPropagation();
      this.show(false);
      this.button.focus();
    } else if (step !== undefined) {
      event.preventDefault();
      const at = Math.min(Math.max(this.#at + step, 0), this.#signs.length - 1);
      this.#signs[this.#at]?.setAttribute("tabindex", "-1");
      this.#signs[at]?.setAttribute("tabindex", "0");
      this.#signs[at]?.focus();
      this.#at = at;
    }
  }
}
