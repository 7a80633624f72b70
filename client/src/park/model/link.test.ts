import { expect, test } from "vitest";
import { dayOf } from "./days";
import { readLink, writeLink } from "./link";

test("a link names space, date, time and mode", () => {
  expect(readLink("?space=hall-1&date=2026-05-20&time=18:10&mode=walk&at=12.5_-3_270_4.2&still=1&quality=low")).toEqual({
    space: "hall-1", day: dayOf("2026-05-20"), minute: 1090, mode: "walk",
    stand: { east: 12.5, north: -3, heading: 270, height: 4.2 }, still: true, quality: "low",
  });
});

test("what says nothing sensible is left out", () => {
  expect(readLink("?space=&date=soon&time=25:00&mode=swim")).toEqual({
    space: null, day: null, minute: null, mode: null, stand: null, still: false, quality: null,
  });
});

test("what is written reads back, and foreign parts stay", () => {
  const view = { space: "楼 & 1", day: dayOf("2026-05-20") ?? 0, minute: 605, mode: "walk" as const, stand: { east: -8.25, north: 40, heading: -90, height: 4.5 } };
  const query = writeLink("?lang=en&space=old", view);
  expect([readLink(query), new URLSearchParams(query).get("lang")]).toEqual([
    {
      space: "楼 & 1", day: view.day, minute: 605, mode: "walk",
      stand: { east: -8.3, north: 40, heading: 270, height: 4.5 }, still: false, quality: null,
    }, "en",
  ]);
});

test.each(["1_2_3", "1_2_3_4_5", "1_2_north_4", "1__3_4", "1_2_3_1e9", "1_2_3_NaN", "1,2,3,4", ""])("%s is no place to stand", (at) => {
  expect(readLink(`?mode=walk&at=${at}`).stand).toBeNull();
});

test("nothing chosen and orbiting write no space, no mode and no stand", () => {
  const stand = { east: 1, north: 2, heading: 3, height: 4 };
  expect(writeLink("?space=a&mode=walk&at=1_2_3_4", { space: null, day: 0, minute: 0, mode: "orbit", stand })).toBe("?date=1970-01-01&time=00%3A00");
});
