/** The time bar: the years in which phases rise, the day the sun crosses. */

import { fillWith, h } from "../../kit/element";
import type { Words } from "../../kit/i18n";
import type { PhaseView } from "../../wire/park";
import { addMonths, clockOf, dayOf, isoOf, monthOf } from "../model/days";
import { marks, monthsShown, phaseAt } from "../model/phases";
import type { Playing, Years } from "../model/state";
import type { Store } from "../store";
import { sceneIcon } from "./icons";

export class TimePanel {
  readonly element: HTMLElement;
  readonly years: Years;
  readonly #month: HTMLInputElement;
  readonly #date: HTMLInputElement;
  readonly #hour: HTMLInputElement;
  readonly #clock = h("output", { class: "time-clock" });
  readonly #phase = h("p", { class: "time-phase", "aria-live": "polite" });
  readonly #play: Readonly<Record<Playing, HTMLButtonElement>>;

  constructor(
    readonly words: Words,
    readonly store: Store,
    readonly phases: readonly PhaseView[],
    today: number,
  ) {
    const range = monthsShown(phases, today);
    const first = addMonths(0, range.first - monthOf(0));
    this.years = { first, last: addMonths(0, range.last - monthOf(0)) };
    this.#month = h("input", { type: "range", class: "slider", min: range.first, max: range.last, step: 1, "aria-label": words.t("scene.time.month"), input: () => {
      const { day } = store.state;
      store.send({ type: "date", day: addMonths(Math.floor(day), Number(this.#month.value) - monthOf(day)) });
    } });
    this.#date = h("input", { type: "date", class: "time-date", "aria-label": words.t("scene.time.date"), change: () => {
      const day = dayOf(this.#date.value);
      if (day !== null) store.send({ type: "date", day });
    } });
    this.#hour = h("input", { type: "range", class: "slider slider-day", min: 0, max: 1435, step: 5, "aria-label": words.t("scene.time.hour"), input: () =>
      store.send({ type: "minute", minute: Number(this.#hour.value) }) });
    this.#play = { years: this.#button("years"), day: this.#button("day") };
    const ticks = h("div", { class: "time-ticks", "aria-hidden": "true" }, ...marks(phases, range).map(({ phase, at }) => {
      const tick = h("span", { class: "time-tick", title: words.pick(phase.name) });
      tick.style.insetInlineStart = `${(at * 100).toFixed(2)}%`;
      return tick;
    }));
    this.element = h("section", { class: "time glass", "aria-label": words.t("scene.time") },
      h("div", { class: "time-row" }, this.#play.years, h("div", { class: "time-slide" }, ticks, this.#month), this.#date),
      this.#phase,
      h("div", { class: "time-row" }, this.#play.day, h("div", { class: "time-slide" }, this.#hour), this.#clock));
    this.refresh();
  }

  #button(playing: Playing): HTMLButtonElement {
    return h("button", { type: "button", class: "icon-button", click: () => this.play(playing) });
  }

  /** Plays, or stops playing. */
  play(playing: Playing): void {
    const now = this.store.state.playing;
    this.store.send({ type: "play", playing: now === playing ? null : playing, years: this.years });
  }

  /** Steps months, or minutes of the day. */
  step(months: number, minutes: number): void {
    const { day, minute } = this.store.state;
    if (months !== 0) this.store.send({ type: "date", day: addMonths(Math.floor(day), months) });
    if (minutes !== 0) this.store.send({ type: "minute", minute: minute + minutes });
  }

  /** Where night ends and begins, as shares of the day, for the slider's ground. */
  daylight(sunrise: string | null, sunset: string | null): void {
    const share = (clock: string): string => `${((Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3))) / 14.4).toFixed(1)}%`;
    this.#hour.style.setProperty("--sunrise", sunrise ? share(sunrise) : "25%");
    this.#hour.style.setProperty("--sunset", sunset ? share(sunset) : "75%");
  }

  refresh(): void {
    const { day, minute, playing } = this.store.state;
    const { words } = this;
    this.#month.value = String(monthOf(day));
    this.#month.setAttribute("aria-valuetext", words.month(day));
    if (document.activeElement !== this.#date) this.#date.value = isoOf(day);
    this.#hour.value = String(Math.floor(minute));
    this.#hour.setAttribute("aria-valuetext", clockOf(minute));
    this.#clock.textContent = clockOf(minute);
    this.#tellPhase(day);
    for (const each of ["years", "day"] as const) {
      const on = playing === each;
      const button = this.#play[each];
      const state = String(on);
      if (button.getAttribute("aria-pressed") === state) continue;
      button.setAttribute("aria-pressed", state);
      button.setAttribute("aria-label", words.t(on ? "scene.time.pause" : `scene.time.play.${each}`));
      fillWith(button, [sceneIcon(on ? "pause" : each === "day" ? "sun" : "play")]);
    }
  }

  #tellPhase(day: number): void {
    const { last, coming } = phaseAt(this.phases, day);
    const { words } = this;
    const parts = [words.month(day)];
    if (last) parts.push(words.t("scene.time.standing", { phase: words.pick(last.name) }));
    if (coming) {
      const delivered = coming.delivered === null ? null : dayOf(coming.delivered);
      parts.push(words.t("scene.time.coming", { phase: words.pick(coming.name), month: delivered === null ? "" : words.month(delivered) }));
    }
    const told = parts.join(" · ");
    if (this.#phase.textContent !== told) this.#phase.textContent = told;
  }
}
