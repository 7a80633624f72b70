import { expect, test } from "vitest";
import { duration, ease, lookBetween, type Look, poseBetween, poseOf, turned } from "./flight";
import { atmosphereAt, litShare } from "./palette";
import { type Candidate, placed, textWidth } from "./placement";
import { adapted, levelFor, levelNamed } from "./quality";
import { approached, fallen, RUN, steps, WALK, wished } from "./step";

const look: Look = { x: 0, y: 0, z: 0, distance: 100, yaw: 0, tilt: 0 };

test("easing starts at 0, ends at 1 and stays within", () => {
  expect([ease(-1), ease(0), ease(0.5), ease(1), ease(2)]).toEqual([0, 0, 0.5, 1, 1]);
});

test("a turn goes the short way", () => {
  expect([turned(0.1, Math.PI * 2 - 0.1, 1), turned(0, Math.PI / 2, 0.5)]).toEqual([expect.closeTo(-0.1, 9), Math.PI / 4]);
});

test("an eye that looks north stands south of its target", () => {
  expect(poseOf(look)).toEqual({ x: 0, y: 0, z: 100, yaw: 0, pitch: -0 });
});

test("a flight begins and ends where it should", () => {
  const to: Look = { x: 900, y: 5, z: -40, distance: 60, yaw: 1, tilt: 0.5 };
  expect([lookBetween(look, to, 0), lookBetween(look, to, 1)]).toEqual([look, { ...to, distance: expect.closeTo(60, 6) }]);
  expect(poseBetween(poseOf(look), poseOf(to), 1).y).toBeCloseTo(poseOf(to).y, 9);
});

test("a long flight rises on its way", () => {
  const middle = lookBetween(look, { ...look, x: 2000 }, 0.5);
  expect(middle.distance).toBeGreaterThan(500);
});

test("flights take longer the further they go, but not for ever", () => {
  expect([duration(0), duration(1e9)]).toEqual([0.7, 3.2]);
});

test("walking north is walking to smaller z, slanted is no faster", () => {
  const north = wished({ ahead: 1, aside: 0, run: false }, 0);
  const slant = wished({ ahead: 1, aside: 1, run: true }, 0.4);
  expect([north, Math.hypot(slant.x, slant.z)]).toEqual([{ x: 0, z: -WALK }, expect.closeTo(RUN, 9)]);
});

test("a stick pushed half walks at half speed", () => {
  const { x, z } = wished({ ahead: 0.5, aside: 0, run: false }, 0);
  expect(Math.hypot(x, z)).toBeCloseTo(WALK / 2, 9);
});

test("speed comes near the wish and rests at nothing", () => {
  const wish = { x: 2, z: 0 };
  expect([approached({ x: 0, z: 0 }, wish, 10), approached({ x: 0.005, z: 0 }, { x: 0, z: 0 }, 0.001)]).toEqual([
    { x: expect.closeTo(2, 6), z: 0 }, { x: 0, z: 0 },
  ]);
});

test("a long way is cut into short steps", () => {
  expect([steps(0, 0.2), steps(0.19, 0.2), steps(0.41, 0.2)]).toEqual([1, 1, 3]);
});

test("falling follows Galilei and ends at a greatest speed", () => {
  expect(fallen(10, 0, 1)).toEqual({ height: 10 - 9.81 / 2, speed: 9.81 });
  expect(fallen(0, 29, 9).speed).toBe(30);
});

const label = (id: string, x: number, rank: number, inView = true): Candidate => ({ id, x, y: 100, width: 80, height: 20, rank, inView });

test("of two labels over one another the more important is shown", () => {
  expect(placed([label("low", 100, 1), label("high", 140, 2), label("far", 300, 0)], new Set(), 60)).toEqual(new Set(["high", "far"]));
});

test("a label that is shown stays where another is hardly more important", () => {
  expect(placed([label("a", 100, 1), label("b", 140, 1.2)], new Set(["a"]), 60)).toEqual(new Set(["a"]));
});

test("labels out of view are not shown, and never more than allowed", () => {
  const many = Array.from({ length: 100 }, (_, index) => label(`l${index}`, index * 100, -index, index !== 0));
  expect(placed(many, new Set(), 2)).toEqual(new Set(["l1", "l2"]));
});

test("equal labels are placed by name, whatever their order", () => {
  const one = label("a", 100, 1);
  const two = label("b", 120, 1);
  expect([placed([one, two], new Set(), 9), placed([two, one], new Set(), 9)]).toEqual([new Set(["a"]), new Set(["a"])]);
});

test("a Chinese letter is as wide as it is high", () => {
  expect([textWidth("展厅"), textWidth("ab")]).toEqual([2, 1.12]);
});

test("software drawing gets the low level, phones the middle", () => {
  expect([levelFor("ANGLE (Google, Vulkan 1.3 (SwiftShader Device))", false), levelFor("llvmpipe (LLVM 15)", true), levelFor("Mali-G78", true), levelFor("GeForce", false)])
    .toEqual(["low", "low", "medium", "high"]);
});

test("only names of levels are levels", () => {
  expect([levelNamed("high"), levelNamed("auto"), levelNamed(null)]).toEqual(["high", null, null]);
});

test("slow frames get fewer pixels, fast ones more, within bounds", () => {
  expect([adapted(1, 80, 0.55), adapted(0.56, 80, 0.55), adapted(0.98, 10, 0.55), adapted(0.8, 30, 0.55)]).toEqual([0.85, 0.55, 1, 0.8]);
});

test("noon is day, midnight is night, dusk lies between", () => {
  const dusk = atmosphereAt(-2).night;
  expect([atmosphereAt(60).night, atmosphereAt(-40).night, dusk > 0.3 && dusk < 0.8]).toEqual([0, 1, true]);
});

test("the air changes without a jump through the whole day", () => {
  for (let elevation = -25; elevation < 90; elevation += 0.25) {
    const here = atmosphereAt(elevation);
    const next = atmosphereAt(elevation + 0.25);
    expect(Math.abs(next.skyStrength - here.skyStrength) + Math.abs(next.night - here.night) + Math.abs(next.horizon[0] - here.horizon[0])).toBeLessThan(0.12);
  }
});

test("most windows are lit in the evening, few before dawn", () => {
  expect([litShare(5 * 60), litShare(18 * 60), litShare(1440)]).toEqual([0.05, 0.46, 0.16]);
});
