/** How a verdict looks and sounds. */

import type { Verdict } from "../../wire/gate";

/** Let in; let out; ask further; refuse. */
export type Tone = "good" | "out" | "ask" | "bad";

const TONES: Readonly<Record<Verdict, Tone>> = {
  admitted: "good",
  out: "out",
  not_in: "ask",
  not_paid: "ask",
  already_in: "bad",
  cancelled: "bad",
  handed_on: "bad",
  elsewhere: "bad",
  unreadable: "bad",
};

export function toneOf(verdict: Verdict): Tone {
  return TONES[verdict];
}
