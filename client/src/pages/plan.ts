/** Zoom and pan on a plan: wheel, drag, pinch and buttons; labels follow the magnification. */

type Box = readonly [number, number, number, number];

const LEAST = 1;
const MOST = 24;
const STEP = 1.6;
const CLICK_SLOP = 4;

/** The part of `whole` that is seen when magnified `zoom` times around `center`, inside `whole`. */
export function seen(whole: Box, zoom: number, center: readonly [number, number]): Box {
  const [left, top, width, height] = whole;
  const w = width / zoom;
  const h = height / zoom;
  const x = Math.min(Math.max(center[0] - w / 2, left), left + width - w);
  const y = Math.min(Math.max(center[1] - h / 2, top), top + height - h);
  return [x, y, w, h];
}

/** Makes every plan of the page one that can be zoomed. */
export function enlivenPlans(root: ParentNode): void {
  for (const plan of root.querySelectorAll<HTMLElement>("[data-plan]")) enliven(plan);
}

function enliven(plan: HTMLElement): void {
  const sheet = plan.querySelector<SVGSVGElement>("svg");
  const tools = plan.querySelector<HTMLElement>(".plan__tools");
  if (!sheet || !tools || plan.dataset["liveZoom"] !== undefined) return;
  const base = sheet.viewBox.baseVal;
  const whole: Box = [base.x, base.y, base.width, base.height];
  const labels = [...sheet.querySelectorAll<SVGTextElement>(".plan__labels text")];
  let zoom = LEAST;
  let center: readonly [number, number] = [base.x + base.width / 2, base.y + base.height / 2];
  plan.dataset["liveZoom"] = "";
  tools.hidden = false;

  const scale = (): number => {
    const box = sheet.viewBox.baseVal;
    return Math.max(box.width / sheet.clientWidth, box.height / sheet.clientHeight);
  };
  const show = (): void => {
    const [x, y, w, h] = seen(whole, zoom, center);
    center = [x + w / 2, y + h / 2];
    sheet.setAttribute("viewBox", `${x} ${y} ${w} ${h}`);
    const metres = scale();
    sheet.style.setProperty("--plan-text", `${13 * metres}px`);
    // Labels were chosen for a sheet 800 px wide; a narrow one shows those of a smaller zoom.
    const legible = (whole[2] / metres / 800) * 1.05;
    for (const label of labels) label.toggleAttribute("hidden", Number(label.dataset["zoom"]) > legible);
  };
  const magnify = (factor: number, around?: readonly [number, number]): void => {
    const next = Math.min(Math.max(zoom * factor, LEAST), MOST);
    if (around) {
      const kept = zoom / next;
      center = [around[0] + (center[0] - around[0]) * kept, around[1] + (center[1] - around[1]) * kept];
    }
    zoom = next;
    show();
  };
  const point = (event: MouseEvent): readonly [number, number] => {
    const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(sheet.getScreenCTM()?.inverse());
    return [at.x, at.y];
  };

  tools.addEventListener("click", (event) => {
    const kind = (event.target as HTMLElement).dataset["planZoom"];
    if (kind === "in") magnify(STEP);
    if (kind === "out") magnify(1 / STEP);
    if (kind === "fit") magnify(1 / MOST);
  });
  sheet.addEventListener(
    "wheel",
    (event) => {
      if (zoom === LEAST && event.deltaY > 0) return; // lets the page scroll on
      event.preventDefault();
      magnify(Math.exp(-event.deltaY * 0.0015), point(event));
    },
    { passive: false },
  );

  const fingers = new Map<number, PointerEvent>();
  let travelled = 0;
  sheet.addEventListener("pointerdown", (event) => {
    fingers.set(event.pointerId, event);
    travelled = 0;
  });
  sheet.addEventListener("pointermove", (event) => {
    const before = fingers.get(event.pointerId);
    if (!before) return;
    if (fingers.size === 2) {
      const other = [...fingers.values()].find((one) => one.pointerId !== event.pointerId);
      if (other) magnify(distance(event, other) / Math.max(distance(before, other), 1), point(other));
    } else {
      const metres = scale();
      center = [
        center[0] - (event.clientX - before.clientX) * metres,
        center[1] - (event.clientY - before.clientY) * metres,
      ];
      show();
    }
    travelled += distance(event, before);
    if (travelled > CLICK_SLOP) sheet.setPointerCapture(event.pointerId);
    fingers.set(event.pointerId, event);
  });
  for (const end of ["pointerup", "pointercancel"] as const) {
    sheet.addEventListener(end, (event) => fingers.delete(event.pointerId));
  }
  sheet.addEventListener(
    "click",
    (event) => {
      if (travelled > CLICK_SLOP) event.preventDefault();
    },
    true,
  );
  sheet.addEventListener("dragstart", (event) => event.preventDefault());
  new ResizeObserver(show).observe(sheet);
}

function distance(one: PointerEvent, other: PointerEvent): number {
  return Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY);
}
