/** Where the sun stands between the samples the server gives. */

import type { SunView } from "../../wire/park";

/** Degrees: azimuth clockwise from north, elevation above the horizon. */
export interface SunPosition {
  readonly azimuth: number;
  readonly elevation: number;
}

/** Until the server has told: an afternoon. */
export const AFTERNOON: SunPosition = { azimuth: 228, elevation: 38 };

/** The position at a minute of the local day, interpolated the short way round the compass. */
export function sunAt(samples: SunView["samples"], minute: number): SunPosition {
  const first = samples[0];
  const last = samples[samples.length - 1];
  if (!first || !last) return AFTERNOON;
  if (minute <= first[0]) return { azimuth: first[1], elevation: first[2] };
  if (minute >= last[0]) return { azimuth: last[1], elevation: last[2] };
  let low = 0;
  let high = samples.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((samples[middle]?.[0] ?? 0) <= minute) low = middle;
    else high = middle;
  }
  const before = samples[low] ?? first;
  const after = samples[high] ?? last;
  const share = (minute - before[0]) / (after[0] - before[0]);
  const turn = ((after[1] - before[1] + 540) % 360) - 180;
  return {
    azimuth: (before[1] + turn * share + 360) % 360,
    elevation: before[2] + (after[2] - before[2]) * share,
  };
}
