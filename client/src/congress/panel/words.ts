/** How sessions and times are told in the editor. */

import type { Words } from "../../kit/i18n";
import type { DraftSession, DraftView } from "../../wire/draft";
import { type Clock, hhmm } from "../model/clock";
import type { Spot } from "../model/history";

/** Speaks of one draft, by the park's clocks. */
export class Teller {
  readonly #day: Intl.DateTimeFormat;
  readonly #short: Intl.DateTimeFormat;

  constructor(
    readonly words: Words,
    readonly clock: Clock,
  ) {
    const language = words.language === "en" ? "en-GB" : words.language; // as on the pages: 23 Nov
    this.#day = new Intl.DateTimeFormat(language, { month: "long", day: "numeric", weekday: "long", timeZone: "UTC" });
    this.#short = new Intl.DateTimeFormat(language, { month: "short", day: "numeric", weekday: "short", timeZone: "UTC" });
  }

  t(key: string, params: Readonly<Record<string, string | number>> = {}): string {
    return this.words.t(`congress.editor.${key}`, params);
  }

  title(session: DraftSession): string {
    return this.words.pick(session.title);
  }

  hall(draft: DraftView, id: string): string {
    const hall = draft.halls.find((one) => one.id === id);
    return hall ? this.words.pick(hall.name) : id;
  }

  day(day: string): string {
    return this.#day.format(Date.parse(`${day}T00:00:00Z`));
  }

  shortDay(day: string): string {
    return this.#short.format(Date.parse(`${day}T00:00:00Z`));
  }

  /** Where a session is: its day, hall and times; or that it has no place. */
  where(draft: DraftView, spot: Pick<Spot, "hall" | "start" | "minutes">): string {
    if (spot.hall === null || spot.start === null) return this.t("nowhere");
    const { day, minute } = this.clock.local(spot.start);
    return this.t("at", { day: this.shortDay(day), hall: this.hall(draft, spot.hall), start: hhmm(minute), end: hhmm(minute + spot.minutes) });
  }
}
