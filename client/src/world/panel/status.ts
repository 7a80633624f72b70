/** How the link is, what is shown, and who invites: above everything else of the world. */

import { fillWith, h } from "../../kit/element";
import type { Words } from "../../kit/i18n";
import { noticeOf, type Remedy } from "../model/notice";
import type { State } from "../model/state";
import { safeAddress } from "../model/words";
import type { Presence } from "../presence";

export class Status {
  readonly element: HTMLElement;
  readonly #line = h("div", { class: "status-line", hidden: true });
  readonly #shown = h("div", { class: "status-shown", hidden: true });
  readonly #invitations = h("div", { class: "status-invitations" });

  constructor(
    readonly words: Words,
    readonly presence: Presence,
  ) {
    this.element = h("div", { class: "status", role: "status" }, this.#line, this.#shown, this.#invitations);
    presence.state.watch((state, before) => this.#refresh(state, before));
    this.#refresh(presence.state.value, null);
  }

  #refresh(state: State, before: State | null): void {
    this.#say(state);
    if (state.shown !== before?.shown) this.#exhibit(state);
    if (state.invitations !== before?.invitations) this.#invite(state);
  }

  #say(state: State): void {
    const { words } = this;
    const notice = noticeOf(state);
    this.#line.hidden = notice === null;
    if (!notice) return;
    const said = typeof notice.said === "string" ? notice.said : notice.said ? words.pick(notice.said) : "";
    const until = notice.params["until"];
    const params = { ...notice.params, zone: said, ...(until ? { until: words.moment(String(until)) } : {}) };
    const text = words.t(notice.key, params);
    const lines = [
      said && notice.key !== "world.waiting" ? `${text} ${said}` : text,
      notice.reason && words.t("world.reason", { reason: notice.reason }),
      notice.hint && words.t(notice.hint, params),
    ].filter((line) => line !== null && line !== "");
    const whole = lines.join("\n");
    if (this.#line.dataset.said === whole) return;
    this.#line.dataset.said = whole;
    this.#line.classList.toggle("is-passing", notice.passes);
    fillWith(this.#line, [h("div", { class: "status-words" }, ...lines.map((line) => h("p", {}, line))), notice.remedy && this.#remedy(notice.remedy)]);
  }

  #remedy(remedy: Remedy): HTMLElement {
    const { presence, words } = this;
    const main = remedy === "back" || remedy === "reload";
    const run: Readonly<Record<Remedy, () => void>> = {
      back: () => presence.open(), reload: () => window.location.reload(), unqueue: () => presence.unqueue(), understood: () => presence.understood(),
    };
    return h("button", { type: "button", class: `button${main ? " button-main" : ""}`, click: run[remedy] }, words.t(`world.remedy.${remedy}`));
  }

  #exhibit({ shown }: State): void {
    this.#shown.hidden = shown === null;
    if (!shown) return;
    const href = safeAddress(shown.link);
    fillWith(this.#shown, [
      h("p", {}, this.words.t("world.shown", { by: shown.by }), h("strong", {}, shown.title)),
      href && h("a", { class: "button", href, target: "_blank", rel: "noopener noreferrer nofollow" }, this.words.t("world.shown.open")),
    ]);
  }

  #invite({ invitations }: State): void {
    const { words, presence } = this;
    fillWith(this.#invitations, invitations.map(({ sender, name }) => h("div", { class: "invitation" }, h("p", {}, words.t("world.invited", { name })),
      h("button", { type: "button", class: "button button-main", click: () => {
        presence.go({ person: sender });
        presence.answered(sender);
      } }, words.t("world.accept")),
      h("button", { type: "button", class: "button", click: () => presence.answered(sender) }, words.t("world.decline")))));
  }
}
