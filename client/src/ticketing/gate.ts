/** A gate at work: decides with the server or alone, forgets no scan, and tells the server when it can. */

import { HttpFailure } from "../kit/http";
import { Signal } from "../kit/signal";
import type { CountsView, Direction, DoubleView, GateView, ScanTold, ScanView } from "../wire/gate";
import { type GateClient, MOST_SCANS } from "./client";
import { typedNumber } from "./model/code";
import { after, batch, type Book, byNumber, counted, decide, type Decision, left, merged, type Shown, ticketsOf, type Waiting } from "./model/gate";
import { added, type Recent, settled } from "./model/recent";
import type { Shelf } from "./shelf";
import { shownBy } from "./verify";

/** How the gate stands to the server: together, without it, logged out, or not allowed. */
export type Link = "here" | "away" | "login" | "refused";

export interface State {
  readonly view: GateView;
  readonly book: Book;
  readonly waiting: readonly Waiting[];
  readonly recent: readonly Recent[];
  readonly counts: CountsView | null;
  readonly doubles: readonly DoubleView[];
  readonly direction: Direction;
  readonly gate: string;
  readonly link: Link;
  /** When the server was last reached; empty: never. */
  readonly synced: string;
  /** By how much the clock here is before the server's, where that is too much [s]. */
  readonly ahead: number | null;
}

export interface Services {
  readonly client: GateClient;
  readonly shelf: Shelf;
  /** The clock here, as ISO 8601. */
  now(): string;
  id(): string;
  /** The page's token against forged changes, asked for anew. */
  guard(): Promise<string>;
}

/** More of what was read the server does not take (src/shulian/ticketing/wire/gate.py). */
const LONGEST = 1000;
/** So long the server is waited for before the gate decides alone [ms]. */
const PATIENCE = 2500;
/** The page's token against forged changes is too old. */
const FORGED = "cross_site";

export class Gate {
  readonly state: Signal<State>;
  readonly #services: Services;
  #tag: string;
  #cursor: string;
  #turn: Promise<unknown> = Promise.resolve();
  #syncing: Promise<void> | null = null;

  private constructor(services: Services, state: State, tag: string, cursor: string) {
    this.#services = services;
    this.state = new Signal(state);
    this.#tag = tag;
    this.#cursor = cursor;
  }

  /** A gate of what the shelf holds, else of what the server tells; raises where there is neither. */
  static async open(services: Services, unnamed: string): Promise<Gate> {
    const { shelf, client } = services;
    const view = (await shelf.get("view")) ?? (await client.view());
    const [list, passages, waiting] = [await shelf.get("tickets"), await shelf.passages(), await shelf.waiting()];
    const known = merged(new Map(), passages, waiting);
    const book: Book = { occasion: view.occasion, tickets: ticketsOf(list?.list.tickets ?? []), passages: known };
    const state: State = {
      view, book, waiting,
      recent: (await shelf.get("recent")) ?? [],
      counts: (await shelf.get("counts")) ?? null,
      doubles: [],
      direction: "in",
      gate: (await shelf.get("gate")) ?? unnamed,
      link: "away",
      synced: (await shelf.get("synced")) ?? "",
      ahead: null,
    };
    return new Gate(services, state, list?.tag ?? "", (await shelf.get("cursor")) ?? "");
  }

  /** Lets people in, or out, from now on. */
  turn(direction: Direction): void {
    this.#set({ direction });
  }

  /** What this gate is called. */
  async call(gate: string): Promise<void> {
    this.#set({ gate });
    await this.#services.shelf.put("gate", gate);
  }

  /** A code was read or typed: decides on it, one after the other. */
  scan(text: string): Promise<Recent> {
    return this.#next(async () => this.#pass(await this.#shown(text), text));
  }

  /** A ticket was found in the list: decides on it. */
  pick(ticket: string): Promise<Recent> {
    return this.#next(() => this.#pass({ kind: "found", ticket }, ""));
  }

