/** Dragging sessions: at once by a mouse, by a finger after it has rested on one; else a finger scrolls. */

import type { Desk } from "../desk";
import type { Clock } from "../model/clock";
import { spotOf } from "../model/draft";
import { lengthAt, slotAt } from "../model/grid";
import type { Spot } from "../model/history";
import type { Board } from "./board";

/** So far a pointer goes before it drags [px]. */
const SLACK = 4;
/** So far a finger may tremble while it rests [px]. */
const TREMBLE = 10;
/** So long a finger rests before it drags [ms]. */
const HOLD = 350;
/** At an edge this near, the sheet scrolls under what is dragged, by so much [px]. */
const NEAR = 36;

interface Drag {
  readonly session: string;
  /** As it was when it was taken up. */
  readonly version: number;
  readonly pointer: number;
  readonly from: readonly [number, number];
  /** How far below its top it is held [px]. */
  readonly grab: number;
  readonly sizing: boolean;
  /** A finger that has not rested long enough yet: it may want to scroll. */
  resting: boolean;
  going: boolean;
  spot: Spot | null;
}

export interface HandActs {
  day(): string;
  /** Whether something else moves a session now. */
  busy(): boolean;
  preview(session: string, spot: Spot | null): void;
  drop(session: string, spot: Spot | null, version: number): void;
}

export class Hand {
  #drag: Drag | null = null;
  #timer = 0;

  constructor(
    readonly root: HTMLElement,
    readonly board: Board,
    readonly tray: HTMLElement,
    readonly desk: Desk,
    readonly clock: Clock,
    readonly acts: HandActs,
  ) {
    root.addEventListener("pointerdown", (event) => this.#press(event));
    root.addEventListener("pointermove", (event) => this.#pull(event));
    root.addEventListener("pointerup", (event) => this.#release(event));
    root.addEventListener("pointercancel", () => this.letGo());
    // a page would scroll under a finger that drags, or offer what it offers to one that rests
    root.addEventListener("touchmove", (event) => this.#drag?.going && event.cancelable && event.preventDefault(), { passive: false });
    root.addEventListener("contextmenu", (event) => this.#drag && event.preventDefault());
  }

  get holds(): boolean {
    return this.#drag !== null;
  }

  letGo(): void {
    window.clearTimeout(this.#timer);
    this.#drag = null;
    this.root.classList.remove("editor--dragging");
    this.acts.preview("", null);
  }

  #press(event: PointerEvent): void {
    const target = event.target as HTMLElement;
    const held = target.closest<HTMLElement>("[data-block], [data-waiting]");
    const id = held?.dataset["block"] ?? held?.dataset["waiting"];
    if (!held || !id || event.button !== 0 || this.#drag || this.acts.busy()) return;
    const session = this.desk.session(id);
    if (!session?.mine) return;
    const sizing = target.closest("[data-edge]") !== null;
    const touch = event.pointerType === "touch";
    const resting = touch && !sizing && !target.closest("[data-grip]");
    const grab = held.dataset["block"] ? event.clientY - held.getBoundingClientRect().top : 0;
    this.#drag = { session: id, version: session.version, pointer: event.pointerId, from: [event.clientX, event.clientY], grab, sizing, resting, going: false, spot: null };
    if (resting) this.#timer = window.setTimeout(() => this.#lift(event), HOLD);
    else if (sizing || touch) event.preventDefault();
  }

  /** A finger has rested: what is below it comes along from now on. */
  #lift(event: PointerEvent): void {
    if (!this.#drag) return;
    this.#drag.resting = false;
    navigator.vibrate?.(12);
    this.#go(this.#drag);
    this.#follow(event, this.#drag);
  }

  #pull(event: PointerEvent): void {
    const drag = this.#drag;
    if (!drag || event.pointerId !== drag.pointer) return;
    const far = Math.hypot(event.clientX - drag.from[0], event.clientY - drag.from[1]);
    if (drag.resting) {
      if (far > TREMBLE) this.letGo();
      return;
    }
    if (!drag.going && far < SLACK) return;
    if (!drag.going) this.#go(drag);
    this.#scroll(event);
    this.#follow(event, drag);
  }

  #go(drag: Drag): void {
    drag.going = true;
    this.root.setPointerCapture(drag.pointer);
    this.root.classList.add("editor--dragging");
  }

  #follow(event: PointerEvent, drag: Drag): void {
    if (!this.desk.session(drag.session)) return this.letGo();
    drag.spot = this.#under(event, drag);
    this.acts.preview(drag.session, drag.spot);
  }

  #under(event: PointerEvent, drag: Drag): Spot | null {
    const session = this.desk.session(drag.session);
    if (!session) return null;
    const spot = spotOf(session);
    const { board, clock } = this;
    const [x, y] = board.point(event);
    if (drag.sizing && spot.start !== null) return { ...spot, minutes: lengthAt(board.grid, y, clock.local(spot.start).minute) };
    if (over(event, this.tray)) return { ...spot, hall: null, start: null };
    if (!over(event, board.scroller)) return null;
    const slot = slotAt(board.grid, x, y, drag.grab);
    return slot && { ...spot, hall: slot.hall, start: clock.instant(this.acts.day(), slot.minute) };
  }

  #scroll(event: PointerEvent): void {
    const { scroller } = this.board;
    const { left, right, top, bottom } = scroller.getBoundingClientRect();
    if (!over(event, scroller)) return;
    if (event.clientX > right - NEAR) scroller.scrollLeft += NEAR / 3;
    if (event.clientX < left + NEAR) scroller.scrollLeft -= NEAR / 3;
    if (event.clientY > bottom - NEAR) scroller.scrollTop += NEAR / 3;
    if (event.clientY < top + NEAR) scroller.scrollTop -= NEAR / 3;
  }

  #release(event: PointerEvent): void {
    const drag = this.#drag;
    if (!drag || event.pointerId !== drag.pointer) return;
    this.letGo();
    if (drag.going) this.acts.drop(drag.session, drag.spot, drag.version);
  }
}

function over(event: PointerEvent, element: HTMLElement): boolean {
  const { left, right, top, bottom } = element.getBoundingClientRect();
  return event.clientX >= left && event.clientX <= right && event.clientY >= top && event.clientY <= bottom;
}
