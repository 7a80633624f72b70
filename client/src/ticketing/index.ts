/** The door of ticketing in the scene: seats of the hall that is chosen show what is free, and are picked. */

import type { Dispose } from "../kit/dispose";
import type { Child } from "../kit/element";
import { HttpFailure } from "../kit/http";
import { listen } from "../kit/live";
import type { OpenPark, Telling } from "../park/index";
import type { SpaceChild, SpaceView } from "../wire/park";
import type { HallOccasion, Proposal, SeatList, SeatPrice } from "../wire/seats";
import { money } from "./model/money";
import { heard, marks, pickedInstead, priceOf, type Stalls, stalls, turned } from "./model/stalls";
import { StallsPanel } from "./panel/stalls";
import { insideOf, occasionsIn, proposal, seatsChannel } from "./seats";

/** The part of the scene's address that says for which occasion seats are shown. */
const OCCASION = "occasion";

/** Shows in `park` what one may come to. */
export function openTicketing(park: OpenPark): void {
  park.tellOf(new HallTeller(park));
}

class HallTeller {
  readonly #panel: StallsPanel;
  /** What was picked for each occasion that was looked at. */
  readonly #picked = new Map<string, readonly string[]>();
  readonly #names = new Map<string, string>();
  #hall: string | null = null;
  #occasions: readonly HallOccasion[] = [];
  #stalls: Stalls | null = null;
  #close: Dispose | null = null;
  #tell: Telling | null = null;

  constructor(readonly park: OpenPark) {
    this.#panel = new StallsPanel(park.words, {
      choose: (occasion) => this.#choose(occasion),
      turn: (seat) => this.#turn(seat),
      best: (type, count) => void this.#best(type, count),
    });
  }

  /** Asks what is on in the hall that is chosen, or in which a chosen seat stands. */
  chosen(space: SpaceView | null, tell: Telling): void {
    this.#tell = tell;
    if (space === null) return;
    const hall = hallOf(space);
    if (space.kind === "seat") this.#learn([space]);
    if (hall === this.#hall) return;
    this.#hall = hall;
    this.#leave();
    if (hall === null) return;
    occasionsIn(hall).then(
      (found) => {
        if (this.#hall === hall) this.#enter(hall, space, found.filter(({ prices }) => prices.length > 0));
      },
      (reason: unknown) => console.error(reason),
    );
  }

  more(space: SpaceView): readonly Child[] {
    const now = this.#stalls;
    if (!now || hallOf(space) !== this.#hall) return [];
    this.#panel.show(now, this.#occasions, space.id, this.#names);
    return [this.#panel.element];
  }

  #leave(): void {
    this.#close?.();
    this.#close = null;
    if (!this.#stalls) return;
    this.#stalls = null;
    this.#tell?.mark(new Map());
  }

  /** Opens the occasion that the address names, else the next one. */
  #enter(hall: string, space: SpaceView, found: readonly HallOccasion[]): void {
    this.#occasions = found;
    const asked = new URLSearchParams(window.location.search).get(OCCASION);
    const next = found.find(({ id }) => id === asked) ?? found[0];
    if (!next) return;
    if (space.id === hall) this.#learn(space.children);
    else insideOf(hall).then((inside) => this.#learn(inside), (reason: unknown) => console.error(reason));
    this.#open(next);
  }

  #learn(spaces: readonly (SpaceView | SpaceChild)[]): void {
    for (const { id, kind, name } of spaces) if (kind === "seat") this.#names.set(id, this.park.words.pick(name));
    this.#tell?.refresh();
  }

  #choose(occasion: string): void {
    const found = this.#occasions.find(({ id }) => id === occasion);
    if (!found) return;
    const asked = new URLSearchParams(window.location.search);
    asked.set(OCCASION, occasion);
    window.history.replaceState(null, "", `?${asked.toString()}${window.location.hash}`);
    this.#open(found);
  }

  #open(occasion: HallOccasion): void {
    this.#close?.();
    this.#panel.say("");
    this.#stalls = pickedInstead(stalls(occasion), this.#picked.get(occasion.id) ?? []);
    const hear = (list: SeatList, whole: boolean): void => {
      if (this.#stalls) this.#hear(this.#stalls, heard(this.#stalls, list, whole));
    };
    this.#close = listen(seatsChannel(occasion.id), {
      snapshot: (list: SeatList) => hear(list, true),
      seats: (list: SeatList) => hear(list, false),
    });
  }

  #hear(before: Stalls, now: Stalls): void {
    const gone = before.picked.filter((seat) => !now.picked.includes(seat));
    if (gone.length) this.#say("gone", { seats: this.#named(gone) });
    this.#show(now);
  }

  #turn(seat: string): void {
    const before = this.#stalls;
    if (!before) return;
    const now = turned(before, seat);
    if (now === before) this.#say("most", { most: this.park.words.number(priceOf(before, seat)?.most ?? 0) });
    else this.#panel.say("");
    this.#show(now);
  }

  async #best(type: string, count: number): Promise<void> {
    const before = this.#stalls;
    if (!before) return;
    let found: Proposal;
    try {
      found = await proposal(before.occasion.id, type, count, []);
    } catch (reason) {
      this.#panel.say(reason instanceof HttpFailure && reason.message ? reason.message : this.park.words.t("scene.failed.part"));
      return;
    }
    const now = this.#stalls;
    if (now?.occasion.id !== before.occasion.id) return;
    const picked = pickedInstead(now, found.seats);
    this.#say(found.parts.length > 1 ? "apart" : "together", { seats: this.#named(picked.picked) });
    this.#show(picked);
  }

  #show(now: Stalls): void {
    this.#stalls = now;
    this.#picked.set(now.occasion.id, now.picked);
    this.#tell?.mark(marks(now, (state, price) => this.#describe(state, price)));
  }

  #named(seats: readonly string[]): string {
    return seats.map((seat) => this.#names.get(seat) ?? seat).join(this.park.words.t("scene.tickets.comma"));
  }

  #say(key: string, params: Readonly<Record<string, string>>): void {
    this.#panel.say(this.park.words.t(`scene.tickets.${key}`, params));
  }

  #describe(state: string, price: SeatPrice): string {
    const { words } = this.park;
    return words.t(`scene.tickets.${state}`, { price: money(price.price, words.language, words.t("scene.tickets.no_charge")), name: words.pick(price.name) });
  }
}

/** The hall of which a space tells. */
function hallOf(space: SpaceView): string | null {
  return space.kind === "seat" || space.kind === "stage" ? space.parent : space.id;
}
