/** For those who present or keep order: the reports, what is shown, quiet for all, and hands. */

import { fillWith, h } from "../../kit/element";
import type { Words } from "../../kit/i18n";
import type { State } from "../model/state";
import { safeAddress } from "../model/words";
import type { Presence } from "../presence";

export interface HostOptions {
  readonly words: Words;
  readonly presence: Presence;
  readonly park: string;
  chosen(key: string, name: string): void;
  /** Tells what was done. */
  say(text: string): void;
}

export class HostPanel {
  readonly element: HTMLElement;
  readonly #options: HostOptions;
  readonly #show: HTMLElement;
  readonly #order: HTMLElement;
  readonly #quiet: HTMLButtonElement;
  readonly #hands = h("ol", { class: "hands" });
  readonly #stop: HTMLButtonElement;
  readonly #reports: HTMLElement;
  readonly #page: HTMLElement;
  readonly #waiting = h("p", { class: "host-reports" });

  constructor(options: HostOptions) {
    const { words, presence, park } = options;
    this.#options = options;
    this.#stop = h("button", { type: "button", class: "button", click: () => presence.show("", "") }, words.t("world.show.stop"));
    this.#show = this.#form();
    this.#quiet = h("button", { type: "button", class: "button", click: () => this.#hush() });
    const order = `/parks/${encodeURIComponent(park)}/order`;
    this.#reports = h("section", { hidden: true }, h("h3", {}, words.t("world.order.reports")), this.#waiting,
      h("div", { class: "card-actions" }, h("a", { class: "button button-main", href: `${order}#reports` }, words.t("world.reports.read"))));
    this.#page = h("a", { class: "button", href: order }, words.t("world.order.reports_link"));
    this.#order = h("section", {}, h("h3", {}, words.t("world.order.here")),
      h("div", { class: "card-actions" }, this.#quiet, this.#page),
      h("h3", {}, words.t("world.hands")), this.#hands);
    this.element = h("div", { class: "host" }, this.#reports, this.#show, this.#order);
    presence.state.watch((state) => this.#refresh(state));
    this.#refresh(presence.state.value);
  }

  #form(): HTMLElement {
    const { words, presence } = this.#options;
    const title = h("input", { type: "text", class: "say-input", maxlength: 120, required: true, "aria-label": words.t("world.show.title"), placeholder: words.t("world.show.title") });
    const link = h("input", { type: "url", class: "say-input", maxlength: 500, "aria-label": words.t("world.show.link"), placeholder: "https://" });
    return h("section", {}, h("h3", {}, words.t("world.show")), h("form", { class: "card-form", submit: (event: Event) => {
      event.preventDefault();
      const address = link.value.trim();
      if (address && safeAddress(address) === null) link.setCustomValidity(words.t("world.show.wrong"));
      else presence.show(title.value.trim(), address);
      link.reportValidity();
      link.setCustomValidity("");
    } }, title, link, h("div", { class: "card-actions" }, h("button", { type: "submit", class: "button button-main" }, words.t("world.show.start")), this.#stop)));
  }

  /** Has all in the zone be quiet, or speak again. */
  #hush(): void {
    const { words, presence, say } = this.#options;
    const measure = presence.state.value.zone?.muted ? "unmute_all" : "mute_all";
    presence.moderate(measure, null, { done: () => say(words.t(`world.measure.${measure}.done`)) });
  }

  #refresh({ rights, zone, hands, shown, me, reports }: State): void {
    const { words, chosen } = this.#options;
    this.#reports.hidden = !reports;
    this.#waiting.textContent = words.t("world.reports", { count: words.number(reports ?? 0) });
    this.#show.hidden = !rights.has("present");
    this.#order.hidden = !rights.has("moderate");
    this.#page.hidden = reports === null;
    this.#stop.disabled = shown === null;
    this.#quiet.textContent = words.t(zone?.muted ? "world.measure.unmute_all" : "world.measure.mute_all");
    fillWith(this.#hands, hands.map(({ key, name }) => {
      const called = key === me?.key ? words.t("world.you") : name || words.t("world.somebody");
      return h("li", {}, h("button", { type: "button", class: "link", click: () => chosen(key, called) }, called));
    }));
    if (hands.length === 0) fillWith(this.#hands, [h("li", { class: "log-empty" }, words.t("world.hands.none"))]);
  }
}
