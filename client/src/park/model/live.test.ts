import { expect, test } from "vitest";
import type { LiveView } from "../../wire/park";
import { nextExpiry, told, unexpired } from "./live";

const view = (space: string, token: LiveView["token"], until: string | null = null): LiveView => ({
  space, token, words: { zh: "", en: "" }, number: null, until,
});
const noon = Date.parse("2026-11-22T12:00:00Z");

test("what is told is kept by space, the last word wins", () => {
  const busy = view("a", "busy");
  const free = view("a", "free");
  expect(told(told(new Map(), busy, noon), free, noon)).toEqual(new Map([["a", free]]));
});

test("no token takes the status away", () => {
  expect(told(new Map([["a", view("a", "busy")]]), view("a", null), noon)).toEqual(new Map());
});

test("what is over already is not kept", () => {
  expect(told(new Map(), view("a", "busy", "2026-11-22T11:59:59Z"), noon)).toEqual(new Map());
});

test("statuses run out at their instant", () => {
  const ends = view("a", "busy", "2026-11-22T12:00:00Z");
  const stays = view("b", "free");
  const statuses = new Map([["a", ends], ["b", stays]]);
  expect([unexpired(statuses, noon - 1), unexpired(statuses, noon)]).toEqual([statuses, new Map([["b", stays]])]);
});

test("where nothing runs out the map is the very same", () => {
  const statuses = new Map([["b", view("b", "free")]]);
  expect(unexpired(statuses, noon)).toBe(statuses);
});

test("the next to run out is the earliest", () => {
  const statuses = new Map([
    ["a", view("a", "busy", "2026-11-22T14:00:00Z")], ["b", view("b", "busy", "2026-11-22T13:00:00+08:00")], ["c", view("c", "free")],
  ]);
  expect([nextExpiry(statuses), nextExpiry(new Map())]).toEqual([Date.parse("2026-11-22T05:00:00Z"), null]);
});
