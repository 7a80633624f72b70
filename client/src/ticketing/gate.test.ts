import "fake-indexeddb/auto";

import { beforeEach, describe, expect, it } from "vitest";

import { HttpFailure } from "../kit/http";
import type { GateEntry, GateView, ScansTold, ScanView, Verdict } from "../wire/gate";
import type { GateClient } from "./client";
import { Gate, type Services } from "./gate";
import { Shelf } from "./shelf";

const VIEW: GateView = { occasion: "here", title: { zh: "甲", en: "A" }, start: "", end: null, state: "open", timezone: "UTC", keys: [], types: [{ id: "seat", name: { zh: "座", en: "Seat" } }], now: "" };
const ENTRY: GateEntry = ["t", 1, "valid", "on_site", "seat", "Ada", "AAAA1111"];
const COUNTS = { inside: 1, out: 0, refused: 0, doubles: 0 };

let occasions = 0;

/** A server that is there or not, and remembers what it was told. */
class Server {
  failure: HttpFailure | null = null;
  verdict: Verdict = "admitted";
  guard = "old";
  ahead = 0;
  readonly told: ScansTold[] = [];

  async view(): Promise<GateView> {
    return this.#answer(VIEW);
  }

  tickets(tag: string): Promise<unknown> {
    return this.#answer(tag === "1" ? null : { tag: "1", list: { tickets: [ENTRY] } });
  }

  passages(): Promise<unknown> {
    return this.#answer({ passages: [], cursor: "c", counts: COUNTS });
  }

  doubles(): Promise<unknown> {
    return this.#answer({ doubles: [] });
  }

  async scans(told: ScansTold): Promise<unknown> {
    await this.#answer(null);
    this.told.push(told);
    const scans = told.scans.map((one): ScanView => ({ id: one.id, ticket: "t", direction: one.direction, verdict: this.verdict, told: one.told ?? this.verdict, fault: null, gate: told.gate, at: one.at, before: null }));
    return { scans, ahead: this.ahead, wrong: this.ahead !== 0, counts: COUNTS };
  }

  async #answer<T>(value: T): Promise<T> {
    if (this.failure) throw this.failure;
    return value;
  }
}

const AWAY = new HttpFailure(0, "unreachable", "");

describe("a gate at work", () => {
  let server: Server;
  let services: Services;
  let occasion: string;
  let scans = 0;

  beforeEach(async () => {
    server = new Server();
    occasion = `here-${++occasions}`;
    services = {
      client: server as unknown as GateClient,
      shelf: await Shelf.open(occasion),
      now: () => "2026-12-01T18:00:00Z",
      id: () => `scan-${++scans}`,
      guard: async () => {
        server.failure = null;
        return "new";
      },
    };
  });

  async function opened(): Promise<Gate> {
    const gate = await Gate.open(services, "A");
    await gate.sync();
    return gate;
  }

  it("asks the server while it is there", async () => {
    const gate = await opened();
    server.verdict = "already_in";

    const one = await gate.pick("t");

    expect([one.verdict, one.offline, one.name]).toEqual(["already_in", false, "Ada"]);
    expect(gate.state.value.waiting).toEqual([]);
  });

  it("decides alone without it, once, and keeps what it told", async () => {
    const gate = await opened();
    server.failure = AWAY;

    const answers = [await gate.pick("t"), await gate.pick("t")];

    expect(answers.map(({ verdict, offline }) => [verdict, offline])).toEqual([["admitted", true], ["already_in", true]]);
    expect((await services.shelf.waiting()).map(({ scan }) => scan.told)).toEqual(["admitted", "already_in"]);
  });

  it("knows a number that is typed", async () => {
    const gate = await opened();
    server.failure = AWAY;

    expect((await gate.scan("aaaa-1111")).verdict).toBe("admitted");
    expect((await gate.scan("ZZZZ9999")).fault).toBe("foreign");
  });

  it("remembers all when the page is opened anew without network", async () => {
    const gate = await opened();
    server.failure = AWAY;
    await gate.pick("t");

    const again = await Gate.open({ ...services, shelf: await Shelf.open(occasion) }, "A");
    await again.sync();

    expect((await again.pick("t")).verdict).toBe("already_in");
    expect([again.state.value.link, again.state.value.waiting.length]).toEqual(["away", 2]);
  });

  it("counts on from what the server told, and remembers it", async () => {
    const gate = await opened();
    server.failure = AWAY;
    await gate.pick("t");
    await gate.pick("t");

    const again = await Gate.open({ ...services, shelf: await Shelf.open(occasion) }, "A");
    expect(again.state.value.counts).toEqual({ ...COUNTS, inside: COUNTS.inside + 1, refused: COUNTS.refused + 1 });
    server.failure = null;
    await again.sync();

    expect(again.state.value.counts).toEqual(COUNTS);
  });

  it("tells what waits when the server is back, and forgets it then", async () => {
    const gate = await opened();
    server.failure = AWAY;
    await gate.pick("t");
    await gate.sync();
    expect(gate.state.value.waiting).toHaveLength(1);
    server.failure = null;
    server.verdict = "already_in";

    await gate.sync();

    expect(server.told.flatMap(({ scans: told }) => told.map((one) => one.told))).toEqual(["admitted"]);
    expect([gate.state.value.waiting, await services.shelf.waiting(), gate.state.value.link]).toEqual([[], [], "here"]);
    expect(gate.state.value.recent[0]).toMatchObject({ synced: true, turned: "already_in" });
  });

  it("asks for a new token where the page is older than it", async () => {
    const gate = await opened();
    server.failure = AWAY;
    await gate.pick("t");
    server.failure = new HttpFailure(403, "cross_site", "");

    await gate.sync();

    expect([server.guard, gate.state.value.waiting, gate.state.value.link]).toEqual(["new", [], "here"]);
  });

  it.each([
    [401, "login"],
    [403, "refused"],
    [404, "refused"],
    [500, "away"],
    [429, "away"],
  ])("says how it stands to a server that answers %i", async (status, link) => {
    const gate = await opened();
    server.failure = new HttpFailure(status, "", "");

    await gate.sync();

    expect(gate.state.value.link).toBe(link);
  });

  it("is told that its clock is wrong", async () => {
    const gate = await opened();
    server.ahead = 86_400;

    await gate.pick("t");

    expect(gate.state.value.ahead).toBe(86_400);
  });

  it("decides on one after the other", async () => {
    const gate = await opened();
    server.failure = AWAY;

    const [first, second] = await Promise.all([gate.pick("t"), gate.pick("t")]);

    expect([first.verdict, second.verdict]).toEqual(["admitted", "already_in"]);
  });

  it("is called as its people call it, the next time too", async () => {
    const gate = await opened();
    await gate.call("East");

    expect((await Gate.open(services, "A")).state.value.gate).toBe("East");
  });

  it("cannot open without server and without what it told before", async () => {
    server.failure = AWAY;

    await expect(Gate.open(services, "A")).rejects.toBe(AWAY);
  });
});
