/** The editor's state: the draft, what one has done to it, what the server and others say of it. */

import { HttpFailure } from "../kit/http";
import { Signal } from "../kit/signal";
import type { DraftConflict, DraftSession, DraftView } from "../wire/draft";
import type { DraftClient } from "./client";
import { changedIn, spotOf, withSessions } from "./model/draft";
import { type Change, did, forget, type History, NOTHING, redo, same, type Spot, undo } from "./model/history";

/** What became of a change, or of somebody else's. */
export type News =
  | { readonly kind: "done" | "undone" | "redone"; readonly session: DraftSession; readonly before: Spot }
  | { readonly kind: "raced" | "not_undone"; readonly session: DraftSession }
  | { readonly kind: "failed"; readonly reason: string | null }
  | { readonly kind: "moved"; readonly by: string };

type Doing = "done" | "undone" | "redone";

export class Desk {
  readonly draft: Signal<DraftView>;
  readonly history = new Signal<History>(NOTHING);
  readonly news = new Signal<News | null>(null);
  /** What is sent is sent one after the other. */
  #line: Promise<unknown> = Promise.resolve();
  /** The versions of sessions that came of what was done here. */
  readonly #own = new Set<string>();
  readonly #foreseen = new Map<string, readonly DraftConflict[]>();

  constructor(
    readonly client: DraftClient,
    draft: DraftView,
  ) {
    this.draft = new Signal(draft);
    this.draft.watch(() => this.#foreseen.clear());
  }

  session(id: string): DraftSession | undefined {
    return this.draft.value.sessions.find((one) => one.id === id);
  }

  /**
   * Has a session be there, now on the screen and as soon as can be on the server.
   *
   * `seen` is its version when it was taken up: what somebody else has made of it since stays.
   */
  move(id: string, after: Spot, seen?: number): Promise<void> {
    const session = this.session(id);
    if (!session || same(spotOf(session), after)) return Promise.resolve();
    if (seen !== undefined && this.#isOthers(session, seen)) {
      this.news.value = { kind: "raced", session };
      return Promise.resolve();
    }
    return this.#send({ session: id, before: spotOf(session), after }, "done");
  }

  /** Takes back what one did last, unless somebody else has changed that session since. */
  undo(): Promise<void> {
    return this.#back(undo(this.history.value), "undone");
  }

  redo(): Promise<void> {
    return this.#back(redo(this.history.value), "redone");
  }

  /** What would be wrong with a session there. */
  async foresee(id: string, spot: Spot, signal: AbortSignal): Promise<readonly DraftConflict[]> {
    const session = this.session(id);
    const key = `${id} ${spot.hall} ${spot.start} ${spot.minutes}`;
    const known = this.#foreseen.get(key);
    if (known || !session) return known ?? [];
    const found = await this.client.foresee({ session: id, version: session.version, ...spot }, signal);
    this.#foreseen.set(key, found);
    return found;
  }

  /** Reads the draft anew, after what is on its way; says who changed it, if that is not known here. */
  refresh(by: string | null): Promise<void> {
    return this.#queue(async () => {
      const before = this.draft.value;
      const after = await this.client.read();
      const changed = changedIn(before, after);
      this.draft.value = after;
      for (const id of changed) this.history.value = forget(this.history.value, id);
      if (changed.length > 0 && by !== null) this.news.value = { kind: "moved", by };
    });
  }

  #back(step: readonly [History, Change] | null, doing: Doing): Promise<void> {
    if (!step) return Promise.resolve();
    const [history, change] = step;
    const session = this.session(change.session);
    if (session && same(spotOf(session), change.before)) return this.#send(change, doing, history);
    this.history.value = forget(this.history.value, change.session);
    if (session) this.news.value = { kind: "not_undone", session };
    return Promise.resolve();
  }

  #send(change: Change, doing: Doing, after?: History): Promise<void> {
    const session = this.session(change.session);
    if (!session) return Promise.resolve();
    const before = this.history.value;
    this.history.value = after ?? did(before, change);
    this.draft.value = withSessions(this.draft.value, [{ ...session, ...change.after }]);
    return this.#queue(async () => {
      const current = this.session(change.session) ?? session;
      if (this.#isOthers(current, session.version)) return this.#late(current);
      try {
        const done = await this.client.put([{ session: change.session, version: current.version, ...change.after }]);
        for (const one of done.sessions) this.#own.add(`${one.id} ${one.version}`);
        const draft = withSessions(this.draft.value, done.sessions);
        this.draft.value = { ...draft, version: done.version, conflicts: done.conflicts };
        const now = this.session(change.session) ?? session;
        this.news.value = { kind: doing, session: now, before: change.before };
      } catch (reason) {
        this.#refused(reason, change, session, before);
      }
    });
  }

  /** Whether a session is as somebody else has made it since it was of the version `seen`. */
  #isOthers({ id, version }: DraftSession, seen: number): boolean {
    return version !== seen && !this.#own.has(`${id} ${version}`);
  }

  /** What was to be sent waited while somebody else's change came: theirs stays. */
  #late(session: DraftSession): void {
    this.history.value = forget(this.history.value, session.id);
    this.news.value = { kind: "raced", session };
  }

  #refused(reason: unknown, change: Change, session: DraftSession, before: History): void {
    const failure = reason instanceof HttpFailure ? reason : null;
    const now = (failure?.told as { session?: DraftSession } | null)?.session;
    this.history.value = now ? forget(before, change.session) : before;
    const version = this.session(change.session)?.version ?? session.version;
    const back = now ?? { ...session, ...change.before, version };
    this.draft.value = withSessions(this.draft.value, [back]);
    this.news.value = now ? { kind: "raced", session: now } : { kind: "failed", reason: failure && failure.status > 0 ? failure.message : null };
    if (now) void this.refresh(null);
  }

  #queue(work: () => Promise<void>): Promise<void> {
    const done = this.#line.then(work);
    this.#line = done.catch(() => undefined);
    return done;
  }
}
