/** Tabs as the ARIA practices have them: arrows move, one is open or none. */

import { h } from "../../kit/element";

export interface Tab {
  readonly id: string;
  readonly label: string;
  readonly panel: HTMLElement;
}

export class Tabs {
  readonly list: HTMLElement;
  readonly #buttons = new Map<string, { readonly button: HTMLButtonElement; readonly count: HTMLElement; readonly tab: Tab }>();

  constructor(
    label: string,
    tabs: readonly Tab[],
    readonly opened: (id: string) => void,
  ) {
    for (const tab of tabs) {
      const count = h("span", { class: "tab-count", hidden: true });
      const button = h("button", {
        type: "button", class: "tab", role: "tab", id: `tab-${tab.id}`, "aria-controls": `panel-${tab.id}`, "aria-selected": "false", tabindex: -1,
        click: () => this.open(tab.id),
      }, tab.label, count);
      Object.assign(tab.panel, { id: `panel-${tab.id}`, hidden: true });
      tab.panel.setAttribute("role", "tabpanel");
      tab.panel.setAttribute("aria-labelledby", `tab-${tab.id}`);
      this.#buttons.set(tab.id, { button, count, tab });
    }
    this.list = h("div", { class: "tabs", role: "tablist", "aria-label": label, keydown: (event: KeyboardEvent) => this.#key(event) },
      ...[...this.#buttons.values()].map(({ button }) => button));
  }

  open(id: string): void {
    for (const [each, { button, tab }] of this.#buttons) {
      const open = each === id;
      button.setAttribute("aria-selected", String(open));
      button.tabIndex = open ? 0 : -1;
      tab.panel.hidden = !open;
    }
    this.opened(id);
  }

  /** Shows how many there are, and says it in `words`. */
  count(id: string, number: number, words: string): void {
    const count = this.#buttons.get(id)?.count;
    if (!count) return;
    count.hidden = number === 0;
    count.replaceChildren(h("span", { "aria-hidden": "true" }, String(number)), h("span", { class: "visually-hidden" }, ` ${words}`));
  }

  /** Takes a tab out of the list, or puts it back. */
  offer(id: string, offered: boolean): void {
    const button = this.#buttons.get(id)?.button;
    if (button) button.hidden = !offered;
  }

  #key(event: KeyboardEvent): void {
    const shown = [...this.#buttons].filter(([, { button }]) => !button.hidden);
    const at = shown.findIndex(([, { button }]) => button.getAttribute("aria-selected") === "true");
    const steps: Readonly<Record<string, number>> = { ArrowRight: at + 1, ArrowLeft: at - 1 + shown.length, Home: 0, End: shown.length - 1 };
    const goal = steps[event.key];
    const next = goal === undefined ? undefined : shown[goal % shown.length];
    if (!next) return;
    event.preventDefault();
    this.open(next[0]);
    next[1].button.focus();
  }
}
