/** The help sheet: every key, and what the finger does. */

import { h } from "../../kit/element";
import type { Words } from "../../kit/i18n";
import { Sheet } from "./sheet";

const KEYS: readonly (readonly [string, readonly string[]])[] = [
  ["scene.help.move", ["W", "A", "S", "D", "↑", "↓", "←", "→"]],
  ["scene.help.turn", ["Q", "E"]],
  ["scene.help.tilt", ["R", "F"]],
  ["scene.help.zoom", ["+", "−"]],
  ["scene.help.run", ["Shift"]],
  ["scene.help.modes", ["1", "2", "3"]],
  ["scene.help.pick", ["Enter"]],
  ["scene.help.leave", ["Esc"]],
  ["scene.help.storeys", ["PageUp", "PageDown"]],
  ["scene.help.hours", ["[", "]"]],
  ["scene.help.months", [",", "."]],
  ["scene.help.play", ["Y", "T"]],
  ["scene.help.search", ["/"]],
  ["scene.help.places", ["P"]],
  ["scene.help.map", ["M"]],
  ["scene.help.home", ["H"]],
  ["scene.help.lock", ["L"]],
  ["scene.help.help", ["?"]],
];

export function helpSheet(words: Words, plan: string): Sheet {
  const rows = KEYS.map(([key, keys]) =>
    h("div", { class: "key-row" }, h("dt", {}, ...keys.map((each) => h("kbd", {}, each))), h("dd", {}, words.t(key))));
  return new Sheet(words, words.t("scene.help"), "help",
    h("p", { class: "help-lead" }, words.t("scene.help.mouse")),
    h("p", { class: "help-lead" }, words.t("scene.help.touch")),
    h("dl", { class: "keys" }, ...rows),
    h("p", { class: "help-lead" }, h("a", { href: plan }, words.t("scene.help.plan"))));
}
