/** Being in the park with everyone else on a plain page: the same presence as in the scene. */

import "../world/panel/panel.css";
import "./together.css";
import { h } from "../kit/element";
import { loadWords, Words } from "../kit/i18n";
import { Gait, Gesture } from "../wire/frames";
import type { News, Scope } from "../wire/world";
import type { Snapshot, Standing } from "../world/model/snapshot";
import { handUp, hosts, type State } from "../world/model/state";
import { Announcer } from "../world/panel/announcer";
import { Card } from "../world/panel/card";
import { Chat } from "../world/panel/chat";
import { HostPanel } from "../world/panel/host";
import { Roster } from "../world/panel/roster";
import { Status } from "../world/panel/status";
import { Tabs } from "../world/panel/tabs";
import { Presence } from "../world/presence";

const SCOPES: readonly Scope[] = ["zone", "nearby", "direct"];
/** The server hears that one is still there so often [ms]. */
const BEAT = 4000;
/** What others do, as words of the catalogue. */
const SEEN: Readonly<Record<number, string>> = {
  [Gesture.WAVE]: "world.told.wave", [Gesture.CLAP]: "world.told.clap", [Gesture.POINT]: "world.told.point", [Gesture.SIT]: "world.told.sit",
};
/** So many one server holds: what a zone without a cap of its own takes (src/shulian/world/types.py). */
const MOST = 8192;
/** A wave takes so long [ms]. */
const ONCE = 3200;

/** Goes into the world on the page that is made for it. */
export async function beTogether(place: HTMLElement): Promise<void> {
  const { language, timezone } = place.dataset;
  const spoken = await loadWords(language === "en" ? "en" : "zh-CN");
  new Together(place, timezone ? new Words(spoken.language, spoken.catalogue, timezone) : spoken);
}

class Together {
  readonly #presence: Presence;
  readonly #announcer: Announcer;
  readonly #card: Card;
  readonly #chats = new Map<Scope, Chat>();
  readonly #tabs: Tabs;
  readonly #leave: HTMLButtonElement;
  readonly #wave: HTMLButtonElement;
  readonly #hand: HTMLButtonElement;
  /** Sets out for another place. */
  readonly #set: HTMLButtonElement;
  readonly #gestures = new Map<number, number>();
  #stand: Standing | null = null;
  #gesture: number = Gesture.NONE;

