import { describe, expect, it } from "vitest";
import { DEFAULT, drawnLook, FIELDS, lookOf, lookOfVisitor, numbersOf, SIZES } from "./looks";

describe("a look as numbers", () => {
  it("comes back as it went", () => {
    const look = drawnLook(7);
    expect(lookOf(numbersOf(look))).toEqual(look);
  });

  it("is as by default where numbers are missing or unknown", () => {
    expect(lookOf([300, -1, Number.NaN, 1.5, 99, 99, 99, 99, 99])).toEqual(DEFAULT);
  });
});

describe("a look that is drawn", () => {
  it("is the same for the same visitor", () => {
    expect(lookOfVisitor("g-1")).toEqual(lookOfVisitor("g-1"));
  });

  it("has only what there is", () => {
    const wrong = Array.from({ length: 2000 }, (_, seed) => drawnLook(seed)).filter((look) =>
      FIELDS.some((field) => !(Number.isInteger(look[field]) && look[field] >= 0 && look[field] < SIZES[field])),
    );
    expect(wrong).toEqual([]);
  });

  it("differs between most visitors", () => {
    const different = new Set(Array.from({ length: 500 }, (_, index) => JSON.stringify(lookOfVisitor(`g-${index}`))));
    expect(different.size).toBe(500);
  });
});
