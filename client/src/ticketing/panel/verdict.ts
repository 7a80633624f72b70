/** The answer of the gate, unmistakable from an arm's length: colour, shape and word. */

import { fillWith, h, icon } from "../../kit/element";
import type { Words } from "../../kit/i18n";
import type { Recent } from "../model/recent";
import { type Tone, toneOf } from "../model/tone";

/** A ring with a tick, a ring with an arrow that leaves, a triangle with a mark, an octagon with a cross. */
const SHAPES: Readonly<Record<Tone | "ready", readonly string[]>> = {
  good: ["M12 2.5a9.5 9.5 0 1 0 0 19 9.5 9.5 0 0 0 0-19Z", "m7.5 12.3 3.1 3.2 6-6.6"],
  out: ["M12 2.5a9.5 9.5 0 1 0 0 19 9.5 9.5 0 0 0 0-19Z", "M8 12h8M12.6 8.4 16.2 12l-3.6 3.6"],
  ask: ["M12 3 1.8 20.5h20.4Z", "M12 9v5.5M12 17v.6"],
  bad: ["M8 2h8l6 6v8l-6 6H8l-6-6V8Z", "m8 8 8 8M16 8l-8 8"],
  ready: ["M4 8V4h4M16 4h4v4M20 16v4h-4M8 20H4v-4", "M8 12h8"],
};
const ADVISED = ["already_in", "handed_on", "not_paid", "not_in"];

export class VerdictPanel {
  /** What is shown is told as well: assertive, because somebody waits for it. */
  readonly element = h("section", { class: "verdict", "data-tone": "ready", role: "status", "aria-live": "assertive", "aria-atomic": "true" });

  constructor(readonly words: Words) {
    this.rest();
  }

  /** Waits for the next. */
  rest(): void {
    this.#show("ready", this.words.t("gate.ready"), [h("p", {}, this.words.t("gate.ready.hint"))]);
  }

  show(one: Recent): void {
    const { words } = this;
    const lines = [
      this.#who(one),
      one.fault && h("p", {}, words.t(`gate.fault.${one.fault}`)),
      one.verdict !== "admitted" && one.verdict !== "out" && one.before && h("p", { class: "verdict__before" }, before(words, one)),
      ADVISED.includes(one.verdict) && h("p", {}, words.t(`gate.advice.${one.verdict}`)),
      one.offline && h("p", { class: "verdict__alone" }, words.t("gate.alone")),
    ];
    this.#show(toneOf(one.verdict), words.t(`gate.verdict.${one.verdict}`), lines);
    this.element.dataset["verdict"] = one.verdict;
  }

  #who(one: Recent): HTMLElement | null {
    if (!one.number) return null;
    const type = one.type ? this.words.pick(one.type) : "";
    return h("p", { class: "verdict__who" }, h("strong", {}, one.name || this.words.t("gate.unnamed")), type ? ` · ${type}` : "");
  }

  #show(tone: Tone | "ready", word: string, lines: readonly (HTMLElement | false | null)[]): void {
    this.element.dataset["tone"] = tone;
    delete this.element.dataset["verdict"];
    fillWith(this.element, [icon(...SHAPES[tone]), h("div", { class: "verdict__text" }, h("p", { class: "verdict__word" }, word), ...lines)]);
  }
}

/** How somebody passed by the ticket before, in words. */
export function before(words: Words, { before: passage }: Recent): string {
  if (!passage) return "";
  return words.t(passage.inside ? "gate.before.in" : "gate.before.out", { time: words.instant(passage.at), gate: passage.gate });
}
