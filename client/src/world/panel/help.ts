/** The keys of the world, for the scene's help. */

import { h } from "../../kit/element";
import type { Words } from "../../kit/i18n";

/** Keys and what they do, as words of the catalogue. */
const KEYS: readonly (readonly [string, readonly string[]])[] = [
  ["world.help.gestures", ["1", "2", "3", "4"]],
  ["world.help.hand", ["5"]],
  ["world.help.talk", ["C"]],
  ["world.help.people", ["U"]],
  ["world.help.camera", ["V"]],
  ["world.help.above", ["O"]],
];

export function worldHelp(words: Words): HTMLElement {
  const rows = KEYS.map(([key, keys]) => h("div", { class: "key-row" }, h("dt", {}, ...keys.map((each) => h("kbd", {}, each))), h("dd", {}, words.t(key))));
  return h("section", {}, h("h3", {}, words.t("world.help")), h("p", { class: "help-lead" }, words.t("world.help.about")), h("dl", { class: "keys" }, ...rows));
}
