/** Picking seats on the plan of a hall: by pointer, by keyboard, together, and live. */

import { h } from "../kit/element";
import { HttpFailure } from "../kit/http";
import { fill } from "../kit/i18n";
import { listen } from "../kit/live";
import { proposal, seatsChannel } from "../ticketing/seats";
import {
  type Change, find, type Hall, lonely, pickedInstead, type Seat, type SeatState, seatsOf, stepped, toggled, told, total,
} from "../ticketing/model/hall";
import { money } from "../ticketing/model/money";
import type { SeatList } from "../wire/seats";

/** So wide is the mark of a seat at least before a finger picks it [px]: WCAG 2.2, 2.5.8. */
const LEAST = 24;
const KEYS = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End", "PageUp", "PageDown"];

/** Makes the plan of the page one from which seats are picked, if there is one. */
export function enlivenSeats(page: ParentNode): void {
  const form = page.querySelector<HTMLFormElement>("[data-seats]");
  const root = form?.closest<HTMLElement>(".seating");
  if (form && root) new Picking(root, form);
}

class Picking {
  readonly #words: Readonly<Record<string, string>>;
  readonly #language = document.documentElement.lang;
  readonly #most: number;
  readonly #plan: HTMLElement;
  readonly #sheet: SVGSVGElement;
  readonly #marks = new Map<string, SVGUseElement>();
  readonly #boxes = new Map<string, HTMLInputElement>();
  readonly #ring: SVGElement;
  #hall: Hall;
  /** The seat that Tab leads to. */
  #current: string;

  constructor(
    readonly root: HTMLElement,
    readonly form: HTMLFormElement,
  ) {
    this.#words = JSON.parse(form.dataset["words"] ?? "{}") as Record<string, string>;
    this.#most = Number(form.dataset["most"] ?? "10");
    this.#plan = part(form, "[data-plan]");
    this.#sheet = part<SVGSVGElement>(form, ".plan__sheet");
    this.#ring = part<SVGElement>(form, ".seatplan__ring");
    for (const box of form.querySelectorAll<HTMLInputElement>("input[name=seat]")) this.#boxes.set(box.value, box);
    this.#hall = { rows: this.#read(), picked: [...this.#boxes.values()].filter((box) => box.checked).map((box) => box.value), gone: [] };
    const first = this.#hall.picked[0] ?? seatsOf(this.#hall).find((seat) => seat.state === "free")?.id;
    this.#current = first ?? seatsOf(this.#hall)[0]?.id ?? "";
    this.#enliven();
    this.#hear();
    this.#draw();
    this.#follow();
  }

  #t(key: string, params: Readonly<Record<string, string | number>> = {}): string {
    return fill(this.#words[key] ?? key, params);
  }

