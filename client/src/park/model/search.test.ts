import { expect, test } from "vitest";
import type { SearchHit } from "../../wire/park";
import { initial, listed, moved } from "./search";

const hit = (id: string): SearchHit => ({
  id, kind: "hall", name: { zh: id, en: id }, park: "p", path: { zh: "", en: "" }, center: null, base: null, height: null,
});
const list = listed([hit("a"), hit("b"), hit("c")]);

test("a fresh answer stands on no hit", () => {
  expect([list.active, list.asked, initial.asked]).toEqual([-1, true, false]);
});

test("down goes from the box to the first, and round from the last", () => {
  expect([moved(list, 1), moved({ ...list, active: 2 }, 1)].map(({ active }) => active)).toEqual([0, 0]);
});

test("up goes from the box to the last, and round from the first", () => {
  expect([moved(list, -1), moved({ ...list, active: 0 }, -1)].map(({ active }) => active)).toEqual([2, 2]);
});

test("an empty list has nowhere to go", () => {
  expect(moved(listed([]), 1)).toEqual({ asked: true, hits: [], active: -1 });
});
