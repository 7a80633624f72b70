/** The world beside the scene: where one is, gestures, talk, people, and what has to be known. */

import { h, icon } from "../../kit/element";
import type { Words } from "../../kit/i18n";
import type { Scope } from "../../wire/world";
import { handUp, hosts, type State } from "../model/state";
import type { Presence } from "../presence";
import { Chat } from "./chat";
import { HostPanel } from "./host";
import { Roster } from "./roster";
import { Status } from "./status";
import { Tabs } from "./tabs";

export interface DockOptions {
  readonly words: Words;
  readonly presence: Presence;
  readonly park: string;
  /** Wave, clap, point, sit. */
  gesture(name: GestureName): void;
  /** Looks from behind oneself, or through one's own eyes again; which of them now. */
  camera(): boolean;
  chosen(key: string, name: string): void;
  /** Tells what was done. */
  say(text: string): void;
  /** The panel opens or closes. */
  changed(open: boolean): void;
}

export type GestureName = "wave" | "clap" | "point" | "sit";

const HEAD = "M10 6.500a1.900 1.900 0 1 0 0-3.800 1.900 1.900 0 0 0 0 3.800z";
const LEGS = "M7.500 21l2.500-6.500 2.500 6.500";
const BODY = [HEAD, "M10 8.500v6", LEGS, "M10 10l-3.500 3.500"];
const GESTURES: readonly (readonly [GestureName, readonly string[]])[] = [
  ["wave", [...BODY, "M10 10l4-1 1.500-4.500", "M18.200 3.200c1 1.200 1.300 2.600 1 4"]],
  ["clap", [HEAD, "M10 8.500v6", LEGS, "M10 9.500l3.200 3 3.300-2.300", "M10 9.500l6.500.700", "M18.500 7.500l1.600-1.600", "M19 10.500h2.200"]],
  ["point", [...BODY, "M10 10h9.500", "M17 7.500l2.500 2.500-2.500 2.500"]],
  ["sit", ["M9.500 6.500a1.900 1.900 0 1 0 0-3.800 1.900 1.900 0 0 0 0 3.800z", "M9.500 8.800v5.700h5.500v6.500", "M6 10.500v10.500", "M6 17h6"]],
];
const HAND = [...BODY, "M10 10l3.800-1.500V2.800"];
const SCOPES: readonly Scope[] = ["zone", "nearby", "direct"];
const CLOSE = ["M6 6l12 12", "M18 6L6 18"];
const TALK = ["M4 5.500h16v10.500H10l-4.500 4v-4H4z"];
const FLAG = ["M6 21V4", "M6 4.500c4-2 7 2 12 0v9c-5 2-8-2-12 0"];
const CAMERA = ["M4 8h11v9H4z", "M15 11l5-2.500v8L15 14"];
const PLAIN = ["M12 5.200a1.400 1.400 0 1 0 0-2.800 1.400 1.400 0 0 0 0 2.800z", "M5 8.200c4.500 1.600 9.500 1.600 14 0", "M12 9.400v5", "M8.500 21l3.500-6.600 3.500 6.600"];
const SHIRT = ["M8.500 4.500L3.500 7.500l1.800 3.800 2.200-1v9.200h9v-9.200l2.200 1 1.800-3.800-5-3", "M8.500 4.500c.8 3 6.200 3 7 0"];
const DO = ["M7 11.500V6.200a1.400 1.400 0 0 1 2.800 0V11", "M9.800 10.500V4.600a1.400 1.400 0 0 1 2.800 0v6", "M12.600 10.700V5.900a1.400 1.400 0 0 1 2.800 0v7.600", "M15.400 11l1.400-1.800a1.300 1.300 0 0 1 2.200 1.400c-1.600 3-1.900 9.400-7.200 9.400-4 0-5-3-6.300-6.500a1.400 1.400 0 0 1 2.500-1l1.800 2.200"];

