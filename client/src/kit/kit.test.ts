import { expect, test } from "vitest";
import { Bag } from "./dispose";
import { fill, Words } from "./i18n";
import { Signal } from "./signal";

test("placeholders are filled, unknown ones stay to be seen", () => {
  expect(fill("{a} und {b}", { a: 1 })).toBe("1 und {b}");
});

test("words come from the catalogue, a gap shows its key", () => {
  const words = new Words("en", { "scene.hello": "Hello {name}" });
  expect([words.t("scene.hello", { name: "Ada" }), words.t("scene.gap")]).toEqual(["Hello Ada", "scene.gap"]);
});

test("a name in one language only is said in that one", () => {
  const both = { zh: "展厅", en: "Hall" };
  const half = { zh: "展厅", en: "" };
  const english = new Words("en", {});
  const chinese = new Words("zh-CN", {});
  expect([english.pick(both), english.pick(half), chinese.pick(both)]).toEqual(["Hall", "展厅", "展厅"]);
});

test.each(["en", "zh-CN"] as const)("in %s a day begins at 0 o'clock", (language) => {
  expect(new Words(language, {}, "UTC").instant("2026-11-22T00:05:00Z")).toBe("00:05");
});

test("days and instants are told in the reader's language and the park's zone", () => {
  const words = new Words("en", {}, "Asia/Shanghai");
  expect([words.day(20779), words.month(20779), words.instant("2026-11-22T05:30:00Z")]).toEqual(["November 22, 2026", "Nov 2026", "13:30"]);
});

test("a signal tells only changes, with what was before, until one stops listening", () => {
  const signal = new Signal(1);
  const heard: (readonly [number, number])[] = [];
  const stop = signal.watch((value, before) => heard.push([value, before]));
  signal.value = 1;
  signal.value = 2;
  stop();
  signal.value = 3;
  expect(heard).toEqual([[2, 1]]);
});

test("a bag undoes last first, and once", () => {
  const undone: string[] = [];
  const bag = new Bag();
  bag.add(() => undone.push("first"));
  bag.add({ dispose: () => undone.push("second") });
  bag.dispose();
  bag.dispose();
  expect(undone).toEqual(["second", "first"]);
});
