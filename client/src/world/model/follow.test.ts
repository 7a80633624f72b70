import { expect, test } from "vitest";
import { pace } from "./follow";

const ME = { east: 0, north: 0 };

test("one walks towards them, and runs when they are far", () => {
  expect([pace(ME, { east: 4, north: 0 }, false), pace(ME, { east: 0, north: -20 }, true)]).toEqual([
    { heading: Math.PI / 2, walk: true, run: false }, { heading: Math.PI, walk: true, run: true },
  ]);
});

test("one stops near them and lets them take a step before setting out again", () => {
  const ways = [[2, true], [1.5, true], [2, false], [2.5, false]] as const;

  expect(ways.map(([north, walking]) => pace(ME, { east: 0, north }, walking).walk)).toEqual([true, false, false, true]);
});
