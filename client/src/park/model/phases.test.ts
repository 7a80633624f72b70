import { expect, test } from "vitest";
import type { PhaseView } from "../../wire/park";
import { dayOf, monthOf } from "./days";
import { marks, monthsShown, phaseAt, RISING, risen } from "./phases";

const phase = (id: string, delivered: string | null): PhaseView => ({ id, name: { zh: id, en: id }, delivered, site: "s" });
const one = phase("one", "2023-09-01");
const two = phase("two", "2025-06-01");
const never = phase("never", null);
const day = (iso: string): number => dayOf(iso) ?? Number.NaN;

test("a building is a ghost, rises in the last days, and stands from its delivery", () => {
  expect([1000 - RISING, 1000 - RISING / 2, 1000, 5000].map((at) => risen(1000, at))).toEqual([0, 0.5, 1, 1]);
});

test("a building without a date always stands", () => {
  expect(risen(null, -1e6)).toBe(1);
});

test("before, between and after the deliveries", () => {
  const at = (iso: string): (string | undefined)[] => {
    const { last, coming } = phaseAt([one, never, two], day(iso));
    return [last?.id, coming?.id];
  };
  expect([at("2020-01-01"), at("2023-09-01"), at("2026-01-01")]).toEqual([[undefined, "one"], ["one", "two"], ["two", undefined]]);
});

test("the slider reaches half a year beyond all deliveries and today", () => {
  const range = monthsShown([one, two, never], day("2026-11-22"));
  expect(range).toEqual({ first: monthOf(day("2023-03-01")), last: monthOf(day("2027-05-22")) });
});

test("a park without phases shows the year around today", () => {
  expect(monthsShown([], day("2026-11-22"))).toEqual({ first: monthOf(day("2026-05-22")), last: monthOf(day("2027-05-22")) });
});

test("marks stand where their month is; a phase without a date has none", () => {
  const range = { first: monthOf(day("2023-09-01")), last: monthOf(day("2027-02-01")) };
  expect(marks([one, never, two], range)).toEqual([{ phase: one, at: 0 }, { phase: two, at: 21 / 41 }]);
});
