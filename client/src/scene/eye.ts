/** The camera: orbiting, walking, or flying from one to the other. */

import { MathUtils, type PerspectiveCamera, Vector3 } from "three";
import { behind, room } from "./behind";
import { duration, type Look, lookBetween, type Pose, poseBetween, poseOf } from "./flight";
import { axis, type Input } from "./input";
import { Orbit, type Reach } from "./orbit";
import type { Part } from "./part";
import { type Ground, Walker } from "./walker";

export type Manner = "orbit" | "walk";

interface Flight {
  readonly seconds: number;
  at: number;
  readonly pose: (share: number) => Pose;
  readonly arrived: () => void;
}

const LOOK_SPEED = 0.0042;

export class Eye implements Part {
  manner: Manner = "orbit";
  readonly orbit: Orbit;
  readonly walker: Walker;
  /** On foot: from behind oneself instead of through one's own eyes. */
  third = false;
  /** Push of a touch stick, −1 to 1. */
  readonly stick = { ahead: 0, aside: 0, run: false };
  /** Slow turning round the target [rad/s], for tours. */
  drift = 0;
  readonly position = new Vector3();
  #flight: Flight | null = null;
  #pose: Pose;
  #back = 0;

  constructor(
    readonly camera: PerspectiveCamera,
    look: Look,
    reach: Reach,
    readonly ground: Ground,
    /** Nothing moves by itself: flights jump. */
    public still: boolean,
  ) {
    camera.rotation.order = "YXZ";
    this.orbit = new Orbit(look, reach);
    this.walker = new Walker(ground);
    this.#pose = poseOf(look);
    this.#put(this.#pose);
  }

  get pose(): Pose {
    return this.#pose;
  }

  get flying(): boolean {
    return this.#flight !== null;
  }

  /** What one looks at, and how much of it is in sight [m]: for shadows. */
  focus(into: Vector3): number {
    if (this.manner === "walk") {
      const ahead = 60;
      into.set(this.#pose.x + Math.sin(this.#pose.yaw) * ahead, 0, this.#pose.z - Math.cos(this.#pose.yaw) * ahead);
      return 170;
    }
    const { x, y, z, distance, tilt, yaw } = this.orbit.look;
    const ahead = distance * 0.35 * Math.cos(tilt);
    into.set(x + Math.sin(yaw) * ahead, y, z - Math.cos(yaw) * ahead);
    return MathUtils.clamp(distance * 1.45, 60, 2200);
  }

  dragged(x: number, y: number, pan: boolean): void {
    this.#flight = null;
    if (this.manner === "walk") {
      this.walker.look(x * LOOK_SPEED * 0.7, -y * LOOK_SPEED * 0.7);
    } else if (pan) {
      const scale = this.orbit.goal.distance * 0.0013;
      this.orbit.pan(-x * scale, y * scale);
    } else {
      this.orbit.turn(x * LOOK_SPEED, y * LOOK_SPEED);
    }
  }

  zoomed(factor: number): void {
    if (this.manner !== "orbit") return;
    this.#flight = null;
    this.orbit.zoom(factor);
  }

  flyTo(look: Look, arrived: () => void = () => {}): void {
    const start = this.#pose;
    const here = { ...this.orbit.look };
    const orbiting = this.manner === "orbit" && !this.#flight;
    const target = poseOf(look);
    const way = Math.hypot(target.x - start.x, target.y - start.y, target.z - start.z);
    this.manner = "orbit";
    this.orbit.put(look);
    this.#fly(way, (share) => (orbiting ? poseOf(lookBetween(here, look, share)) : poseBetween(start, target, share)), arrived);
  }

  /** Sets the visitor down on foot. */
  land(x: number, height: number, z: number, yaw: number, arrived: () => void = () => {}): void {
    const start = this.#pose;
    this.walker.put(x, height, z, yaw);
    const target = this.#walking();
    this.manner = "walk";
    this.#fly(Math.hypot(target.x - start.x, target.y - start.y, target.z - start.z), (share) => poseBetween(start, target, share), arrived);
  }

  #fly(way: number, pose: (share: number) => Pose, arrived: () => void): void {
    if (this.still || way < 0.01) {
      this.#flight = null;
      this.#put(pose(1));
      arrived();
      return;
    }
    this.#flight = { seconds: duration(way), at: 0, pose, arrived };
  }

