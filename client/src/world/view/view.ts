/** The people in the scene: bodies, names, oneself, and whom one follows. */

import { Vector3 } from "three";
import { Bag } from "../../kit/dispose";
import type { OpenPark } from "../../park/index";
import { Gesture } from "../../wire/frames";
import type { News, PersonView } from "../../wire/world";
import { Bubbles } from "../model/bubbles";
import { Motion } from "../model/motion";
import { met, type Upright } from "../model/pick";
import type { Snapshot } from "../model/snapshot";
import { personOf } from "../model/state";
import type { Presence } from "../presence";
import { Dots } from "./dots";
import { type Named, PeopleNames } from "./names";
import type { People } from "./people";
import { Self } from "./self";

export interface WorldListener {
  /** Somebody was clicked. */
  chosen(key: string): void;
  /** One has stopped following. */
  unfollowed(): void;
}

/** One's own body among the others. */
const ME = -1;
/** Nobody is clicked from further away [m]. */
const FARTHEST = 400;
/** Between two words to the server about what is looked at from above [s], and what is worth one [m]. */
const GLANCE = 0.6;
const SHIFT = 6;
/** Who is followed and not seen for so long is lost [s]. */
const LOST = 6;
const BEAT = 500;

/** Whoever is nearer to the eye would fill the view [m]. */
const FACE = 0.8;
/** From further above, people are dots [m]. */
const HIGH = 70;

const eye = /* @__PURE__ */ new Vector3();
const way = /* @__PURE__ */ new Vector3();
const crown = /* @__PURE__ */ new Vector3();

interface Body extends Upright {
  readonly person: PersonView;
  readonly gait: number;
  readonly gesture: number;
}

export class WorldView {
  readonly self: Self;
  readonly names: PeopleNames;
  readonly #dots = new Dots();
  readonly #motion = new Motion();
  readonly #bubbles = new Bubbles();
  readonly #bag = new Bag();
  #bodies: Body[] = [];
  /** Who is drawn, as they were met. */
  readonly #drawn = new Map<number, PersonView>();
  #followed: string | null = null;
  #seen = 0;
  #looked: { readonly east: number; readonly north: number; readonly at: number } | null = null;

