/** The timetable's editor: dragging by pointer, carrying by keyboard, told in words before and after. */

import { fillWith, h } from "../kit/element";
import { listen } from "../kit/live";
import type { DraftConflict, DraftMovedView } from "../wire/draft";
import type { Desk, News } from "./desk";
import { daysOf, hhmm } from "./model/clock";
import { spotOf } from "./model/draft";
import type { Spot } from "./model/history";
import { type Carried, carriedBy, neighbour } from "./model/keyboard";
import { Board } from "./panel/board";
import { Hand } from "./panel/hand";
import { Side } from "./panel/side";
import { Tray } from "./panel/tray";
import type { Teller } from "./panel/words";

/** So long the preview waits for a pointer to rest before it asks [ms]. */
const REST = 70;
const SCALES = [0.8, 1.2, 1.8, 2.6];
const STEPS = [5, 15];
/** Between a place and why it is wrong [px]. */
const GAP = 8;
/** In a narrower window there is no room beside a place [px]. */
const PHONE = 704;
/** What begins later than this below the top of a day is scrolled to [min]. */
const LATE = 90;

export class Editor {
  readonly #board: Board;
  readonly #tray: Tray;
  readonly #side: Side;
  readonly #hand: Hand;
  readonly #bar = h("div", { class: "bar", role: "toolbar" });
  readonly #why = h("div", { class: "why", hidden: true });
  readonly #said = h("p", { class: "visually-hidden", "aria-live": "assertive", "data-said": true });
  readonly #note = h("p", { class: "told", role: "status" });
  #day: string;
  #step = 15;
  #scale = 1;
  #chosen: string | null = null;
  #carry: { readonly session: string; readonly version: number; readonly at: Carried; readonly home: string } | null = null;
  #asking = new AbortController();
  #timer = 0;

