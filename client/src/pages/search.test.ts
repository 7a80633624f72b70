import { expect, test } from "vitest";
import { gone } from "./search";

test("a search tells whole seconds, those that passed since it was read too", () => {
  expect(gone(2.6, 0, 30)).toBe(2);
  expect(gone(2.6, 1500, 30)).toBe(4);
});

test("it tells no more than it may take", () => {
  expect(gone(29.5, 60_000, 30)).toBe(30);
});
