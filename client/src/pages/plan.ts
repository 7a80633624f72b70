/** Zoom and pan on a plan: wheel, drag, pinch and buttons; names and marks keep their size. */

export type Box = readonly [number, number, number, number];
export type Point = readonly [number, number];

/** How a plan is looked at: how many times it is magnified, and what is in the middle. */
export interface Look {
  readonly zoom: number;
  readonly center: Point;
}

/** Where a plan was touched, and how many times more it is to be magnified there. */
interface Nearer {
  readonly at: MouseEvent;
  readonly factor: number;
}

const LEAST = 1;
const MOST = 32;
const STEP = 1.6;
const CLICK_SLOP = 4;
const TEXT = 13;
/** The width for which the server chose which names fit, in pixels; a bit more is let pass. */
const CHOSEN_FOR = 360;
const TOLERANCE = 1.08;

/** The part of `whole` that is seen when magnified `zoom` times around `center`, inside `whole`. */
export function seen(whole: Box, { zoom, center }: Look): Box {
  const [left, top, width, height] = whole;
  const w = width / zoom;
  const h = height / zoom;
  const x = Math.min(Math.max(center[0] - w / 2, left), left + width - w);
  const y = Math.min(Math.max(center[1] - h / 2, top), top + height - h);
  return [x, y, w, h];
}

/** The look at which `box` fills what is seen of `whole`. */
export function lookAt(whole: Box, box: Box): Look {
  const zoom = Math.min(Math.max(Math.min(whole[2] / box[2], whole[3] / box[3]), LEAST), MOST);
  return { zoom, center: [box[0] + box[2] / 2, box[1] + box[3] / 2] };
}

/** `look` magnified `factor` times more, with the point `around` staying where it is. */
export function magnified(look: Look, factor: number, around: Point = look.center): Look {
  const zoom = Math.min(Math.max(look.zoom * factor, LEAST), MOST);
  const kept = look.zoom / zoom;
  return {
    zoom,
    center: [
      around[0] + (look.center[0] - around[0]) * kept,
      around[1] + (look.center[1] - around[1]) * kept,
    ],
  };
}

/** Is all of `part` inside `box`? */
export function holds(box: Box, part: Box): boolean {
  return part[0] >= box[0] && part[1] >= box[1] && part[0] + part[2] <= box[0] + box[2] && part[1] + part[3] <= box[1] + box[3];
}

/** Makes every plan of the page one that can be zoomed. */
export function enlivenPlans(root: ParentNode): void {
  for (const plan of root.querySelectorAll<HTMLElement>("[data-plan]")) {
    const sheet = plan.querySelector<SVGSVGElement>(".plan__sheet");
    const tools = plan.querySelector<HTMLElement>(".plan__tools");
    if (sheet && tools) new Plan(plan, sheet, tools);
  }
}

class Plan {
  private readonly labels: readonly SVGTextElement[];
  private readonly names: SVGGElement | null;
  private readonly marks: SVGGElement | null;
  private readonly box: Box;
  private readonly whole: Box;
  private look: Look;
  private legible = 0;
  private size = 0;

  constructor(
    private readonly plan: HTMLElement,
    private readonly sheet: SVGSVGElement,
    tools: HTMLElement,
  ) {
    const { x, y, width, height } = sheet.viewBox.baseVal;
    const whole = (plan.dataset["whole"] ?? "").split(" ").map(Number);
    this.box = [x, y, width, height];
    this.whole = whole.length === 4 ? (whole as unknown as Box) : this.box;
    this.look = lookAt(this.whole, this.box);
    this.names = sheet.querySelector(".plan__labels");
    this.marks = sheet.querySelector(".plan__marks");
    this.labels = [...sheet.querySelectorAll<SVGTextElement>(".plan__labels text")];
    tools.hidden = false;
    tools.addEventListener("click", (event) => this.press(event));
    this.followWheel();
    this.followPointers();
    new ResizeObserver(() => this.show()).observe(sheet);
    plan.addEventListener("plan:marked", () => this.resize(true));
    plan.addEventListener("plan:near", (event) => this.near((event as CustomEvent<Nearer>).detail));
    plan.addEventListener("plan:show", (event) => this.reveal((event as CustomEvent<SVGGraphicsElement>).detail));
  }

  /** Magnifies around a point that was touched, and brings it into the middle. */
  private near({ at, factor }: Nearer): void {
    this.look = { ...magnified(this.look, factor), center: this.point(at) };
    this.show();
  }

