/** Settings of the scene: how finely it is drawn, in which language it speaks. */

import { h } from "../../kit/element";
import type { Words } from "../../kit/i18n";
import { Sheet } from "./sheet";

const LEVELS = ["auto", "high", "medium", "low"] as const;

export function settingsSheet(words: Words, level: string, chosen: (level: string) => void): Sheet {
  const choices = LEVELS.map((each) => {
    const input = h("input", { type: "radio", name: "quality", value: each, checked: each === level, change: () => chosen(each) });
    return h("label", { class: "choice" }, input, h("span", {}, words.t(`scene.quality.${each}`), h("small", {}, words.t(`scene.quality.${each}.about`))));
  });
  const other = words.language === "zh-CN" ? "en" : "zh-CN";
  const address = new URL(window.location.href);
  address.searchParams.set("lang", other);
  return new Sheet(words, words.t("scene.settings"), "settings",
    h("fieldset", { class: "choices" }, h("legend", {}, words.t("scene.quality")), ...choices),
    h("p", {}, h("a", { class: "button", href: address.pathname + address.search, hreflang: other, lang: other }, other === "en" ? "English" : "中文")));
}
