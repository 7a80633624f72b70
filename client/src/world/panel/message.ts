/** One message as people read it: when, who, and the text as it was written. */

import { h } from "../../kit/element";
import type { Words } from "../../kit/i18n";
import type { MessageView } from "../../wire/world";
import { pieces } from "../model/words";

/** The words of `text`, its links leading out safely. */
export function written(text: string): readonly Node[] {
  return pieces(text).map(({ text: part, href }) =>
    href === null ? document.createTextNode(part) : h("a", { href, target: "_blank", rel: "noopener noreferrer nofollow" }, part));
}

export interface MessageContext {
  readonly words: Words;
  readonly me: string | null;
  nameOf(key: string): string;
  chosen(key: string, name: string): void;
}

export function messageItem(message: MessageView, { words, me, nameOf, chosen }: MessageContext): HTMLElement {
  const own = message.sender === me;
  const name = own ? words.t("world.you") : message.name;
  const to = message.to !== null && own ? ` → ${nameOf(message.to)}` : "";
  const who = own
    ? h("span", { class: "said-name" }, name + to)
    : h("button", { type: "button", class: "said-name link", click: () => chosen(message.sender, message.name) }, name);
  return h("li", { class: `said${own ? " is-own" : ""}`, "data-number": message.number },
    h("p", { class: "said-head" }, who, h("time", { class: "said-time", datetime: message.at }, words.instant(message.at))),
    h("p", { class: "said-text", dir: "auto" }, ...written(message.text)));
}

/** Something that is on its way to the server. */
export function unsaidItem(words: Words, text: string): HTMLElement {
  return h("li", { class: "said is-own is-unsaid" },
    h("p", { class: "said-head" }, h("span", { class: "said-name" }, words.t("world.you")), h("span", { class: "said-time" }, words.t("world.sending"))),
    h("p", { class: "said-text", dir: "auto" }, ...written(text)));
}
