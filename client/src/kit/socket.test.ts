import { expect, test } from "vitest";
import { pause } from "./socket";

test("each try waits longer than the one before, up to a bound", () => {
  expect([0, 1, 2, 20, 400].map((attempt) => pause(attempt, 1))).toEqual([400, 600, 900, 20_000, 20_000]);
});

test("luck spreads those who were lost together", () => {
  expect([pause(2, 0), pause(2, 0.5)]).toEqual([450, 675]);
});
