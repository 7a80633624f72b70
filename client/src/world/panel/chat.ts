/** Talking: what was said in one scope, and a line to say something. */

import { fillWith, h } from "../../kit/element";
import type { Words } from "../../kit/i18n";
import type { MessageView, Scope } from "../../wire/world";
import { maySpeak, over, personOf, type State } from "../model/state";
import { sayable } from "../model/words";
import type { Presence } from "../presence";
import { EmojiPicker } from "./emoji";
import { messageItem, unsaidItem } from "./message";

/** Of one message (src/shulian/world/wire/messages/calls.py). */
const LONGEST = 500;
/** Nearer to the end than this the list follows it [px]. */
const NEAR = 60;

export interface ChatOptions {
  readonly words: Words;
  readonly presence: Presence;
  readonly scope: Scope;
  chosen(key: string, name: string): void;
}

export class Chat {
  readonly element: HTMLElement;
  readonly input: HTMLInputElement;
  readonly #options: ChatOptions;
  readonly #log: HTMLOListElement;
  readonly #empty: HTMLElement;
  readonly #earlier: HTMLButtonElement;
  readonly #send: HTMLButtonElement;
  readonly #partner: HTMLSelectElement;
  readonly #items = new Map<number, HTMLElement>();
  readonly #names = new Map<string, string>();
  #to: string | null = null;

  constructor(options: ChatOptions) {
    const { words, presence, scope } = options;
    this.#options = options;
    this.#log = h("ol", { class: "log", tabindex: 0, "aria-label": words.t(`world.log.${scope}`) });
    this.#empty = h("p", { class: "log-empty" }, words.t(`world.log.${scope}.empty`));
    this.#earlier = h("button", { type: "button", class: "link log-earlier", hidden: true, click: () => presence.earlier() }, words.t("world.earlier"));
    const hint = words.t(`world.say.${scope}`);
    this.input = h("input", { type: "text", class: "say-input", name: "text", maxlength: LONGEST, autocomplete: "off", enterkeyhint: "send", placeholder: hint, "aria-label": hint });
    this.#send = h("button", { type: "submit", class: "button button-main" }, words.t("world.send"));
    const emoji = new EmojiPicker(words, (sign) => this.#insert(sign));
    this.#partner = h("select", { class: "say-partner", "aria-label": words.t("world.partner"), change: () => this.#choose(this.#partner.value) });
    this.element = h("div", { class: `chat chat-${scope}` },
      h("div", { class: "log-box" }, this.#earlier, this.#empty, this.#log),
      h("form", { class: "say", submit: (event: Event) => this.#submit(event) },
        scope === "direct" && h("label", { class: "say-to" }, h("span", {}, words.t("world.partner")), this.#partner),
        emoji.element, h("div", { class: "say-line" }, emoji.button, this.input, this.#send)));
    presence.state.watch((state, before) => this.#refresh(state, before));
    this.#refresh(presence.state.value, null);
  }

  /** Talks to one person. */
  talkTo(key: string, name: string): void {
    this.#names.set(key, name);
    this.#choose(key);
    this.#partners(this.#options.presence.state.value);
    this.input.focus();
  }

  #choose(key: string): void {
    this.#to = key || null;
    this.#enable(this.#options.presence.state.value);
  }

  #insert(sign: string): void {
    const { selectionStart, selectionEnd, value } = this.input;
    this.input.setRangeText(sign, selectionStart ?? value.length, selectionEnd ?? value.length, "end");
    this.input.focus();
  }

  #submit(event: Event): void {
    event.preventDefault();
    const { presence, scope } = this.#options;
    const text = sayable(this.input.value, LONGEST);
    if (!text || this.#send.disabled) return;
    presence.say(scope, text, scope === "direct" ? this.#to : null);
    this.input.value = "";
  }

  /** The messages of this conversation. */
  #own({ messages, zone }: State): readonly MessageView[] {
    const { scope } = this.#options;
    return messages.filter((message) => message.scope === scope && (scope === "direct" || message.zone === zone?.space || scope === "nearby"));
  }

  #refresh(state: State, before: State | null): void {
    const heard = !before || state.messages !== before.messages || state.unsaid !== before.unsaid || state.zone?.space !== before.zone?.space;
    if (heard) this.#list(state);
    if (this.#options.scope === "direct" && (heard || state.people !== before?.people)) this.#partners(state);
    this.#enable(state);
  }

  #list(state: State): void {
    const box = this.#log.parentElement;
    const follows = !box || box.scrollHeight - box.scrollTop - box.clientHeight < NEAR;
    const { words, scope, chosen } = this.#options;
    const context = { words, me: state.me?.key ?? null, nameOf: (key: string) => this.#nameOf(state, key), chosen };
    const own = this.#own(state);
    const shown = own.map((message) => {
      const item = this.#items.get(message.number) ?? messageItem(message, context);
      this.#items.set(message.number, item);
      return item;
    });
    const unsaid = state.unsaid.filter((each) => each.scope === scope).map(({ text }) => unsaidItem(words, text));
    fillWith(this.#log, [...shown, ...unsaid]);
    for (const number of this.#items.keys()) if (!own.some((message) => message.number === number)) this.#items.delete(number);
    this.#empty.hidden = shown.length + unsaid.length > 0;
    this.#log.hidden = !this.#empty.hidden;
    this.#earlier.hidden = scope !== "zone" || !state.more;
    if (follows && box) box.scrollTop = box.scrollHeight;
  }

  /** Shows the end of the conversation. */
  toEnd(): void {
    const box = this.#log.parentElement;
    if (box) box.scrollTop = box.scrollHeight;
  }

  #nameOf(state: State, key: string): string {
    return this.#names.get(key) ?? personOf(state, key)?.name ?? state.messages.find(({ sender }) => sender === key)?.name ?? "";
  }

  /** Whom one can talk to alone: with whom one did, and who is in sight. */
  #partners(state: State): void {
    const me = state.me?.key;
    for (const { scope, sender, name, to } of state.messages) {
      if (scope === "direct" && sender !== me) this.#names.set(sender, name);
      else if (scope === "direct" && to !== null) this.#names.set(to, this.#nameOf(state, to));
    }
    const all = new Map(this.#names);
    for (const { key, name, simulated } of state.people.values()) if (!simulated) all.set(key, name);
    const choices = [...all].filter(([key, name]) => name && !state.blocked.has(key));
    if (this.#to === null && choices[0]) this.#to = choices[0][0];
    fillWith(this.#partner, choices.map(([key, name]) => h("option", { value: key, selected: key === this.#to }, name)));
  }

  #enable(state: State): void {
    const free = maySpeak(state) && (this.#options.scope !== "direct" || this.#to !== null);
    this.#send.disabled = !free;
    this.input.disabled = over(state.link) || (state.link === "here" && !free);
  }
}
