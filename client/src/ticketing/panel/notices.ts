/** What the people at the gate must know of it: how it stands to the server, and its clock. */

import { h } from "../../kit/element";
import type { Words } from "../../kit/i18n";
import type { State } from "../gate";

/** One line: whether the gate is in sync, and how much waits. */
export function syncLine(words: Words, { link, synced, waiting }: State): { readonly tone: "good" | "warn"; readonly text: string } {
  const time = synced ? words.instant(synced) : "";
  const state = link === "here" ? words.t("gate.sync.here", { time }) : time ? words.t("gate.sync.away", { time }) : words.t("gate.sync.never");
  const waits = waiting.length > 0 ? ` · ${words.t("gate.sync.waiting", { count: words.number(waiting.length) })}` : "";
  return { tone: link === "here" && waiting.length === 0 ? "good" : "warn", text: state + waits };
}

/** Messages that ask for something to be done. */
export function notices(words: Words, { link, ahead }: State, secure: boolean): HTMLElement[] {
  const found: HTMLElement[] = [];
  if (!secure) found.push(message(words.t("gate.camera.insecure")));
  if (link === "login") {
    const next = encodeURIComponent(window.location.pathname);
    found.push(message(words.t("gate.login"), h("a", { class: "button button--small", href: `/login?next=${next}` }, words.t("gate.login.do"))));
  }
  if (ahead !== null) found.push(message(words.t(ahead > 0 ? "gate.clock.ahead" : "gate.clock.behind", { span: spanOf(words, Math.abs(ahead)) })));
  return found;
}

/** A message on the page. */
export function message(text: string, ...more: readonly HTMLElement[]): HTMLElement {
  return h("div", { class: "message message--warn", role: "status" }, h("p", {}, text), ...more);
}

function spanOf(words: Words, seconds: number): string {
  const minutes = Math.round(seconds / 60);
  const [days, hours] = [Math.floor(minutes / 1440), Math.floor(minutes / 60)];
  if (days > 0) return words.t("gate.clock.days", { count: days });
  return hours > 0 ? words.t("gate.clock.hours", { count: hours }) : words.t("gate.clock.minutes", { count: minutes });
}
