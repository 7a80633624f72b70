/** The bodies of people: plain figures until the avatars are loaded, then the crowd. */

import { type Camera, Group } from "three";
import type { Shading } from "../../scene/shading";
import type { LookView } from "../../wire/world";
import { Crowd } from "../avatar/crowd";
import { loadAvatars, type Model } from "../avatar/file";
import { lookOf } from "../avatar/looks";
import { Figures } from "./figures";
import type { People } from "./people";

const CAPACITY = 1024;
const DEGREES = 180 / Math.PI;

export interface BodiesOptions {
  readonly shading: Shading;
  readonly camera: Camera;
  /** So many are drawn in full, and whether they cast shadows. */
  readonly near: number;
  readonly shadows: boolean;
  /** Who stands does not breathe. */
  readonly calm: boolean;
  /** The avatars are there. */
  loaded(): void;
  failed(reason: unknown): void;
}

/** The crowd by the ids of those in it: its places are few, and taken in turn. */
class Avatars implements People {
  readonly object;
  readonly #crowd: Crowd;
  readonly #places = new Map<number, number>();
  readonly #free: number[] = [];

  constructor(model: Model, { shading, camera, near, shadows, calm }: BodiesOptions) {
    this.#crowd = new Crowd({ model, shading, camera, capacity: CAPACITY, near, shadows, calm });
    this.object = this.#crowd.group;
  }

  put(id: number, look: LookView): void {
    const place = this.#places.get(id) ?? this.#free.pop() ?? this.#places.size;
    if (place >= CAPACITY) return;
    this.#places.set(id, place);
    this.#crowd.dress(place, lookOf(look));
  }

  remove(id: number): void {
    const place = this.#places.get(id);
    if (place === undefined) return;
    this.#crowd.remove(place);
    this.#places.delete(id);
    this.#free.push(place);
  }

  move(id: number, x: number, y: number, z: number, yaw: number, speed: number, gait: number, gesture: number): void {
    const place = this.#places.get(id);
    if (place === undefined) return;
    this.#crowd.place(place, x, y, z, yaw * DEGREES, speed);
    this.#crowd.act(place, gait, gesture);
  }

  height(id: number): number {
    const place = this.#places.get(id);
    return place === undefined ? 1.7 : this.#crowd.height(place);
  }

  update(seconds: number): boolean {
    return this.#crowd.update(seconds);
  }

  get stirred(): boolean {
    return this.#crowd.stirred;
  }

  dispose(): void {
    this.#crowd.dispose();
  }
}

export class Bodies implements People {
  readonly object = new Group();
  readonly #looks = new Map<number, LookView>();
  #people: People = new Figures();

  constructor(url: string, options: BodiesOptions) {
    this.object.add(this.#people.object);
    loadAvatars(url).then((model) => this.#become(new Avatars(model, options)), options.failed).then(options.loaded, options.failed);
  }

  #become(people: People): void {
    this.#people.dispose();
    this.#people = people;
    this.object.add(people.object);
    for (const [id, look] of this.#looks) people.put(id, look);
  }

  put(id: number, look: LookView): void {
    this.#looks.set(id, look);
    this.#people.put(id, look);
  }

  remove(id: number): void {
    this.#looks.delete(id);
    this.#people.remove(id);
  }

  move(id: number, x: number, y: number, z: number, yaw: number, speed: number, gait: number, gesture: number): void {
    this.#people.move(id, x, y, z, yaw, speed, gait, gesture);
  }

  height(id: number): number {
    return this.#people.height(id);
  }

  update(seconds: number): boolean {
    return this.#people.update(seconds);
  }

  get stirred(): boolean {
    return this.#people.stirred;
  }

  dispose(): void {
    this.#people.dispose();
    this.object.removeFromParent();
  }
}
