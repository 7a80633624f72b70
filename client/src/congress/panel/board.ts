/** The sheet of one day: halls beside each other, sessions as blocks, and a ghost of the one that moves. */

import { fillWith, h } from "../../kit/element";
import type { DraftConflict, DraftHall, DraftSession, DraftView } from "../../wire/draft";
import { hhmm } from "../model/clock";
import { onDay, wrongOf } from "../model/draft";
import { type Grid, hoursShown, type Lane, lanesOf, onPaper } from "../model/grid";
import type { Teller } from "./words";

/** The least width of a column [px]. */
const NARROWEST = 116;
const HOUR = 60;

export interface Ghost {
  readonly session: string;
  readonly hall: string;
  readonly minute: number;
  readonly minutes: number;
  /** Null: not known yet. */
  readonly wrong: readonly DraftConflict[] | null;
}

export class Board {
  readonly element = h("div", { class: "sheet", role: "group" });
  readonly #scroller = h("div", { class: "sheet__scroll" }, this.element);
  readonly ghost = h("div", { class: "ghost", "aria-hidden": "true", hidden: true });
  #body = h("div", { class: "sheet__body" });
  /** Whether it is drawn to fit onto paper. */
  paper = false;
  grid: Grid = { halls: [], from: 540, until: 1080, step: 15, width: NARROWEST, scale: 1.2 };

  constructor(readonly teller: Teller) {}

  get scroller(): HTMLElement {
    return this.#scroller;
  }

