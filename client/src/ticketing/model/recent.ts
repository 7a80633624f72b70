/** The last scans of a gate, as its people see them. */

import type { Direction, Fault, ScanView, Verdict } from "../../wire/gate";
import type { Passage } from "./gate";

/** A scan that this gate made. */
export interface Recent {
  readonly id: string;
  readonly at: string;
  readonly direction: Direction;
  readonly verdict: Verdict;
  readonly fault: Fault | null;
  readonly name: string;
  /** What the ticket type is called. */
  readonly type: { readonly zh: string; readonly en: string } | null;
  readonly number: string;
  readonly before: Passage | null;
  /** Whether the gate decided alone. */
  readonly offline: boolean;
  /** Whether the server has heard of it. */
  readonly synced: boolean;
  /** What it came to, where that is not what the gate told. */
  readonly turned: Verdict | null;
}

const MOST = 30;

/** `recent` with `one` at its head. */
export function added(recent: readonly Recent[], one: Recent): readonly Recent[] {
  return [one, ...recent.filter(({ id }) => id !== one.id)].slice(0, MOST);
}

/** `recent` when the server has said what it makes of some. */
export function settled(recent: readonly Recent[], scans: readonly ScanView[]): readonly Recent[] {
  const heard = new Map(scans.map((scan) => [scan.id, scan]));
  return recent.map((one) => {
    const scan = heard.get(one.id);
    return scan ? { ...one, synced: true, turned: scan.verdict === one.verdict ? null : scan.verdict } : one;
  });
}
