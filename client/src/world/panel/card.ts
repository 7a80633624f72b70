/** A person's card: everything one can do with or about them. */

import { h, type Child } from "../../kit/element";
import type { Words } from "../../kit/i18n";
import type { Measure, PersonView } from "../../wire/world";
import { personOf } from "../model/state";
import type { Presence } from "../presence";
import { Dialog } from "./dialog";

export interface CardOptions {
  readonly words: Words;
  readonly presence: Presence;
  /** How far away they are [m]; null where that is not known. */
  distance(key: string): number | null;
  /** Opens the conversation with them. */
  talk(key: string, name: string): void;
  /** Walks behind them; missing where one cannot walk. */
  readonly follow?: (key: string, name: string) => void;
  /** Tells what was done. */
  say(text: string): void;
}

/** Minutes of a mute or a ban that can be chosen; the last: until it is taken back. */
const SPANS = ["10", "60", "1440", "10080", ""] as const;
const USUAL = "60";

export class Card {
  readonly dialog: Dialog;
  readonly #options: CardOptions;

  constructor(options: CardOptions) {
    this.#options = options;
    this.dialog = new Dialog(options.words, "person");
  }

  show(key: string, name: string): void {
    const { words, presence, distance } = this.#options;
    const state = presence.state.value;
    if (key === state.me?.key) {
      this.dialog.show(name, h("p", { class: "card-facts" }, words.t("world.you")));
      return;
    }
    const person = personOf(state, key) ?? state.listed?.people.find((each) => each.key === key) ?? null;
    const metres = distance(key);
    const facts = [
      metres === null ? "" : words.t("world.distance", { metres: words.number(Math.round(metres)) }),
      person?.staff ? words.t("world.staff") : "",
      person?.simulated ? words.t("world.simulated.about") : "",
    ].filter((fact) => fact);
    this.dialog.show(name, facts.length > 0 && h("p", { class: "card-facts" }, facts.join(" · ")), this.#meet(key, name, person), this.#guard(key, name),
      state.rights.has("moderate") && this.#order(key, name, state.reports !== null));
  }

  #meet(key: string, name: string, person: PersonView | null): HTMLElement {
    const { words, presence, talk, follow, say } = this.#options;
    return h("div", { class: "card-actions" },
      this.#act("greet", () => {
        presence.greet(key);
        say(words.t("world.greeted.done", { name }));
      }, true),
      !person?.simulated && this.#act("talk", () => talk(key, name)),
      follow && this.#act("follow", () => follow(key, name)),
      this.#act("join", () => presence.go({ person: key })),
      !person?.simulated && this.#act("invite", () => {
        presence.invite(key);
        say(words.t("world.invited.done", { name }));
      }));
  }

  #guard(key: string, name: string): HTMLElement {
    const { words, presence, say } = this.#options;
    const blocked = presence.state.value.blocked.has(key);
    const reason = h("input", { type: "text", maxlength: 500, required: true, class: "say-input", "aria-label": words.t("world.report.reason"), placeholder: words.t("world.report.reason") });
    const form = h("form", { class: "card-form", hidden: true, submit: (event: Event) => {
      event.preventDefault();
      const last = presence.state.value.messages.findLast(({ sender }) => sender === key);
      presence.complain(key, reason.value.trim(), last?.number ?? null, () => say(words.t("world.reported", { name })));
      this.dialog.close();
    } }, reason, h("button", { type: "submit", class: "button button-main" }, words.t("world.report.send")));
    return h("div", { class: "card-guard" },
      h("div", { class: "card-actions" },
        this.#act(blocked ? "unblock" : "block", () => {
          presence.block(key, !blocked, () => say(words.t(blocked ? "world.unblocked" : "world.blocked", { name })));
        }),
        h("button", { type: "button", class: "button", "aria-expanded": "false", click: (event: Event) => {
          form.hidden = !form.hidden;
          (event.currentTarget as HTMLElement).setAttribute("aria-expanded", String(!form.hidden));
          if (!form.hidden) reason.focus();
        } }, words.t("world.act.report"))),
      form);
  }

  /** What keeps order: in the zone one may put somebody out of it, what lasts holds for the whole park. */
  #order(key: string, name: string, everywhere: boolean): HTMLElement {
    const { words, presence, say } = this.#options;
    const reason = h("input", { type: "text", maxlength: 500, class: "say-input", "aria-label": words.t("world.order.reason"), placeholder: words.t("world.order.reason") });
    const span = h("select", { "aria-label": words.t("world.span") }, ...SPANS.map((minutes) => h("option", { value: minutes, selected: minutes === USUAL }, words.t(`world.span.${minutes || "good"}`))));
    const take = (measure: Measure): HTMLElement => h("button", { type: "button", class: "button", click: () => {
      const lasts = measure === "mute" || measure === "ban";
      presence.moderate(measure, key, {
        reason: reason.value.trim(), minutes: lasts && span.value ? Number(span.value) : null,
        done: () => say(words.t(`world.measure.${measure}.done`, { name })),
      });
      this.dialog.close();
    } }, words.t(`world.measure.${measure}`));
    return h("section", { class: "card-order", "aria-label": words.t("world.host") }, h("h3", {}, words.t("world.host")), reason,
      everywhere && h("div", { class: "card-actions" }, h("label", { class: "card-span" }, h("span", {}, words.t("world.span")), span), take("mute"), take("ban")),
      h("div", { class: "card-actions" }, take("remove"), everywhere && take("unmute")));
  }

  #act(name: string, run: () => void, main = false): Child {
    return h("button", { type: "button", class: `button${main ? " button-main" : ""}`, click: () => {
      this.dialog.close();
      run();
    } }, this.#options.words.t(`world.act.${name}`));
  }
}
