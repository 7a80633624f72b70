/** The list under the search box. */

import type { SearchHit } from "../../wire/park";

export interface Listed {
  /** False while nothing has been asked: then no list is shown, not even an empty one. */
  readonly asked: boolean;
  readonly hits: readonly SearchHit[];
  /** The hit the arrow keys stand on; −1 for none. */
  readonly active: number;
}

export const initial: Listed = { asked: false, hits: [], active: -1 };

/** The list after an answer. */
export function listed(hits: readonly SearchHit[]): Listed {
  return { asked: true, hits, active: -1 };
}

/** The list after an arrow key: round at both ends. */
export function moved(list: Listed, by: 1 | -1): Listed {
  const count = list.hits.length;
  if (count === 0) return list;
  const from = list.active === -1 && by === -1 ? 0 : list.active;
  return { ...list, active: (from + by + count) % count };
}
