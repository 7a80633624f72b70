/** Being in the world: what one knows of it, and everything one can do there. */

import { Bag, type Dispose } from "../kit/dispose";
import { HttpFailure } from "../kit/http";
import { Signal } from "../kit/signal";
import type { Call, Go, Measure, News, Order, Scope, TicketView } from "../wire/world";
import * as client from "./client";
import { Link, type Session } from "./link";
import type { LinkState } from "./model/comeback";
import { moveFrame, type Snapshot, SnapshotReader, type Standing } from "./model/snapshot";
import { type Message, next, START, type State } from "./model/state";

export interface Entrance {
  readonly park: string;
  /** Where one wants to; null for the entrance, or one's place from before. */
  readonly space: string | null;
  /** The page's token against forged changes. */
  readonly guard: string;
}

export interface PresenceListener {
  news?(news: News): void;
  snapshot?(snapshot: Snapshot): void;
}

export interface MeasureOptions {
  readonly reason?: string;
  /** Null: until it is taken back. */
  readonly minutes?: number | null;
  done(): void;
}

/** A call without its key. */
type Asked<T extends Call> = Omit<T, "type" | "key">;

/** The name that a guest has chosen. */
const NAME = "shulian.world.name";
/** A place is kept for a minute; what is older is not asked for [ms]. */
const KEPT = 50_000;

/** Which measure keeps one out, where that is why one gets no ticket. */
function sentenceOf({ code, params }: HttpFailure): Order | null {
  const measure = code === "world.banned" ? "ban" : code === "world.removed" ? "remove" : null;
  if (measure === null || params["by"] === undefined) return null;
  return { type: "order", measure, by: String(params["by"]), reason: String(params["reason"] ?? ""), until: String(params["until"] ?? "") || null };
}

export class Presence {
  readonly state = new Signal<State>(START);
  /** Whether one has no account, and may choose a name. */
  readonly guest = new Signal(false);
  /** Names of those one has blocked, by their key. */
  readonly blocked = new Signal<ReadonlyMap<string, string>>(new Map());
  readonly #listeners = new Set<PresenceListener>();
  readonly #link: Link;
  readonly #reader = new SnapshotReader();
  readonly #bag = new Bag();
  readonly #drawer: string;
  /** What follows when the server has done what a call asked for, or has not, by its key. */
  readonly #awaited = new Map<string, (done: boolean) => void>();
  #wanted: string | null;
  #keys = 0;

