/** What the scene has to say: loading, passing messages, and the end of the show with the plan instead. */

import { h } from "../../kit/element";
import type { Words } from "../../kit/i18n";
import { sceneIcon } from "./icons";

const PASSES = 7000;

export class Notices {
  readonly element = h("div", { class: "notices", role: "status", "aria-live": "polite" });
  readonly loading: HTMLElement;
  readonly #bar = h("span", { class: "loading-bar" });
  readonly #share: HTMLElement;
  readonly #words: HTMLElement;
  #loaded = false;

  constructor(readonly words: Words) {
    this.#share = h("span", { class: "loading-share" });
    this.#words = h("span", { class: "loading-words" }, words.t("scene.loading"));
    this.loading = h("div", { class: "loading", role: "progressbar", "aria-label": words.t("scene.loading"), "aria-valuemin": 0, "aria-valuemax": 100 },
      this.#words, this.#share, h("span", { class: "loading-track" }, this.#bar));
  }

  /** 0 to 1; once it is over it does not come back for what is loaded later. */
  progress(share: number): void {
    if (this.#loaded) return;
    const percent = Math.round(share * 100);
    this.loading.setAttribute("aria-valuenow", String(percent));
    this.#share.textContent = `${percent} %`;
    this.#bar.style.transform = `scaleX(${share})`;
  }

  /** Says what one waits for. */
  wait(text: string): void {
    this.#words.textContent = text;
    this.loading.setAttribute("aria-label", text);
  }

  done(): void {
    this.#loaded = true;
    this.loading.remove();
  }

  /** A message that passes, or stays with its one action. */
  say(text: string, action?: { readonly words: string; readonly run: () => void }): void {
    if ([...this.element.children].some((notice) => notice.firstChild?.textContent === text)) return;
    const notice = h("div", { class: "notice" }, h("p", {}, text));
    if (action) {
      notice.append(h("button", { type: "button", class: "button", click: () => {
        notice.remove();
        action.run();
      } }, action.words));
    }
    notice.append(h("button", { type: "button", class: "icon-button", "aria-label": this.words.t("scene.close"), click: () => notice.remove() }, sceneIcon("close")));
    this.element.append(notice);
    if (!action) window.setTimeout(() => notice.remove(), PASSES);
  }
}

/** In place of a scene that cannot be drawn: why, and the way to the plan. */
export function closedScene(title: string, text: string, plan: { readonly href: string; readonly words: string }): HTMLElement {
  return h("main", { class: "closed-scene" }, h("h1", {}, title), h("p", {}, text),
    h("p", {}, h("a", { class: "button button-main", href: plan.href }, plan.words)));
}
