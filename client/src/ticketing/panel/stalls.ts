/** The panel of a hall's seats in the scene: which evening, what is free, what one has picked, and the way to hold it. */

import { fillWith, h } from "../../kit/element";
import type { Words } from "../../kit/i18n";
import type { HallOccasion, SeatPrice } from "../../wire/seats";
import { money } from "../model/money";
import { address, isOffered, left, mostOf, priceOf, type Stalls, total } from "../model/stalls";

/** So many seats people look for, as a rule. */
const USUAL = 2;

export interface StallsActions {
  /** Shows the seats for another occasion. */
  readonly choose: (occasion: string) => void;
  /** Picks a seat, or lets it go. */
  readonly turn: (seat: string) => void;
  /** Picks the best seats of a price for so many people. */
  readonly best: (type: string, count: number) => void;
}

export class StallsPanel {
  readonly element: HTMLElement;
  readonly #title = h("h3", {});
  readonly #when = h("p", { class: "stalls-when" });
  readonly #occasion: HTMLSelectElement;
  readonly #evening: HTMLElement;
  readonly #left = h("p", { class: "stalls-left" });
  readonly #pick: HTMLButtonElement;
  readonly #count = h("select", { id: "stalls-count", name: "count" });
  readonly #price = h("select", { id: "stalls-price", name: "type" });
  readonly #best: HTMLFormElement;
  readonly #picked = h("ul", { class: "stalls-picked" });
  readonly #sum = h("p", { class: "stalls-sum" });
  readonly #said = h("p", { class: "stalls-said", role: "status" });
  readonly #go = h("a", {});
  #seat = "";
  /** What the choices were made of. */
  #offered = "";

  constructor(
    readonly words: Words,
    readonly actions: StallsActions,
  ) {
    const t = (key: string): string => words.t(`scene.tickets.${key}`);
    this.#occasion = h("select", { id: "stalls-occasion", name: "occasion", change: () => actions.choose(this.#occasion.value) });
    this.#evening = field(t("occasion"), this.#occasion);
    this.#pick = h("button", { type: "button", click: () => actions.turn(this.#seat) });
    this.#best = h("form", { class: "stalls-best", submit: (event: Event) => {
      event.preventDefault();
      actions.best(this.#price.value, Number(this.#count.value));
    } }, field(t("party"), this.#count), field(t("price"), this.#price), h("button", { type: "submit", class: "button" }, t("find")));
    this.element = h("section", { class: "facts-tickets", "aria-labelledby": "stalls-title" },
      this.#title, this.#when, this.#evening, this.#left, this.#best, this.#picked, this.#sum, this.#said,
      h("p", { class: "facts-actions" }, this.#pick, this.#go));
    this.#title.id = "stalls-title";
  }

  /** Shows what is free for `now`, one of `occasions`, beside the facts of `space`. */
  show(now: Stalls, occasions: readonly HallOccasion[], space: string, names: ReadonlyMap<string, string>): void {
    const { words } = this;
    const free = left(now);
    this.#seat = space;
    this.#title.textContent = words.pick(now.occasion.title);
    this.#when.textContent = words.moment(now.occasion.start);
    this.#when.hidden = occasions.length > 1;
    this.#evening.hidden = occasions.length < 2;
    this.#left.textContent = words.t(free ? "scene.tickets.left" : "scene.tickets.sold_out", { count: words.number(free) });
    this.#best.hidden = free === 0;
    this.#offer(now, occasions);
    this.#list(now, names);
    const mine = now.picked.includes(space);
    this.#pick.hidden = !mine && !isOffered(now, space);
    this.#pick.textContent = words.t(mine ? "scene.tickets.drop" : "scene.tickets.pick");
    this.#pick.className = now.picked.length ? "button" : "button button-main";
    this.#go.href = address(now);
    this.#go.className = now.picked.length ? "button button-main" : "button";
    this.#go.textContent = words.t(now.picked.length ? "scene.tickets.hold" : "scene.tickets.plan", { count: words.number(now.picked.length) });
  }

  /** Tells what has become of what one wanted. */
  say(text: string): void {
    this.#said.textContent = text;
  }

  /** Evenings, parties and prices; made anew only when they are others, so that an open choice stays open. */
  #offer(now: Stalls, occasions: readonly HallOccasion[]): void {
    const offered = JSON.stringify([now.occasion.id, occasions.map(({ id }) => id), now.occasion.prices.map(({ type, price }) => [type, price])]);
    if (offered === this.#offered) return;
    this.#offered = offered;
    fillWith(this.#occasion, occasions.map(({ id, title, start }) =>
      option(id, now.occasion.id, this.#isOf(now.occasion, title) ? this.words.moment(start) : `${this.words.moment(start)} · ${this.words.pick(title)}`)));
    fillWith(this.#price, now.occasion.prices.map((price) => option(price.type, now.occasion.prices[0]?.type ?? "", this.#priced(price))));
    const counts = Array.from({ length: mostOf(now) }, (_, index) => String(index + 1));
    fillWith(this.#count, counts.map((count) => option(count, String(USUAL), count)));
  }

  #isOf({ title }: HallOccasion, other: HallOccasion["title"]): boolean {
    return this.words.pick(title) === this.words.pick(other);
  }

  #priced({ name, price }: SeatPrice): string {
    // the price first: it is what is left where the choice is too narrow for both
    return `${this.#money(price)} ${this.words.pick(name)}`;
  }

  #money(fen: number): string {
    return money(fen, this.words.language, this.words.t("scene.tickets.no_charge"));
  }

  #list(now: Stalls, names: ReadonlyMap<string, string>): void {
    const { words } = this;
    fillWith(this.#picked, now.picked.map((seat) => {
      const name = names.get(seat) ?? seat;
      return h("li", {}, h("span", {}, name), h("span", {}, this.#money(priceOf(now, seat)?.price ?? 0)),
        h("button", { type: "button", class: "icon-button", "aria-label": words.t("scene.tickets.drop_one", { seat: name }), click: () => {
          this.actions.turn(seat);
          this.#title.focus({ preventScroll: true });
        } }, "×"));
    }));
    this.#picked.hidden = this.#sum.hidden = now.picked.length === 0;
    this.#sum.textContent = words.t("scene.tickets.sum", { count: words.number(now.picked.length), sum: this.#money(total(now)) });
    this.#title.tabIndex = -1;
  }
}

function field(name: string, control: HTMLSelectElement): HTMLElement {
  return h("div", { class: "stalls-field" }, h("label", { for: control.id }, name), control);
}

function option(value: string, chosen: string, name: string): HTMLOptionElement {
  return h("option", { value, selected: value === chosen }, name);
}