  /** Tells the server what waits, and asks what is new; once at a time. */
  sync(): Promise<void> {
    this.#syncing ??= this.#sync().finally(() => {
      this.#syncing = null;
    });
    return this.#syncing;
  }

  #next<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(work, work);
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  async #shown(text: string): Promise<Shown> {
    const { book, view } = this.state.value;
    const number = typedNumber(text);
    if (!number) return shownBy(text, view.keys);
    const found = byNumber(book.tickets, number);
    return found ? { kind: "found", ticket: found.id } : { kind: "fault", fault: "foreign" };
  }

  async #pass(shown: Shown, text: string): Promise<Recent> {
    const { book, direction, link } = this.state.value;
    const what = shown.kind === "found" ? { ticket: shown.ticket } : { code: text.slice(0, LONGEST) };
    const scan: ScanTold = { id: this.#services.id(), direction, at: this.#services.now(), ...what };
    const heard = link === "here" ? await this.#ask(scan) : null;
    if (heard) {
      const decision: Decision = { verdict: heard.verdict, fault: heard.fault, ticket: heard.ticket, before: heard.before };
      return this.#keep(scan, decision, false);
    }
    const decision = decide(book, shown, direction);
    const waits: Waiting = { scan: { ...scan, told: decision.verdict }, ticket: decision.ticket, gate: this.state.value.gate };
    await this.#services.shelf.wait(waits);
    this.#set({ waiting: [...this.state.value.waiting, waits] });
    return this.#keep(scan, decision, true);
  }

  /** What the server decides; null where it is not reached in time. */
  async #ask(scan: ScanTold): Promise<ScanView | null> {
    const { client, now } = this.#services;
    try {
      const heard = await client.scans({ gate: this.state.value.gate, sent: now(), scans: [scan] }, AbortSignal.timeout(PATIENCE));
      this.#set({ ahead: heard.wrong ? heard.ahead : null, synced: now() });
      await this.#count(heard.counts);
      return heard.scans[0] ?? null;
    } catch (reason) {
      this.#set({ link: linkAfter(reason) });
      return null;
    }
  }

  async #keep(scan: ScanTold, { verdict, fault, ticket, before }: Decision, offline: boolean): Promise<Recent> {
    const { book, view, gate, recent } = this.state.value;
    const known = ticket === null ? undefined : book.tickets.get(ticket);
    const type = view.types.find(({ id }) => id === known?.type);
    const one: Recent = {
      id: scan.id, at: scan.at, direction: scan.direction, verdict, fault, before, offline,
      name: known?.name ?? "", number: known?.number ?? "", type: type?.name ?? null,
      synced: !offline, turned: null,
    };
    const passages = after(book.passages, ticket, verdict, scan.at, gate);
    const { counts } = this.state.value;
    if (offline && counts) await this.#count(counted(counts, verdict, before));
    this.#set({ book: { ...book, passages }, recent: added(recent, one) });
    await this.#services.shelf.put("recent", this.state.value.recent);
    const passage = ticket === null ? undefined : passages.get(ticket);
    if (ticket !== null && passage) await this.#services.shelf.pass([{ ticket, ...passage }]);
    return one;
  }

  async #sync(): Promise<void> {
    try {
      await this.#tell();
      await this.#hear();
      this.#set({ link: "here", synced: this.#services.now() });
      await this.#services.shelf.put("synced", this.state.value.synced);
    } catch (reason) {
      this.#set({ link: linkAfter(reason) });
    }
  }

  async #tell(): Promise<void> {
    const { client, shelf, now, guard } = this.#services;
    let renewed = false;
    for (let some = batch(this.state.value.waiting, MOST_SCANS); some.length > 0; some = batch(this.state.value.waiting, MOST_SCANS)) {
      try {
        const heard = await client.scans({ gate: some[0]?.gate ?? "", sent: now(), scans: some.map(({ scan }) => scan) });
        const ids = new Set(heard.scans.map(({ id }) => id));
        await shelf.heard(ids);
        const recent = settled(this.state.value.recent, heard.scans);
        this.#set({ waiting: left(this.state.value.waiting, ids), recent, ahead: heard.wrong ? heard.ahead : null });
        await shelf.put("recent", recent);
        await this.#count(heard.counts);
      } catch (reason) {
        // the page may be older than the token that guards it: a new one is asked for, once
        if (renewed || !(reason instanceof HttpFailure) || reason.code !== FORGED) throw reason;
        renewed = true;
        client.guard = await guard();
      }
    }
  }

  async #hear(): Promise<void> {
    const { client, shelf } = this.#services;
    const view = await client.view();
    const list = await client.tickets(this.#tag);
    const told = await client.passages(this.#cursor);
    const { doubles } = await client.doubles();
    const { book, waiting } = this.state.value;
    const tickets = list ? ticketsOf(list.list.tickets) : book.tickets;
    const passages = merged(book.passages, told.passages, waiting);
    this.#tag = list?.tag ?? this.#tag;
    this.#cursor = told.cursor;
    this.#set({ view, book: { ...book, tickets, passages }, doubles });
    await this.#count(told.counts);
    await shelf.put("view", view);
    if (list) await shelf.put("tickets", list);
    await shelf.pass(told.passages);
    await shelf.put("cursor", told.cursor);
  }

  /** How many are in and were in, now and when the page is opened without network. */
  async #count(counts: CountsView): Promise<void> {
    this.#set({ counts });
    await this.#services.shelf.put("counts", counts);
  }

  #set(change: Partial<State>): void {
    this.state.value = { ...this.state.value, ...change };
  }
}

function linkAfter(reason: unknown): Link {
  if (!(reason instanceof HttpFailure) || reason.code === FORGED) return "away";
  if (reason.status === 401) return "login";
  return reason.status === 403 || reason.status === 404 ? "refused" : "away";
}