  /** Moves by the keys of `input`; true while anything moves. */
  move(input: Input, seconds: number): boolean {
    const keys = input.held;
    if (this.#flight) {
      if (keys.size > 0 || this.stick.ahead !== 0 || this.stick.aside !== 0) this.#flight = null;
      else return this.update(seconds);
    }
    const turn = axis(keys, ["KeyQ"], ["KeyE"]);
    if (this.manner === "walk") return this.#walk(keys, turn, seconds);
    const speed = this.orbit.goal.distance * 0.9 * seconds;
    const aside = axis(keys, ["KeyA", "ArrowLeft"], ["KeyD", "ArrowRight"]) + this.stick.aside;
    const ahead = axis(keys, ["KeyS", "ArrowDown"], ["KeyW", "ArrowUp"]) + this.stick.ahead;
    if (aside !== 0 || ahead !== 0) this.orbit.pan(aside * speed, ahead * speed);
    const tilt = axis(keys, ["KeyF"], ["KeyR"]);
    if (turn !== 0 || tilt !== 0) this.orbit.turn(turn * seconds * 1.2, tilt * seconds * 0.8);
    const zoom = axis(keys, ["Equal", "NumpadAdd"], ["Minus", "NumpadSubtract"]);
    if (zoom !== 0) this.orbit.zoom(Math.exp(zoom * seconds * 1.3));
    if (this.drift !== 0) this.orbit.turn(this.drift * seconds, 0);
    const pushed = keys.size > 0 || this.stick.ahead !== 0 || this.stick.aside !== 0;
    return this.update(seconds) || pushed || this.drift !== 0;
  }

  #walk(keys: ReadonlySet<string>, turn: number, seconds: number): boolean {
    const arrows = axis(keys, ["ArrowLeft"], ["ArrowRight"]);
    if (turn !== 0 || arrows !== 0) this.walker.look((turn + arrows) * seconds * 1.7, 0);
    const tilt = axis(keys, ["KeyF"], ["KeyR"]);
    if (tilt !== 0) this.walker.look(0, tilt * seconds * 1.1);
    const moving = this.walker.update({
      ahead: axis(keys, ["KeyS", "ArrowDown"], ["KeyW", "ArrowUp"]) + this.stick.ahead,
      aside: axis(keys, ["KeyA"], ["KeyD"]) + this.stick.aside,
      run: this.stick.run || keys.has("ShiftLeft") || keys.has("ShiftRight"),
    }, seconds);
    const wasBack = this.#back;
    this.#withdraw(seconds);
    this.#put(this.#walking());
    return moving || keys.size > 0 || this.#back !== wasBack;
  }

  /** Moves on by itself. */
  update(seconds: number): boolean {
    const flight = this.#flight;
    if (flight) {
      flight.at = Math.min(flight.at + seconds / flight.seconds, 1);
      this.#put(flight.pose(flight.at));
      if (flight.at < 1) return true;
      this.#flight = null;
      flight.arrived();
      return true;
    }
    if (this.manner === "walk") {
      this.#put(this.#walking());
      return false;
    }
    const moving = this.orbit.update(seconds, this.still);
    this.#put(poseOf(this.orbit.look));
    return moving;
  }

  /** Away from oneself softly, out of a wall at once. */
  #withdraw(seconds: number): void {
    const wished = this.third ? room(this.ground, this.#own()) : 0;
    const share = this.still ? 1 : 1 - Math.exp(-seconds / 0.12);
    this.#back = wished < this.#back && this.third ? wished : this.#back + (wished - this.#back) * share;
    if (Math.abs(this.#back - wished) < 0.01) this.#back = wished;
  }

  /** Through a walker's own eyes. */
  #own(): Pose {
    const { feet, yaw, pitch, eyes } = this.walker;
    return { x: feet.x, y: eyes, z: feet.z, yaw, pitch };
  }

  #walking(): Pose {
    const own = this.#own();
    return this.#back > 0 ? behind(own, this.#back, this.walker.feet.y) : own;
  }

  #put(pose: Pose): void {
    this.#pose = pose;
    this.camera.position.set(pose.x, Math.max(pose.y, -50), pose.z);
    this.camera.rotation.set(pose.pitch, -pose.yaw, 0);
    this.position.copy(this.camera.position);
    const near = this.manner === "walk" && !this.#flight ? 0.12 : MathUtils.clamp(this.orbit.look.distance * 0.02, 0.3, 20);
    if (Math.abs(this.camera.near - near) > near * 0.05) {
      this.camera.near = near;
      this.camera.updateProjectionMatrix();
    }
    this.camera.updateMatrixWorld();
  }

  dispose(): void {
    this.#flight = null;
  }
}
