/** Who is here: the nearest first, with those whose hands are up on top. */

import { type Child, fillWith, h } from "../../kit/element";
import type { Words } from "../../kit/i18n";
import type { PersonView } from "../../wire/world";
import type { State } from "../model/state";
import type { Presence } from "../presence";
import { Blocks } from "./blocks";

/** The list is asked for again so often while it is looked at, and after typing [ms]. */
const AGAIN = 6000;
const PAUSE = 250;

export interface RosterOptions {
  readonly words: Words;
  readonly presence: Presence;
  chosen(key: string, name: string): void;
  /** Tells what was done. */
  say(text: string): void;
}

interface Row {
  readonly key: string;
  /** Everything it says but the distance, to be compared. */
  readonly says: string;
  readonly element: HTMLElement;
  readonly far: HTMLElement;
}

export class Roster {
  readonly element: HTMLElement;
  readonly #options: RosterOptions;
  readonly #list = h("ul", { class: "people" });
  /** The rows of the list by whom they are about: whose row stays keeps the focus. */
  #rows = new Map<string, Row>();
  readonly #hands = h("ol", { class: "hands" });
  readonly #raised: HTMLElement;
  readonly #total = h("p", { class: "people-total" });
  readonly #search: HTMLInputElement;
  readonly #me = h("p", { class: "roster-me" });
  readonly #rename: HTMLElement;
  #wait = 0;

  constructor(options: RosterOptions) {
    const { words, presence } = options;
    this.#options = options;
    const hint = words.t("world.people.search");
    this.#search = h("input", { type: "search", class: "people-search", placeholder: hint, "aria-label": hint, autocomplete: "off", input: () => this.#soon() });
    this.#raised = h("section", { class: "people-hands", "aria-label": words.t("world.hands"), hidden: true }, h("h3", {}, words.t("world.hands")), this.#hands);
    this.#rename = this.#naming();
    this.element = h("div", { class: "roster" }, this.#rename, this.#raised, this.#search, this.#total, this.#list, new Blocks(options).element);
    presence.watch(({ listed }) => listed, () => this.#show(presence.state.value));
    presence.watch(({ hands }) => hands, () => this.#show(presence.state.value));
    presence.watch(({ zone }) => zone?.space, () => this.refresh());
    presence.watch(({ zone }) => zone?.count, () => this.#soon());
    presence.watch(({ link }) => link, () => this.#show(presence.state.value));
    presence.watch(({ link }) => link, (link) => link === "here" && this.refresh());
    presence.watch(({ me }) => me, () => this.#call());
    presence.guest.watch(() => this.#call());
    this.#call();
    window.setInterval(() => this.refresh(), AGAIN);
    this.#show(presence.state.value);
  }

  /** Asks anew, if anybody looks. */
  refresh(): void {
    const looked = this.element.isConnected && this.element.offsetParent !== null && !document.hidden;
    if (looked && this.#options.presence.state.value.link === "here") this.#options.presence.roster(this.#search.value.trim().slice(0, 60));
  }

  /** A guest's own name, and a form to change it. */
  #naming(): HTMLElement {
    const { words, presence } = this.#options;
    const name = h("input", { type: "text", class: "say-input", maxlength: 24, required: true, autocomplete: "nickname", "aria-label": words.t("world.name") });
    const form = h("form", { class: "card-form", hidden: true, submit: (event: Event) => {
      event.preventDefault();
      form.hidden = true;
      button.setAttribute("aria-expanded", "false");
      button.focus();
      presence.rename(name.value.trim());
    } }, name, h("button", { type: "submit", class: "button button-main" }, words.t("world.name.save")));
    const button = h("button", { type: "button", class: "link", "aria-expanded": "false", click: () => {
      form.hidden = !form.hidden;
      button.setAttribute("aria-expanded", String(!form.hidden));
      name.value = presence.state.value.me?.name ?? "";
      if (!form.hidden) name.focus();
    } }, words.t("world.name.change"));
    return h("div", { class: "roster-name", hidden: true }, h("div", { class: "roster-line" }, this.#me, button), form);
  }

  #call(): void {
    const { words, presence } = this.#options;
    const { me } = presence.state.value;
    this.#rename.hidden = !presence.guest.value || me === null;
    this.#me.textContent = me ? words.t("world.name.you", { name: me.name }) : "";
  }

  #soon(): void {
    window.clearTimeout(this.#wait);
    this.#wait = window.setTimeout(() => this.refresh(), PAUSE);
  }

  #show({ listed, hands, me, link }: State): void {
    const { words } = this.#options;
    this.#raised.hidden = hands.length === 0;
    fillWith(this.#hands, hands.map(({ key, name }) => h("li", {}, key === me?.key ? words.t("world.you") : this.#name(key, name || words.t("world.somebody")))));
    const others = (listed?.people ?? []).map((person, index) => ({ person, distance: listed?.distances[index] ?? 0 })).filter(({ person }) => person.key !== me?.key);
    const raised = new Set(hands.map(({ key }) => key));
    const rows = others.map(({ person, distance }) => this.#row(person, distance, raised.has(person.key)));
    this.#rows = new Map(rows.map((row) => [row.key, row]));
    fillWith(this.#list, rows.map(({ element }) => element));
    const searched = this.#search.value.trim() !== "";
    const total = Math.max((listed?.total ?? 0) - (listed?.people.length ?? 0) + others.length, others.length);
    this.#total.textContent = others.length > 0 ? words.t("world.people.total", { count: words.number(total) }) : link === "here" ? words.t(searched ? "world.people.none" : "world.people.alone") : "";
  }

  /** The row of somebody: the one before, where it says the same but for how far they are. */
  #row({ key, name, staff, simulated }: PersonView, distance: number, hand: boolean): Row {
    const { words } = this.#options;
    const says = JSON.stringify([name, staff, simulated, hand]);
    const before = this.#rows.get(key);
    const row = before?.says === says ? before : this.#made(key, name, says, [
      hand && h("span", { class: "person-mark" }, "✋", h("span", { class: "visually-hidden" }, words.t("world.hand.up"))),
      staff && h("span", { class: "person-tag" }, words.t("world.staff")),
      simulated && h("span", { class: "person-tag is-simulated" }, words.t("world.simulated")),
    ]);
    row.far.textContent = words.t("world.distance", { metres: words.number(Math.round(distance)) });
    return row;
  }

  #made(key: string, name: string, says: string, marks: readonly Child[]): Row {
    const far = h("span", { class: "person-far" });
    return { key, says, far, element: h("li", { class: "person" }, this.#name(key, name), ...marks, far) };
  }

  #name(key: string, name: string): HTMLElement {
    return h("button", { type: "button", class: "person-name link", "data-person": key, click: () => this.#options.chosen(key, name) }, name);
  }
}
