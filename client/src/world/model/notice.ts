/** What has to be said of the link and of one's place: in which words, and what one can do about it. */

import type { Text } from "../../wire/world";
import type { State } from "./state";

export type Remedy = "back" | "reload";

export interface Notice {
  /** Of the catalogue. */
  readonly key: string;
  readonly params: Readonly<Record<string, string | number>>;
  /** The server's own words, where it has said some. */
  readonly said: Text | string | null;
  readonly remedy: Remedy | null;
  /** It passes by itself. */
  readonly passes: boolean;
}

const PLAIN = { params: {}, said: null, remedy: null, passes: true } as const;

/** Null where all is well. */
export function noticeOf(state: State): Notice | null {
  const ended = state.ended?.words ?? null;
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
      return { ...PLAIN, key: "world.link.removed", said: ended, remedy: state.ended?.again ? "back" : null, passes: false };
    case "refused":
      return { ...PLAIN, key: "world.link.refused", said: state.why || null, remedy: "back", passes: false };
    case "reload":
      return { ...PLAIN, key: "world.link.reload", remedy: "reload", passes: false };
  }
}

function here({ waiting, mute, zone, rights }: State): Notice | null {
  if (waiting) return { ...PLAIN, key: "world.waiting", params: { position: waiting.position }, said: waiting.zone.name };
  if (mute) return { ...PLAIN, key: mute.until ? "world.muted.until" : "world.muted", params: { until: mute.until ?? "", by: mute.by } };
  if (zone?.muted && !rights.has("moderate")) return { ...PLAIN, key: "world.muted.all" };
  return null;
}
