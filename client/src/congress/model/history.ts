/** What one has done to a timetable, to be undone and done again; what others did meanwhile is not undone. */

/** Where a session is, for how long, and whether it stays there. */
export interface Spot {
  readonly hall: string | null;
  readonly start: string | null;
  readonly minutes: number;
  readonly pinned: boolean;
}

export interface Change {
  readonly session: string;
  readonly before: Spot;
  readonly after: Spot;
}

export interface History {
  readonly done: readonly Change[];
  readonly undone: readonly Change[];
}

export const NOTHING: History = { done: [], undone: [] };

/** So many changes are remembered. */
const MOST = 200;

export function did(history: History, change: Change): History {
  return { done: [...history.done, change].slice(-MOST), undone: [] };
}

/** The history after its last change is undone, and what that takes; none: there is nothing. */
export function undo(history: History): readonly [History, Change] | null {
  const last = history.done.at(-1);
  if (!last) return null;
  const back = { session: last.session, before: last.after, after: last.before };
  return [{ done: history.done.slice(0, -1), undone: [...history.undone, last] }, back];
}

/** The history after what was undone last is done again. */
export function redo(history: History): readonly [History, Change] | null {
  const last = history.undone.at(-1);
  if (!last) return null;
  return [{ done: [...history.done, last], undone: history.undone.slice(0, -1) }, last];
}

/** A history in which nothing is of that session: somebody else has changed it. */
export function forget(history: History, session: string): History {
  const others = (change: Change): boolean => change.session !== session;
  return { done: history.done.filter(others), undone: history.undone.filter(others) };
}

/** Whether two spots are one; instants may be written in more than one way. */
export function same(one: Spot, other: Spot): boolean {
  return one.hall === other.hall && one.minutes === other.minutes && one.pinned === other.pinned
    && (one.start === other.start || (one.start !== null && other.start !== null && Date.parse(one.start) === Date.parse(other.start)));
}
