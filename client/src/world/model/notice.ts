/** What has to be said of the link and of one's place: in which words, and what one can do about it. */

import type { Order, Text } from "../../wire/world";
import type { State } from "./state";

export type Remedy = "back" | "reload" | "unqueue" | "understood";

export interface Notice {
  /** Of the catalogue. */
  readonly key: string;
  readonly params: Readonly<Record<string, string | number>>;
  /** The server's own words, where it has said some. */
  readonly said: Text | string | null;
  /** Why a moderator did it, in their words. */
  readonly reason: string;
  /** What one can do now, as a key of the catalogue. */
  readonly hint: string | null;
  readonly remedy: Remedy | null;
  /** It passes by itself. */
  readonly passes: boolean;
}

const PLAIN = { params: {}, said: null, reason: "", hint: null, remedy: null, passes: true } as const;

/** Null where all is well. */
export function noticeOf(state: State): Notice | null {
  const { sentence } = state;
  switch (state.link) {
    case "here":
      return here(state);
    case "connecting":
    case "lost":
    case "full":
      return { ...PLAIN, key: `world.link.${state.link}` };
    case "taken":
    case "left":
    case "flood":
      return { ...PLAIN, key: `world.link.${state.link}`, remedy: "back", passes: false };
    case "removed":
      return sentence ? putOut(sentence) : { ...PLAIN, key: "world.link.removed", said: state.ended?.words ?? null, remedy: state.ended?.again ? "back" : null, passes: false };
    case "refused":
      return sentence ? putOut(sentence) : { ...PLAIN, key: "world.link.refused", said: state.why || null, remedy: "back", passes: false };
    case "reload":
      return { ...PLAIN, key: "world.link.reload", remedy: "reload", passes: false };
  }
}

function here({ waiting, sentence, mute, zone, rights }: State): Notice | null {
  if (waiting) return queued(waiting.position, waiting.zone);
  if (sentence) return { ...told(sentence, "world.removed"), hint: "world.removed.zone", remedy: "understood" };
  if (mute) return { ...told(mute, "world.muted"), hint: "world.muted.do" };
  if (zone?.muted && !rights.has("moderate")) return { ...PLAIN, key: "world.muted.all" };
  return null;
}

function queued(position: number, { name, cap }: { readonly name: Text; readonly cap: number }): Notice {
  return { ...PLAIN, key: "world.waiting", params: { position, cap }, said: name, hint: "world.waiting.do", remedy: "unqueue" };
}

/** To somebody who is out of the park. */
function putOut(order: Order): Notice {
  const ban = order.measure === "ban";
  const back = order.until !== null;
  return { ...told(order, ban ? "world.banned" : "world.removed"), hint: back ? "world.removed.do" : "world.banned.do", remedy: back ? "back" : null, passes: false };
}

function told({ by, reason, until }: Order, key: string): Notice {
  return { ...PLAIN, key: until ? `${key}.until` : key, params: { by, until: until ?? "" }, reason };
}
