import { expect, test } from "vitest";
import { digest, kindOf, type Line } from "./news";

function said(text: string, kind: Line["kind"] = "said"): Line {
  return { kind, text };
}

test("a few messages are read out one by one", () => {
  expect(digest([said("a"), said("b")])).toEqual({ lines: ["a", "b"], more: {} });
});

test("of many the last are read out, and the others counted", () => {
  expect(digest(["a", "b", "c", "d", "e"].map((text) => said(text)))).toEqual({ lines: ["c", "d", "e"], more: { said: 2 } });
});

test("each kind is counted for itself, and nothing said to one alone is left out", () => {
  const direct = ["1", "2", "3", "4"].map((text) => said(text, "direct"));

  expect(digest([...direct, said("a"), said("x", "other")])).toEqual({ lines: ["1", "2", "3", "4", "a", "x"], more: {} });
});

test("moves and lists are not read out", () => {
  expect([kindOf({ type: "parted", slots: [] }), kindOf({ type: "rights", rights: [] })]).toEqual([null, null]);
});
