/** Generated from src/shulian/ticketing/wire/seats.py by `make docs`; never edited. */

/** What a seat is now. */
export interface SeatChange {
  readonly seat: string;
  readonly state: SeatState;
}

/** What a seat is for an occasion, now. */
export type SeatState = "free" | "held" | "sold" | "closed";

/** What seats are now; in a snapshot those that are not listed are free. */
export interface SeatList {
  readonly seats: readonly SeatChange[];
}

/** Seats for a party. */
export interface Proposal {
  readonly type: string;
  readonly seats: readonly string[];
  readonly parts: readonly number[];
  readonly lonely: readonly string[];
  readonly total: number;
}

/** Seats of one price. */
export interface SeatPrice {
  readonly type: string;
  readonly name: Text;
  readonly price: number;
  readonly most: number;
  readonly seats: readonly string[];
}

/** The same words in Chinese and English; an empty side falls back to the other. */
export interface Text {
  readonly zh: string;
  readonly en: string;
}

/** What one may come to in a hall, and for which of its seats there are tickets now. */
export interface HallOccasion {
  readonly id: string;
  readonly title: Text;
  readonly start: string;
  readonly end: string;
  readonly prices: readonly SeatPrice[];
}
