/** The page on which a timetable is edited, and the look of the whole desk of a congress. */

import "./timetable.css";
import "./search.css";
import { DraftClient } from "../congress/client";
import { Desk } from "../congress/desk";
import { Editor } from "../congress/editor";
import { Clock } from "../congress/model/clock";
import { Teller } from "../congress/panel/words";
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
  new Editor(place, new Desk(client, draft), new Teller(spoken, new Clock(draft.timezone)), act);
  place.dataset["ready"] = "true";
}

const place = document.querySelector<HTMLElement>("[data-timetable]");
if (place) void open(place);

followSearch(document);
