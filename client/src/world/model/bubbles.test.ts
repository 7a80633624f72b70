import { expect, test } from "vitest";
import { Bubbles } from "./bubbles";

test("a bubble stays for six seconds, and the next takes its place", () => {
  const bubbles = new Bubbles();
  bubbles.say("p-ada", "one", 10);
  bubbles.say("p-ada", "two", 12);

  expect([bubbles.of("p-ada", 17.9), bubbles.any, bubbles.of("p-ada", 18), bubbles.any]).toEqual(["two", true, "", false]);
});

test("a long message is cut short", () => {
  const bubbles = new Bubbles();
  bubbles.say("p-ada", "字".repeat(200), 0);

  expect(bubbles.of("p-ada", 1)).toBe(`${"字".repeat(89)}…`);
});
