/** Elements written as calls: no markup strings, so nothing from the network is ever parsed as HTML. */

type Value = string | number | boolean | null | undefined | ((event: never) => void);

export type Child = Node | string | null | undefined | false;

function set(element: Element, name: string, value: Value): void {
  if (value === null || value === undefined || value === false) return;
  if (typeof value === "function") element.addEventListener(name, value as EventListener);
  else element.setAttribute(name, value === true ? "" : String(value));
}

/** `<tag …attributes>children</tag>`; a function among the attributes listens to the event of its name. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Readonly<Record<string, Value>> = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) set(element, name, value);
  fillWith(element, children);
  return element;
}

/** Puts `children` in place of what `element` holds; what it held before and still holds keeps the focus. */
export function fillWith(element: Element, children: readonly Child[]): void {
  const { activeElement } = document;
  element.replaceChildren(...children.filter((child) => child !== null && child !== undefined && child !== false));
  if (activeElement instanceof HTMLElement && activeElement !== document.activeElement && element.contains(activeElement)) {
    activeElement.focus({ preventScroll: true });
  }
}

const SVG = "http://www.w3.org/2000/svg";

/** A 24 × 24 line icon from path data. */
export function icon(...paths: readonly string[]): SVGSVGElement {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("class", "icon");
  for (const d of paths) {
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("d", d);
    svg.append(path);
  }
  return svg;
}
