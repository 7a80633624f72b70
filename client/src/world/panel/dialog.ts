/** A dialog of the world: keeps the focus inside and gives it back. */

import { h, icon, type Child } from "../../kit/element";
import type { Words } from "../../kit/i18n";

export class Dialog {
  readonly element: HTMLDialogElement;
  readonly title: HTMLElement;
  readonly body = h("div", { class: "dialog-body" });

  constructor(words: Words, name: string) {
    this.title = h("h2", { id: `dialog-${name}`, class: "dialog-title" });
    const close = h("button", { type: "button", class: "icon-button", "aria-label": words.t("world.close"), click: () => this.close() }, icon("M6 6l12 12", "M18 6L6 18"));
    this.element = h("dialog", { class: `dialog dialog-${name}`, "aria-labelledby": `dialog-${name}` },
      h("header", { class: "dialog-head" }, this.title, close), this.body);
    this.element.addEventListener("click", (event) => {
      if (event.target === this.element) this.close();
    });
    // The keys of the scene are not for what stands over it.
    this.element.addEventListener("keydown", (event) => event.stopPropagation());
  }

  show(title: string, ...children: readonly Child[]): void {
    this.title.textContent = title;
    this.body.replaceChildren(...children.filter((child) => child !== null && child !== undefined && child !== false));
    if (!this.element.open) this.element.showModal();
  }

  close(): void {
    this.element.close();
  }
}