  /** Draws a day of a draft; what had the focus has it again. */
  draw(draft: DraftView, day: string, step: number, scale: number, chosen: string | null, tabbable: string | null): void {
    const { teller } = this;
    const there = onDay(draft, teller.clock, day);
    const open = draft.halls.map((hall) => this.#open(hall, day));
    const taken = there.map((one): [number, number] => this.#span(one));
    const [from, until] = hoursShown([...open.flat(), ...taken]);
    const printed = this.paper ? onPaper(draft.halls.length, until - from) : null;
    const width = printed?.width ?? Math.max(NARROWEST, Math.floor((this.#scroller.clientWidth - 56) / Math.max(draft.halls.length, 1)));
    this.grid = { halls: draft.halls.map(({ id }) => id), from, until, step, width, scale: printed?.scale ?? scale };
    this.element.style.setProperty("zoom", String(printed?.zoom ?? 1));
    const wrong = wrongOf(draft.conflicts);
    const columns = draft.halls.map((hall, at) => this.#column(draft, hall, open[at] ?? [], there, wrong, chosen, tabbable));
    this.#body = h("div", { class: "sheet__body" }, ...columns, this.ghost);
    this.element.setAttribute("aria-label", teller.t("grid", { day: teller.day(day) }));
    const focused = (document.activeElement as HTMLElement | null)?.closest<HTMLElement>("[data-block]")?.dataset["block"];
    fillWith(this.element, [this.#heads(draft), h("div", { class: "sheet__row" }, this.#hours(), this.#body)]);
    for (const [name, value] of Object.entries({ "--column": width, "--minute": this.grid.scale, "--length": (until - from) * this.grid.scale })) this.element.style.setProperty(name, `${value}px`);
    if (focused) this.block(focused)?.focus({ preventScroll: true });
  }

  block(session: string): HTMLElement | null {
    return this.element.querySelector(`[data-block="${CSS.escape(session)}"]`);
  }

  /** Where a pointer is on the sheet [px]. */
  point(event: PointerEvent): readonly [number, number] {
    const { left, top } = this.#body.getBoundingClientRect();
    return [event.clientX - left, event.clientY - top];
  }

  /** Shows where something would be, or nothing. */
  preview(draft: DraftView, ghost: Ghost | null): void {
    this.ghost.hidden = ghost === null;
    for (const block of this.element.querySelectorAll("[data-block]")) block.classList.toggle("session--carried", ghost !== null && (block as HTMLElement).dataset["block"] === ghost.session);
    if (!ghost) return;
    const session = draft.sessions.find(({ id }) => id === ghost.session);
    const { halls, from, width, scale } = this.grid;
    this.ghost.dataset["level"] = ghost.wrong === null ? "asking" : levelOf(ghost.wrong);
    this.ghost.style.setProperty("transform", `translate(${halls.indexOf(ghost.hall) * width}px, ${(ghost.minute - from) * scale}px)`);
    this.ghost.style.setProperty("width", `${width}px`);
    this.ghost.style.setProperty("height", `${ghost.minutes * scale}px`);
    fillWith(this.ghost, [h("span", { class: "ghost__time" }, `${hhmm(ghost.minute)}–${hhmm(ghost.minute + ghost.minutes)}`), h("span", { class: "ghost__title" }, session ? this.teller.title(session) : "")]);
  }

  #heads(draft: DraftView): HTMLElement {
    const { words } = this.teller;
    return h("div", { class: "sheet__heads" }, h("span", { class: "sheet__corner" }),
      ...draft.halls.map((hall) => h("div", { class: "sheet__head" }, h("strong", {}, words.pick(hall.name)), h("span", { class: "note" }, hall.capacity > 0 ? this.teller.t("persons", { count: words.number(hall.capacity) }) : ""))));
  }

  #hours(): HTMLElement {
    const { from, until, scale } = this.grid;
    const column = h("div", { class: "sheet__hours", "aria-hidden": "true" });
    for (let minute = from; minute <= until; minute += HOUR) {
      const mark = h("span", {}, hhmm(minute));
      mark.style.setProperty("top", `${(minute - from) * scale}px`);
      column.append(mark);
    }
    return column;
  }

  #column(draft: DraftView, hall: DraftHall, open: readonly (readonly [number, number])[], there: readonly DraftSession[], wrong: ReadonlyMap<string, readonly DraftConflict[]>, chosen: string | null, tabbable: string | null): HTMLElement {
    const here = there.filter((one) => one.hall === hall.id);
    const lanes = lanesOf(here.map((one) => ({ id: one.id, minute: this.#span(one)[0], minutes: one.minutes })));
    return h("div", { class: "column", "data-hall": hall.id, role: "group", "aria-label": this.teller.words.pick(hall.name) },
      ...this.#closed(open),
      ...here.map((one) => this.#session(draft, one, lanes.get(one.id) ?? { lane: 0, of: 1 }, wrong.get(one.id) ?? [], one.id === chosen, one.id === tabbable)));
  }

  #closed(open: readonly (readonly [number, number])[]): HTMLElement[] {
    const { from, until } = this.grid;
    const gaps: HTMLElement[] = [];
    let at = from;
    for (const [start, end] of [...open, [until, until] as const]) {
      if (start > at) gaps.push(this.#boxed(h("div", { class: "closed", title: this.teller.t("closed") }), at, start - at));
      at = Math.max(at, end);
    }
    return gaps;
  }

  #session(draft: DraftView, session: DraftSession, { lane, of }: Lane, wrong: readonly DraftConflict[], chosen: boolean, tabbable: boolean): HTMLElement {
    const { teller } = this;
    const [start, end] = this.#span(session);
    const theme = draft.forums.find(({ id }) => id === session.forum)?.theme;
    const colour = draft.themes.find(({ id }) => id === theme)?.colour;
    const told = [
      teller.t("block", { title: teller.title(session), hall: teller.hall(draft, session.hall ?? ""), start: hhmm(start), end: hhmm(end) }),
      wrong.length > 0 ? teller.t("in_conflict", { count: wrong.length }) : "",
      session.pinned ? teller.t("pinned") : "",
      session.mine ? "" : teller.t("locked"),
    ].filter(Boolean).join(" · ");
    const level = wrong.length > 0 ? levelOf(wrong) : "fine";
    const block = h("div", {
      class: `session${chosen ? " session--chosen" : ""}${session.mine ? "" : " session--locked"}`, role: "button", tabindex: tabbable ? "0" : "-1",
      "data-block": session.id, "data-level": level, "data-colour": colour === undefined ? null : colour % 10, "aria-label": told, "aria-pressed": String(chosen), title: told,
    },
      h("span", { class: "session__time" }, wrong.length > 0 && h("span", { class: `mark mark--${level}` }, level === "block" ? "■" : "▲", ` ${wrong.length}`), session.pinned && h("span", { class: "mark" }, "◆"), `${hhmm(start)}–${hhmm(end)}`),
      h("span", { class: "session__title" }, teller.title(session)),
      session.mine && h("span", { class: "grip", "data-grip": true }),
      session.mine && h("span", { class: "edge", "data-edge": true, title: teller.t("resize") }));
    block.style.setProperty("--lane", String(lane));
    block.style.setProperty("--lanes", String(of));
    return this.#boxed(block, start, session.minutes);
  }

  #boxed<T extends HTMLElement>(element: T, minute: number, minutes: number): T {
    element.style.setProperty("top", `${(minute - this.grid.from) * this.grid.scale}px`);
    element.style.setProperty("height", `${minutes * this.grid.scale}px`);
    return element;
  }

  #span(session: DraftSession): [number, number] {
    const { minute } = this.teller.clock.local(session.start ?? "1970-01-01T00:00:00Z");
    return [minute, minute + session.minutes];
  }

  /** When a hall is open on a day: minutes after its midnight. */
  #open(hall: DraftHall, day: string): [number, number][] {
    const { clock } = this.teller;
    return hall.hours.flatMap(({ start, end }): [number, number][] => {
      const [from, until] = [clock.local(start), clock.local(end)];
      if (from.day === day) return [[from.minute, until.day === day ? until.minute : 1440]];
      return until.day === day && until.minute > 0 ? [[0, until.minute]] : [];
    });
  }
}

/** What the worst of some conflicts comes to. */
export function levelOf(wrong: readonly DraftConflict[]): "block" | "warn" | "fine" {
  if (wrong.some(({ level }) => level === "block")) return "block";
  return wrong.length > 0 ? "warn" : "fine";
}
