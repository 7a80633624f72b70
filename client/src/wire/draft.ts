/** Generated from src/shulian/congress/wire/draft.py by `make docs`; never edited. */

/** From when to when a hall is open. */
export interface HoursView {
  readonly start: string;
  readonly end: string;
}

/** A hall: a column of the timetable. */
export interface DraftHall {
  readonly id: string;
  readonly name: Text;
  readonly capacity: number;
  readonly hours: readonly HoursView[];
}

/** The same words in Chinese and English; an empty side falls back to the other. */
export interface Text {
  readonly zh: string;
  readonly en: string;
}

/** A theme; `colour` counts in the palette of the design. */
export interface DraftTheme {
  readonly id: string;
  readonly name: Text;
  readonly colour: number;
}

/** A forum; `theme` is empty where it has none. */
export interface DraftForum {
  readonly id: string;
  readonly title: Text;
  readonly code: string;
  readonly theme: string | null;
}

/** Somebody who speaks. */
export interface DraftSpeaker {
  readonly id: string;
  readonly name: Text;
}

/** A session as it stands in the draft. */
export interface DraftSession {
  readonly id: string;
  readonly version: number;
  readonly forum: string;
  readonly kind: SessionKind;
  readonly title: Text;
  readonly minutes: number;
  readonly attendance: number;
  readonly speakers: readonly string[];
  readonly hall: string | null;
  readonly start: string | null;
  readonly pinned: boolean;
  readonly mine: boolean;
}

/** What happens in a session. */
export type SessionKind = "plenary" | "forum" | "talk" | "panel" | "workshop" | "ceremony" | "side";

/** A rule that the draft breaks, told in words. */
export interface DraftConflict {
  readonly rule: Rule;
  readonly level: Level;
  readonly sessions: readonly string[];
  readonly name: string;
  readonly words: string;
}

/** What may be wrong with a timetable. */
export type Rule = "hall_taken" | "hall_closed" | "too_small" | "speaker_twice" | "speaker_away" | "theme_clash" | "organizer_twice" | "too_far" | "not_alone" | "outside";

/** How much it matters that a rule is broken. */
export type Level = "block" | "warn" | "ignore";

/** All that an editor of the timetable needs. */
export interface DraftView {
  readonly congress: string;
  readonly title: Text;
  readonly version: number;
  readonly timezone: string;
  readonly first: string;
  readonly last: string;
  readonly plans: boolean;
  readonly halls: readonly DraftHall[];
  readonly themes: readonly DraftTheme[];
  readonly forums: readonly DraftForum[];
  readonly sessions: readonly DraftSession[];
  readonly speakers: readonly DraftSpeaker[];
  readonly conflicts: readonly DraftConflict[];
}

/** What a session is to be; what is left out stays as it is, but for its place. */
export interface PlacementTold {
  readonly session: string;
  readonly version: number;
  readonly hall: string | null;
  readonly start: string | null;
  readonly minutes: number | null;
  readonly pinned: boolean | null;
}

/** Sessions to be placed: all of them, or none. */
export interface PlacementsTold {
  readonly placements: readonly PlacementTold[];
}

/** What came of it. */
export interface PlacementsDone {
  readonly version: number;
  readonly sessions: readonly DraftSession[];
  readonly conflicts: readonly DraftConflict[];
}

/** What would be wrong with the sessions that were named. */
export interface ConflictsForeseen {
  readonly conflicts: readonly DraftConflict[];
}

/** Said on the live channel: the draft is another one. */
export interface DraftMovedView {
  readonly version: number;
  readonly by: string;
}
