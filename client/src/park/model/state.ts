/** What the visitor sees of the park, as a pure function of messages. */

import type { LiveView } from "../../wire/park";
import { addMonths } from "./days";
import type { Statuses } from "./live";
import { told, unexpired } from "./live";

export type Mode = "orbit" | "walk" | "tour";

export type Playing = "years" | "day";

/** A storey cut open: all above it is lifted off. */
export interface Cut {
  readonly building: string;
  readonly storey: string;
}

export interface State {
  readonly mode: Mode;
  readonly selected: string | null;
  readonly hovered: string | null;
  readonly cut: Cut | null;
  /** Days since 1970-01-01. */
  readonly day: number;
  /** Minute of the local day, 0 ≤ minute < 1440. */
  readonly minute: number;
  readonly playing: Playing | null;
  readonly statuses: Statuses;
  /** What others than the park say of spaces while one looks at them, such as which seats are free. */
  readonly marks: Statuses;
}

/** The first and last day that can be played. */
export interface Years {
  readonly first: number;
  readonly last: number;
}

export type Message =
  | { readonly type: "mode"; readonly mode: Mode }
  | { readonly type: "select"; readonly space: string | null }
  | { readonly type: "hover"; readonly space: string | null }
  | { readonly type: "cut"; readonly cut: Cut | null }
  | { readonly type: "date"; readonly day: number }
  | { readonly type: "minute"; readonly minute: number }
  | { readonly type: "play"; readonly playing: Playing | null; readonly years: Years }
  | { readonly type: "played"; readonly seconds: number; readonly years: Years }
  | { readonly type: "statuses"; readonly statuses: readonly LiveView[]; readonly now: number }
  | { readonly type: "status"; readonly view: LiveView; readonly now: number }
  | { readonly type: "marks"; readonly marks: Statuses }
  | { readonly type: "clock"; readonly now: number };

/** Played: months per second of the years, minutes per second of the day. */
const MONTHS_A_SECOND = 3;
const MINUTES_A_SECOND = 48;
const DAYS_A_MONTH = 30.44;

export function start(day: number, minute: number): State {
  return {
    mode: "orbit", selected: null, hovered: null, cut: null,
    day, minute, playing: null, statuses: new Map(), marks: new Map(),
  };
}

/** The state after `message`. */
export function next(state: State, message: Message): State {
  switch (message.type) {
    case "mode":
      // A cut building has no storeys above to walk under.
      return { ...state, mode: message.mode, cut: message.mode === "walk" ? null : state.cut };
    case "select":
      return { ...state, selected: message.space };
    case "hover":
      return state.hovered === message.space ? state : { ...state, hovered: message.space };
    case "cut":
      return { ...state, cut: message.cut, mode: message.cut ? "orbit" : state.mode };
    case "date":
      return { ...state, day: message.day, playing: null };
    case "minute":
      return { ...state, minute: wrapped(message.minute), playing: null };
    case "play":
      return played(message.playing === "years" ? rewound(state, message.years) : state, message.playing);
    case "played":
      return onward(state, message.seconds, message.years);
    case "statuses":
      return {
        ...state,
        statuses: unexpired(
          new Map(message.statuses.filter((view) => view.token !== null).map((view) => [view.space, view])),
          message.now,
        ),
      };
    case "status":
      return { ...state, statuses: told(state.statuses, message.view, message.now) };
    case "marks":
      return { ...state, marks: message.marks };
    case "clock": {
      const statuses = unexpired(state.statuses, message.now);
      return statuses === state.statuses ? state : { ...state, statuses };
    }
  }
}

function played(state: State, playing: Playing | null): State {
  return { ...state, playing };
}

/** Playing the years from their end begins again. */
function rewound(state: State, years: Years): State {
  return state.day >= addMonths(years.last, -1) ? { ...state, day: years.first } : state;
}

function onward(state: State, seconds: number, years: Years): State {
  switch (state.playing) {
    case null:
      return state;
    case "day":
      return { ...state, minute: wrapped(state.minute + seconds * MINUTES_A_SECOND) };
    case "years": {
      const day = Math.min(state.day + seconds * MONTHS_A_SECOND * DAYS_A_MONTH, years.last);
      return { ...state, day, playing: day >= years.last ? null : "years" };
    }
  }
}

function wrapped(minute: number): number {
  return ((minute % 1440) + 1440) % 1440;
}
