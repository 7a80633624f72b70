import { expect, test } from "vitest";
import { beside, CLOSE, comeback } from "./comeback";

const LOSS = { code: 1006, gone: 0, tries: 0, session: true };

test("who lost the link comes back to their place", () => {
  expect(comeback(LOSS)).toEqual({ type: "again", link: "lost", by: "session", slow: false });
});

test("a server that stops and one that gave a client up are tried again", () => {
  expect([1001, CLOSE.stalled].map((code) => comeback({ ...LOSS, code }).type)).toEqual(["again", "again"]);
});

test("after some seconds the session may be refused: every other try takes a new ticket", () => {
  const ways = [4, 5, 6].map((tries) => comeback({ ...LOSS, gone: 20_000, tries }));

  expect(ways.map((way) => way.type === "again" && way.by)).toEqual(["session", "ticket", "session"]);
});

test("after a minute no place is kept", () => {
  expect(comeback({ ...LOSS, gone: 61_000, tries: 8 })).toEqual({ type: "again", link: "lost", by: "ticket", slow: false });
});

test("who has no session comes anew", () => {
  expect(comeback({ ...LOSS, session: false })).toEqual({ type: "again", link: "lost", by: "ticket", slow: false });
});

test("a full server is asked again, slowly", () => {
  expect(comeback({ ...LOSS, code: CLOSE.full })).toEqual({ type: "again", link: "full", by: "ticket", slow: true });
});

test("who was removed, floods, left or came in elsewhere stays away until they ask", () => {
  const codes = [CLOSE.removed, CLOSE.flood, CLOSE.left, CLOSE.taken];

  expect(codes.map((code) => comeback({ ...LOSS, code }))).toEqual([
    { type: "end", link: "removed" }, { type: "end", link: "flood" }, { type: "end", link: "left" }, { type: "end", link: "taken" },
  ]);
});

test("another server is found at its own address, or at another port of this host", () => {
  expect(beside("ws://park.example:8001/world", "wss://other.example/world/1")).toBe("wss://other.example/world/1");
  expect(beside("ws://park.example:8001/world", ":8002")).toBe("ws://park.example:8002/world");
  expect(beside("ws://[::1]:8001/world", ":8002")).toBe("ws://[::1]:8002/world");
});
