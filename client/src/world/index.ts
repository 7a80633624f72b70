/** The door of the shared world: lets a visitor of an open park be there with everyone else. */

import type { OpenPark } from "../park/index";
import type { News } from "../wire/world";
import { handUp } from "./model/state";
import { Announcer } from "./panel/announcer";
import { Card } from "./panel/card";
import { Dock, type GestureName } from "./panel/dock";
import { worldHelp } from "./panel/help";
import { Presence } from "./presence";
import { Bodies } from "./view/bodies";
import { GESTURES, WorldView } from "./view/view";

/** What `tools/avatars.py` makes. */
const AVATARS = new URL("../../avatars/crowd.bin", import.meta.url).href;
const THIRD = "shulian.world.third";

/** Goes into the world of `park`. */
export function openWorld(park: OpenPark): void {
  new Stay(park);
}

/** One stay in the world: presence, the people in the scene, and the panels beside it. */
class Stay {
  readonly #presence: Presence;
  readonly #view: WorldView;
  readonly #dock: Dock;
  readonly #card: Card;
  /** One came by a link to a spot, and wants to be there. */
  readonly #here: boolean;

  constructor(readonly park: OpenPark) {
    const { words, manifest, root } = park;
    const asked = new URLSearchParams(window.location.search);
    this.#here = asked.has("at");
    const space = asked.get("mode") === "walk" && !this.#here ? asked.get("space") : null;
    this.#presence = new Presence({ park: manifest.park.id, space, guard: root.dataset.csrf ?? "" });
    const presence = this.#presence;
    const { shading, stage } = park.view;
    const bodies = new Bodies(AVATARS, {
      shading, camera: stage.camera,
      near: stage.level === "low" ? 12 : 40,
      shadows: stage.quality.crowdShadows,
      calm: stage.level === "low" || park.view.eye.still,
      loaded: () => stage.wake(),
      failed: (reason) => console.error(reason),
    });
    this.#view = new WorldView(park, presence, bodies, {
      chosen: (key) => this.#choose(key),
      unfollowed: () => park.notices.say(words.t("world.unfollowed")),
    });
    this.#dock = new Dock({
      words, presence, park: manifest.park.id,
      gesture: (name) => this.#gesture(name),
      camera: () => this.#turn(!this.#view.third),
      chosen: (key, name) => this.#card.show(key, name),
      say: (text) => park.notices.say(text),
      changed: (open) => root.classList.toggle("is-talking", open),
    });
    this.#card = new Card({
      words, presence,
      distance: (key) => this.#view.distance(key),
      talk: (key, name) => this.#dock.talkTo(key, name),
      follow: (key, name) => {
        this.#view.follow(key);
        park.notices.say(words.t("world.following", { name }));
      },
      say: (text) => park.notices.say(text),
    });
    const announcer = new Announcer(words, presence, false);
    announcer.element.classList.add("visually-hidden");
    park.shell.join(this.#view.names.element, [this.#dock.element, announcer.element, this.#card.dialog.element], worldHelp(words));
    park.hearKeys((key) => this.#key(key));
    presence.listen({ news: (news) => this.#hear(news) });
    presence.watch(({ reports }) => reports, (reports, before) => {
      if (reports !== null && reports > (before ?? 0)) park.notices.say(words.t("world.reports", { count: words.number(reports) }));
    });
    if (window.localStorage.getItem(THIRD) === "1") this.#dock.turnCamera();
    else this.#view.third = false;
    presence.open();
  }

  #hear(news: News): void {
    const { notices, words } = this.park;
    if (news.type === "welcome") this.#view.self.welcome(news.stand, this.#here);
    else if (news.type === "greeted") notices.say(words.t("world.greeted", { name: news.name }), { words: words.t("world.act.greet_back"), run: () => this.#presence.greet(news.sender) });
    else if (news.type === "refusal") notices.say(words.pick(news.words));
  }

  #choose(key: string): void {
    const { people, me } = this.#presence.state.value;
    const person = [...people.values()].find((each) => each.key === key);
    this.#card.show(key, person?.name ?? me?.name ?? "");
  }

  #gesture(name: GestureName): void {
    const found = GESTURES.find(([each]) => each === name);
    if (found) this.#view.gesture(found[1]);
  }

  #turn(third: boolean): boolean {
    this.#view.third = third;
    if (third) window.localStorage.setItem(THIRD, "1");
    else window.localStorage.removeItem(THIRD);
    return third;
  }

  /** On foot the figures are gestures. */
  #key(key: string): boolean {
    const gesture = this.park.mode === "walk" ? GESTURES[Number(key) - 1] : undefined;
    if (gesture) {
      this.#view.gesture(gesture[1]);
      return true;
    }
    switch (key) {
      case "5":
        this.#presence.hand(!handUp(this.#presence.state.value));
        return true;
      case "c":
      case "C":
        this.#dock.show("zone");
        return true;
      case "u":
      case "U":
        this.#dock.show("people");
        return true;
      case "v":
      case "V":
        this.#dock.turnCamera();
        return true;
      default:
        return false;
    }
  }
}
