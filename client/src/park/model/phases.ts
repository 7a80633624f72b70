/** How the park stands on a day: which phases are delivered, how far a building has risen. */

import type { PhaseView } from "../../wire/park";
import { addMonths, dayOf, monthOf } from "./days";

/** Days before its delivery in which a building rises out of its ghost. */
export const RISING = 60;

/** 0 is a ghost, 1 stands; a building without a date always stands. */
export function risen(delivered: number | null, day: number): number {
  if (delivered === null) return 1;
  return Math.min(Math.max((day - (delivered - RISING)) / RISING, 0), 1);
}

/** The range of the slider in months: a year around all deliveries and `today`. */
export function monthsShown(phases: readonly PhaseView[], today: number): { readonly first: number; readonly last: number } {
  const days = phases.flatMap((phase) => (phase.delivered === null ? [] : (dayOf(phase.delivered) ?? [])));
  return {
    first: monthOf(addMonths(Math.min(today, ...days), -6)),
    last: monthOf(addMonths(Math.max(today, ...days), 6)),
  };
}

/** The phase delivered last by `day`, and the one that comes next. */
export function phaseAt(
  phases: readonly PhaseView[], day: number,
): { readonly last: PhaseView | null; readonly coming: PhaseView | null } {
  let last: PhaseView | null = null;
  for (const phase of phases) {
    const delivered = phase.delivered === null ? null : dayOf(phase.delivered);
    if (delivered === null) continue;
    if (delivered > day) return { last, coming: phase };
    last = phase;
  }
  return { last, coming: null };
}

/** Where each phase's mark stands on the slider, 0 to 1. */
export function marks(
  phases: readonly PhaseView[], range: { readonly first: number; readonly last: number },
): readonly { readonly phase: PhaseView; readonly at: number }[] {
  return phases.flatMap((phase) => {
    const day = phase.delivered === null ? null : dayOf(phase.delivered);
    if (day === null) return [];
    return [{ phase, at: (monthOf(day) - range.first) / Math.max(range.last - range.first, 1) }];
  });
}
