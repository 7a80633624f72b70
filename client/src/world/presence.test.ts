import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { PROTOCOL } from "../wire/frames";
import type { Call } from "../wire/world";
import { Presence } from "./presence";

/** The server's side of the last socket, in the hands of a test. */
class Wire {
  static last: Wire | null = null;
  static readonly OPEN = 1;
  readonly readyState = Wire.OPEN;
  readonly bufferedAmount = 0;
  readonly heard: Call[] = [];
  onmessage: (event: { data: unknown }) => void = () => {};

  constructor() {
    Wire.last = this;
  }

  send(data: string): void {
    this.heard.push(JSON.parse(data) as Call);
  }

  close(): void {}

  tell(news: object): void {
    this.onmessage({ data: JSON.stringify(news) });
  }
}

const store = { getItem: () => null, setItem: () => {}, removeItem: () => {} };
const nothing = { addEventListener: () => {}, removeEventListener: () => {} };
const ticket = { url: "ws://world.example/world", ticket: "t", you: "g-me", name: "Me", guest: true, protocol: PROTOCOL };

beforeEach(() => {
  vi.useFakeTimers();
  Wire.last = null;
  vi.stubGlobal("WebSocket", Wire);
  vi.stubGlobal("document", { ...nothing, hidden: false });
  const { setTimeout, clearTimeout, setInterval, clearInterval } = globalThis;
  const timers = { setTimeout, clearTimeout, setInterval, clearInterval };
  vi.stubGlobal("window", { ...nothing, ...timers, localStorage: store, sessionStorage: store, location: { href: "http://park.example/" } });
  vi.stubGlobal("fetch", (url: string) => Promise.resolve(Response.json(url === "/api/world/blocks" ? [] : ticket)));
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** Somebody who is in, and the server's side of their socket. */
async function within(): Promise<{ readonly presence: Presence; readonly wire: Wire }> {
  const presence = new Presence({ park: "park", space: null, guard: "" });
  presence.open();
  await vi.waitUntil(() => Wire.last !== null);
  const wire = Wire.last as Wire | null;
  if (!wire) throw new Error("nothing was opened");
  wire.tell({
    type: "welcome", you: { slot: 3, key: "g-me", name: "Me" }, zone: { space: "plaza", name: {}, count: 1, cap: 9 }, stand: {}, rights: [],
    session: "s", resumed: false, hands: [], messages: [], shown: null, blocked: [], reports: null,
  });
  return { presence, wire };
}

test.each([["accepted", ["g-bob"], ["done"]], ["refusal", [], []]])("a block that is answered by %s", async (type, blocked, told) => {
  const { presence, wire } = await within();
  const said: string[] = [];

  presence.block("g-bob", true, () => said.push("done"));
  const call = wire.heard.find((each) => each.type === "block");
  wire.tell({ type, key: call?.key, code: "", words: {} });

  expect([[...presence.state.value.blocked], said]).toEqual([blocked, told]);
});
