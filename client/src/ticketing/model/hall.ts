/** The seats of a hall for an occasion, and what somebody picks of them: pure functions. */

export type SeatState = "free" | "held" | "sold" | "closed";

export interface Seat {
  readonly id: string;
  readonly name: string;
  /** Which thing is sold with it. */
  readonly type: string;
  /** [fen] */
  readonly price: number;
  /** To the right on the plan, whose top is the stage [m]. */
  readonly x: number;
  /** Whether an aisle, or the end of the row, is to its left. */
  readonly gap: boolean;
  readonly state: SeatState;
}

export interface Hall {
  /** The front first, each from its left as one sits. */
  readonly rows: readonly (readonly Seat[])[];
  /** In the order in which they were picked. */
  readonly picked: readonly string[];
  /** Picked ones that somebody else has now. */
  readonly gone: readonly string[];
}

export type Change = readonly [seat: string, state: SeatState];

export function seatsOf(hall: Hall): readonly Seat[] {
  return hall.rows.flat();
}

export function find(hall: Hall, id: string): Seat | undefined {
  for (const row of hall.rows) for (const seat of row) if (seat.id === id) return seat;
  return undefined;
}

/** Picks a seat that is free, or lets it go; more than `most` are not picked. */
export function toggled(hall: Hall, id: string, most: number): Hall {
  if (hall.picked.includes(id)) return { ...hall, picked: hall.picked.filter((each) => each !== id) };
  if (find(hall, id)?.state !== "free" || hall.picked.length >= most) return hall;
  return { ...hall, picked: [...hall.picked, id], gone: hall.gone.filter((each) => each !== id) };
}

/** Picks these instead of what was picked. */
export function pickedInstead(hall: Hall, ids: readonly string[]): Hall {
  const free = new Set(seatsOf(hall).filter((seat) => seat.state === "free").map((seat) => seat.id));
  return { ...hall, picked: ids.filter((id) => free.has(id)), gone: [] };
}

/** What others take and give back; picked seats that others have now are picked no more. */
export function told(hall: Hall, changes: readonly Change[]): Hall {
  const states = new Map(changes);
  const rows = hall.rows.map((row) =>
    row.some((seat) => states.has(seat.id) && states.get(seat.id) !== seat.state)
      ? row.map((seat) => ({ ...seat, state: states.get(seat.id) ?? seat.state }))
      : row);
  const lost = hall.picked.filter((id) => (states.get(id) ?? "free") !== "free");
  const gone = hall.gone.filter((id) => states.get(id) !== "free");
  return { rows, picked: hall.picked.filter((id) => !lost.includes(id)), gone: [...gone, ...lost] };
}

/** [fen] */
export function total(hall: Hall): number {
  return hall.picked.reduce((sum, id) => sum + (find(hall, id)?.price ?? 0), 0);
}

/** Free seats that what is picked would leave without a free one beside them, and that have one now. */
export function lonely(hall: Hall): readonly Seat[] {
  const picked = new Set(hall.picked);
  const left = (seat: Seat): boolean => seat.state === "free" && !picked.has(seat.id);
  return hall.rows.flatMap((row) =>
    row.filter((seat, place) => {
      const beside = neighbours(row, place);
      return left(seat) && !beside.some(left) && beside.some((other) => picked.has(other.id));
    }));
}

function neighbours(row: readonly Seat[], place: number): readonly Seat[] {
  const [seat, before, after] = [row[place], row[place - 1], row[place + 1]];
  return [seat && !seat.gap ? before : undefined, after && !after.gap ? after : undefined].filter((one) => one !== undefined);
}

/** Where a key leads from a seat: along the row, or to the seat nearest to it in the next one. */
export function stepped(hall: Hall, from: string, key: string): string {
  const row = hall.rows.findIndex((seats) => seats.some((seat) => seat.id === from));
  const seats = hall.rows[row] ?? [];
  const place = seats.findIndex((seat) => seat.id === from);
  const at = seats[place];
  if (!at) return from;
  const there = {
    ArrowLeft: seats[place - 1],
    ArrowRight: seats[place + 1],
    ArrowUp: nearest(hall.rows[row - 1] ?? [], at.x),
    ArrowDown: nearest(hall.rows[row + 1] ?? [], at.x),
    Home: seats[0],
    End: seats.at(-1),
    PageUp: nearest(hall.rows[Math.max(row - 5, 0)] ?? [], at.x),
    PageDown: nearest(hall.rows[Math.min(row + 5, hall.rows.length - 1)] ?? [], at.x),
  }[key];
  return there?.id ?? from;
}

function nearest(seats: readonly Seat[], x: number): Seat | undefined {
  return seats.reduce<Seat | undefined>(
    (best, seat) => (best === undefined || Math.abs(seat.x - x) < Math.abs(best.x - x) ? seat : best), undefined);
}