  constructor({ park, space, guard }: Entrance) {
    this.#drawer = `shulian.world.${park}`;
    this.#wanted = space;
    const kept = this.#restored();
    this.#link = this.#bag.add(new Link(() => this.#ticket(park, guard), {
      link: (link, reason) => this.#linked(link, reason),
      news: (news) => this.#hear(news),
      bytes: (data) => this.#see(data),
      last: () => this.state.value.messages.at(-1)?.number ?? 0,
    }, kept));
    this.#bag.listen(window, "pagehide", () => this.#keep());
  }

  open(): void {
    this.#send({ type: "link", link: "connecting", why: "" });
    this.#link.open();
  }

  async #ticket(park: string, guard: string): Promise<TicketView> {
    const ticket = await client.ticket(park, this.#wanted, window.localStorage.getItem(NAME) ?? "", guard);
    this.guest.value = ticket.guest;
    return ticket;
  }

  /** Is called `name` from now on, as a guest: comes in anew. */
  rename(name: string): void {
    window.localStorage.setItem(NAME, name);
    this.#link.renew();
  }

  listen(listener: PresenceListener): Dispose {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Calls `changed` whenever what `part` picks from the state is another. */
  watch<T>(part: (state: State) => T, changed: (value: T, before: T) => void): Dispose {
    return this.state.watch((state, before) => {
      const value = part(state);
      const was = part(before);
      if (!Object.is(value, was)) changed(value, was);
    });
  }

  #send(message: Message): void {
    this.state.value = next(this.state.value, message);
  }

  #linked(link: LinkState, reason: HttpFailure | null): void {
    const sentence = reason && sentenceOf(reason);
    if (sentence) this.#send(sentence);
    this.#send({ type: "link", link, why: reason?.message ?? "" });
  }

  #hear(news: News): void {
    this.#send(news);
    for (const listener of this.#listeners) listener.news?.(news);
    if (news.type === "accepted" || news.type === "refusal") this.#answer(news.key, news.type === "accepted");
    if (news.type !== "welcome") return;
    this.#awaited.clear();
    this.#keep();
    if (news.blocked.length > 0) void this.#nameBlocked();
    if (news.resumed && this.#wanted && this.#wanted !== news.zone.space) this.go({ space: this.#wanted });
    this.#wanted = null;
    // What the server had not taken is said again: with the same key it counts once.
    for (const unsaid of this.state.value.unsaid) this.#link.send({ type: "say", ...unsaid });
  }

  #see(data: ArrayBuffer): void {
    const snapshot = this.#reader.read(data);
    if (snapshot) for (const listener of this.#listeners) listener.snapshot?.(snapshot);
  }

  #answer(key: string | null, done: boolean): void {
    const run = key === null ? undefined : this.#awaited.get(key);
    if (key !== null) this.#awaited.delete(key);
    run?.(done);
  }

  /** Learns what those are called whom one has blocked: they need not be here. */
  async #nameBlocked(): Promise<void> {
    try {
      const found = await client.blocks();
      this.blocked.value = new Map(found.map(({ person, name }) => [person, name]));
    } catch (reason) {
      // Without names they can still be taken back.
      if (!(reason instanceof HttpFailure)) throw reason;
    }
  }

  /** The place survives a reload, and a change between scene and plain page, in the same tab. */
  #keep(): void {
    const { session } = this.#link;
    if (session) window.sessionStorage.setItem(this.#drawer, JSON.stringify({ ...session, at: Date.now() }));
    else window.sessionStorage.removeItem(this.#drawer);
  }

  #restored(): Session | null {
    const text = window.sessionStorage.getItem(this.#drawer);
    if (!text) return null;
    window.sessionStorage.removeItem(this.#drawer);
    const { url, session, at } = JSON.parse(text) as Session & { readonly at: number };
    return Date.now() - at < KEPT ? { url, session } : null;
  }

  #key(): string {
    this.#keys += 1;
    const luck = crypto.getRandomValues(new Uint32Array(2));
    return `${[...luck].map((part) => part.toString(36)).join("")}-${this.#keys}`;
  }

  say(scope: Scope, text: string, to: string | null): void {
    const unsaid = { key: this.#key(), scope, text, to };
    this.#send({ type: "saying", unsaid });
    this.#link.send({ type: "say", ...unsaid });
  }

  greet(to: string): void {
    this.#link.send({ type: "greet", key: this.#key(), to });
  }

  hand(raised: boolean): void {
    this.#link.send({ type: "hand", raised });
  }

  go(where: Asked<Go>): boolean {
    return this.#link.send({ type: "go", key: this.#key(), ...where });
  }

  invite(to: string | null): void {
    this.#link.send({ type: "invite", key: this.#key(), to });
  }

  focus(at: { readonly east: number; readonly north: number } | null): void {
    this.#link.send(at ? { type: "focus", ...at } : { type: "unfocus" });
  }

  roster(query: string): void {
    this.#link.send({ type: "roster", key: this.#key(), query });
  }

  /** Asks for what was said before the first message that is known. */
  earlier(): void {
    const first = this.state.value.messages.find(({ scope }) => scope !== "direct") ?? this.state.value.messages[0];
    if (first) this.#link.send({ type: "history", key: this.#key(), before: first.number });
  }

  show(title: string, link: string): void {
    this.#link.send({ type: "show", key: this.#key(), title, link });
  }

  /** Waits for a full zone no more. */
  unqueue(): void {
    this.#link.send({ type: "unqueue" });
  }

  /** Neither sees nor hears somebody any more, or again; `done` when it holds. */
  block(person: string, on: boolean, done: () => void): void {
    const key = this.#key();
    this.#awaited.set(key, (held) => {
      if (!held) this.#send({ type: "blocking", person, on: !on });
      else {
        void this.#nameBlocked();
        done();
      }
    });
    if (this.#link.send({ type: "block", key, person, on })) this.#send({ type: "blocking", person, on });
  }

  complain(person: string, reason: string, message: number | null, done: () => void): void {
    const key = this.#key();
    this.#awaited.set(key, (held) => held && done());
    this.#link.send({ type: "complain", key, person, reason, message });
  }

  /** Keeps order; `done` when the measure is in force. */
  moderate(measure: Measure, person: string | null, { reason = "", minutes = null, done }: MeasureOptions): void {
    const key = this.#key();
    this.#awaited.set(key, (held) => held && done());
    this.#link.send({ type: "moderate", key, measure, person, reason, minutes });
  }

  /** Has read why one was put out. */
  understood(): void {
    this.#send({ type: "understood" });
  }

  /** Looks at a conversation, or at none. */
  read(scope: Scope | null): void {
    this.#send({ type: "reading", scope });
  }

  answered(sender: string): void {
    this.#send({ type: "answered", sender });
  }

  /** False where it could not be sent now. */
  move(standing: Standing): boolean {
    return !this.#link.behind && this.#link.sendBytes(moveFrame(standing));
  }

  leave(): void {
    this.#link.leave();
    this.#keep();
  }

  dispose(): void {
    this.#bag.dispose();
  }
}
