/** What a gate knows and decides by itself, as src/shulian/ticketing/rules/gate.py decides it on the server. */

import type { CountsView, Direction, Fault, GateEntry, PassageView, ScanTold, TicketState, Verdict } from "../../wire/gate";

/** A ticket in the list, by the names of its parts. */
export interface Ticket {
  readonly id: string;
  readonly issue: number;
  readonly state: TicketState;
  readonly online: boolean;
  readonly type: string;
  readonly name: string;
  readonly number: string;
}

/** How somebody passed last by a ticket. */
export interface Passage {
  readonly inside: boolean;
  readonly at: string;
  readonly gate: string;
}

/** All that a gate knows of its occasion. */
export interface Book {
  readonly occasion: string;
  readonly tickets: ReadonlyMap<string, Ticket>;
  readonly passages: ReadonlyMap<string, Passage>;
}

/** What was shown: a code that is ours, a ticket from the list, or nothing that can be read. */
export type Shown =
  | { readonly kind: "code"; readonly occasion: string; readonly ticket: string; readonly issue: number }
  | { readonly kind: "found"; readonly ticket: string }
  | { readonly kind: "fault"; readonly fault: Fault };

/** A verdict and what goes with it on the screen. */
export interface Decision {
  readonly verdict: Verdict;
  readonly fault: Fault | null;
  readonly ticket: string | null;
  /** How somebody passed by the ticket before. */
  readonly before: Passage | null;
}

const PASSED: readonly Verdict[] = ["admitted", "out"];

/** The list as the server tells it. */
export function ticketsOf(entries: readonly GateEntry[]): Map<string, Ticket> {
  return new Map(
    entries.map(([id, issue, state, attendance, type, name, number]) => [
      id,
      { id, issue, state, online: attendance === "online", type, name, number },
    ]),
  );
}

/** Whether somebody passes on that verdict. */
export function passes(verdict: Verdict): boolean {
  return PASSED.includes(verdict);
}

/**
 * What this gate answers by what it knows.
 *
 * A code that is signed was paid: it is let in though the list does not have it yet, or has an older issue.
 */
export function decide(book: Book, shown: Shown, direction: Direction): Decision {
  if (shown.kind === "fault") return { verdict: "unreadable", fault: shown.fault, ticket: null, before: null };
  const ticket = book.tickets.get(shown.ticket);
  const before = book.passages.get(shown.ticket) ?? null;
  const answer = (verdict: Verdict): Decision => ({ verdict, fault: null, ticket: shown.ticket, before });
  if (shown.kind === "code" && shown.occasion !== book.occasion) return answer("elsewhere");
  if (shown.kind === "found" && !ticket) return answer("unreadable");
  const inside = before?.inside ?? false;
  if (direction === "out") return answer(inside ? "out" : "not_in");
  const issue = shown.kind === "code" ? shown.issue : (ticket?.issue ?? 0);
  if (ticket && issue < ticket.issue) return answer("handed_on");
  if (ticket && issue === ticket.issue && ticket.state === "cancelled") return answer("cancelled");
  if (ticket && issue === ticket.issue && ticket.state === "reserved") return answer("not_paid");
  return answer(inside ? "already_in" : "admitted");
}

/** Who is in after a scan on which this gate decided. */
export function after(passages: ReadonlyMap<string, Passage>, ticket: string | null, verdict: Verdict, at: string, gate: string): ReadonlyMap<string, Passage> {
  if (ticket === null || !passes(verdict)) return passages;
  return new Map(passages).set(ticket, { inside: verdict === "admitted", at, gate });
}

/** How many are in, were in and were refused after a scan of which the server does not know yet. */
export function counted(counts: CountsView, verdict: Verdict, before: Passage | null): CountsView {
  if (verdict === "admitted") return { ...counts, inside: counts.inside + 1, out: counts.out - (before && !before.inside ? 1 : 0) };
  if (verdict === "out") return { ...counts, inside: counts.inside - 1, out: counts.out + 1 };
  return { ...counts, refused: counts.refused + 1 };
}

/** A scan that waits to be told to the server. */
export interface Waiting {
  readonly scan: ScanTold;
  readonly ticket: string | null;
  readonly gate: string;
}

/** Who is in by what the server says and by the scans of which it does not know yet. */
export function merged(passages: ReadonlyMap<string, Passage>, told: readonly PassageView[], waiting: readonly Waiting[]): ReadonlyMap<string, Passage> {
  const known = new Map(passages);
  for (const { ticket, inside, at, gate } of told) known.set(ticket, { inside, at, gate });
  return waiting.reduce<ReadonlyMap<string, Passage>>(
    (found, { scan, ticket, gate }) => (scan.told ? after(found, ticket, scan.told, scan.at, gate) : found),
    known,
  );
}

/** The scans that wait, without those of which the server has heard. */
export function left(waiting: readonly Waiting[], heard: ReadonlySet<string>): readonly Waiting[] {
  return waiting.filter(({ scan }) => !heard.has(scan.id));
}

/** The next scans to tell: those of one gate, the first first, not more than the server takes. */
export function batch(waiting: readonly Waiting[], most: number): readonly Waiting[] {
  const gate = waiting[0]?.gate;
  const end = waiting.findIndex((one) => one.gate !== gate);
  return waiting.slice(0, Math.min(end < 0 ? waiting.length : end, most));
}

/** Tickets whose name or number has all that was typed, in the order of their names; some of many. */
export function search(tickets: ReadonlyMap<string, Ticket>, typed: string, most: number): readonly Ticket[] {
  const words = typed.normalize("NFKC").toLocaleLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  const found = [...tickets.values()].filter(({ name, number, state }) => {
    const text = `${name.normalize("NFKC").toLocaleLowerCase()} ${number.toLowerCase()}`;
    return state !== "cancelled" && words.every((word) => text.includes(word));
  });
  return found.sort((a, b) => a.name.localeCompare(b.name)).slice(0, most);
}

/** The ticket of that number. */
export function byNumber(tickets: ReadonlyMap<string, Ticket>, number: string): Ticket | null {
  for (const ticket of tickets.values()) if (ticket.number === number) return ticket;
  return null;
}
