/** One's own body: where it stands, what it does, and what the server is told of it. */

import type { OpenPark } from "../../park/index";
import { Gait, Gesture } from "../../wire/frames";
import type { Placed, StandView } from "../../wire/world";
import { pace } from "../model/follow";
import { due, gaitAt, type Told } from "../model/moves";
import type { Standing } from "../model/snapshot";
import { handUp } from "../model/state";
import type { Presence } from "../presence";

/** A gesture that is made once takes so long [s]. */
const ONCE = 3.2;
/** Nearer to where the server knows one to be one walks; further one asks to be taken [m]. */
const STRIDE = 3;
/** One that is put right by less than this is left alone [m]. */
const SLACK = 0.35;
/** The answer to that is waited for no longer [s]. */
const PATIENCE = 5;
/** Speed is taken over so long [s]. */
const BLUR = 0.12;
/** How fast one turns to whom one follows [1/s]. */
const TURNING = 6;

export class Self {
  /** As the server knows it. */
  #stand: Standing = { east: 0, north: 0, height: 0, heading: 0, gait: Gait.FLY, gesture: Gesture.NONE };
  /** Whether the server has said where one stands. */
  placed = false;
  #told: Told | null = null;
  #speed = 0;
  #from = { east: 0, north: 0 };
  #gesture: number = Gesture.NONE;
  #gestureEnds = 0;
  /** Until then one waits to be taken to where one has landed [s]. */
  #held = 0;
  #landed = false;
  #stick = 0;

  constructor(
    readonly park: OpenPark,
    readonly presence: Presence,
  ) {}

  get onFoot(): boolean {
    return this.park.mode === "walk" && !this.park.view.eye.flying;
  }

