/** The page on which a timetable is edited, and the look of the whole desk of a congress. */

import "./timetable.css";
import "./search.css";
import { DraftClient } from "../congress/client";
import { Desk } from "../congress/desk";
import { Editor } from "../congress/editor";
import { Clock } from "../congress/model/clock";
import { Teller } from "../congress/panel/words";
import { h } from "../kit/element";
import { Words } from "../kit/i18n";
import { followSearch } from "./search";

async function open(place: HTMLElement): Promise<void> {
  const { congress = "", csrf = "", act = "", words = "{}" } = place.dataset;
  const client = new DraftClient(congress, csrf);
  const draft = await client.read().catch(() => null);
  if (!draft || draft.halls.length === 0) return;
  const spoken = new Words(document.documentElement.lang === "en" ? "en" : "zh-CN", JSON.parse(words) as Record<string, string>, draft.timezone);
  place.hidden = false;
  document.querySelector("[data-plain]")?.classList.add("plain--spare");
  const teller = new Teller(spoken, new Clock(draft.timezone));
  place.before(choice(teller));
  new Editor(place, new Desk(client, draft), teller, act);
  place.dataset["ready"] = "true";
}

/** A phone has room for one of both: the list with its forms, or the sheet. */
function choice(teller: Teller): HTMLElement {
  const button = (shown: string): HTMLButtonElement => h("button", { type: "button", class: "button button--quiet button--small", "aria-pressed": String(shown === "list"), click: () => show(shown) }, teller.t(`as_${shown}`));
  const buttons = new Map(["list", "sheet"].map((shown) => [shown, button(shown)]));
  const show = (shown: string): void => {
    document.body.dataset["shown"] = shown;
    for (const [each, one] of buttons) one.setAttribute("aria-pressed", String(each === shown));
    window.dispatchEvent(new Event("resize"));
  };
  return h("div", { class: "editor__shown bar__group", role: "group", "aria-label": teller.t("shown") }, ...buttons.values());
}

const place = document.querySelector<HTMLElement>("[data-timetable]");
if (place) void open(place);

followSearch(document);