/** Shows a number on a button, and says it to those who do not see it. */
function badge(button: HTMLElement, mark: HTMLElement, count: number, words: string): void {
  mark.hidden = count === 0;
  mark.textContent = count > 99 ? "99+" : String(count);
  if (button.getAttribute("aria-label") !== words) button.setAttribute("aria-label", words);
}

export class Dock {
  readonly element: HTMLElement;
  readonly #options: DockOptions;
  readonly #chats = new Map<Scope, Chat>();
  readonly #roster: Roster;
  readonly #tabs: Tabs;
  readonly #panel: HTMLElement;
  readonly #place = h("span", { class: "world-place" });
  readonly #count = h("span", { class: "world-count" });
  readonly #here: HTMLButtonElement;
  readonly #talk: HTMLButtonElement;
  readonly #unread = h("span", { class: "world-unread", "aria-hidden": "true" });
  readonly #flag: HTMLButtonElement;
  readonly #reports = h("span", { class: "world-unread", "aria-hidden": "true" });
  readonly #hand: HTMLButtonElement;
  readonly #camera: HTMLButtonElement;
  #tab = "zone";

  constructor(options: DockOptions) {
    const { words, presence, park, chosen, say } = options;
    this.#options = options;
    for (const scope of SCOPES) this.#chats.set(scope, new Chat({ words, presence, scope, chosen }));
    this.#roster = new Roster({ words, presence, chosen, say });
    const host = new HostPanel({ words, presence, park, chosen, say });
    const inside = [...this.#chats].map(([scope, chat]) => ({ id: scope, label: words.t(`world.tab.${scope}`), panel: chat.element }));
    const tabs = [...inside, { id: "people", label: words.t("world.tab.people"), panel: this.#roster.element }, { id: "host", label: words.t("world.tab.host"), panel: host.element }];
    this.#tabs = new Tabs(words.t("world.tabs"), tabs, (id) => this.#opened(id));
    this.#panel = h("section", { class: "world-panel", id: "world-panel", "aria-label": words.t("world.panel"), hidden: true },
      h("h2", { class: "visually-hidden" }, words.t("world.panel")), h("div", { class: "world-head" }, this.#tabs.list, this.#tool("close", CLOSE, () => this.close())), ...tabs.map(({ panel }) => panel));
    this.#here = h("button", { type: "button", class: "world-here", "aria-controls": "world-panel", "aria-expanded": "false", click: () => this.#toggle("people") },
      this.#place, this.#count);
    this.#talk = this.#tool("talk", TALK, () => this.#toggle(this.#tab === "people" || this.#tab === "host" ? "zone" : this.#tab));
    this.#talk.append(this.#unread);
    this.#talk.setAttribute("aria-controls", "world-panel");
    this.#flag = this.#tool("reports", FLAG, () => this.show("host"));
    this.#flag.append(this.#reports);
    this.#flag.setAttribute("aria-controls", "world-panel");
    this.#hand = this.#sign("hand", HAND, () => presence.hand(!handUp(presence.state.value)));
    this.#camera = this.#tool("camera", CAMERA, () => this.turnCamera());
    this.#camera.classList.add("tool-camera");
    this.element = h("aside", { class: "world", "aria-label": words.t("world.title"), keydown: (event: KeyboardEvent) => this.#key(event) },
      h("div", { class: "world-bar glass" }, this.#here, this.#flag, this.#talk, this.#more()),
      h("div", { class: "world-tools glass", role: "group", "aria-label": words.t("world.gestures") },
        ...GESTURES.map(([name, picture]) => this.#sign(name, picture, () => options.gesture(name))), this.#hand, this.#camera, this.#look(), this.#plain(park)),
      new Status(words, presence).element, this.#panel);
    this.#panel.classList.add("glass");
    presence.state.watch((state) => this.#refresh(state));
    this.#refresh(presence.state.value);
  }

  /** On narrow screens the tools wait behind a button. */
  #more(): HTMLElement {
    const button = this.#tool("more", DO, () => button.setAttribute("aria-expanded", String(this.element.classList.toggle("has-tools"))));
    button.setAttribute("aria-expanded", "false");
    button.classList.add("tool-more");
    return button;
  }

  #look(): HTMLElement {
    const label = this.#options.words.t("world.avatar.title");
    return h("a", { class: "icon-button", href: "/me/avatar", "aria-label": label, title: label }, icon(...SHIRT));
  }

  #plain(park: string): HTMLElement {
    const label = this.#options.words.t("world.plain");
    return h("a", { class: "icon-button", href: `/parks/${encodeURIComponent(park)}/together`, "aria-label": label, title: label }, icon(...PLAIN));
  }

  #tool(name: string, picture: readonly string[], run: () => void): HTMLButtonElement {
    const label = this.#options.words.t(`world.tool.${name}`);
    return h("button", { type: "button", class: "icon-button", "aria-label": label, title: label, click: run }, icon(...picture));
  }

  #sign(name: string, picture: readonly string[], run: () => void): HTMLButtonElement {
    const label = this.#options.words.t(`world.gesture.${name}`);
    return h("button", { type: "button", class: "icon-button", "aria-label": label, title: label, click: run }, icon(...picture));
  }

  get open(): boolean {
    return !this.#panel.hidden;
  }

  turnCamera(): void {
    this.#camera.setAttribute("aria-pressed", String(this.#options.camera()));
  }

  #toggle(tab: string): void {
    const shut = this.open && (this.#tab === tab || (tab !== "people" && this.#tab !== "people"));
    if (shut) this.close();
    else this.show(tab);
  }

  /** Opens the panel, a conversation with its line to write in. */
  show(tab: string, focus = true): void {
    this.#panel.hidden = false;
    this.#tabs.open(tab);
    this.#spread();
    const chat = this.#chats.get(tab as Scope);
    chat?.toEnd();
    if (focus && chat) chat.input.focus({ preventScroll: true });
  }

  close(): void {
    this.#panel.hidden = true;
    this.#options.presence.read(null);
    this.#spread();
    this.#talk.focus();
  }

  /** Talks to one person alone. */
  talkTo(key: string, name: string): void {
    this.show("direct");
    this.#chats.get("direct")?.talkTo(key, name);
  }

  #spread(): void {
    this.element.classList.toggle("is-open", this.open);
    for (const button of [this.#here, this.#talk]) button.setAttribute("aria-expanded", String(this.open));
    this.#options.changed(this.open);
  }

  #opened(id: string): void {
    this.#tab = id;
    const scope = SCOPES.find((each) => each === id) ?? null;
    this.#options.presence.read(scope);
    if (scope) this.#chats.get(scope)?.toEnd();
    if (id === "people") this.#roster.refresh();
  }

  #key(event: KeyboardEvent): void {
    if (event.key === "Escape" && this.open) this.close();
    event.stopPropagation();
  }

  #refresh(state: State): void {
    const { words } = this.#options;
    const { zone, unread, link, hands, reports } = state;
    this.#place.textContent = zone && link === "here" ? words.pick(zone.name) : words.t("world.title");
    this.#count.textContent = zone && link === "here" ? words.t("world.count", { count: words.number(zone.count) }) : "";
    const all = unread.zone + unread.nearby + unread.direct;
    const talk = words.t("world.tool.talk");
    badge(this.#talk, this.#unread, all, all > 0 ? `${talk} · ${words.t("world.unread", { count: all })}` : talk);
    this.#flag.hidden = !reports;
    badge(this.#flag, this.#reports, reports ?? 0, words.t("world.reports", { count: words.number(reports ?? 0) }));
    for (const scope of SCOPES) this.#tabs.count(scope, unread[scope], words.t("world.unread", { count: unread[scope] }));
    this.#tabs.count("host", hands.length, words.t("world.hands"));
    const host = hosts(state);
    this.#tabs.offer("host", host);
    if (!host && this.open && this.#tab === "host") this.#tabs.open("zone");
    this.#hand.setAttribute("aria-pressed", String(handUp(state)));
    this.element.classList.toggle("is-away", link !== "here");
  }
}
