/** Live status on plain pages: badges, figures and their marks follow the channel without a reload. */

import { listen } from "../kit/live";
import type { LiveList, LiveView, Progress } from "../wire/park";
import { instant } from "./instant";

const LONGEST_TIMER = 2 ** 31 - 1;
const ABOVE_NAME = -19;
const SVG = "http://www.w3.org/2000/svg";

/** Follows the park that the page names, if it names one. */
export function followLive(page: Document): void {
  const place = page.querySelector<HTMLElement>("[data-live-park]");
  if (!place) return;
  const park = place.dataset["livePark"] ?? "";
  const board = new Board(page, place);
  listen(
    `/api/live?park=${encodeURIComponent(park)}`,
    {
      status: (status: LiveView) => board.show(status),
      snapshot: (list: LiveList) => board.showAll(list),
      progress: (one: Progress) => {
        const line = page.querySelector(`[data-progress="${CSS.escape(one.work)}"]`);
        if (line && one.done >= one.total) window.location.reload();
      },
    },
  );
}

/** Everything on a page that says what a space is now. */
class Board {
  private readonly tokens: Record<string, string>;
  private readonly language: string;
  private readonly expiries = new Map<string, number>();

  constructor(
    private readonly page: Document,
    private readonly place: HTMLElement,
  ) {
    this.tokens = JSON.parse(place.dataset["liveWords"] ?? "{}") as Record<string, string>;
    this.language = page.documentElement.lang;
  }

  show(status: LiveView): void {
    const id = CSS.escape(status.space);
    for (const badge of this.page.querySelectorAll<HTMLElement>(`[data-live="${id}"]`)) this.label(badge, status);
    for (const figure of this.page.querySelectorAll<SVGGraphicsElement>(`[data-figure="${id}"]`)) mark(figure, status);
    window.clearTimeout(this.expiries.get(status.space));
    if (status.token === null || status.until === null) return;
    const wait = Math.min(Math.max(Date.parse(status.until) - Date.now(), 0), LONGEST_TIMER);
    this.expiries.set(status.space, window.setTimeout(() => this.clear(status.space), wait));
  }

  showAll(list: LiveList): void {
    const said = new Set(list.statuses.map((status) => status.space));
    const shown = [...this.page.querySelectorAll<HTMLElement>("[data-live]:not([hidden])")].map((badge) => badge.dataset["live"]);
    const marked = [...this.page.querySelectorAll<SVGElement>("[data-figure][data-token]")].map((one) => one.dataset["figure"]);
    for (const space of new Set([...shown, ...marked])) if (space && !said.has(space)) this.clear(space);
    for (const status of list.statuses) this.show(status);
  }

  private clear(space: string): void {
    this.show({ space, token: null, words: { zh: "", en: "" }, number: null, until: null });
  }

  private label(badge: HTMLElement, status: LiveView): void {
    badge.hidden = status.token === null;
    if (status.token === null) {
      delete badge.dataset["token"];
      badge.querySelector(".live__words")?.replaceChildren();
      return;
    }
    badge.dataset["token"] = status.token;
    badge.querySelector("use")?.setAttribute("href", `#mark-${status.token}`);
    badge.querySelector(".live__words")?.replaceChildren(this.words(status, status.token));
  }

  private words(status: LiveView, token: string): string {
    const { zh, en } = status.words;
    const said = (this.language.startsWith("zh") ? zh || en : en || zh) || (this.tokens[token] ?? token);
    const number = status.number === null ? "" : ` · ${new Intl.NumberFormat(this.language, { maximumFractionDigits: 2 }).format(status.number)}`;
    const { liveUntil = "{time}", liveZone = "UTC" } = this.place.dataset;
    const until = status.until === null ? "" : ` ${liveUntil.replace("{time}", instant(new Date(status.until), new Date(), liveZone, this.language))}`;
    return said + number + until;
  }
}

/** Gives a figure of a plan the colour and the shape of what it is now. */
function mark(figure: SVGGraphicsElement, status: LiveView): void {
  const plan = figure.closest(".plan");
  const marks = plan?.querySelector<SVGGElement>(".plan__marks");
  marks?.querySelector(`[data-mark="${CSS.escape(status.space)}"]`)?.remove();
  if (status.token === null) {
    delete figure.dataset["token"];
    return;
  }
  figure.dataset["token"] = status.token;
  if (!marks) return;
  const { x, y, width, height } = figure.getBBox();
  const named = plan?.querySelector(`[data-label="${CSS.escape(status.space)}"]`);
  const [east, south] = named ? [named.getAttribute("x"), named.getAttribute("y")] : [x + width / 2, y + height / 2];
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `#mark-${status.token}`);
  use.setAttribute("width", "12");
  use.setAttribute("height", "12");
  use.setAttribute("transform", `translate(${east} ${south}) scale(1) translate(-6 ${named ? ABOVE_NAME : -6})`);
  use.dataset["mark"] = status.space;
  use.dataset["token"] = status.token;
  marks.append(use);
  plan?.dispatchEvent(new CustomEvent("plan:marked"));
}
