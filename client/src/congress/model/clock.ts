/** The park's clocks: instants as days and minutes, and back. */

const MINUTE = 60_000;
const DAY = 1440;

/** What the clocks show: a day such as 2026-12-07, and minutes after its midnight. */
export interface Local {
  readonly day: string;
  readonly minute: number;
}

export class Clock {
  readonly #parts: Intl.DateTimeFormat;

  constructor(readonly zone: string) {
    this.#parts = new Intl.DateTimeFormat("en-CA", {
      timeZone: zone, hourCycle: "h23", year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit",
    });
  }

  /** What the clocks show at an instant. */
  local(instant: string): Local {
    const told = Object.fromEntries(this.#parts.formatToParts(new Date(instant)).map(({ type, value }) => [type, value]));
    return { day: `${told["year"]}-${told["month"]}-${told["day"]}`, minute: Number(told["hour"]) * 60 + Number(told["minute"]) };
  }

  /** When the clocks show that; where they skip it, when they would have. */
  instant(day: string, minute: number): string {
    const wanted = Date.parse(`${day}T00:00:00Z`) + minute * MINUTE;
    let found = wanted;
    for (let turn = 0; turn < 2; turn += 1) found = wanted - this.#ahead(found);
    return new Date(found).toISOString().replace(".000Z", "Z");
  }

  #ahead(at: number): number {
    const { day, minute } = this.local(new Date(at).toISOString());
    return Date.parse(`${day}T00:00:00Z`) + minute * MINUTE - at;
  }
}

/** Minutes after midnight as 09:05; past midnight it goes on with the next day. */
export function hhmm(minute: number): string {
  const within = ((minute % DAY) + DAY) % DAY;
  return `${String(Math.floor(within / 60)).padStart(2, "0")}:${String(within % 60).padStart(2, "0")}`;
}

/** The days from the first to the last. */
export function daysOf(first: string, last: string): readonly string[] {
  const days: string[] = [];
  for (let at = Date.parse(`${first}T00:00:00Z`); at <= Date.parse(`${last}T00:00:00Z`); at += DAY * MINUTE) days.push(new Date(at).toISOString().slice(0, 10));
  return days;
}
