import { expect, test } from "vitest";
import { AFTERNOON, sunAt } from "./sun";

const samples = [[0, 350, -30], [10, 10, -20], [20, 20, 0]] as const;

test("at a sample the sun stands as sampled", () => {
  expect(sunAt(samples, 10)).toEqual({ azimuth: 10, elevation: -20 });
});

test("between samples it turns the short way, over north", () => {
  expect(sunAt(samples, 5)).toEqual({ azimuth: 0, elevation: -25 });
});

test("outside the samples it stands at the nearest", () => {
  expect([sunAt(samples, -5), sunAt(samples, 99)]).toEqual([{ azimuth: 350, elevation: -30 }, { azimuth: 20, elevation: 0 }]);
});

test("without samples it is an afternoon", () => {
  expect(sunAt([], 600)).toEqual(AFTERNOON);
});
