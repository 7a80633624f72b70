import { describe, expect, it } from "vitest";

import type { HallOccasion } from "../../wire/seats";
import { address, heard, isOffered, left, marks, mostOf, pickedInstead, priceOf, stalls, total, turned } from "./stalls";

const SHOW: HallOccasion = {
  id: "show", title: { zh: "演出", en: "Show" }, start: "2026-12-01T11:30:00Z", end: "2026-12-01T13:30:00Z",
  prices: [
    { type: "best", name: { zh: "甲", en: "A" }, price: 38_000, most: 2, seats: ["s1", "s2", "s3"] },
    { type: "rest", name: { zh: "乙", en: "B" }, price: 28_000, most: 2, seats: ["s4"] },
  ],
};
const open = stalls(SHOW);

describe("seats in the scene", () => {
  it("know their price", () => {
    expect(priceOf(open, "s4")?.price).toBe(28_000);
    expect(priceOf(open, "lamp")).toBeUndefined();
  });

  it("follow what others take and give back, and a snapshot tells all", () => {
    const some = heard(open, { seats: [{ seat: "s1", state: "held" }, { seat: "s2", state: "sold" }] }, false);

    expect(left(some)).toBe(2);
    expect(left(heard(some, { seats: [{ seat: "s1", state: "free" }] }, false))).toBe(3);
    expect([...heard(some, { seats: [{ seat: "s4", state: "closed" }] }, true).taken]).toEqual(["s4"]);
  });

  it("are picked while they are free, as many as one may buy, and let go", () => {
    const two = turned(turned(open, "s1"), "s2");

    expect(two.picked).toEqual(["s1", "s2"]);
    expect(turned(two, "s3").picked).toEqual(["s1", "s2"]);
    expect(turned(two, "s1").picked).toEqual(["s2"]);
    expect(turned(open, "lamp").picked).toEqual([]);
    expect(heard(two, { seats: [{ seat: "s2", state: "held" }] }, false).picked).toEqual(["s1"]);
  });

  it("are picked together instead of what was picked, as far as they are free", () => {
    const some = heard(turned(open, "s4"), { seats: [{ seat: "s2", state: "held" }] }, false);

    expect(pickedInstead(some, ["s1", "s2", "lamp"]).picked).toEqual(["s1"]);
    expect([isOffered(some, "s1"), isOffered(some, "s2"), isOffered(some, "lamp")]).toEqual([true, false, false]);
  });

  it("cost what they are sold for, and are not more than one order takes", () => {
    expect(total(turned(turned(open, "s1"), "s4"))).toBe(66_000);
    expect(mostOf(open)).toBe(2);
  });

  it("wear what they are", () => {
    const now = turned(heard(open, { seats: [{ seat: "s1", state: "sold" }] }, false), "s2");
    const shown = marks(now, (state, price) => `${state} ${price.price}`);

    expect([...shown].map(([seat, view]) => `${seat} ${view.token} ${view.words.en}`)).toEqual([
      "s1 full taken 38000", "s2 held mine 38000", "s3 free free 38000", "s4 free free 28000",
    ]);
  });

  it("lead to the page on which they are held", () => {
    expect(address(open)).toBe("/occasions/show/seats");
    expect(address(turned(turned(open, "s1"), "s4"))).toBe("/occasions/show/seats?seat=s1&seat=s4");
  });
});
