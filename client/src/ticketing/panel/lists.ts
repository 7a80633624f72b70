/** What has happened at the gate: the last scans, the counts, and copies that came in. */

import { h } from "../../kit/element";
import type { Words } from "../../kit/i18n";
import type { CountsView, DoubleView } from "../../wire/gate";
import type { Recent } from "../model/recent";
import { toneOf } from "../model/tone";

/** The last scans, the newest first. */
export function recentList(words: Words, recent: readonly Recent[]): HTMLElement {
  if (recent.length === 0) return h("p", { class: "note" }, words.t("gate.recent.none"));
  return h("ol", { class: "scans" }, ...recent.map((one) => recentLine(words, one)));
}

function recentLine(words: Words, one: Recent): HTMLElement {
  const who = one.number ? one.name || words.t("gate.unnamed") : one.fault ? words.t(`gate.fault.${one.fault}`) : "";
  return h("li", { class: "scans__line", "data-tone": toneOf(one.turned ?? one.verdict) },
    h("span", { class: "scans__time" }, words.instant(one.at)),
    h("span", { class: "scans__word" }, words.t(`gate.verdict.${one.verdict}`)),
    h("span", { class: "scans__who" }, who),
    !one.synced && h("span", { class: "tag" }, words.t("gate.recent.waits")),
    one.turned && h("strong", { class: "scans__turned" }, words.t("gate.recent.turned", { verdict: words.t(`gate.verdict.${one.turned}`) })),
  );
}

/** How many are in, were in, and were refused. */
export function countsList(words: Words, counts: CountsView): HTMLElement {
  const parts = (["inside", "out", "refused"] as const).map((name) => h("div", {}, h("dt", {}, words.t(`gate.counts.${name}`)), h("dd", { "data-count": name }, words.number(counts[name]))));
  return h("dl", { class: "counts", "aria-label": words.t("gate.counts") }, ...parts);
}

/** The copies that came in. */
export function doublesList(words: Words, doubles: readonly DoubleView[]): HTMLElement {
  const at = (time: string, offline: boolean): string => (offline ? words.t("gate.doubles.offline", { time: words.instant(time) }) : words.instant(time));
  return h("ul", { class: "scans" }, ...doubles.map((one) =>
    h("li", { class: "scans__line", "data-tone": "bad" }, words.t("gate.doubles.line", {
      name: one.name || words.t("gate.unnamed"),
      first: one.first_gate, first_time: at(one.first_at, one.first_offline),
      second: one.second_gate, second_time: at(one.second_at, one.second_offline),
    })),
  ));
}
