/** The page of a phone at a gate: it reads codes, answers, works without network, and syncs by itself. */

import "./gate.css";

import { fillWith, h } from "../kit/element";
import { loadWords, Words } from "../kit/i18n";
import { Camera } from "../ticketing/camera";
import { Chime } from "../ticketing/chime";
import { GateClient } from "../ticketing/client";
import { Gate, type State } from "../ticketing/gate";
import { dropPage, keepPage, loadedFiles } from "../ticketing/keeping";
import { search } from "../ticketing/model/gate";
import type { Recent } from "../ticketing/model/recent";
import { toneOf } from "../ticketing/model/tone";
import { typedNumber } from "../ticketing/model/code";
import { countsList, doublesList, recentList } from "../ticketing/panel/lists";
import { message, notices, syncLine } from "../ticketing/panel/notices";
import { VerdictPanel } from "../ticketing/panel/verdict";
import { Shelf } from "../ticketing/shelf";
import { canVerify } from "../ticketing/verify";
import type { Direction } from "../wire/gate";

/** Between two syncs [ms]. */
const BEAT = 15_000;
/** Tickets that a search shows. */
const MOST_FOUND = 12;
/** A verdict stands for so long [ms]. */
const STANDS = 8000;
const LONGEST_NAME = 40;
/** What is typed and has so many digits was read by a scanner. */
const SCANNED = /^[\d\s-]{12,}$|^https?:/;

class GatePage {
  readonly #verdict: VerdictPanel;
  readonly #chime = new Chime();
  readonly #camera: Camera;
  readonly #video = h("video", { class: "camera__video", muted: true, playsinline: true, "aria-label": "", tabindex: "-1" });
  readonly #typed: HTMLInputElement;
  readonly #found = h("div", { class: "gate__found", "aria-live": "polite" });
  readonly #recent = h("div", {});
  readonly #counts = h("div", {});
  readonly #doubles = h("section", { class: "card stack--tight", hidden: true });
  readonly #sync = h("p", { class: "gate__state", role: "status" });
  readonly #again: HTMLButtonElement;
  #rest = 0;

