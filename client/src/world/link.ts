/** The link to the world: gets in, hears, and comes back by itself when it is lost. */

import { Bag } from "../kit/dispose";
import { HttpFailure } from "../kit/http";
import { pause, Socket } from "../kit/socket";
import { PROTOCOL, SUBPROTOCOL } from "../wire/frames";
import type { Call, News } from "../wire/world";
import type { TicketView } from "../wire/world";
import { CLOSE, beside, comeback, type LinkState } from "./model/comeback";

/** A place that is kept: where, and the word that opens it. */
export interface Session {
  readonly url: string;
  readonly session: string;
}

export interface LinkListener {
  /** How the link is; `words` where the server said why. */
  link(state: LinkState, reason: HttpFailure | null): void;
  news(news: News): void;
  bytes(data: ArrayBuffer): void;
  /** Number of the last message that is known. */
  last(): number;
}

/** Who was told where everyone is hears nothing any more: the link is gone, though nobody said so [ms]. */
const SILENCE = 12_000;
const CHECK = 3000;
/** A full server is asked again after so many pauses' worth. */
const SLOW = 4;

export class Link {
  readonly #bag = new Bag();
  #socket: Socket | null = null;
  #session: Session | null;
  #url = "";
  #lost = 0;
  #tries = 0;
  #timer = 0;
  /** What has to be done when the pause is over. */
  #waiting: (() => void) | null = null;
  #was = false;
  #heard = 0;
  /** Grows with each way in: a ticket that was asked for before the last is not used. */
  #turn = 0;

  constructor(
    readonly ticket: () => Promise<TicketView>,
    readonly listener: LinkListener,
    kept: Session | null,
  ) {
    this.#session = kept;
    this.#bag.listen(window, "online", () => this.#hurry());
    this.#bag.listen(document, "visibilitychange", () => this.#hurry());
    const check = window.setInterval(() => this.#check(), CHECK);
    this.#bag.add(() => window.clearInterval(check));
  }

  /** The place that is kept; null where there is none. */
  get session(): Session | null {
    return this.#session;
  }

  get behind(): boolean {
    return this.#socket?.behind ?? false;
  }

  /** Comes in: back to a place that is kept, or anew. */
  open(): void {
    this.#lost = Date.now();
    this.#tries = 0;
    if (this.#session) this.#connect(this.#session.url, this.#back(this.#session));
    else void this.#enter();
  }

  /** Comes in anew, by a new ticket. */
  renew(): void {
    this.#stop();
    void this.#enter();
  }

  send(call: Call): boolean {
    return this.#socket?.send(JSON.stringify(call)) ?? false;
  }

  sendBytes(data: ArrayBuffer): boolean {
    return this.#socket?.send(data) ?? false;
  }

  #back({ session }: Session): string {
    return `resume=${encodeURIComponent(session)}&last=${this.listener.last()}`;
  }

  async #enter(): Promise<void> {
    this.#session = null;
    this.#turn += 1;
    const turn = this.#turn;
    try {
      const { url, ticket, protocol } = await this.ticket();
      if (turn !== this.#turn) return;
      if (protocol !== PROTOCOL) this.listener.link("reload", null);
      else this.#connect(url, `ticket=${encodeURIComponent(ticket)}`);
    } catch (reason) {
      if (!(reason instanceof HttpFailure)) throw reason;
      if (turn !== this.#turn) return;
      const passes = reason.status === 0 || reason.status === 429 || reason.status >= 500;
      if (passes) this.#closed(1006);
      else this.listener.link("refused", reason);
    }
  }

  #connect(url: string, query: string): void {
    this.#socket?.drop();
    this.#url = url;
    this.#heard = 0;
    const address = new URL(url, window.location.href.replace(/^http/, "ws"));
    this.#socket = new Socket(`${address.href}${address.search ? "&" : "?"}${query}`, SUBPROTOCOL, {
      opened: () => {},
      text: (data) => this.#hear(JSON.parse(data) as News),
      bytes: (data) => {
        this.#heard = Date.now();
        this.listener.bytes(data);
      },
      closed: (code) => this.#closed(code),
    });
  }

  #hear(news: News): void {
    if (news.type === "welcome") {
      this.#session = { url: this.#url, session: news.session };
      this.#was = true;
      this.#tries = 0;
      this.#lost = 0;
    }
    if (news.type === "ended" && !news.again) this.#session = null;
    this.listener.news(news);
    if (news.type === "moved") {
      const url = beside(this.#url, news.url);
      this.#session = { url, session: news.session };
      this.#connect(url, this.#back(this.#session));
    }
  }

  #closed(code: number): void {
    this.#socket = null;
    this.#heard = 0;
    if (this.#lost === 0) this.#lost = Date.now();
    const gone = Date.now() - this.#lost;
    const way = comeback({ code, gone, tries: this.#tries, session: this.#session !== null });
    if (way.type === "end") {
      this.#session = null;
      this.listener.link(way.link, null);
      return;
    }
    this.listener.link(this.#was || way.link === "full" ? way.link : "connecting", null);
    // Kept from before this page was opened, and refused: in by the door.
    const stale = !this.#was && this.#session !== null;
    const { session } = this;
    const run = way.by === "session" && session && !stale ? () => this.#connect(session.url, this.#back(session)) : () => void this.#enter();
    this.#wait(pause(this.#tries, Math.random()) * (way.slow ? SLOW : 1), run);
    this.#tries += 1;
  }

  #wait(milliseconds: number, run: () => void): void {
    window.clearTimeout(this.#timer);
    this.#waiting = run;
    this.#timer = window.setTimeout(() => this.#hurry(), milliseconds);
  }

  /** Ends the pause. */
  #hurry(): void {
    const run = this.#waiting;
    if (!run || document.hidden) return;
    window.clearTimeout(this.#timer);
    this.#waiting = null;
    run();
  }

  #check(): void {
    if (this.#heard === 0 || Date.now() - this.#heard < SILENCE || document.hidden) return;
    this.#socket?.drop();
    this.#closed(1006);
  }

  /** Goes for good; the place is free. */
  leave(): void {
    this.send({ type: "leave" });
    this.#stop();
    this.#closed(CLOSE.left);
  }

  #stop(): void {
    this.#turn += 1;
    window.clearTimeout(this.#timer);
    this.#waiting = null;
    this.#socket?.drop();
    this.#socket = null;
    this.#heard = 0;
  }

  dispose(): void {
    this.#stop();
    this.#bag.dispose();
  }
}
