/** Tells those who do not see what happens, every few seconds and not more than can be heard. */

import { h } from "../../kit/element";
import type { Words } from "../../kit/i18n";
import type { News } from "../../wire/world";
import { digest, kindOf, type Line } from "../model/news";
import type { Presence } from "../presence";

/** Between two announcements [ms]. */
const PAUSE = 3500;

export class Announcer {
  readonly element = h("div", { class: "announcer", role: "log", "aria-live": "polite", "aria-relevant": "additions" });
  #lines: Line[] = [];
  #timer = 0;

  constructor(
    readonly words: Words,
    readonly presence: Presence,
    /** Whether it is told who comes into sight. */
    readonly arrivals: boolean,
  ) {
    presence.listen({ news: (news) => this.#hear(news) });
  }

  /** Says at once what came of something one has done oneself. */
  answer(text: string): void {
    window.clearTimeout(this.#timer);
    this.#lines.push({ kind: "other", text });
    this.#flush();
  }

  /** Says `text` with what comes next. */
  say(text: string): void {
    this.#add({ kind: "other", text });
  }

  #hear(news: News): void {
    const kind = kindOf(news);
    if (kind === null) return;
    if (kind === "came") {
      if (this.arrivals && news.type === "met") {
        for (const { name, simulated, key } of news.people) {
          if (!simulated && key !== this.presence.state.value.me?.key) this.#add({ kind, text: this.words.t("world.told.came", { name }) });
        }
      }
      return;
    }
    const text = this.#textOf(news);
    if (text) this.#add({ kind, text });
  }

  #textOf(news: News): string {
    const { words } = this;
    switch (news.type) {
      case "said": {
        const { sender, name, text } = news.message;
        return sender === this.presence.state.value.me?.key ? "" : words.t(`world.told.${news.message.scope}`, { name, text });
      }
      case "greeted":
        return words.t("world.greeted", { name: news.name });
      case "invited":
        return words.t("world.invited", { name: news.name });
      case "entered":
        return words.t("world.told.entered", { zone: words.pick(news.zone.name), count: news.zone.count });
      case "refusal":
        return words.pick(news.words);
      default:
        return "";
    }
  }

  #add(line: Line): void {
    this.#lines.push(line);
    if (this.#timer === 0) this.#timer = window.setTimeout(() => this.#flush(), PAUSE);
  }

  #flush(): void {
    this.#timer = 0;
    const { lines, more } = digest(this.#lines);
    this.#lines = [];
    const counted = Object.entries(more).map(([kind, count]) => this.words.t(`world.told.more.${kind}`, { count }));
    this.element.replaceChildren(...[...counted, ...lines].map((text) => h("p", {}, text)));
  }
}