  constructor(
    readonly park: OpenPark,
    readonly presence: Presence,
    readonly people: People,
    readonly listener: WorldListener,
  ) {
    const { view } = park;
    this.self = new Self(park, presence);
    this.names = this.#bag.add(new PeopleNames(view.stage.camera, (slot) => this.#choose(slot), (point) => view.blocked(point)));
    view.stage.scene.add(people.object, this.#dots.object);
    this.#bag.add(people);
    this.#bag.add(this.#dots);
    this.#bag.add(presence.listen({ news: (news) => this.#hear(news), snapshot: (snapshot) => this.#see(snapshot) }));
    this.#bag.add(presence.watch(({ link }) => link, (link) => {
      this.#motion.clear();
      if (link === "here") this.#looked = null;
      view.stage.wake();
    }));
    const beat = window.setInterval(() => this.#beat(), BEAT);
    this.#bag.add(() => window.clearInterval(beat));
    view.invite({
      update: (seconds) => this.#update(seconds),
      stirred: () => people.stirred,
      drawn: (panels) => this.names.update(this.#named(), park.mode !== "walk", view.labels.top, panels),
      clicked: (x, y) => this.#clicked(x, y),
      steered: () => this.unfollow(),
    });
  }

  get now(): number {
    return performance.now() / 1000;
  }

  #see(snapshot: Snapshot): void {
    this.#motion.take(snapshot, this.now);
    if (this.#motion.stirred) this.park.view.stage.wake();
  }

  #hear(news: News): void {
    if (news.type === "said" && news.message.scope !== "direct") {
      this.#bubbles.say(news.message.sender, news.message.text, this.now);
    } else if (news.type === "greeted") this.#bubbles.say(news.sender, "👋", this.now);
    else if (news.type === "parted") for (const slot of news.slots) this.#motion.drop(slot);
    else if (news.type === "placed") this.self.put(news);
    else if (news.type === "refusal") this.self.stay();
    this.park.view.stage.wake();
  }

  /** What has to go on while nothing is drawn. */
  #beat(): void {
    this.self.tell(this.now);
    if (this.#bubbles.any) this.park.view.stage.wake();
  }

  #update(seconds: number): boolean {
    const { now } = this;
    let moving = this.#motion.update(now, seconds);
    if (this.#followed !== null && this.#follow(now, seconds)) moving = true;
    this.self.update(now, seconds);
    this.#glance(now);
    this.#pose(now);
    return this.people.update(seconds) || moving;
  }

  /** Puts everyone who is known where they are now. */
  #pose(now: number): void {
    const { people: known, me } = this.presence.state.value;
    this.#bodies = [];
    const here = new Set<number>();
    for (const slot of this.#motion.slots) {
      const person = known.get(slot);
      const shown = this.#motion.of(slot);
      if (!person || !shown || this.#inFace(shown.east, shown.height, -shown.north)) continue;
      here.add(slot);
      this.#dress(slot, person);
      this.people.move(slot, shown.east, shown.height, -shown.north, shown.heading, shown.speed, shown.gait, shown.gesture);
      this.#bodies.push({ id: slot, x: shown.east, y: shown.height, z: -shown.north, tall: this.people.height(slot), person, gait: shown.gait, gesture: shown.gesture });
    }
    if (me && this.self.placed && this.#seesSelf) {
      here.add(ME);
      this.#dress(ME, me);
      const own = this.self.standing(now);
      this.people.move(ME, own.east, own.height, -own.north, own.heading, this.self.speed, own.gait, own.gesture);
      this.#bodies.push({ id: ME, x: own.east, y: own.height, z: -own.north, tall: this.people.height(ME), person: me, gait: own.gait, gesture: own.gesture });
    }
    for (const slot of [...this.#drawn.keys()]) if (!here.has(slot)) this.#undress(slot);
    this.park.root.dataset.people = String(this.#bodies.length);
    const { eye: own } = this.park.view;
    this.#dots.show(this.#bodies, own.manner === "orbit" && own.orbit.look.distance > HIGH);
  }

  #inFace(x: number, y: number, z: number): boolean {
    const { camera } = this.park.view.stage;
    return Math.hypot(camera.position.x - x, camera.position.z - z) < FACE && Math.abs(camera.position.y - y) < 2.5;
  }

  /** Through one's own eyes one's own body is not seen. */
  get #seesSelf(): boolean {
    const { feet } = this.park.view.eye.walker;
    return this.park.mode !== "walk" || !this.#inFace(feet.x, feet.y, feet.z);
  }

  #dress(slot: number, person: PersonView): void {
    if (this.#drawn.get(slot) === person) return;
    this.#drawn.set(slot, person);
    this.people.put(slot, person.look);
  }

  #undress(slot: number): void {
    this.#drawn.delete(slot);
    this.people.remove(slot);
  }

  #named(): readonly Named[] {
    const { now } = this;
    const hands = new Set(this.presence.state.value.hands.map(({ key }) => key));
    return this.#bodies.map(({ id, x, y, z, tall, person, gait, gesture }) => ({
      id, name: person.name, simulated: person.simulated, hand: hands.has(person.key), me: id === ME,
      bubble: this.#bubbles.of(person.key, now), gait, gesture, x, y: y + tall, z,
    }));
  }

  /** From above, the server shows the people around what is looked at. */
  #glance(now: number): void {
    if (this.presence.state.value.link !== "here") return;
    const { eye: own } = this.park.view;
    if (this.park.mode === "walk") {
      if (this.#looked) this.presence.focus(null);
      this.#looked = null;
      return;
    }
    const { x, z } = own.orbit.look;
    const before = this.#looked;
    if (before && (now - before.at < GLANCE || Math.hypot(before.east - x, before.north + z) < SHIFT)) return;
    this.#looked = { east: x, north: -z, at: now };
    this.presence.focus({ east: x, north: -z });
  }

  #clicked(x: number, y: number): boolean {
    const { camera, canvas } = this.park.view.stage;
    eye.copy(camera.position);
    way.set((x / canvas.clientWidth) * 2 - 1, 1 - (y / canvas.clientHeight) * 2, 0.5).unproject(camera).sub(eye).normalize();
    const slot = met(this.#bodies, eye, way, FARTHEST);
    const body = this.#bodies.find(({ id }) => id === slot);
    if (slot === null || !body || this.park.view.blocked(crown.set(body.x, body.y + body.tall, body.z))) return false;
    this.#choose(slot);
    return true;
  }

  #choose(slot: number): void {
    const body = this.#bodies.find(({ id }) => id === slot);
    if (body) this.listener.chosen(body.person.key);
  }

  /** How far away somebody is shown [m]; null where they are not. */
  distance(key: string): number | null {
    const slot = personOf(this.presence.state.value, key)?.slot;
    const shown = slot === undefined ? undefined : this.#motion.of(slot);
    if (!shown) return null;
    const own = this.self.standing(this.now);
    return Math.hypot(shown.east - own.east, shown.north - own.north, shown.height - own.height);
  }

  /** Walks behind somebody until the visitor steers. */
  follow(key: string): void {
    this.self.walkHere();
    this.#followed = key;
    this.#seen = this.now + LOST;
    this.park.view.stage.wake();
  }

  unfollow(): void {
    if (this.#followed === null) return;
    this.#followed = null;
    this.self.unfollow();
    this.listener.unfollowed();
  }

  #follow(now: number, seconds: number): boolean {
    const slot = personOf(this.presence.state.value, this.#followed ?? "")?.slot;
    const shown = slot === undefined ? undefined : this.#motion.of(slot);
    if (shown) this.#seen = now + LOST;
    const lost = now > this.#seen;
    if (lost || (this.self.onFoot && shown && !this.self.follow(shown, seconds))) this.unfollow();
    return true;
  }

  /** Waves, claps, points, sits, or does none of these. */
  gesture(gesture: number): void {
    this.self.gesture(gesture, this.now);
    this.park.view.stage.wake();
  }

  /** From behind oneself, or through one's own eyes again. */
  set third(third: boolean) {
    this.park.view.eye.third = third;
    this.park.root.dataset.eye = third ? "behind" : "own";
    this.park.view.stage.wake();
  }

  get third(): boolean {
    return this.park.view.eye.third;
  }

  dispose(): void {
    this.#bag.dispose();
  }
}

/** The gestures in the order of their keys. */
export const GESTURES = [
  ["wave", Gesture.WAVE], ["clap", Gesture.CLAP], ["point", Gesture.POINT], ["sit", Gesture.SIT],
] as const;

