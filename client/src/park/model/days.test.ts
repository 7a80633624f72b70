import { expect, test } from "vitest";
import { addMonths, clockOf, dayOf, isoOf, localTime, minuteOf, monthOf } from "./days";

test("a day is counted from 1970", () => {
  expect([dayOf("1970-01-01"), dayOf("1970-01-02"), dayOf("2026-11-22")]).toEqual([0, 1, 20779]);
});

test("words that name no day are none", () => {
  expect(["2026-02-30", "2026-13-01", "22.11.2026", "", "2026-1-1", "Infinity"].map(dayOf)).toEqual([null, null, null, null, null, null]);
});

test("a day is written as it was read", () => {
  expect(isoOf(dayOf("2024-02-29") ?? 0)).toBe("2024-02-29");
});

test("part of a day is still that day", () => {
  expect(isoOf((dayOf("2024-02-29") ?? 0) + 0.7)).toBe("2024-02-29");
});

test("months later keep the day, or take the last of a shorter month", () => {
  const from = dayOf("2025-01-31") ?? 0;
  expect([0, 1, 2, 13, -2].map((months) => isoOf(addMonths(from, months)))).toEqual([
    "2025-01-31", "2025-02-28", "2025-03-31", "2026-02-28", "2024-11-30",
  ]);
});

test("months are counted from year 0", () => {
  expect([monthOf(0), monthOf(dayOf("2026-11-22") ?? 0)]).toEqual([1970 * 12, 2026 * 12 + 10]);
});

test("clock and minute are the same said twice", () => {
  expect([minuteOf("00:00"), minuteOf("15:30"), minuteOf("9:05"), clockOf(930), clockOf(1439.9)]).toEqual([0, 930, 545, "15:30", "23:59"]);
});

test("times that are none are refused", () => {
  expect(["24:00", "12:60", "noon", "", "-1:30"].map(minuteOf)).toEqual([null, null, null, null, null]);
});

test("an instant is told by the park's own clocks", () => {
  expect(localTime(new Date("2026-11-22T17:30:00Z"), "Asia/Shanghai")).toEqual({ day: dayOf("2026-11-23"), minute: 90 });
});
