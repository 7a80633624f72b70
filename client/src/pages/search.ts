/** The page of a search for a timetable: it is read anew whenever the search is further, and its clock goes on between. */

import { listen } from "../kit/live";

const SECOND = 1000;

/** Follows the search that the page names, if it names one. */
export function followSearch(page: Document): void {
  const place = page.querySelector<HTMLElement>("[data-search]");
  if (!place) return;
  let clock = tick(page);
  let asked = 0;
  const read = async (): Promise<void> => {
    const mine = ++asked;
    const answer = await fetch(window.location.pathname, { headers: { accept: "text/html" } }).catch(() => null);
    if (!answer?.ok || mine !== asked) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (mine !== asked || isTyping(page)) return;
    window.clearInterval(clock);
    renew(page, fresh);
    clock = tick(page);
  };
  let first = true;
  listen(place.dataset["search"] ?? "", {
    // The page that has just come is as fresh as the channel that has just opened.
    start: () => {
      if (!first) void read();
      first = false;
    },
  });
}

/** Puts what is fresh in the place of what is there; what is open and what has the focus stay so. */
function renew(page: Document, fresh: Document): void {
  const before = page.querySelector("#search");
  const after = fresh.querySelector("#search");
  if (!before || !after) return;
  const focus = before.contains(page.activeElement) ? (page.activeElement?.id ?? "") : "";
  for (const one of before.querySelectorAll("details[id][open]")) after.querySelector(`#${CSS.escape(one.id)}`)?.setAttribute("open", "");
  const words = (place: ParentNode): string => place.querySelector("[data-search-words]")?.textContent ?? "";
  const said = page.querySelector("[data-search-said]");
  if (said && words(before) !== words(after)) said.textContent = words(after);
  before.replaceWith(page.adoptNode(after));
  if (!focus) return;
  const heir = page.getElementById(focus) ?? page.querySelector<HTMLElement>("#search-apply, #search-state");
  heir?.setAttribute("tabindex", heir.getAttribute("tabindex") ?? (heir.matches("button, input") ? "0" : "-1"));
  heir?.focus();
}

/** Whole seconds that are told of a search that had gone on for `base` seconds when it was read, `since` ms ago. */
export function gone(base: number, since: number, most: number): number {
  return Math.min(Math.floor(base + since / SECOND), most);
}

function tick(page: Document): number {
  const bar = page.querySelector<HTMLProgressElement>("[data-gone]");
  const words = page.querySelector<HTMLElement>("[data-gone-words]");
  if (!bar || !words) return 0;
  const base = Number(bar.dataset["gone"]);
  const begun = performance.now();
  return window.setInterval(() => {
    const now = gone(base, performance.now() - begun, bar.max);
    bar.value = now;
    words.textContent = now < bar.max ? (words.dataset["goneWords"] ?? "").replace("{gone}", String(now)) : (words.dataset["finishing"] ?? "");
  }, SECOND);
}

/** Whether somebody fills in the form for another search: it is not taken from under their hands. */
function isTyping(page: Document): boolean {
  return page.activeElement instanceof HTMLInputElement && page.activeElement.closest("#search") !== null;
}
