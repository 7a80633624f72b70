/** The seats of a hall in the scene: which are free, and which one has picked; pure functions. */

import type { LiveView } from "../../wire/park";
import type { HallOccasion, SeatList, SeatPrice } from "../../wire/seats";

export interface Stalls {
  readonly occasion: HallOccasion;
  /** Seats that somebody has. */
  readonly taken: ReadonlySet<string>;
  readonly picked: readonly string[];
}

/** How a seat is called by what it is now, and at which price. */
export type Say = (state: "free" | "taken" | "mine", price: SeatPrice) => string;

export function stalls(occasion: HallOccasion): Stalls {
  return { occasion, taken: new Set(), picked: [] };
}

/** What a seat is sold as; none: it is not sold. */
export function priceOf({ occasion }: Stalls, seat: string): SeatPrice | undefined {
  return occasion.prices.find((price) => price.seats.includes(seat));
}

/** The stalls after a snapshot, which tells all that are not free, or after some have changed. */
export function heard(before: Stalls, list: SeatList, whole: boolean): Stalls {
  const taken = new Set(whole ? [] : before.taken);
  for (const { seat, state } of list.seats) {
    if (state === "free") taken.delete(seat);
    else taken.add(seat);
  }
  return { ...before, taken, picked: before.picked.filter((seat) => !taken.has(seat)) };
}

/** Picks a seat that is free, or lets it go. */
export function turned(before: Stalls, seat: string): Stalls {
  if (before.picked.includes(seat)) return { ...before, picked: before.picked.filter((each) => each !== seat) };
  const price = priceOf(before, seat);
  if (!price || !isOffered(before, seat) || before.picked.length >= price.most) return before;
  return { ...before, picked: [...before.picked, seat] };
}

/** Picks those of `seats` that are free, instead of what was picked. */
export function pickedInstead(before: Stalls, seats: readonly string[]): Stalls {
  return { ...before, picked: seats.filter((seat) => isOffered(before, seat)) };
}

/** Whether a seat is sold, and nobody has it. */
export function isOffered(now: Stalls, seat: string): boolean {
  return priceOf(now, seat) !== undefined && !now.taken.has(seat);
}

/** What all that is picked costs [fen]. */
export function total(now: Stalls): number {
  return now.picked.reduce((sum, seat) => sum + (priceOf(now, seat)?.price ?? 0), 0);
}

/** How many seats there are in one order at most. */
export function mostOf({ occasion }: Stalls): number {
  return Math.max(1, ...occasion.prices.map(({ most }) => most));
}

/** How many seats are free. */
export function left({ occasion, taken }: Stalls): number {
  return occasion.prices.reduce((sum, price) => sum + price.seats.filter((seat) => !taken.has(seat)).length, 0);
}

/** What every seat looks like in the scene: the token is its colour, the words are in its panel. */
export function marks(now: Stalls, say: Say): ReadonlyMap<string, LiveView> {
  const picked = new Set(now.picked);
  const found = new Map<string, LiveView>();
  for (const price of now.occasion.prices) {
    for (const space of price.seats) {
      const state = picked.has(space) ? "mine" : now.taken.has(space) ? "taken" : "free";
      const words = say(state, price);
      const token = ({ mine: "held", taken: "full", free: "free" } as const)[state];
      found.set(space, { space, token, words: { zh: words, en: words }, number: null, until: null });
    }
  }
  return found;
}

/** The page on which the picked seats are held, or others are picked. */
export function address({ occasion, picked }: Stalls): string {
  const query = new URLSearchParams(picked.map((seat) => ["seat", seat]));
  return `/occasions/${encodeURIComponent(occasion.id)}/seats${picked.length ? `?${query.toString()}` : ""}`;
}
