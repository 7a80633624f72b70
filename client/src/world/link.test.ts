import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { PROTOCOL } from "../wire/frames";
import { Link } from "./link";
import { CLOSE } from "./model/comeback";

/** Longer than any pause, and than a link may be silent [ms]. */
const LONG = 90_000;

/** Sockets in the hands of a test. */
class Wire {
  static opened: Wire[] = [];
  static readonly OPEN = 1;
  readyState = Wire.OPEN;
  bufferedAmount = 0;
  onmessage: (event: { data: unknown }) => void = () => {};
  onclose: (event: { code: number }) => void = () => {};

  constructor(readonly address: string) {
    Wire.opened.push(this);
  }

  send(): void {}

  close(): void {
    this.readyState = 3;
  }

  /** The server tells something. */
  tell(news: object): void {
    this.onmessage({ data: JSON.stringify(news) });
  }

  /** The server tells where everyone is. */
  show(): void {
    this.onmessage({ data: new ArrayBuffer(8) });
  }

  end(code: number): void {
    this.readyState = 3;
    this.onclose({ code });
  }
}

const nothing = { addEventListener: () => {}, removeEventListener: () => {} };

beforeEach(() => {
  vi.useFakeTimers();
  Wire.opened = [];
  vi.stubGlobal("WebSocket", Wire);
  vi.stubGlobal("document", { ...nothing, hidden: false });
  const { setTimeout, clearTimeout, setInterval, clearInterval } = globalThis;
  vi.stubGlobal("window", { ...nothing, setTimeout, clearTimeout, setInterval, clearInterval, location: { href: "http://park.example/" } });
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** A link on which one is in, what it said of itself, and its socket. */
async function within(): Promise<{ readonly link: Link; readonly states: string[]; readonly wire: Wire }> {
  const states: string[] = [];
  const ticket = { url: "ws://world.example/world", ticket: "t", you: "g-me", name: "Me", guest: true, protocol: PROTOCOL };
  const link = new Link(() => Promise.resolve(ticket), { link: (state) => states.push(state), news: () => {}, bytes: () => {}, last: () => 0 }, null);
  link.open();
  await vi.advanceTimersByTimeAsync(0);
  const [wire] = Wire.opened;
  if (!wire) throw new Error("nothing was opened");
  wire.tell({ type: "welcome", session: "s" });
  wire.show();
  return { link, states, wire };
}

test.each([["taken", CLOSE.taken], ["removed", CLOSE.removed], ["flood", CLOSE.flood]])("what the server ended as %s stays ended", async (state, code) => {
  const { states, wire } = await within();

  wire.end(code);
  await vi.advanceTimersByTimeAsync(LONG);

  expect([states, Wire.opened.length]).toEqual([[state], 1]);
});

test("who has left does not come back by themselves", async () => {
  const { link, states } = await within();

  link.leave();
  await vi.advanceTimersByTimeAsync(LONG);

  expect([states, Wire.opened.length]).toEqual([["left"], 1]);
});

test("a link on which nothing is heard is lost, and another one is opened to the place that is kept", async () => {
  const { states } = await within();

  await vi.advanceTimersByTimeAsync(16_000);

  expect(states[0]).toBe("lost");
  expect(Wire.opened[1]?.address).toBe("ws://world.example/world?resume=s&last=0");
});

test("who leaves while a ticket is on its way does not come in with it", async () => {
  const { link, wire } = await within();

  link.renew();
  link.leave();
  await vi.advanceTimersByTimeAsync(LONG);

  expect([wire.readyState, Wire.opened.length]).toEqual([3, 1]);
});