  /** How one stands now. */
  standing(now: number): Standing {
    const gesture = this.#gestureAt(now);
    if (!this.onFoot) return { ...this.#stand, gait: Gait.FLY, gesture };
    const { feet, yaw } = this.park.view.eye.walker;
    const gait = gaitAt(this.#speed);
    return { east: feet.x, north: -feet.z, height: feet.y, heading: yaw, gait, gesture };
  }

  get speed(): number {
    return this.onFoot ? this.#speed : 0;
  }

  #gestureAt(now: number): number {
    if (this.#gesture !== Gesture.NONE && now < this.#gestureEnds) return this.#gesture;
    this.#gesture = Gesture.NONE;
    return handUp(this.presence.state.value) ? Gesture.HAND : Gesture.NONE;
  }

  /** Makes a gesture; who sits and is told to sit stands up. */
  gesture(gesture: number, now: number): void {
    const sits = this.#gesture === Gesture.SIT && now < this.#gestureEnds;
    this.#gesture = sits && gesture === Gesture.SIT ? Gesture.NONE : gesture;
    this.#gestureEnds = gesture === Gesture.SIT ? Number.POSITIVE_INFINITY : now + ONCE;
    this.tell(now);
  }

  /** Each frame. */
  update(now: number, seconds: number): void {
    if (!this.onFoot) {
      this.#landed = false;
      return;
    }
    const { east, north, gait } = this.#measured(seconds);
    if (gait !== Gait.STILL && this.#gesture === Gesture.SIT) this.#gesture = Gesture.NONE;
    if (!this.#landed && this.placed) this.#land(east, north, now);
    this.tell(now);
  }

  #measured(seconds: number): { readonly east: number; readonly north: number; readonly gait: number } {
    const { feet } = this.park.view.eye.walker;
    const way = Math.hypot(feet.x - this.#from.east, -feet.z - this.#from.north);
    const speed = seconds > 0 ? Math.min(way / seconds, 12) : 0;
    this.#speed += (speed - this.#speed) * (1 - Math.exp(-seconds / BLUR));
    if (way === 0 && this.#speed < 0.2) this.#speed = 0;
    this.#from = { east: feet.x, north: -feet.z };
    return { ...this.#from, gait: gaitAt(this.#speed) };
  }

  /** Set down somewhere: if that is not where one stood, one asks to be taken there. */
  #land(east: number, north: number, now: number): void {
    this.#landed = true;
    this.#speed = 0;
    const { feet, yaw } = this.park.view.eye.walker;
    if (Math.hypot(east - this.#stand.east, north - this.#stand.north) < STRIDE && Math.abs(feet.y - this.#stand.height) < STRIDE) return;
    const heading = (((yaw * 180) / Math.PI) % 360 + 360) % 360;
    if (this.presence.go({ spot: { east, north, height: feet.y, heading } })) this.#held = now + PATIENCE;
  }

  /** Tells the server, if it is time. */
  tell(now: number): void {
    // Where one has just been set down, the server has to have one first.
    if (!this.placed || now < this.#held || (this.onFoot && !this.#landed)) return;
    const standing = this.standing(now);
    if (!due(this.#told, standing, now) || !this.presence.move(standing)) return;
    this.#told = { standing, at: now };
    this.#stand = { ...standing, gait: Gait.FLY };
  }

  /** One is in: where the server has one. `here`: one wants to be where one walks already. */
  welcome(stand: StandView, here: boolean): void {
    const first = !this.placed;
    this.placed = true;
    this.#told = null;
    this.#held = 0;
    this.#know(stand);
    if (first && this.park.mode === "walk" && !here) this.#walkTo(stand);
    else if (!first) this.#landed = this.onFoot;
    this.park.view.stage.wake();
  }

  /** The server has put one somewhere. */
  put({ stand, reason }: Placed): void {
    this.#told = null;
    this.#held = 0;
    this.#know(stand);
    if (!this.onFoot) {
      if (reason === "go" || reason === "brought") this.#walkTo(stand);
      return;
    }
    const { walker } = this.park.view.eye;
    const { feet, yaw, pitch } = walker;
    const way = Math.hypot(stand.east - feet.x, -stand.north - feet.z, stand.height - feet.y);
    if (way < SLACK) return;
    if (reason === "speed" || reason === "wall") {
      walker.put(stand.east, stand.height + 0.1, -stand.north, yaw);
      walker.pitch = pitch;
      this.park.view.stage.wake();
    } else if (way > STRIDE) this.#walkTo(stand);
    this.#from = { east: stand.east, north: stand.north };
  }

  #walkTo(stand: StandView): void {
    this.#landed = true;
    void this.park.view.walk(stand).then(() => {
      this.#from = { east: stand.east, north: stand.north };
      this.#speed = 0;
    });
  }

  /** Goes on foot from where one stands. */
  walkHere(): void {
    const { east, north, height, heading } = this.#stand;
    if (!this.onFoot) this.#walkTo({ east, north, height, heading: (heading * 180) / Math.PI });
  }

  /** It was refused: one is where one was. */
  stay(): void {
    if (this.#held === 0) return;
    this.#held = 0;
    const { east, north, height, heading } = this.#stand;
    if (this.onFoot) this.#walkTo({ east, north, height, heading: (heading * 180) / Math.PI });
  }

  #know({ east, north, height, heading }: StandView): void {
    this.#stand = { east, north, height, heading: (heading * Math.PI) / 180, gait: Gait.FLY, gesture: Gesture.NONE };
  }

  /** Walks behind `them`; false where the visitor pushes the stick instead. */
  follow(them: { readonly east: number; readonly north: number }, seconds: number): boolean {
    const { stick, walker } = this.park.view.eye;
    if (stick.aside !== 0 || stick.ahead !== this.#stick) return false;
    const { heading, walk, run } = pace({ east: walker.feet.x, north: -walker.feet.z }, them, this.#stick > 0);
    const turn = Math.atan2(Math.sin(heading - walker.yaw), Math.cos(heading - walker.yaw));
    walker.yaw += turn * (1 - Math.exp(-seconds * TURNING));
    this.#stick = walk && Math.abs(turn) < 1 ? 1 : 0;
    stick.ahead = this.#stick;
    stick.run = run;
    return true;
  }

  /** Stands still again. */
  unfollow(): void {
    const { stick } = this.park.view.eye;
    if (this.#stick > 0) stick.ahead = 0;
    stick.run = false;
    this.#stick = 0;
  }
}
