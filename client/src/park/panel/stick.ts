/** A touch stick: one thumb walks, the other looks. */

import { h } from "../../kit/element";

/** Way of the knob [px]. */
const REACH = 44;

export function touchStick(moved: (aside: number, ahead: number) => void): HTMLElement {
  const knob = h("span", { class: "stick-knob" });
  const stick = h("div", { class: "stick", "aria-hidden": "true" }, knob);
  let finger: number | null = null;
  const put = (x: number, y: number): void => {
    knob.style.translate = `${x}px ${y}px`;
    moved(x / REACH, -y / REACH);
  };
  const follow = (event: PointerEvent): void => {
    if (event.pointerId !== finger) return;
    const box = stick.getBoundingClientRect();
    const x = event.clientX - box.left - box.width / 2;
    const y = event.clientY - box.top - box.height / 2;
    const far = Math.max(Math.hypot(x, y) / REACH, 1);
    put(x / far, y / far);
  };
  const release = (event: PointerEvent): void => {
    if (event.pointerId !== finger) return;
    finger = null;
    put(0, 0);
  };
  stick.addEventListener("pointerdown", (event) => {
    finger = event.pointerId;
    stick.setPointerCapture(event.pointerId);
    follow(event);
  });
  stick.addEventListener("pointermove", follow);
  stick.addEventListener("pointerup", release);
  stick.addEventListener("pointercancel", release);
  return stick;
}
