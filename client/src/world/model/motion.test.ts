import { expect, test } from "vitest";
import { Gait } from "../../wire/frames";
import { DELAY, Motion } from "./motion";
import type { Sighting } from "./snapshot";

const HERTZ = 20;
const WALKER: Sighting = { slot: 1, age: 0, east: 0, north: 0, height: 0, heading: 0, gait: Gait.WALK, gesture: 0 };

/** A snapshot at each of `ticks`, heard of at once, with where the walker is then. */
function told(motion: Motion, ticks: readonly number[], at: (tick: number) => Partial<Sighting>): void {
  for (const tick of ticks) {
    const sightings = [{ ...WALKER, ...at(tick) }];
    motion.take({ whole: false, tick: tick % 65_536, hertz: HERTZ, sightings }, tick / HERTZ);
  }
}

/** Where the walker is shown when it is `tick` ticks later than the snapshot of tick 0. */
function east(motion: Motion, tick: number): number {
  motion.update(tick / HERTZ + DELAY, 0.001);
  return Number(motion.of(1)?.east.toFixed(2));
}

test("between two snapshots somebody is on the way", () => {
  const motion = new Motion();
  told(motion, [0, 1, 2], (tick) => ({ east: tick * 0.1 }));

  expect([east(motion, 0.5), east(motion, 1), east(motion, 1.5)]).toEqual([0.05, 0.1, 0.15]);
});

test("the age of a sighting counts", () => {
  const motion = new Motion();
  told(motion, [0, 4], (tick) => (tick === 0 ? { east: 0 } : { east: 0.2, age: 2 }));

  expect(east(motion, 1)).toBe(0.1);
});

test("who is not heard of goes on for a quarter of a second, and waits there", () => {
  const motion = new Motion();
  told(motion, [0, 1], (tick) => ({ east: tick * 0.1 }));

  expect([east(motion, 3), east(motion, 6), east(motion, 60)]).toEqual([0.3, 0.6, 0.6]);
  expect(motion.of(1)?.gait).toBe(Gait.STILL);
});

test("who has stopped goes no further", () => {
  const motion = new Motion();
  told(motion, [0, 1], (tick) => ({ east: tick * 0.1, gait: tick === 1 ? Gait.STILL : Gait.WALK }));

  expect(east(motion, 5)).toBe(0.1);
});

test("who stood for long starts where they stood", () => {
  const motion = new Motion();
  told(motion, [0, 100], (tick) => ({ east: tick === 0 ? 0 : 0.1, gait: tick === 0 ? Gait.STILL : Gait.WALK }));

  expect([east(motion, 90), east(motion, 100)]).toEqual([0, 0.1]);
});

test("who was taken elsewhere is there, and nowhere in between", () => {
  const motion = new Motion();
  told(motion, [0, 2], (tick) => ({ east: tick * 50 }));

  expect([east(motion, 0.5), east(motion, 1.5)]).toEqual([100, 100]);
});

test("a whole snapshot tells who is out of sight", () => {
  const motion = new Motion();
  told(motion, [0], () => ({}));

  const gone = motion.take({ whole: true, tick: 1, hertz: HERTZ, sightings: [{ ...WALKER, slot: 2 }] }, 0.05);

  expect([gone, [...motion.slots]]).toEqual([[1], [2]]);
});

test("ticks go on past their last number", () => {
  const motion = new Motion();
  told(motion, [65_535, 65_536, 65_537], (tick) => ({ east: (tick - 65_535) * 0.1 }));

  expect(east(motion, 65_536)).toBe(0.1);
});

test("one late snapshot does not hold everybody up", () => {
  const motion = new Motion();
  told(motion, [0, 1], (tick) => ({ east: tick * 0.1 }));
  motion.take({ whole: false, tick: 2, hertz: HERTZ, sightings: [{ ...WALKER, east: 0.2 }] }, 0.25);

  expect(east(motion, 1.5)).toBe(0.15);
});

test("only what is new stirs", () => {
  const motion = new Motion();
  told(motion, [0], () => ({}));
  const first = motion.stirred;
  told(motion, [1], () => ({}));
  const same = motion.stirred;
  told(motion, [2], () => ({ gesture: 1 }));

  expect([first, same, motion.stirred]).toEqual([true, false, true]);
});

test("what is known but not shown yet keeps things moving", () => {
  const motion = new Motion();
  told(motion, [0, 1], (tick) => ({ east: tick * 0.1, gait: Gait.STILL }));

  expect([motion.update(0.1, 0.05), motion.update(1, 0.05), motion.update(1.1, 0.05)]).toEqual([true, true, false]);
});
