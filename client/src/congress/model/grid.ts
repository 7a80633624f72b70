/** The sheet of one day: columns of halls, rows of time; what lies under a pointer, and who shares a column. */

export interface Grid {
  /** Halls from left to right. */
  readonly halls: readonly string[];
  /** Minutes after midnight at its top and its bottom. */
  readonly from: number;
  readonly until: number;
  /** What is dropped snaps to so many minutes. */
  readonly step: number;
  /** Of a column [px]. */
  readonly width: number;
  /** Of a minute [px]. */
  readonly scale: number;
}

export interface Slot {
  readonly hall: string;
  readonly minute: number;
}

export interface Block {
  readonly id: string;
  readonly minute: number;
  readonly minutes: number;
}

export interface Lane {
  readonly lane: number;
  readonly of: number;
}

const HOUR = 60;
const DAY = 1440;
const SHORTEST = 5;
const USUAL: readonly [number, number] = [9 * HOUR, 18 * HOUR];

/** The nearest multiple of `step`. */
export function snapped(minute: number, step: number): number {
  return Math.round(minute / step) * step;
}

/** The slot of something whose top is `grab` above the pointer at (x, y) of the sheet; none outside of its columns. */
export function slotAt(grid: Grid, x: number, y: number, grab: number): Slot | null {
  const hall = grid.halls[Math.floor(x / grid.width)];
  if (x < 0 || hall === undefined || y < 0 || y > (grid.until - grid.from) * grid.scale) return null;
  const minute = snapped(grid.from + (y - grab) / grid.scale, grid.step);
  return { hall, minute: Math.min(Math.max(minute, grid.from), grid.until - grid.step) };
}

/** How long something lasts that begins at `minute` when its lower edge is dragged to y. */
export function lengthAt(grid: Grid, y: number, minute: number): number {
  return Math.max(snapped(grid.from + y / grid.scale - minute, grid.step), Math.max(grid.step, SHORTEST));
}

/** What there is on a sheet of A4, across, for columns with their hours, and below their heads [px]. */
const PAPER: readonly [number, number] = [1040, 420];
/** The least width of a column on paper, and the width of its hours [px]. */
const NARROW = 72;
const HOURS = 56;
const TALLEST = 1.2;

/** How wide a column is, how long a minute, and how much all is made smaller, so that a day is on one sheet of paper. */
export function onPaper(halls: number, minutes: number): { readonly width: number; readonly scale: number; readonly zoom: number } {
  const columns = Math.max(halls, 1);
  const width = Math.max(NARROW, Math.floor((PAPER[0] - HOURS) / columns));
  const zoom = Math.min(1, PAPER[0] / (columns * width + HOURS));
  return { width, scale: Math.min(TALLEST, PAPER[1] / zoom / Math.max(minutes, HOUR)), zoom };
}

/** The hours that a sheet shows: all that is open or taken that day, whole hours; else from nine to six. */
export function hoursShown(spans: readonly (readonly [number, number])[]): readonly [number, number] {
  if (spans.length === 0) return USUAL;
  const from = Math.min(...spans.map(([start]) => start));
  const until = Math.max(...spans.map(([, end]) => end));
  return [Math.max(0, Math.floor(from / HOUR) * HOUR), Math.min(DAY, Math.ceil(until / HOUR) * HOUR)];
}

/** Beside which others each block of a column stands: those that share a moment share its width. */
export function lanesOf(blocks: readonly Block[]): ReadonlyMap<string, Lane> {
  const lanes = new Map<string, Lane>();
  let group: { id: string; lane: number }[] = [];
  let ends: number[] = [];
  const close = (): void => {
    for (const { id, lane } of group) lanes.set(id, { lane, of: ends.length });
    group = [];
    ends = [];
  };
  for (const { id, minute, minutes } of [...blocks].sort((one, other) => one.minute - other.minute || one.id.localeCompare(other.id))) {
    if (ends.every((end) => end <= minute)) close();
    const free = ends.findIndex((end) => end <= minute);
    const lane = free < 0 ? ends.length : free;
    ends[lane] = minute + minutes;
    group.push({ id, lane });
  }
  close();
  return lanes;
}
