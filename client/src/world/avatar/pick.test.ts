import { describe, expect, it } from "vitest";
import { meets } from "./pick";

describe("a ray and somebody", () => {
  it("meets them in front", () => {
    expect(meets(0, 1, -5, 0, 0, 1, 0, 0, 0, 1.7)).toBeCloseTo(4.7);
  });

  it("passes beside them", () => {
    expect(meets(0.5, 1, -5, 0, 0, 1, 0, 0, 0, 1.7)).toBe(Number.POSITIVE_INFINITY);
  });

  it("passes above them", () => {
    expect(meets(0, 1.8, -5, 0, 0, 1, 0, 0, 0, 1.7)).toBe(Number.POSITIVE_INFINITY);
  });

  it("meets their crown from above", () => {
    expect(meets(0, 10, 0, 0, -1, 0, 0, 0, 0, 1.7)).toBeCloseTo(8.3);
  });

  it("does not meet who is behind", () => {
    expect(meets(0, 1, 5, 0, 0, 1, 0, 0, 0, 1.7)).toBe(Number.POSITIVE_INFINITY);
  });
});
