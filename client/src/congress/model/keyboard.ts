/** Moving a session by keyboard: what each key does while one is carried, and where arrows lead while none is. */

export interface Carried {
  readonly hall: string;
  readonly day: string;
  readonly minute: number;
}

/** What there is to move in. */
export interface Room {
  readonly halls: readonly string[];
  readonly days: readonly string[];
  readonly step: number;
}

const LAST = 1439;
const HOUR = 60;

/** Where a key takes what is carried; the same where it leads no further, none where it is no key of these. */
export function carriedBy(key: string, at: Carried, room: Room): Carried | null {
  switch (key) {
    case "ArrowUp":
      return later(at, -room.step);
    case "ArrowDown":
      return later(at, room.step);
    case "Home":
      return later(at, -HOUR);
    case "End":
      return later(at, HOUR);
    case "ArrowLeft":
      return { ...at, hall: beside(room.halls, at.hall, -1) };
    case "ArrowRight":
      return { ...at, hall: beside(room.halls, at.hall, 1) };
    case "PageUp":
      return { ...at, day: beside(room.days, at.day, -1) };
    case "PageDown":
      return { ...at, day: beside(room.days, at.day, 1) };
    default:
      return null;
  }
}

export interface Standing {
  readonly id: string;
  /** Of its hall, from left. */
  readonly column: number;
  readonly minute: number;
}

/** The session to which an arrow leads from one: up and down within its hall, aside to the nearest in time. */
export function neighbour(key: string, from: Standing, all: readonly Standing[]): string | null {
  const others = all.filter(({ id }) => id !== from.id);
  if (key === "ArrowUp" || key === "ArrowDown") {
    const ahead = key === "ArrowDown" ? 1 : -1;
    return nearest(others.filter(({ column, minute }) => column === from.column && (minute - from.minute) * ahead > 0), from);
  }
  if (key === "ArrowLeft" || key === "ArrowRight") {
    const ahead = key === "ArrowRight" ? 1 : -1;
    const aside = others.filter(({ column }) => (column - from.column) * ahead > 0);
    const column = Math.min(...aside.map((one) => Math.abs(one.column - from.column)));
    return nearest(aside.filter((one) => Math.abs(one.column - from.column) === column), from);
  }
  return null;
}

function nearest(standing: readonly Standing[], from: Standing): string | null {
  const sorted = [...standing].sort((one, other) => Math.abs(one.minute - from.minute) - Math.abs(other.minute - from.minute) || one.minute - other.minute);
  return sorted[0]?.id ?? null;
}

function later(at: Carried, minutes: number): Carried {
  const minute = at.minute + minutes;
  return minute < 0 || minute > LAST ? at : { ...at, minute };
}

function beside(all: readonly string[], one: string, by: number): string {
  return all[all.indexOf(one) + by] ?? one;
}
