import { expect, test } from "vitest";
import { dayOf } from "./days";
import { readLink, writeLink } from "./link";

test("a link names space, date, time and mode", () => {
  expect(readLink("?space=hall-1&date=2026-05-20&time=18:10&mode=walk&still=1&quality=low")).toEqual({
    space: "hall-1", day: dayOf("2026-05-20"), minute: 1090, mode: "walk", still: true, quality: "low",
  });
});

test("what says nothing sensible is left out", () => {
  expect(readLink("?space=&date=soon&time=25:00&mode=swim")).toEqual({
    space: null, day: null, minute: null, mode: null, still: false, quality: null,
  });
});

test("what is written reads back, and foreign parts stay", () => {
  const view = { space: "楼 & 1", day: dayOf("2026-05-20") ?? 0, minute: 605, mode: "walk" as const };
  const query = writeLink("?lang=en&space=old", view);
  expect([readLink(query), new URLSearchParams(query).get("lang")]).toEqual([
    { space: "楼 & 1", day: view.day, minute: 605, mode: "walk", still: false, quality: null }, "en",
  ]);
});

test("nothing chosen and orbiting write no space and no mode", () => {
  expect(writeLink("?space=a&mode=walk", { space: null, day: 0, minute: 0, mode: "orbit" })).toBe("?date=1970-01-01&time=00%3A00");
});
