import { describe, expect, it } from "vitest";

import { seen } from "./plan";

const WHOLE = [0, 0, 100, 50] as const;

describe("what is seen of a plan", () => {
  it("is all of it when nothing is magnified", () => {
    expect(seen(WHOLE, 1, [50, 25])).toEqual([0, 0, 100, 50]);
  });

  it("is the part around the middle asked for", () => {
    expect(seen(WHOLE, 4, [60, 25])).toEqual([47.5, 18.75, 25, 12.5]);
  });

  it("never leaves the sheet", () => {
    expect(seen(WHOLE, 2, [-1000, 1000])).toEqual([0, 25, 50, 25]);
  });
});