  /** Moves the sheet until a figure is on it. */
  private reveal(figure: SVGGraphicsElement): void {
    const { x, y, width, height } = figure.getBBox();
    if (holds(seen(this.whole, this.look), [x, y, width, height])) return;
    this.look = { ...this.look, center: [x + width / 2, y + height / 2] };
    this.show();
  }

  private show(): void {
    const [x, y, w, h] = seen(this.whole, this.look);
    this.look = { zoom: this.look.zoom, center: [x + w / 2, y + h / 2] };
    this.plan.dataset["liveZoom"] = this.look.zoom > LEAST ? "near" : "whole";
    this.sheet.setAttribute("viewBox", `${x} ${y} ${w} ${h}`);
    this.resize();
  }

  /** Metres a pixel. */
  private scale(): number {
    const { width, height } = this.sheet.viewBox.baseVal;
    return Math.max(width / Math.max(this.sheet.clientWidth, 1), height / Math.max(this.sheet.clientHeight, 1));
  }

  private resize(again = false): void {
    const metres = this.scale();
    if (metres === this.size && !again) return;
    this.size = metres;
    this.names?.setAttribute("font-size", String(TEXT * metres));
    for (const mark of this.marks?.querySelectorAll<SVGUseElement>("use") ?? []) {
      const moved = (mark.getAttribute("transform") ?? "").replace(/scale\([^)]*\)/, `scale(${metres * 1.15})`);
      mark.setAttribute("transform", moved);
    }
    const legible = (this.box[2] / metres / CHOSEN_FOR) * TOLERANCE;
    if (legible === this.legible) return;
    this.legible = legible;
    for (const label of this.labels) label.toggleAttribute("hidden", Number(label.dataset["zoom"]) > legible);
  }

  private magnify(factor: number, around?: Point): void {
    this.look = magnified(this.look, factor, around);
    this.show();
  }

  private press(event: Event): void {
    const button = (event.target as Element).closest<HTMLElement>("[data-plan-zoom]");
    const kind = button?.dataset["planZoom"];
    if (kind === "in") this.magnify(STEP);
    if (kind === "out") this.magnify(1 / STEP);
    if (kind === "fit") this.magnify(1 / MOST);
  }

  private followWheel(): void {
    this.sheet.addEventListener(
      "wheel",
      (event) => {
        // Scrolling goes on over a plan until it is magnified on purpose.
        if (!event.ctrlKey && this.look.zoom === LEAST) return;
        if (this.look.zoom === LEAST && event.deltaY > 0) return;
        event.preventDefault();
        this.magnify(Math.exp(-event.deltaY * 0.0015), this.point(event));
      },
      { passive: false },
    );
  }

  private followPointers(): void {
    const fingers = new Map<number, PointerEvent>();
    let travelled = 0;
    this.sheet.addEventListener("pointerdown", (event) => {
      fingers.set(event.pointerId, event);
      travelled = 0;
    });
    this.sheet.addEventListener("pointermove", (event) => {
      const before = fingers.get(event.pointerId);
      if (!before) return;
      const other = [...fingers.values()].find((one) => one.pointerId !== event.pointerId);
      if (other) this.magnify(distance(event, other) / Math.max(distance(before, other), 1), this.point(other));
      else this.drag(event.clientX - before.clientX, event.clientY - before.clientY);
      travelled += distance(event, before);
      if (travelled > CLICK_SLOP) this.sheet.setPointerCapture(event.pointerId);
      fingers.set(event.pointerId, event);
    });
    for (const end of ["pointerup", "pointercancel"] as const) {
      this.sheet.addEventListener(end, (event) => fingers.delete(event.pointerId));
    }
    const keepFromLeaving = (event: Event): void => {
      if (travelled > CLICK_SLOP) event.preventDefault();
    };
    this.sheet.addEventListener("click", keepFromLeaving, true);
    this.sheet.addEventListener("dragstart", (event) => event.preventDefault());
  }

  private drag(right: number, down: number): void {
    const metres = this.scale();
    const [x, y] = this.look.center;
    this.look = { zoom: this.look.zoom, center: [x - right * metres, y - down * metres] };
    this.show();
  }

  private point(event: MouseEvent): Point {
    const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(this.sheet.getScreenCTM()?.inverse());
    return [at.x, at.y];
  }
}

function distance(one: PointerEvent, other: PointerEvent): number {
  return Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY);
}
