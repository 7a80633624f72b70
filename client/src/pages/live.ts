/** Live status on plain pages: badges and figures follow the channel without a reload. */

import { listen } from "../kit/live";
import type { LiveList, LiveView, ProgressView } from "../wire/park";

const LONGEST_TIMER = 2 ** 31 - 1;

/** Follows the park that the page names, if it names one. */
export function followLive(page: Document): void {
  const place = page.querySelector<HTMLElement>("[data-live-park]");
  if (!place) return;
  const park = place.dataset["livePark"] ?? "";
  const labels = JSON.parse(place.dataset["liveWords"] ?? "{}") as Record<string, string>;
  const chinese = page.documentElement.lang.startsWith("zh");
  const expiries = new Map<string, number>();

  const show = (status: LiveView): void => {
    window.clearTimeout(expiries.get(status.space));
    const words = chinese ? status.words.zh || status.words.en : status.words.en || status.words.zh;
    for (const badge of page.querySelectorAll<HTMLElement>(`[data-live="${CSS.escape(status.space)}"]`)) {
      badge.hidden = status.token === null;
      if (status.token === null) continue;
      badge.dataset["token"] = status.token;
      badge.querySelector("use")?.setAttribute("href", `#mark-${status.token}`);
      const text = badge.querySelector(".live__words");
      if (text) text.textContent = words || (labels[status.token] ?? status.token);
    }
    for (const figure of page.querySelectorAll<SVGElement>(`[data-figure="${CSS.escape(status.space)}"]`)) {
      if (status.token === null) delete figure.dataset["token"];
      else figure.dataset["token"] = status.token;
    }
    if (status.token !== null && status.until !== null) {
      const wait = Math.min(Math.max(Date.parse(status.until) - Date.now(), 0), LONGEST_TIMER);
      expiries.set(status.space, window.setTimeout(() => show({ ...status, token: null }), wait));
    }
  };
  const showAll = (list: LiveList): void => {
    const said = new Set(list.statuses.map((status) => status.space));
    for (const badge of page.querySelectorAll<HTMLElement>("[data-live]:not([hidden])")) {
      const space = badge.dataset["live"] ?? "";
      if (!said.has(space)) show({ space, token: null, words: { zh: "", en: "" }, number: null, until: null });
    }
    for (const status of list.statuses) show(status);
  };
  const progress = (one: ProgressView): void => {
    const line = page.querySelector<HTMLElement>(`[data-progress="${CSS.escape(one.job)}"]`);
    if (line && one.done >= one.total) window.location.reload();
  };

  listen(`/api/live?park=${encodeURIComponent(park)}`, { status: show, snapshot: showAll, progress });
}
