/** The draft as an editor holds it: what is where, what is wrong with it, what others changed. */

import type { DraftConflict, DraftSession, DraftView } from "../../wire/draft";
import type { Clock } from "./clock";
import type { Spot } from "./history";

export function spotOf({ hall, start, minutes, pinned }: DraftSession): Spot {
  return { hall, start, minutes, pinned };
}

/** The draft with some sessions instead of those of the same id. */
export function withSessions(draft: DraftView, changed: readonly DraftSession[]): DraftView {
  const by = new Map(changed.map((one) => [one.id, one]));
  return { ...draft, sessions: draft.sessions.map((one) => by.get(one.id) ?? one) };
}

/** The sessions whose place somebody else has changed, or that are new or gone. */
export function changedIn(before: DraftView, after: DraftView): readonly string[] {
  const had = new Map(before.sessions.map(({ id, version }) => [id, version]));
  const has = new Set(after.sessions.map(({ id }) => id));
  return [...after.sessions.filter(({ id, version }) => had.get(id) !== version).map(({ id }) => id), ...[...had.keys()].filter((id) => !has.has(id))];
}

/** What is wrong with each session. */
export function wrongOf(conflicts: readonly DraftConflict[]): ReadonlyMap<string, readonly DraftConflict[]> {
  const found = new Map<string, DraftConflict[]>();
  for (const one of conflicts) for (const id of one.sessions) found.set(id, [...(found.get(id) ?? []), one]);
  return found;
}

/** The sessions that are placed on a day. */
export function onDay(draft: DraftView, clock: Clock, day: string): readonly DraftSession[] {
  return draft.sessions.filter(({ start }) => start !== null && clock.local(start).day === day);
}

export interface Wish {
  readonly words: string;
  readonly forum: string;
  readonly theme: string;
  readonly mine: boolean;
}

/** The sessions without a place that are looked for. */
export function inTray(draft: DraftView, wish: Wish): readonly DraftSession[] {
  const forums = new Map(draft.forums.map((one) => [one.id, one]));
  const names = new Map(draft.speakers.map(({ id, name }) => [id, `${name.zh} ${name.en}`]));
  const asked = wish.words.toLowerCase().split(/\s+/).filter(Boolean);
  return draft.sessions.filter((one) => {
    if (one.start !== null || (wish.mine && !one.mine)) return false;
    if (wish.forum && one.forum !== wish.forum) return false;
    if (wish.theme && forums.get(one.forum)?.theme !== wish.theme) return false;
    const forum = forums.get(one.forum);
    const told = [one.title.zh, one.title.en, forum?.title.zh, forum?.title.en, forum?.code, ...one.speakers.map((id) => names.get(id))].join(" ").toLowerCase();
    return asked.every((word) => told.includes(word));
  });
}
