/** Beside the sheet: the session that is chosen, with fields for its place, and all conflicts. */

import { fillWith, h } from "../../kit/element";
import type { DraftConflict, DraftView } from "../../wire/draft";
import { daysOf, hhmm } from "../model/clock";
import { spotOf, wrongOf } from "../model/draft";
import type { Spot } from "../model/history";
import type { Teller } from "./words";

export interface SideActs {
  move(session: string, spot: Spot): void;
  show(session: string): void;
}

export class Side {
  readonly element: HTMLElement;
  readonly #chosen = h("section", { class: "chosen stack--tight", "aria-labelledby": "chosen-title" });
  readonly #conflicts = h("section", { class: "stack--tight", "aria-labelledby": "conflicts-title" });

  constructor(
    readonly teller: Teller,
    readonly act: string,
    readonly acts: SideActs,
  ) {
    this.element = h("aside", { class: "side" }, this.#chosen, this.#conflicts);
  }

  draw(draft: DraftView, chosen: string | null): void {
    const holds = this.#chosen.contains(document.activeElement) ? document.activeElement?.id : "";
    fillWith(this.#chosen, this.#session(draft, chosen));
    if (holds) document.getElementById(holds)?.focus({ preventScroll: true });
    const { teller } = this;
    const all = draft.conflicts;
    fillWith(this.#conflicts, [
      h("h2", { id: "conflicts-title" }, teller.t("conflicts", { count: all.length })),
      all.length === 0 ? h("p", { class: "note" }, teller.t("no_conflicts")) : h("ul", { class: "conflicts" }, ...all.map((one) => this.#conflict(draft, one))),
    ]);
  }

  #session(draft: DraftView, chosen: string | null): readonly HTMLElement[] {
    const { teller } = this;
    const session = draft.sessions.find(({ id }) => id === chosen);
    const title = h("h2", { id: "chosen-title" }, session ? teller.title(session) : teller.t("chosen"));
    if (!session) return [title, h("p", { class: "note" }, teller.t("choose"))];
    const wrong = wrongOf(draft.conflicts).get(session.id) ?? [];
    const forum = draft.forums.find(({ id }) => id === session.forum);
    const about = h("p", { class: "note" }, `${forum ? teller.words.pick(forum.title) : ""} · ${teller.where(draft, session)}${session.pinned ? ` · ${teller.t("pinned")}` : ""}`);
    const told = wrong.length > 0 ? h("ul", { class: "conflicts" }, ...wrong.map((one) => h("li", { "data-level": one.level }, this.#level(one), one.words))) : h("p", { class: "note" }, session.start ? teller.t("fine") : "");
    const open = h("a", { href: `${this.act}/sessions/${session.id}` }, teller.t("details"));
    if (!session.mine) return [title, about, told, h("p", { class: "note" }, teller.t("locked")), open];
    return [title, about, told, this.#fields(draft, session.id), open];
  }

  #fields(draft: DraftView, id: string): HTMLElement {
    const { teller, acts } = this;
    const session = draft.sessions.find((one) => one.id === id);
    if (!session) return h("p");
    const spot = spotOf(session);
    const local = spot.start === null ? { day: draft.first, minute: 540 } : teller.clock.local(spot.start);
    const option = (value: string, label: string, selected: boolean): HTMLOptionElement => h("option", { value, selected }, label);
    const hall = h("select", { id: "chosen-hall" }, option("", teller.t("nowhere"), spot.hall === null), ...draft.halls.map((one) => option(one.id, teller.words.pick(one.name), one.id === spot.hall)));
    const day = h("select", { id: "chosen-day" }, ...daysOf(draft.first, draft.last).map((one) => option(one, teller.shortDay(one), one === local.day)));
    const time = h("input", { id: "chosen-time", type: "time", value: hhmm(local.minute), required: true });
    const minutes = h("input", { id: "chosen-minutes", type: "number", min: 1, max: 1440, value: spot.minutes, required: true });
    const field = (label: string, input: HTMLElement): HTMLElement => h("div", { class: "field" }, h("label", { for: input.id }, label), input);
    const apply = (event: Event): void => {
      event.preventDefault();
      const [hours = 0, rest = 0] = time.value.split(":").map(Number);
      const start = hall.value ? teller.clock.instant(day.value, hours * 60 + rest) : null;
      acts.move(id, { hall: hall.value || null, start, minutes: Number(minutes.value), pinned: spot.pinned });
    };
    return h("form", { class: "chosen__form", submit: apply },
      field(teller.t("hall"), hall), field(teller.t("day"), day), field(teller.t("time"), time), field(teller.t("duration"), minutes),
      h("div", { class: "actions" },
        h("button", { class: "button button--small", type: "submit" }, teller.t("apply")),
        spot.start !== null && h("button", { class: "button button--quiet button--small", type: "button", click: () => acts.move(id, { ...spot, hall: null, start: null }) }, teller.t("unplace")),
        h("button", { class: "button button--quiet button--small", type: "button", click: () => acts.move(id, { ...spot, pinned: !spot.pinned }) }, teller.t(spot.pinned ? "unpin" : "pin"))));
  }

  #conflict(draft: DraftView, one: DraftConflict): HTMLElement {
    const { teller, acts } = this;
    const links = one.sessions.map((id) => {
      const session = draft.sessions.find((each) => each.id === id);
      return h("button", { type: "button", class: "linkish", click: () => acts.show(id) }, `${teller.t("show")} · ${session ? teller.title(session) : ""}`);
    });
    return h("li", { "data-level": one.level }, this.#level(one), one.words, h("span", { class: "conflicts__links" }, ...links));
  }

  #level(one: DraftConflict): HTMLElement {
    return h("span", { class: `level level--${one.level}` }, `${one.level === "block" ? "■" : "▲"} ${this.teller.words.t(`congress.level.${one.level}`)} · ${one.name}`);
  }
}