  constructor(
    readonly root: HTMLElement,
    readonly desk: Desk,
    readonly teller: Teller,
    act: string,
  ) {
    const draft = desk.draft.value;
    this.#board = new Board(teller);
    this.#tray = new Tray(teller, () => this.#draw());
    this.#side = new Side(teller, act, { move: (session, spot) => void desk.move(session, spot), show: (session) => this.#show(session) });
    this.#hand = new Hand(root, this.#board, this.#tray.element, desk, teller.clock, {
      day: () => this.#day,
      busy: () => this.#carry !== null,
      preview: (session, spot) => this.#preview(session, spot),
      drop: (session, spot, version) => this.#dropped(session, spot, version),
    });
    const first = draft.sessions.map(({ start }) => start).filter((start) => start !== null).sort()[0];
    const days = daysOf(draft.first, draft.last);
    const begins = first === undefined ? draft.first : teller.clock.local(first).day;
    this.#day = days.includes(begins) ? begins : draft.first;
    const hint = h("p", { id: "editor-keys", class: "visually-hidden" }, teller.t("keys"));
    fillWith(root, [this.#bar, hint, this.#note, h("div", { class: "editor__parts" }, this.#tray.element, this.#board.scroller, this.#side.element), this.#why, this.#said]);
    this.#board.element.setAttribute("aria-describedby", "editor-keys");
    this.#listen();
    this.#draw();
    this.#reach();
  }

  #listen(): void {
    const { root, desk } = this;
    desk.draft.watch(() => this.#draw());
    desk.history.watch(() => this.#drawBar());
    desk.news.watch((news) => news && this.#tell(news));
    root.addEventListener("click", (event) => this.#click(event));
    document.addEventListener("keydown", (event) => this.#key(event));
    window.addEventListener("resize", () => this.#draw());
    window.addEventListener("beforeprint", () => this.#print(true));
    window.addEventListener("afterprint", () => this.#print(false));
    listen(desk.client.channel, {
      start: () => void desk.refresh(null),
      moved: ({ version, by }: DraftMovedView) => {
        if (version !== desk.draft.value.version) void desk.refresh(by);
      },
    });
  }

  #draw(): void {
    const draft = this.desk.draft.value;
    this.#board.draw(draft, this.#day, this.#step, SCALES[this.#scale] ?? 1, this.#chosen, this.#tabbable());
    this.#tray.draw(draft, this.#chosen);
    this.#side.draw(draft, this.#chosen);
    this.#drawBar();
    if (this.#carry) this.#preview(this.#carry.session, this.#spotOf(this.#carry.session, this.#carry.at));
  }

  /** The block that Tab leads to: the one that is chosen, else the first of the day. */
  #tabbable(): string | null {
    const here = this.#standing();
    return here.find(({ id }) => id === this.#chosen)?.id ?? here[0]?.id ?? null;
  }

  #standing(): readonly { id: string; column: number; minute: number }[] {
    const { halls, sessions } = this.desk.draft.value;
    const places = sessions.flatMap(({ id, hall, start }) => {
      const local = start === null ? null : this.teller.clock.local(start);
      return local?.day === this.#day ? [{ id, column: halls.findIndex((one) => one.id === hall), minute: local.minute }] : [];
    });
    return places.sort((one, other) => one.minute - other.minute || one.column - other.column);
  }

  #drawBar(): void {
    const { teller, desk } = this;
    const draft = desk.draft.value;
    const button = (id: string, label: string, click: () => void, more: Readonly<Record<string, string | boolean>> = {}): HTMLElement => h("button", { type: "button", id, class: "button button--quiet button--small", click, ...more }, label);
    const days = daysOf(draft.first, draft.last).map((day) => button(`day-of-${day}`, teller.shortDay(day), () => this.#turn(day), { "aria-pressed": String(day === this.#day) }));
    const placed = draft.sessions.filter(({ start }) => start !== null).length;
    const steps = h("select", { id: "editor-step", "aria-label": teller.t("step"), change: (event: Event) => { this.#step = Number((event.target as HTMLSelectElement).value); this.#draw(); } },
      ...STEPS.map((step) => h("option", { value: step, selected: step === this.#step }, teller.t("minutes", { count: step }))));
    const { done, undone } = desk.history.value;
    const holds = this.#bar.contains(document.activeElement) ? document.activeElement?.id : "";
    fillWith(this.#bar, [
      h("div", { class: "bar__group", role: "group", "aria-label": teller.t("day") }, ...days),
      h("div", { class: "bar__group" }, button("editor-undo", teller.t("undo"), () => void desk.undo(), { disabled: done.length === 0, title: "Ctrl+Z" }), button("editor-redo", teller.t("redo"), () => void desk.redo(), { disabled: undone.length === 0, title: "Ctrl+Shift+Z" })),
      h("div", { class: "bar__group" }, button("editor-smaller", "−", () => this.#zoom(-1), { "aria-label": teller.t("zoom_out") }), button("editor-larger", "+", () => this.#zoom(1), { "aria-label": teller.t("zoom_in") }), h("label", { class: "bar__step", for: "editor-step" }, teller.t("step"), steps), button("editor-print", teller.t("print"), () => window.print())),
      h("span", { class: "note bar__count" }, teller.t("count", { placed, all: draft.sessions.length })),
    ]);
    if (holds) document.getElementById(holds)?.focus({ preventScroll: true });
  }

  #turn(day: string): void {
    const other = day !== this.#day;
    this.#day = day;
    this.#draw();
    if (other) this.#reach();
  }

  /** Scrolls to what is first on a day, where that is far below its top. */
  #reach(): void {
    const first = this.#standing()[0];
    const { from, scale } = this.#board.grid;
    this.#board.scroller.scrollTop = first && first.minute - from > LATE ? (first.minute - from) * scale - 3 * GAP : 0;
  }

  /** Draws the day so that it fits onto a sheet of paper, or as it was. */
  #print(paper: boolean): void {
    this.#board.paper = paper;
    this.#draw();
  }

  #zoom(by: number): void {
    this.#scale = Math.min(Math.max(this.#scale + by, 0), SCALES.length - 1);
    this.#draw();
  }

  #choose(session: string): void {
    if (this.#chosen === session) return;
    this.#chosen = session;
    this.#draw();
  }

  /** Shows a session on its day. */
  #show(id: string): void {
    const session = this.desk.session(id);
    if (session?.start) this.#day = this.teller.clock.local(session.start).day;
    this.#chosen = id;
    this.#draw();
    const block = this.#board.block(id);
    block?.scrollIntoView({ block: "center", inline: "center" });
    block?.focus({ preventScroll: true });
  }

  // ---- by pointer

  #dropped(id: string, spot: Spot | null, version: number): void {
    this.#chosen = id;
    if (spot) void this.desk.move(id, spot, version);
    this.#draw();
  }

  #click(event: MouseEvent): void {
    const held = (event.target as HTMLElement).closest<HTMLElement>("[data-block], [data-waiting]");
    const id = held?.dataset["block"] ?? held?.dataset["waiting"];
    if (id && !this.#carry) this.#choose(id);
  }

  // ---- by keyboard

  #key(event: KeyboardEvent): void {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z" && !(event.target as HTMLElement).closest("input, textarea, select")) {
      event.preventDefault();
      void (event.shiftKey ? this.desk.redo() : this.desk.undo());
      return;
    }
    if (event.key === "Escape" && this.#hand.holds) return this.#hand.letGo();
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (this.#carry) return this.#keyCarrying(event);
    const held = (event.target as HTMLElement).closest<HTMLElement>("[data-block], [data-waiting]");
    const id = held?.dataset["block"] ?? held?.dataset["waiting"];
    if (id) this.#keyOn(event, id);
  }

  #keyOn(event: KeyboardEvent, id: string): void {
    const session = this.desk.session(id);
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      this.#choose(id);
      if (session?.mine) this.#pickUp(id);
    } else if (event.key === "Delete" && session?.mine && session.start !== null) {
      void this.desk.move(id, { ...spotOf(session), hall: null, start: null });
    } else {
      const all = this.#standing();
      const from = all.find((one) => one.id === id);
      const next = from && neighbour(event.key, from, all);
      if (!next) return;
      event.preventDefault();
      this.#chosen = next;
      this.#draw();
      this.#board.block(next)?.focus();
    }
  }

  #pickUp(id: string): void {
    const session = this.desk.session(id);
    const hall = session?.hall ?? this.desk.draft.value.halls[0]?.id;
    if (!session || hall === undefined) return;
    const local = session.start === null ? { day: this.#day, minute: this.#board.grid.from } : this.teller.clock.local(session.start);
    this.#carry = { session: id, version: session.version, at: { hall, ...local }, home: this.#day };
    this.#say(this.teller.t("picked", { title: this.teller.title(session) }));
    this.#preview(id, this.#spotOf(id, this.#carry.at));
  }

  #keyCarrying(event: KeyboardEvent): void {
    const carry = this.#carry;
    if (!carry) return;
    const draft = this.desk.draft.value;
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      this.#putDown();
      const spot = this.#spotOf(carry.session, carry.at);
      this.#draw();
      void this.desk.move(carry.session, spot, carry.version).then(() => this.#board.block(carry.session)?.focus());
      return;
    }
    if (event.key === "Escape") {
      event.preventDefault();
      this.#putDown();
      this.#turn(carry.home);
      const session = this.desk.session(carry.session);
      if (session) this.#say(this.teller.t("back", { title: this.teller.title(session) }));
      (this.#board.block(carry.session) ?? this.root.querySelector<HTMLElement>(`[data-waiting="${CSS.escape(carry.session)}"]`))?.focus();
      return;
    }
    const at = carriedBy(event.key, carry.at, { halls: draft.halls.map(({ id }) => id), days: daysOf(draft.first, draft.last), step: this.#step });
    if (!at) return;
    event.preventDefault();
    this.#carry = { ...carry, at };
    if (at.day !== this.#day) this.#turn(at.day);
    const spot = this.#spotOf(carry.session, at);
    this.#preview(carry.session, spot);
    this.#say(this.teller.where(draft, spot));
  }

  #putDown(): void {
    this.#carry = null;
    this.#preview("", null);
  }

  #spotOf(id: string, { hall, day, minute }: Carried): Spot {
    const session = this.desk.session(id);
    return { hall, start: this.teller.clock.instant(day, minute), minutes: session?.minutes ?? 0, pinned: session?.pinned ?? false };
  }

  // ---- in words

  /** Shows where something would be, and asks what would be wrong there. */
  #preview(id: string, spot: Spot | null): void {
    window.clearTimeout(this.#timer);
    this.#asking.abort();
    this.#asking = new AbortController();
    if (!spot || spot.hall === null || spot.start === null) {
      this.#board.preview(this.desk.draft.value, null);
      this.#why.hidden = true;
      return;
    }
    this.#reveal(id, spot, null);
    const { signal } = this.#asking;
    const ask = async (): Promise<void> => {
      const wrong = await this.desk.foresee(id, spot, signal).catch(() => null);
      if (signal.aborted || wrong === null) return;
      this.#reveal(id, spot, wrong);
      if (this.#carry) this.#say([this.teller.where(this.desk.draft.value, spot), ...(wrong.length > 0 ? wrong.map(({ words }) => words) : [this.teller.t("fine")])].join(" "));
    };
    this.#timer = window.setTimeout(() => void ask(), REST);
  }

  #reveal(id: string, spot: Spot, wrong: readonly DraftConflict[] | null): void {
    const { teller } = this;
    const { minute } = teller.clock.local(spot.start ?? "");
    this.#board.preview(this.desk.draft.value, { session: id, hall: spot.hall ?? "", minute, minutes: spot.minutes, wrong });
    fillWith(this.#why, [
      h("strong", {}, `${teller.t("would")} ${hhmm(minute)}–${hhmm(minute + spot.minutes)} · ${teller.hall(this.desk.draft.value, spot.hall ?? "")}`),
      wrong === null ? h("p", { class: "note" }, teller.t("asking")) : wrong.length === 0 ? h("p", {}, `✓ ${teller.t("fine")}`)
        : h("ul", { class: "conflicts" }, ...wrong.map((one) => h("li", { "data-level": one.level }, h("span", { class: `level level--${one.level}` }, `${one.level === "block" ? "■" : "▲"} ${teller.words.t(`congress.level.${one.level}`)} · ${one.name}`), one.words))),
    ]);
    this.#why.hidden = false;
    this.#beside(this.#board.ghost.getBoundingClientRect());
  }

  /** Puts the reasons where they hide neither the place nor the pointer: right of it, else left; on a phone far above or below. */
  #beside({ left, right, top }: DOMRect): void {
    const { offsetWidth: wide, offsetHeight: tall } = this.#why;
    if (window.innerWidth < PHONE) {
      const above = top > window.innerHeight / 2;
      this.#why.style.setProperty("left", `${GAP}px`);
      this.#why.style.setProperty("top", `${above ? GAP : window.innerHeight - GAP - tall}px`);
      return;
    }
    const across = right + GAP + wide <= window.innerWidth ? right + GAP : Math.max(GAP, left - GAP - wide);
    this.#why.style.setProperty("left", `${across}px`);
    this.#why.style.setProperty("top", `${Math.max(GAP, Math.min(top, window.innerHeight - GAP - tall))}px`);
  }

  #say(words: string): void {
    this.#said.textContent = words;
  }

  #tell(news: News): void {
    const words = this.#words(news);
    this.#note.textContent = words;
    this.#note.dataset["kind"] = news.kind;
    if (news.kind !== "moved") this.#say(words);
  }

  #words(news: News): string {
    const { teller, desk } = this;
    if (news.kind === "failed") return news.reason === null ? teller.t("offline") : teller.t("failed", { reason: news.reason });
    if (news.kind === "moved") return news.by ? teller.t("moved_by", { name: news.by }) : teller.t("moved_by_somebody");
    const title = teller.title(news.session);
    const where = teller.where(desk.draft.value, news.session);
    if (news.kind === "done") {
      if (news.session.start === null) return news.before.start === null ? teller.t("changed", { title }) : teller.t("taken_out", { title });
      return teller.t("dropped", { title, where });
    }
    return teller.t(news.kind, { title, where });
  }
}
