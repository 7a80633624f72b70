/** Pointer, wheel, touch and keys on the canvas, told as movements. */

import { Bag } from "../kit/dispose";

export interface InputListener {
  /** A drag by (x, y) pixels; `pan` with the right button, Shift or two fingers. */
  dragged(x: number, y: number, pan: boolean): void;
  /** Nearer for factors below 1. */
  zoomed(factor: number): void;
  /** A click or tap, in pixels of the canvas. */
  clicked(x: number, y: number): void;
  /** The pointer rests or moves without a button; null where it left. */
  hovered(at: { readonly x: number; readonly y: number } | null): void;
  /** Any intent of the visitor to steer. */
  touched(): void;
}

/** Further than this a press is a drag [px]. */
const CLICK = 5;

interface Finger {
  x: number;
  y: number;
}

/** Keys that move, as `KeyboardEvent.code`. */
const MOVES = new Set([
  "KeyW", "KeyA", "KeyS", "KeyD", "KeyQ", "KeyE", "KeyR", "KeyF", "ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight",
  "ShiftLeft", "ShiftRight", "Equal", "Minus", "NumpadAdd", "NumpadSubtract", "Space",
]);

export class Input {
  /** Codes of the keys that are held. */
  readonly held = new Set<string>();
  readonly #fingers = new Map<number, Finger>();
  readonly #bag = new Bag();
  #way = 0;
  #pan = false;

  constructor(
    readonly canvas: HTMLCanvasElement,
    readonly listener: InputListener,
  ) {
    const bag = this.#bag;
    bag.listen(canvas, "pointerdown", (event: PointerEvent) => this.#down(event));
    bag.listen(canvas, "pointermove", (event: PointerEvent) => this.#move(event));
    bag.listen(canvas, "pointerup", (event: PointerEvent) => this.#up(event, true));
    bag.listen(canvas, "pointercancel", (event: PointerEvent) => this.#up(event, false));
    bag.listen(canvas, "pointerleave", () => listener.hovered(null));
    bag.listen(canvas, "contextmenu", (event: Event) => event.preventDefault());
    bag.listen(canvas, "wheel", (event: WheelEvent) => this.#wheel(event), { passive: false });
    bag.listen(canvas, "keydown", (event: KeyboardEvent) => this.#key(event));
    bag.listen(window, "keyup", (event: KeyboardEvent) => this.held.delete(event.code));
    bag.listen(window, "blur", () => this.held.clear());
    bag.listen(canvas, "blur", () => this.held.clear());
  }

  get locked(): boolean {
    return document.pointerLockElement === this.canvas;
  }

  #down(event: PointerEvent): void {
    this.canvas.focus({ preventScroll: true });
    this.canvas.setPointerCapture(event.pointerId);
    this.#fingers.set(event.pointerId, { x: event.offsetX, y: event.offsetY });
    if (this.#fingers.size === 1) {
      this.#way = 0;
      this.#pan = event.button === 2 || event.shiftKey || event.ctrlKey;
    }
  }

  #move(event: PointerEvent): void {
    if (this.locked) {
      this.listener.dragged(event.movementX, event.movementY, false);
      return;
    }
    const finger = this.#fingers.get(event.pointerId);
    if (!finger) {
      if (event.pointerType === "mouse") this.listener.hovered({ x: event.offsetX, y: event.offsetY });
      return;
    }
    const x = event.offsetX - finger.x;
    const y = event.offsetY - finger.y;
    const before = this.#spread();
    finger.x = event.offsetX;
    finger.y = event.offsetY;
    this.#way += Math.hypot(x, y);
    if (this.#way < CLICK) return;
    this.listener.touched();
    if (this.#fingers.size === 2) {
      const after = this.#spread();
      if (before > 0 && after > 0) this.listener.zoomed(before / after);
      this.listener.dragged(x / 2, y / 2, true);
    } else {
      this.listener.dragged(x, y, this.#pan);
    }
  }

  #up(event: PointerEvent, click: boolean): void {
    if (!this.#fingers.delete(event.pointerId)) return;
    if (click && this.#fingers.size === 0 && this.#way < CLICK && event.button === 0) {
      this.listener.clicked(event.offsetX, event.offsetY);
    }
  }

  #wheel(event: WheelEvent): void {
    event.preventDefault();
    const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
    this.listener.touched();
    this.listener.zoomed(Math.exp(Math.max(Math.min(event.deltaY * lines, 240), -240) * 0.0014));
  }

  #key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || !MOVES.has(event.code)) return;
    event.preventDefault();
    this.held.add(event.code);
    this.listener.touched();
  }

  /** Distance of two fingers; 0 where there are not two. */
  #spread(): number {
    const [a, b] = [...this.#fingers.values()];
    return a && b ? Math.hypot(a.x - b.x, a.y - b.y) : 0;
  }

  dispose(): void {
    this.#bag.dispose();
  }
}

/** −1, 0 or 1 from two groups of keys. */
export function axis(held: ReadonlySet<string>, less: readonly string[], more: readonly string[]): number {
  return Number(more.some((code) => held.has(code))) - Number(less.some((code) => held.has(code)));
}
