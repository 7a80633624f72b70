/** Generated from src/shulian/ticketing/wire/gate.py by `make docs`; never edited. */

/** A key of this installation: what it has signed is ours. */
export interface GateKey {
  readonly id: number;
  readonly key: string;
}

/** A ticket type by its name. */
export interface GateType {
  readonly id: string;
  readonly name: Text;
}

/** The same words in Chinese and English; an empty side falls back to the other. */
export interface Text {
  readonly zh: string;
  readonly en: string;
}

/** What a gate must know of its occasion. */
export interface GateView {
  readonly occasion: string;
  readonly title: Text;
  readonly start: string;
  readonly end: string | null;
  readonly state: OccasionState;
  readonly timezone: string;
  readonly keys: readonly GateKey[];
  readonly types: readonly GateType[];
  readonly now: string;
}

/** Where an occasion stands. */
export type OccasionState = "draft" | "open" | "closed" | "cancelled";

/** A ticket in the list: what decides, and what is shown to who stands at the gate. */
export type GateEntry = readonly [ticket: string, issue: number, state: TicketState, attendance: Attendance, type: string, name: string, number: string];

/** Where a ticket stands. */
export type TicketState = "reserved" | "valid" | "cancelled";

/** How one takes part; changing it changes nothing else. */
export type Attendance = "on_site" | "online";

/** Every ticket of an occasion, for when there is no network. */
export interface GateTickets {
  readonly tickets: readonly GateEntry[];
}

/** How somebody passed last by a ticket: whether they are in. */
export interface PassageView {
  readonly ticket: string;
  readonly inside: boolean;
  readonly at: string;
  readonly gate: string;
}

/** How many are in, were in, were refused, and came in by a copy. */
export interface CountsView {
  readonly inside: number;
  readonly out: number;
  readonly refused: number;
  readonly doubles: number;
}

/** Who passed since the gate asked last; `cursor` is to be named the next time. */
export interface Passages {
  readonly passages: readonly PassageView[];
  readonly cursor: string;
  readonly counts: CountsView;
}

/** A ticket that was shown: its code as it was read, or the ticket that was found by hand. */
export interface ScanTold {
  readonly id: string;
  readonly direction: Direction;
  readonly at: string;
  readonly code?: string;
  readonly ticket?: string | null;
  readonly told?: Verdict | null;
}

/** Which way somebody passes a gate. */
export type Direction = "in" | "out";

/** What a gate answers. */
export type Verdict = "admitted" | "out" | "already_in" | "not_in" | "not_paid" | "cancelled" | "handed_on" | "elsewhere" | "unreadable";

/** Scans of one gate, whose clock says `sent` when it sends them. */
export interface ScansTold {
  readonly gate: string;
  readonly sent: string;
  readonly scans: readonly ScanTold[];
}

/** A scan and what it came to. */
export interface ScanView {
  readonly id: string;
  readonly ticket: string | null;
  readonly direction: Direction;
  readonly verdict: Verdict;
  readonly told: Verdict;
  readonly fault: Fault | null;
  readonly gate: string;
  readonly at: string;
  readonly before: PassageView | null;
}

/** Why what was shown is no code of ours. */
export type Fault = "foreign" | "cut" | "newer" | "stranger" | "forged";

/** What became of the scans that were told; each of them can be forgotten by the gate. */
export interface ScansHeard {
  readonly scans: readonly ScanView[];
  readonly ahead: number;
  readonly wrong: boolean;
  readonly counts: CountsView;
}

/** Two who came in by one ticket: the one that counts, and the copy. */
export interface DoubleView {
  readonly ticket: string;
  readonly name: string;
  readonly first_gate: string;
  readonly first_at: string;
  readonly first_offline: boolean;
  readonly second_gate: string;
  readonly second_at: string;
  readonly second_offline: boolean;
}

/** The copies that came in, the latest first. */
export interface Doubles {
  readonly doubles: readonly DoubleView[];
}
