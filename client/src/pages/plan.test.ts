import { describe, expect, it } from "vitest";

import { holds, lookAt, magnified, seen } from "./plan";

const WHOLE = [0, 0, 100, 50] as const;

describe("what is seen of a plan", () => {
  it("is all of it when nothing is magnified", () => {
    expect(seen(WHOLE, { zoom: 1, center: [50, 25] })).toEqual([0, 0, 100, 50]);
  });

  it("is the part around the middle asked for", () => {
    expect(seen(WHOLE, { zoom: 4, center: [60, 25] })).toEqual([47.5, 18.75, 25, 12.5]);
  });

  it("never leaves the sheet", () => {
    expect(seen(WHOLE, { zoom: 2, center: [-1000, 1000] })).toEqual([0, 25, 50, 25]);
  });
});

describe("the first look at a plan", () => {
  it("shows a room in its storey", () => {
    expect(lookAt(WHOLE, [10, 10, 20, 10])).toEqual({ zoom: 5, center: [20, 15] });
  });

  it("is never smaller than the whole", () => {
    expect(lookAt(WHOLE, [-50, -50, 200, 150])).toEqual({ zoom: 1, center: [50, 25] });
  });
});

describe("magnifying a plan", () => {
  it("keeps the point under the finger where it is", () => {
    expect(magnified({ zoom: 1, center: [50, 25] }, 2, [0, 25])).toEqual({ zoom: 2, center: [25, 25] });
  });

  it("ends at the whole", () => {
    expect(magnified({ zoom: 2, center: [30, 20] }, 0.1)).toEqual({ zoom: 1, center: [30, 20] });
  });
});

describe("a figure on a plan", () => {
  it("is seen where all of it is on the sheet", () => {
    expect(holds([0, 0, 10, 5], [9, 1, 1, 1])).toBe(true);
    expect(holds([0, 0, 10, 5], [9.5, 1, 1, 1])).toBe(false);
    expect(holds([0, 0, 10, 5], [1, -0.1, 1, 1])).toBe(false);
  });
});
