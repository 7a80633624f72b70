import { expect, test } from "vitest";
import { Gait, Gesture } from "../../wire/frames";
import { due, gaitAt } from "./moves";

const HERE = { east: 1, north: 2, height: 0, heading: 0, gait: Gait.STILL, gesture: Gesture.NONE };
const TOLD = { standing: HERE, at: 10 };

test("the first word is due at once", () => {
  expect(due(null, HERE, 0)).toBe(true);
});

test("a change is told, though no more than fifteen times a second", () => {
  const moved = { ...HERE, east: 1.1 };

  expect([due(TOLD, moved, 10.03), due(TOLD, moved, 10.07)]).toEqual([false, true]);
});

test("a turn, a gesture and another gait are changes", () => {
  const changes = [{ ...HERE, heading: 0.1 }, { ...HERE, gesture: Gesture.WAVE }, { ...HERE, gait: Gait.WALK }];

  expect(changes.map((change) => due(TOLD, change, 11))).toEqual([true, true, true]);
});

test("where nothing changes a heartbeat is enough, a slower one from above", () => {
  const above = { ...HERE, gait: Gait.FLY };
  const told = { standing: above, at: 10 };

  expect([due(TOLD, HERE, 11.9), due(TOLD, HERE, 12), due(told, above, 14.9), due(told, above, 15)]).toEqual([false, true, false, true]);
});

test("a turn past north is a small one", () => {
  const told = { standing: { ...HERE, heading: Math.PI * 2 - 0.001 }, at: 10 };

  expect(due(told, { ...HERE, heading: 0.001 }, 11)).toBe(false);
});

test("the gait follows the speed", () => {
  expect([0, 0.1, 2.4, 7].map(gaitAt)).toEqual([Gait.STILL, Gait.STILL, Gait.WALK, Gait.RUN]);
});
