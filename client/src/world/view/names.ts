/** Names and speech bubbles over people: a few, the nearest first, none over another. */

import { type PerspectiveCamera, Vector3 } from "three";
import { h } from "../../kit/element";
import { type Candidate, placed } from "../../scene/placement";

/** Somebody whose name may be shown, at the crown of their head. */
export interface Named {
  readonly id: number;
  readonly name: string;
  readonly simulated: boolean;
  readonly hand: boolean;
  readonly me: boolean;
  /** What they say now; empty for nothing. */
  readonly bubble: string;
  readonly gait: number;
  readonly gesture: number;
  readonly x: number;
  readonly y: number;
  readonly z: number;
}

const MOST = 24;
/** Names are read so far away, bubbles further [m]. */
const FAR = 42;
const FAR_BUBBLE = 70;
/** Who is nearer is named even where their head is out of sight [m]. */
const CLOSE = 4;
/** From above, everyone is further away. */
const ABOVE = 4;
/** Each looks past the buildings once in so many frames. */
const LOOKS = 6;
const EDGE = 6;
/** Over the crown [m]. */
const LIFT = 0.16;
const at = /* @__PURE__ */ new Vector3();

/** What is seen, in pixels. */
interface Screen {
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

interface Tag {
  readonly element: HTMLElement;
  readonly candidate: Candidate;
  known: string;
  blocked: boolean;
  turn: number;
}

export class PeopleNames {
  readonly element = h("div", { class: "people-names", "aria-hidden": "true" });
  readonly #tags = new Map<number, Tag>();
  #visible = new Set<string>();
  #turn = 0;

  constructor(
    readonly camera: PerspectiveCamera,
    readonly clicked: (id: number) => void,
    readonly blocked: (point: Vector3) => boolean,
  ) {
    this.element.addEventListener("click", (event) => {
      const id = (event.target as Element).closest<HTMLElement>("[data-slot]")?.dataset.slot;
      if (id !== undefined) clicked(Number(id));
    });
  }

  /** Puts the tags of `people` over their heads, below what covers the `top` of the view; where they lie. */
  update(people: readonly Named[], above: boolean, top: number, panels: readonly DOMRectReadOnly[]): readonly DOMRectReadOnly[] {
    const { clientWidth, clientHeight } = this.element;
    this.#turn = (this.#turn + 1) % LOOKS;
    const here = new Set(people.map(({ id }) => id));
    for (const [id, tag] of this.#tags) if (!here.has(id)) this.#drop(id, tag);
    const tags = people.map((person) => this.#aim(person, above, { top, width: clientWidth, height: clientHeight }, panels));
    const chosen = placed(tags.map(({ candidate }) => candidate), this.#visible, MOST);
    for (const tag of tags) this.#show(tag, chosen.has(tag.candidate.id));
    this.#visible = chosen;
    return tags.filter(({ candidate }) => chosen.has(candidate.id)).map(({ candidate }) => boxOf(candidate));
  }

  #aim(person: Named, above: boolean, { top, width, height }: Screen, panels: readonly DOMRectReadOnly[]): Tag {
    const tag = this.#tags.get(person.id) ?? this.#make(person.id);
    this.#say(tag, person);
    tag.element.dataset.gait = String(person.gait);
    tag.element.dataset.gesture = String(person.gesture);
    const { candidate } = tag;
    at.set(person.x, person.y + LIFT, person.z);
    const distance = at.distanceTo(this.camera.position);
    const far = (person.bubble ? FAR_BUBBLE : FAR) * (above ? ABOVE : 1);
    if (distance < far && tag.turn === this.#turn) tag.blocked = this.blocked(at);
    at.project(this.camera);
    candidate.x = (at.x * 0.5 + 0.5) * width;
    candidate.y = (-at.y * 0.5 + 0.5) * height;
    // Who stands before one has the head above the view, and still a name.
    const highest = distance < CLOSE ? -height : top;
    const inside = at.z < 1 && candidate.x > EDGE && candidate.x < width - EDGE && candidate.y > highest && candidate.y < height;
    candidate.inView = inside && distance < far && !tag.blocked;
    candidate.x = Math.min(Math.max(candidate.x, candidate.width / 2 + EDGE), width - candidate.width / 2 - EDGE);
    candidate.y = Math.max(candidate.y, top + candidate.height + EDGE);
    if (candidate.inView && panels.some((panel) => under(candidate, panel))) candidate.inView = false;
    candidate.rank = (person.bubble ? 100 : 0) + (person.hand ? 20 : 0) - distance;
    return tag;
  }

  #make(id: number): Tag {
    const element = h("div", { class: "tag", "data-slot": id });
    this.element.append(element);
    const candidate = { id: String(id), x: 0, y: 0, width: 0, height: 0, rank: 0, inView: false };
    const tag = { element, candidate, known: "", blocked: false, turn: this.#tags.size % LOOKS };
    this.#tags.set(id, tag);
    return tag;
  }

  /** Writes what a tag says, and measures it, where that has changed. */
  #say(tag: Tag, { name, simulated, hand, me, bubble }: Named): void {
    const known = JSON.stringify([name, simulated, hand, me, bubble]);
    if (tag.known === known) return;
    tag.known = known;
    tag.element.classList.toggle("is-me", me);
    tag.element.replaceChildren(
      ...(bubble ? [h("p", { class: "tag-bubble" }, bubble)] : []),
      h("p", { class: `tag-name${simulated ? " is-simulated" : ""}` }, ...(hand ? [h("span", { class: "tag-hand" }, "✋")] : []), name),
    );
    tag.candidate.width = tag.element.offsetWidth;
    tag.candidate.height = tag.element.offsetHeight;
  }

  #show({ element, candidate: { x, y } }: Tag, visible: boolean): void {
    element.classList.toggle("is-shown", visible);
    if (visible) element.style.transform = `translate(${x.toFixed(1)}px, ${y.toFixed(1)}px) translate(-50%, -100%)`;
  }

  #drop(id: number, tag: Tag): void {
    tag.element.remove();
    this.#tags.delete(id);
  }

  dispose(): void {
    this.element.remove();
  }
}

function boxOf({ x, y, width, height }: Candidate): DOMRectReadOnly {
  return new DOMRectReadOnly(x - width / 2, y - height, width, height);
}

function under({ x, y, width, height }: Candidate, panel: DOMRectReadOnly): boolean {
  return x + width / 2 > panel.left && x - width / 2 < panel.right && y > panel.top && y - height < panel.bottom;
}
