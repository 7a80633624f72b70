import { describe, expect, it } from "vitest";

import { HttpFailure } from "../kit/http";
import type { DraftSession, DraftView, PlacementTold } from "../wire/draft";
import type { DraftClient } from "./client";
import { Desk } from "./desk";
import { spotOf } from "./model/draft";

const NINE = "2026-12-07T01:00:00Z";
const TEN = "2026-12-07T02:00:00Z";
const TITLE = { zh: "场次", en: "Session" };

function session(more: Partial<DraftSession> = {}): DraftSession {
  return { id: "1", version: 0, forum: "f", kind: "forum", title: TITLE, minutes: 60, attendance: 0, speakers: [], hall: "a", start: NINE, pinned: false, mine: true, ...more };
}

function draft(...sessions: DraftSession[]): DraftView {
  return { congress: "c", title: TITLE, version: 1, timezone: "Asia/Shanghai", first: "2026-12-07", last: "2026-12-07", plans: true, halls: [], themes: [], forums: [], speakers: [], conflicts: [], sessions };
}

/** A server that keeps sessions as the real one does: who saw another version is refused. */
class Server {
  readonly channel = "";
  readonly guard = "";
  sessions = new Map([["1", session()]]);
  sent: PlacementTold[] = [];
  down = false;

  read(): Promise<DraftView> {
    return Promise.resolve(draft(...this.sessions.values()));
  }

  put([told]: readonly PlacementTold[]): Promise<unknown> {
    if (!told) throw new Error("nothing was sent");
    this.sent.push(told);
    if (this.down) return Promise.reject(new HttpFailure(0, "unreachable", ""));
    const now = this.sessions.get(told.session) ?? session();
    if (now.version !== told.version) return Promise.reject(new HttpFailure(409, "congress.draft_moved", "moved", {}, { session: now }));
    return Promise.resolve({ version: 2, sessions: [this.change(told.session, told)], conflicts: [] });
  }

  change(id: string, to: Partial<PlacementTold>): DraftSession {
    const now = this.sessions.get(id) ?? session();
    const after = { ...now, hall: to.hall ?? null, start: to.start ?? null, version: now.version + 1 };
    this.sessions.set(id, after);
    return after;
  }

  desk(): Desk {
    return new Desk(this as unknown as DraftClient, draft(...this.sessions.values()));
  }
}

const there = { hall: "b", start: TEN, minutes: 60, pinned: false };

describe("the desk", () => {
  it("shows a move at once, and keeps it", async () => {
    const server = new Server();
    const desk = server.desk();

    const moved = desk.move("1", there);

    expect(desk.session("1")?.hall).toBe("b");
    await moved;
    expect(server.sent).toEqual([{ session: "1", version: 0, ...there }]);
    expect([desk.session("1")?.version, desk.news.value?.kind]).toEqual([1, "done"]);
  });

  it("undoes and does again, each with the version that came of the step before", async () => {
    const server = new Server();
    const desk = server.desk();
    await desk.move("1", there);

    await desk.undo();
    expect(spotOf(desk.session("1") as DraftSession)).toEqual({ ...there, hall: "a", start: NINE });
    await desk.redo();

    expect(server.sent.map(({ version, hall }) => [version, hall])).toEqual([[0, "b"], [1, "a"], [2, "b"]]);
  });

  it("sends what is done quickly one after the other", async () => {
    const server = new Server();
    const desk = server.desk();

    await Promise.all([desk.move("1", there), desk.move("1", { ...there, hall: "c" })]);

    expect(server.sent.map(({ version, hall }) => [version, hall])).toEqual([[0, "b"], [1, "c"]]);
    expect(desk.session("1")?.hall).toBe("c");
  });

  it("tells what it is now when somebody else was first, and has nothing to undo", async () => {
    const server = new Server();
    const desk = server.desk();
    const now = server.change("1", { hall: "z", start: TEN });

    await desk.move("1", there);

    expect(desk.news.value).toEqual({ kind: "raced", session: now });
    expect(desk.session("1")).toEqual(now);
    expect(desk.history.value.done).toEqual([]);
  });

  it("does not overwrite what changed while it was dragged, though that is known by now", async () => {
    const server = new Server();
    const desk = server.desk();
    const now = server.change("1", { hall: "z", start: TEN });
    await desk.refresh("Ann");

    await desk.move("1", there, 0);

    expect(server.sent).toEqual([]);
    expect(desk.news.value).toEqual({ kind: "raced", session: now });
  });

  it("does not overwrite what is on its way here when something is dropped", async () => {
    const server = new Server();
    const desk = server.desk();
    const now = server.change("1", { hall: "z", start: TEN });

    await Promise.all([desk.refresh("Ann"), desk.move("1", there, 0)]);

    expect(server.sent).toEqual([]);
    expect([desk.news.value, desk.session("1")]).toEqual([{ kind: "raced", session: now }, now]);
    expect(desk.history.value.done).toEqual([]);
  });

  it("goes back to what was where the server does not answer", async () => {
    const server = new Server();
    const desk = server.desk();
    server.down = true;

    await desk.move("1", there);

    expect(spotOf(desk.session("1") as DraftSession)).toEqual({ ...there, hall: "a", start: NINE });
    expect([desk.news.value, desk.history.value.done]).toEqual([{ kind: "failed", reason: null }, []]);
  });

  it("says who changed something, and forgets what one did to it oneself", async () => {
    const server = new Server();
    const desk = server.desk();
    await desk.move("1", there);
    server.change("1", { hall: "z", start: TEN });

    await desk.refresh("Ann");

    expect([desk.news.value, desk.history.value.done]).toEqual([{ kind: "moved", by: "Ann" }, []]);
  });

  it("says nothing of what came from itself", async () => {
    const server = new Server();
    const desk = server.desk();
    await desk.move("1", there);
    const { value } = desk.news;

    await desk.refresh("Me");

    expect(desk.news.value).toBe(value);
  });
});