  constructor(
    readonly place: HTMLElement,
    readonly words: Words,
    readonly gate: Gate,
    readonly shelf: Shelf,
  ) {
    this.#verdict = new VerdictPanel(words);
    this.#camera = new Camera(this.#video, (text) => void this.#scan(text));
    this.#typed = h("input", { id: "gate-typed", name: "typed", autocomplete: "off", autocapitalize: "off", spellcheck: "false", enterkeyhint: "go", "aria-describedby": "gate-typed-hint" });
    this.#again = h("button", { type: "button", class: "button button--quiet button--small", click: () => void this.#synced() }, words.t("gate.sync.now"));
    this.#video.setAttribute("aria-label", words.t("gate.camera.video"));
    fillWith(this.#part("sync"), [this.#sync, this.#again]);
    fillWith(this.#part("body"), [this.#main(), this.#side()]);
    this.#part("body").hidden = false;
    gate.state.watch((state) => this.#show(state));
    this.#show(gate.state.value);
    this.#keepGoing();
  }

  #part(name: string): HTMLElement {
    const part = this.place.querySelector<HTMLElement>(`[data-gate-${name}]`);
    if (!part) throw new Error(`the page has no ${name}`);
    return part;
  }

  #main(): HTMLElement {
    return h("div", { class: "gate__main" }, this.#directions(), this.#verdict.element, this.#looking(), this.#typing(), this.#counts);
  }

  #side(): HTMLElement {
    const { words } = this;
    return h("div", { class: "gate__side" },
      this.#doubles,
      h("section", { class: "card stack--tight", "aria-labelledby": "gate-recent" }, h("h2", { id: "gate-recent" }, words.t("gate.recent")), this.#recent),
      this.#settings(),
    );
  }

  #directions(): HTMLElement {
    const choice = (direction: Direction): HTMLElement =>
      h("label", { class: "directions__one", "data-direction": direction },
        h("input", { type: "radio", name: "direction", value: direction, checked: direction === this.gate.state.value.direction, change: () => this.gate.turn(direction) }),
        h("span", {}, this.words.t(`gate.${direction}`)));
    return h("fieldset", { class: "directions" }, h("legend", { class: "visually-hidden" }, this.words.t("gate.direction")), choice("in"), choice("out"));
  }

  #looking(): HTMLElement {
    const { words } = this;
    const trouble = h("p", { class: "note", role: "status" });
    const frame = h("div", { class: "camera__frame", hidden: true }, this.#video, h("p", { class: "camera__hint" }, words.t("gate.camera.look")));
    const light = h("button", { type: "button", class: "button button--quiet", hidden: true, "aria-pressed": "false" }, words.t("gate.camera.light"));
    const toggle = h("button", { type: "button", class: "button button--large gate__camera" }, words.t("gate.camera.start"));
    light.addEventListener("click", () => {
      const on = light.getAttribute("aria-pressed") !== "true";
      light.setAttribute("aria-pressed", String(on));
      void this.#camera.light(on);
    });
    const show = (): void => {
      frame.hidden = !this.#camera.open;
      light.hidden = !this.#camera.torch;
      toggle.textContent = words.t(this.#camera.open ? "gate.camera.stop" : "gate.camera.start");
      toggle.classList.toggle("button--quiet", this.#camera.open);
    };
    const press = async (): Promise<void> => {
      this.#chime.wake();
      trouble.textContent = "";
      try {
        if (this.#camera.open) this.#camera.stop();
        else await this.#camera.start();
      } catch (reason) {
        trouble.textContent = words.t(reason instanceof DOMException && reason.name === "NotAllowedError" ? "gate.camera.refused" : "gate.camera.none");
      }
      show();
    };
    toggle.addEventListener("click", () => void press());
    return h("div", { class: "camera" }, frame, h("div", { class: "actions" }, toggle, light), trouble);
  }

  #typing(): HTMLElement {
    const { words } = this;
    const form = h("form", { class: "gate__typing", submit: (event: Event) => this.#enter(event) },
      h("label", { for: "gate-typed" }, words.t("gate.typed")),
      h("div", { class: "gate__row" }, this.#typed, h("button", { type: "submit", class: "button" }, words.t("gate.check"))),
      h("p", { class: "field__hint", id: "gate-typed-hint" }, words.t("gate.typed.hint")),
      this.#found);
    this.#typed.addEventListener("input", () => this.#search());
    return form;
  }

  #settings(): HTMLElement {
    const { words, gate } = this;
    const name = h("input", { id: "gate-name", value: gate.state.value.gate, maxlength: LONGEST_NAME, autocomplete: "off" });
    name.addEventListener("change", () => void gate.call(name.value.trim() || words.t("gate.name")));
    const sound = h("input", { type: "checkbox", id: "gate-sound", checked: true, change: () => { this.#chime.muted = !sound.checked; } });
    const told = h("p", { class: "note", role: "status" });
    return h("section", { class: "card stack--tight", "aria-labelledby": "gate-more" },
      h("h2", { id: "gate-more" }, words.t("gate.more")),
      h("div", { class: "field" }, h("label", { for: "gate-name" }, words.t("gate.name")), name),
      h("label", { class: "gate__sound", for: "gate-sound" }, sound, words.t("gate.sound")),
      h("p", {}, h("button", { type: "button", class: "button button--danger button--small", click: () => void this.#forget(told) }, words.t("gate.forget"))),
      told);
  }

  #enter(event: Event): void {
    event.preventDefault();
    this.#chime.wake();
    const typed = this.#typed.value;
    const { tickets } = this.gate.state.value.book;
    const matches = search(tickets, typed, MOST_FOUND);
    if (!typed.trim()) return;
    if (typedNumber(typed) || SCANNED.test(typed) || matches.length === 0) void this.#scan(typed);
    else if (matches.length === 1 && matches[0]) void this.#pick(matches[0].id);
    else this.#found.querySelector("button")?.focus();
  }

  #search(): void {
    const typed = this.#typed.value;
    const { book, view } = this.gate.state.value;
    if (!typed.trim() || SCANNED.test(typed)) return fillWith(this.#found, []);
    const found = search(book.tickets, typed, MOST_FOUND);
    const kinds = new Map(view.types.map(({ id, name }) => [id, this.words.pick(name)]));
    const told = found.length > 0 ? this.words.t("gate.found", { count: found.length }) : this.words.t("gate.found.none");
    fillWith(this.#found, [
      h("p", { class: "note" }, told),
      ...found.map(({ id, name, number, type }) =>
        h("button", { type: "button", class: "offer", click: () => void this.#pick(id) },
          h("span", { class: "offer__name" }, name || this.words.t("gate.unnamed")),
          h("span", { class: "note" }, `${kinds.get(type) ?? ""} · ${number.slice(0, 4)} ${number.slice(4)}`))),
    ]);
  }

  #scan(text: string): Promise<void> {
    return this.#answer(this.gate.scan(text));
  }

  #pick(ticket: string): Promise<void> {
    return this.#answer(this.gate.pick(ticket));
  }

  async #answer(asked: Promise<Recent>): Promise<void> {
    const one = await asked;
    this.#verdict.show(one);
    this.#chime.play(toneOf(one.verdict));
    this.#typed.value = "";
    fillWith(this.#found, []);
    window.clearTimeout(this.#rest);
    this.#rest = window.setTimeout(() => this.#verdict.rest(), STANDS);
  }

  #show(state: State): void {
    const { words } = this;
    const { tone, text } = syncLine(words, state);
    this.#sync.dataset["tone"] = tone;
    if (this.#sync.textContent !== text) this.#sync.textContent = text;
    const refused = state.link === "refused";
    fillWith(this.#part("notices"), refused ? [message(words.t("gate.refused"))] : notices(words, state, canVerify()));
    this.#part("body").hidden = refused;
    if (refused) this.#camera.stop();
    fillWith(this.#recent, [recentList(words, state.recent)]);
    fillWith(this.#counts, state.counts ? [countsList(words, state.counts)] : []);
    this.#doubles.hidden = state.doubles.length === 0;
    fillWith(this.#doubles, [h("h2", {}, words.t("gate.doubles")), doublesList(words, state.doubles)]);
  }

  #keepGoing(): void {
    window.setInterval(() => void this.gate.sync(), BEAT);
    window.addEventListener("online", () => void this.gate.sync());
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "visible") void this.gate.sync();
    });
    void this.#synced();
  }

  async #synced(): Promise<void> {
    this.#again.disabled = true;
    await this.gate.sync();
    this.#again.disabled = false;
  }

  async #forget(told: HTMLElement): Promise<void> {
    const { words, gate, shelf } = this;
    const { length } = gate.state.value.waiting;
    if (length > 0) {
      told.textContent = words.t("gate.forget.waiting", { count: length });
      return;
    }
    if (!window.confirm(words.t("gate.forget.sure"))) return;
    await shelf.clear();
    await dropPage(window.location.pathname);
    this.#part("body").hidden = true;
    this.#camera.stop();
    fillWith(this.#part("notices"), [message(words.t("gate.forgotten"))]);
  }
}

/** The page's token against forged changes, from a page that is loaded anew. */
async function freshGuard(): Promise<string> {
  const answer = await fetch(window.location.pathname, { credentials: "same-origin", cache: "no-store", headers: { accept: "text/html" } });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  return page.querySelector<HTMLElement>("[data-gate]")?.dataset["csrf"] ?? "";
}

async function open(place: HTMLElement): Promise<void> {
  const { occasion = "", csrf = "", language } = place.dataset;
  const tongue = language === "en" ? "en" : "zh-CN";
  const spoken = await loadWords(tongue);
  const troubles = place.querySelector<HTMLElement>("[data-gate-notices]");
  const shelf = await Shelf.open(occasion).catch(() => null);
  if (!shelf) {
    troubles?.append(message(spoken.t("gate.unkept")));
    return;
  }
  const services = {
    client: new GateClient(occasion, csrf),
    shelf,
    now: () => new Date().toISOString(),
    id: () => crypto.randomUUID(),
    guard: freshGuard,
  };
  const gate = await Gate.open(services, "A").catch(() => null);
  if (!gate) {
    troubles?.append(message(spoken.t("gate.unopened")));
    return;
  }
  const words = new Words(spoken.language, spoken.catalogue, gate.state.value.view.timezone);
  new GatePage(place, words, gate, shelf);
  const kept = await keepPage(window.location.pathname, tongue, loadedFiles()).catch(() => false);
  place.dataset["offline"] = String(kept);
  await navigator.storage?.persist?.();
}

const place = document.querySelector<HTMLElement>("[data-gate]");
if (place) void open(place);
