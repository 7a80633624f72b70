import { expect, test } from "vitest";
import { pieces, safeAddress, sayable } from "./words";

test("addresses become links, without the end of the sentence", () => {
  expect(pieces("看 https://example.org/a?b=1，好 (http://x.cn/y).")).toEqual([
    { text: "看 ", href: null },
    { text: "https://example.org/a?b=1", href: "https://example.org/a?b=1" },
    { text: "，好 (", href: null },
    { text: "http://x.cn/y", href: "http://x.cn/y" },
    { text: ").", href: null },
  ]);
});

test("nothing else is a link", () => {
  const texts = ["javascript:alert(1)", "data:text/html,x", "ftp://a.b/", "https://", "<a href=x>"];

  expect(texts.map(pieces)).toEqual(texts.map((text) => [{ text, href: null }]));
});

test("an address that pretends to be another is none", () => {
  expect([safeAddress("https://bank.example@evil.example/"), safeAddress("//evil.example"), safeAddress("https://ok.example")]).toEqual([
    null, null, "https://ok.example/",
  ]);
});

test("what is said has no blank ends and keeps whole letters", () => {
  expect([sayable("  好  ", 5), sayable("👍👍👍", 2), sayable("   ", 5)]).toEqual(["好", "👍👍", ""]);
});