  constructor(
    readonly place: HTMLElement,
    readonly words: Words,
  ) {
    const { park = "", csrf = "" } = place.dataset;
    const presence = new Presence({ park, space: new URLSearchParams(window.location.search).get("space"), guard: csrf });
    this.#presence = presence;
    this.#announcer = new Announcer(words, presence, true);
    const say = (text: string): void => this.#announcer.answer(text);
    const chosen = (key: string, name: string): void => this.#card.show(key, name);
    this.#card = new Card({
      words, presence,
      distance: (key) => this.#distance(key),
      talk: (key, name) => this.#talkTo(key, name),
      say,
    });
    for (const scope of SCOPES) this.#chats.set(scope, new Chat({ words, presence, scope, chosen }));
    const tabs = [...this.#chats].map(([scope, chat]) => ({ id: scope, label: words.t(`world.tab.${scope}`), panel: chat.element }));
    this.#tabs = new Tabs(words.t("world.together.talk"), tabs, (id) => presence.read(SCOPES.find((each) => each === id) ?? null));
    this.#leave = h("button", { type: "button", class: "button button--quiet", click: () => presence.leave() }, words.t("world.together.leave"));
    this.#wave = h("button", { type: "button", class: "button", click: () => this.#waves() }, words.t("world.together.wave"));
    this.#hand = h("button", { type: "button", class: "button button--quiet", click: () => presence.hand(!handUp(presence.state.value)) });
    this.#set = this.#button("go");
    this.#part("body").hidden = false;
    this.#part("status").append(new Status(words, presence).element);
    this.#part("actions").append(this.#wave, this.#hand, this.#leave);
    this.#part("talk").append(this.#tabs.list, ...tabs.map(({ panel }) => panel));
    this.#part("people").append(new Roster({ words, presence, chosen, say }).element);
    this.#part("host").append(new HostPanel({ words, presence, park, chosen, say }).element);
    this.#part("news").append(this.#announcer.element);
    place.append(this.#card.dialog.element);
    this.#part("go").addEventListener("submit", (event) => this.#go(event));
    presence.listen({ news: (news) => this.#hear(news), snapshot: (snapshot) => this.#see(snapshot) });
    presence.watch(({ reports }) => reports, (reports, before) => {
      if (reports !== null && reports > (before ?? 0)) this.#announcer.say(words.t("world.reports", { count: words.number(reports) }));
    });
    presence.state.watch((state) => this.#refresh(state));
    window.setInterval(() => this.#beat(), BEAT);
    this.#tabs.open("zone");
    this.#refresh(presence.state.value);
    presence.open();
  }

  #part(name: string): HTMLElement {
    const part = this.place.querySelector<HTMLElement>(`[data-together-${name}]`);
    if (!part) throw new Error(`the page has no ${name}`);
    return part;
  }

  #button(part: string): HTMLButtonElement {
    const button = this.#part(part).querySelector("button");
    if (!button) throw new Error(`${part} has no button`);
    return button;
  }

  #hear(news: News): void {
    if (news.type === "welcome") this.#put(news.stand);
    else if (news.type === "placed") this.#put(news.stand);
  }

  #put({ east, north, height, heading }: { readonly east: number; readonly north: number; readonly height: number; readonly heading: number }): void {
    this.#stand = { east, north, height, heading: (heading * Math.PI) / 180, gait: Gait.STILL, gesture: Gesture.NONE };
    this.#beat();
  }

  /** Tells what people in sight begin to do with their bodies. */
  #see({ sightings }: Snapshot): void {
    const { people } = this.#presence.state.value;
    for (const { slot, gesture } of sightings) {
      const before = this.#gestures.get(slot) ?? Gesture.NONE;
      this.#gestures.set(slot, gesture);
      const name = people.get(slot)?.name;
      const seen = SEEN[gesture];
      if (gesture !== before && seen && name) this.#announcer.say(this.words.t(seen, { name }));
    }
  }

  /** Tells the server that one stands there, and what one does. */
  #beat(): void {
    if (!this.#stand || this.#presence.state.value.link !== "here") return;
    const raised = handUp(this.#presence.state.value) ? Gesture.HAND : Gesture.NONE;
    this.#presence.move({ ...this.#stand, gesture: this.#gesture || raised });
  }

  #waves(): void {
    this.#gesture = Gesture.WAVE;
    this.#beat();
    window.setTimeout(() => {
      this.#gesture = Gesture.NONE;
      this.#beat();
    }, ONCE);
  }

  #distance(key: string): number | null {
    const { listed } = this.#presence.state.value;
    const at = listed?.people.findIndex((person) => person.key === key) ?? -1;
    return listed?.distances[at] ?? null;
  }

  #talkTo(key: string, name: string): void {
    this.#tabs.open("direct");
    this.#chats.get("direct")?.talkTo(key, name);
  }

  #go(event: Event): void {
    event.preventDefault();
    const space = new FormData(event.target as HTMLFormElement).get("space");
    if (typeof space === "string" && space) this.#presence.go({ space });
  }

  #refresh(state: State): void {
    const { words } = this;
    const here = state.link === "here" && state.zone !== null;
    const told = here && state.zone
      ? words.t(`world.together.here${state.zone.cap < MOST ? ".of" : ""}`, { zone: words.pick(state.zone.name), count: words.number(state.zone.count), cap: words.number(state.zone.cap) })
      : words.t("world.together.nowhere");
    const line = this.#part("here");
    if (line.textContent !== told) line.textContent = told;
    for (const button of [this.#leave, this.#wave, this.#hand, this.#set]) button.disabled = !here;
    const up = handUp(state);
    this.#hand.setAttribute("aria-pressed", String(up));
    const label = words.t(up ? "world.together.lower" : "world.together.hand");
    if (this.#hand.textContent !== label) this.#hand.textContent = label;
    for (const scope of SCOPES) this.#tabs.count(scope, state.unread[scope], words.t("world.unread", { count: state.unread[scope] }));
    this.#part("host").hidden = !hosts(state);
  }
}
