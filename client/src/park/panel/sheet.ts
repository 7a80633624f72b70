/** A dialog over the scene: keeps the focus inside, gives it back when it closes. */

import { h, type Child } from "../../kit/element";
import type { Words } from "../../kit/i18n";
import { sceneIcon } from "./icons";

export class Sheet {
  readonly element: HTMLDialogElement;
  readonly body: HTMLElement;

  constructor(words: Words, title: string, name: string, ...children: readonly Child[]) {
    const close = h("button", { type: "button", class: "icon-button", "aria-label": words.t("scene.close"), click: () => this.close() }, sceneIcon("close"));
    this.body = h("div", { class: "sheet-body" }, ...children);
    this.element = h("dialog", { class: `sheet sheet-${name}`, "aria-labelledby": `sheet-${name}` },
      h("header", { class: "sheet-head" }, h("h2", { id: `sheet-${name}` }, title), close), this.body);
    this.element.addEventListener("click", (event) => {
      if (event.target === this.element) this.close();
    });
  }

  get open(): boolean {
    return this.element.open;
  }

  show(): void {
    if (!this.element.open) this.element.showModal();
  }

  close(): void {
    this.element.close();
  }
}
