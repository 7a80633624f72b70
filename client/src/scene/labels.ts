/** Names over places: plain elements that follow their place and never pile up. */

import { type PerspectiveCamera, Vector3 } from "three";
import { h } from "../kit/element";
import { type Candidate, placed, textWidth } from "./placement";

export interface Label {
  readonly id: string;
  readonly text: string;
  /** A second, louder line: what the place is now. */
  readonly badge: { readonly shape: string; readonly words: string; readonly tone: string } | null;
  /** Style of the label: a class name. */
  readonly look: string;
  readonly x: number;
  readonly y: number;
  readonly z: number;
  /** Greater is more important. */
  readonly rank: number;
  /** Further away it is not shown [m]. */
  readonly far: number;
  readonly chosen: boolean;
}

const MOST = 60;
const FONT = 13;
/** So many letters' width of what a place is now are shown [em]; CSS cuts the rest. */
const BADGE = 15;
/** Between a name and the edge of what is seen [px]. */
const EDGE = 4;
/** While the eye moves, each label looks past the buildings once in so many frames. */
const LOOKS = 6;
const at = /* @__PURE__ */ new Vector3();

interface Shown {
  readonly label: Label;
  readonly candidate: Candidate;
  element: HTMLElement | null;
  blocked: boolean;
}

export class Labels {
  readonly element = h("div", { class: "labels", "aria-hidden": "true" });
  /** What lies above this line of the screen is covered [px]. */
  top = 0;
  #all: Shown[] = [];
  #visible = new Set<string>();
  #turn = 0;

  constructor(
    readonly camera: PerspectiveCamera,
    readonly clicked: (id: string) => void,
    /** Does something stand between the eye and a point? */
    readonly blocked: (point: Vector3) => boolean,
  ) {
    this.element.addEventListener("click", (event) => {
      const id = (event.target as Element).closest<HTMLElement>("[data-space]")?.dataset.space;
      if (id) clicked(id);
    });
  }

  /** Replaces all labels; elements of those that stay the same are kept. */
  set(labels: readonly Label[]): void {
    const before = new Map(this.#all.map((shown) => [shown.label.id, shown]));
    this.#all = labels.map((label) => {
      const kept = before.get(label.id);
      const same = kept && JSON.stringify(kept.label) === JSON.stringify(label);
      if (same) {
        before.delete(label.id);
        return kept;
      }
      const words = textWidth(label.text) + (label.badge ? Math.min(textWidth(label.badge.words), BADGE) + 2.6 : 0);
      return {
        label,
        element: null,
        blocked: false,
        candidate: { id: label.id, x: 0, y: 0, width: words * FONT + 22, height: 34, rank: label.rank, inView: false },
      };
    });
    for (const gone of before.values()) gone.element?.remove();
  }

  /**
   * Puts every label where its place is now on a screen of (width, height) pixels, but not under `panels`;
   * `all` looks past every building at once.
   */
  update(width: number, height: number, all: boolean, panels: readonly DOMRectReadOnly[]): void {
    this.#turn = (this.#turn + 1) % LOOKS;
    for (const [index, shown] of this.#all.entries()) {
      const { label, candidate } = shown;
      at.set(label.x, label.y, label.z);
      const distance = at.distanceTo(this.camera.position);
      if (distance < label.far && !label.chosen && (all || index % LOOKS === this.#turn)) shown.blocked = this.blocked(at);
      at.project(this.camera);
      const x = (at.x * 0.5 + 0.5) * width;
      const y = (-at.y * 0.5 + 0.5) * height;
      candidate.inView = at.z < 1 && distance < label.far && x > 0 && x < width && y > this.top && y < height;
      // A place in sight has its name in sight: beside the edges and below the bar.
      candidate.x = Math.min(Math.max(x, candidate.width / 2 + EDGE), width - candidate.width / 2 - EDGE);
      candidate.y = Math.max(y, this.top + candidate.height + EDGE);
      if (shown.blocked && !label.chosen) candidate.inView = false;
      if (candidate.inView && panels.some((panel) => under(candidate, panel))) candidate.inView = false;
      candidate.rank = label.rank - distance / label.far + (label.chosen ? 100 : 0);
    }
    const chosen = placed(this.#all.map(({ candidate }) => candidate), this.#visible, MOST);
    for (const shown of this.#all) this.#show(shown, chosen.has(shown.label.id));
    this.#visible = chosen;
  }

  #show(shown: Shown, visible: boolean): void {
    if (!visible) {
      shown.element?.classList.remove("is-shown");
      return;
    }
    shown.element ??= this.#make(shown.label);
    shown.element.classList.add("is-shown");
    const { x, y } = shown.candidate;
    shown.element.style.transform = `translate(${x.toFixed(1)}px, ${y.toFixed(1)}px) translate(-50%, -100%)`;
  }

  #make(label: Label): HTMLElement {
    const badge = label.badge && h("span", { class: `badge badge-${label.badge.tone}` }, `${label.badge.shape} ${label.badge.words}`);
    const element = h(
      "div",
      { class: `label label-${label.look}${label.chosen ? " is-chosen" : ""}`, "data-space": label.id },
      h("span", { class: "label-words" }, h("span", { class: "label-name" }, label.text), badge),
      h("span", { class: "label-stem" }),
    );
    this.element.append(element);
    return element;
  }

  dispose(): void {
    this.element.remove();
  }
}

function under({ x, y, width, height }: Candidate, panel: DOMRectReadOnly): boolean {
  return x + width / 2 > panel.left && x - width / 2 < panel.right && y > panel.top && y - height < panel.bottom;
}