  #read(): readonly (readonly Seat[])[] {
    const prices = JSON.parse(this.form.dataset["prices"] ?? "{}") as Record<string, number>;
    return [...this.#sheet.querySelectorAll<SVGGElement>("[data-row]")].map((row) =>
      [...row.querySelectorAll<SVGUseElement>("[data-seat]")].map((mark) => {
        const { seat = "", name = "", type = "", state = "free", gap } = mark.dataset;
        this.#marks.set(seat, mark);
        return { id: seat, name, type, price: prices[type] ?? 0, x: mark.x.baseVal.value, gap: gap !== undefined, state: state as SeatState };
      }));
  }

  /** Makes the drawing a grid for keyboards and screen readers; without script the list beside it is enough. */
  #enliven(): void {
    this.#sheet.removeAttribute("aria-hidden");
    this.#sheet.setAttribute("role", "grid");
    this.#sheet.setAttribute("aria-label", this.#t("grid"));
    this.#sheet.setAttribute("aria-multiselectable", "true");
    for (const row of this.#sheet.querySelectorAll("[data-row]")) row.setAttribute("role", "row");
    for (const mark of this.#marks.values()) mark.setAttribute("role", "gridcell");
    for (const one of this.form.querySelectorAll<HTMLElement>("[data-scripted]")) one.hidden = false;
  }

  #hear(): void {
    this.#sheet.addEventListener("click", (event) => this.#clicked(event));
    this.#sheet.addEventListener("keydown", (event) => this.#pressed(event));
    this.#sheet.addEventListener("focusin", () => this.#point());
    this.#sheet.addEventListener("focusout", () => this.#point());
    for (const box of this.#boxes.values()) box.addEventListener("change", () => this.#toggle(box.value));
    part(this.root, "[data-picked]").addEventListener("click", (event) => {
      const id = (event.target as Element).closest<HTMLElement>("[data-drop]")?.dataset["drop"];
      if (id) this.#toggle(id);
    });
    const ask = this.root.querySelector<HTMLFormElement>("[data-best]");
    ask?.addEventListener("submit", (event) => {
      event.preventDefault();
      const wish = new FormData(ask);
      void this.#propose(String(wish.get("type") ?? ""), Number(wish.get("count")), []);
    });
    part(this.root, "[data-better]").addEventListener("click", () => {
      const type = find(this.#hall, this.#hall.picked[0] ?? "")?.type ?? "";
      void this.#propose(type, this.#hall.picked.length, this.#hall.picked);
    });
  }

  #clicked(event: MouseEvent): void {
    const mark = (event.target as Element).closest<SVGUseElement>("[data-seat]");
    const width = this.#marks.values().next().value?.getBoundingClientRect().width ?? LEAST;
    if (width < LEAST && matchMedia("(pointer: coarse)").matches) {
      this.#plan.dispatchEvent(new CustomEvent("plan:near", { detail: { at: event, factor: (LEAST * 1.2) / width } }));
      return;
    }
    const id = mark?.dataset["seat"];
    if (!id) return;
    this.#current = id;
    this.#toggle(id);
  }

  #pressed(event: KeyboardEvent): void {
    if (event.key === " " || event.key === "Enter") this.#toggle(this.#current);
    else if (KEYS.includes(event.key)) this.#current = stepped(this.#hall, this.#current, event.key);
    else return;
    event.preventDefault();
    this.#draw();
    const mark = this.#marks.get(this.#current);
    mark?.focus({ preventScroll: true });
    if (mark) this.#plan.dispatchEvent(new CustomEvent("plan:show", { detail: mark }));
  }

  #toggle(id: string): void {
    const before = this.#hall;
    this.#hall = toggled(before, id, this.#most);
    const seat = find(this.#hall, id);
    if (seat && this.#hall === before) this.#say(seat.state === "free" ? this.#t("most", { most: this.#most }) : this.#describe(seat));
    else if (seat) this.#say(this.#t(this.#hall.picked.includes(id) ? "picked_one" : "dropped_one", { seat: seat.name }));
    this.#draw();
  }

  async #propose(type: string, count: number, near: readonly string[]): Promise<void> {
    try {
      const found = await proposal(this.form.dataset["occasion"] ?? "", type, count, near);
      this.#hall = pickedInstead(this.#hall, found.seats);
      const names = this.#hall.picked.map((id) => find(this.#hall, id)?.name ?? id).join(this.#t("comma"));
      this.#say(this.#t(found.parts.length > 1 ? "best_apart" : "best_together", { seats: names }));
      this.#current = this.#hall.picked[0] ?? this.#current;
    } catch (reason) {
      this.#say(reason instanceof HttpFailure && reason.message ? reason.message : this.#t("failed"));
    }
    this.#draw();
  }

  /** What others take and give back while one looks. */
  #follow(): void {
    if (this.form.dataset["live"] === undefined) return;
    listen(seatsChannel(this.form.dataset["occasion"] ?? ""), {
      snapshot: (list: SeatList) => {
        const taken = new Map(list.seats.map(({ seat, state }) => [seat, state]));
        this.#learn(seatsOf(this.#hall).map(({ id, state }): Change => [id, taken.get(id) ?? (state === "closed" ? "closed" : "free")]));
      },
      seats: (list: SeatList) => this.#learn(list.seats.map(({ seat, state }): Change => [seat, state])),
    });
  }

  #learn(changes: readonly Change[]): void {
    const lost = this.#hall.gone.length;
    this.#hall = told(this.#hall, changes);
    if (this.#hall.gone.length > lost) this.#say(this.#t("gone", { seats: this.#names(this.#hall.gone) }));
    this.#draw();
  }

  #names(ids: readonly string[]): string {
    return ids.map((id) => find(this.#hall, id)?.name ?? id).join(this.#t("comma"));
  }

  #describe(seat: Seat): string {
    const state = this.#hall.picked.includes(seat.id) ? "mine" : seat.state === "free" ? "free" : "taken";
    return this.#t("seat", { seat: seat.name, price: money(seat.price, this.#language, this.#t("free")), state: this.#t(`state_${state}`) });
  }

  #draw(): void {
    const picked = new Set(this.#hall.picked);
    for (const seat of seatsOf(this.#hall)) {
      const mark = this.#marks.get(seat.id);
      const box = this.#boxes.get(seat.id);
      const mine = picked.has(seat.id);
      const shape = mine ? "mine" : seat.state === "free" ? `free-${mark?.dataset["category"] ?? "0"}` : "taken";
      if (mark && mark.dataset["shape"] !== shape) {
        mark.dataset["shape"] = shape;
        mark.setAttribute("href", `#seat-${shape}`);
      }
      mark?.setAttribute("tabindex", seat.id === this.#current ? "0" : "-1");
      mark?.setAttribute("aria-label", this.#describe(seat));
      mark?.setAttribute("aria-selected", String(mine));
      if (box) {
        box.checked = mine;
        box.disabled = seat.state !== "free" && !mine;
      }
    }
    this.#sum();
    this.#keep();
    this.#point();
  }

  /** Who logs in first finds what they picked when they come back. */
  #keep(): void {
    const login = this.root.querySelector<HTMLAnchorElement>("[data-login]");
    if (!login) return;
    const picked = new URLSearchParams(this.#hall.picked.map((seat) => ["seat", seat]));
    const back = `${login.dataset["login"] ?? ""}${this.#hall.picked.length ? `?${picked.toString()}` : ""}`;
    login.href = `/login?${new URLSearchParams({ next: back }).toString()}`;
  }

  #sum(): void {
    const seats = this.#hall.picked.map((id) => find(this.#hall, id)).filter((seat) => seat !== undefined);
    part(this.root, "[data-picked]").replaceChildren(...seats.map((seat) =>
      h("li", { class: "picked__seat" }, h("span", {}, seat.name), h("span", { class: "picked__price" }, money(seat.price, this.#language, this.#t("free"))),
        h("button", { type: "button", class: "picked__drop", "data-drop": seat.id, "aria-label": this.#t("drop", { seat: seat.name }) }, "×"))));
    part(this.root, "[data-none]").hidden = seats.length > 0;
    part(this.root, "[data-total]").textContent = money(total(this.#hall), this.#language, this.#t(seats.length ? "free" : "zero"));
    part(this.root, "[data-count]").textContent = this.#t("count", { count: seats.length });
    const alone = lonely(this.#hall);
    const advice = part(this.root, "[data-advice]");
    advice.hidden = alone.length === 0;
    part(advice, "[data-advice-words]").textContent = alone.length ? this.#t("lonely", { seats: alone.map((seat) => seat.name).join(this.#t("comma")) }) : "";
  }

  /** The ring around the seat that has the keyboard. */
  #point(): void {
    const mark = this.#marks.get(this.#current);
    const focused = mark !== undefined && document.activeElement === mark;
    this.#ring.toggleAttribute("hidden", !focused);
    if (!mark) return;
    for (const name of ["x", "y"] as const) this.#ring.setAttribute(name, String(mark[name].baseVal.value - 0.06));
  }

  #say(text: string): void {
    part(this.form, "[data-said]").textContent = text;
  }
}

function part<T extends Element = HTMLElement>(root: ParentNode, selector: string): T {
  const found = root.querySelector<T>(selector);
  if (!found) throw new Error(`the page lacks ${selector}`);
  return found;
}
