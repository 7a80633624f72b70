import { expect, test } from "vitest";
import { met } from "./pick";

const EYE = { x: 0, y: 1.6, z: 0 };
const NORTH = { x: 0, y: 0, z: -1 };
const NEAR = { id: 1, x: 0.1, y: 0, z: -5, tall: 1.7 };
const FAR = { id: 2, x: 0, y: 0, z: -9, tall: 1.7 };

test("the nearest on the way is met", () => {
  expect(met([FAR, NEAR], EYE, NORTH, 50)).toBe(1);
});

test("nobody is met beside the way, above their heads, behind the eye or too far off", () => {
  const beside = { ...NEAR, x: 1 };
  const below = { ...NEAR, y: -1.2 };
  const behind = { ...NEAR, z: 5 };

  expect([beside, below, behind].map((body) => met([body], EYE, NORTH, 50))).toEqual([null, null, null]);
  expect(met([FAR], EYE, NORTH, 8)).toBe(null);
});

test("far away a near miss is a hit", () => {
  const away = { ...FAR, x: 0.6, z: -80 };

  expect(met([away], EYE, NORTH, 100)).toBe(2);
});
