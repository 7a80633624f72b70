/** Calendar days as numbers, counted from 1970-01-01. */

const MILLISECONDS = 86_400_000;

/** The day of `2026-11-22`; null where the words name no day. */
export function dayOf(iso: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(iso)) return null;
  const instant = Date.parse(`${iso}T00:00:00Z`);
  return Number.isNaN(instant) || isoOf(instant / MILLISECONDS) !== iso ? null : instant / MILLISECONDS;
}

/** `2026-11-22` of a day. */
export function isoOf(day: number): string {
  return new Date(day * MILLISECONDS).toISOString().slice(0, 10);
}

/** The same day of the month, `months` later; the last day where that month is shorter. */
export function addMonths(day: number, months: number): number {
  const date = new Date(day * MILLISECONDS);
  const year = date.getUTCFullYear();
  const month = date.getUTCMonth() + months;
  const last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return Date.UTC(year, month, Math.min(date.getUTCDate(), last)) / MILLISECONDS;
}

/** Months from year 0, as a slider counts them. */
export function monthOf(day: number): number {
  const date = new Date(day * MILLISECONDS);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
}

/** Minute of the day of `15:30`; null where the words name no time. */
export function minuteOf(clock: string): number | null {
  const match = /^(\d{1,2}):(\d{2})$/.exec(clock);
  if (!match) return null;
  const minute = Number(match[1]) * 60 + Number(match[2]);
  return Number(match[1]) < 24 && Number(match[2]) < 60 ? minute : null;
}

/** `15:30` of a minute of the day. */
export function clockOf(minute: number): string {
  const whole = Math.floor(minute) % 1440;
  return `${String(Math.floor(whole / 60)).padStart(2, "0")}:${String(whole % 60).padStart(2, "0")}`;
}

/** Day and minute of an instant, as clocks in `timezone` show it. */
export function localTime(instant: Date, timezone: string): { readonly day: number; readonly minute: number } {
  const format = new Intl.DateTimeFormat("en-CA", {
    timeZone: timezone, hourCycle: "h23",
    year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit",
  });
  const parts = new Map(format.formatToParts(instant).map((part) => [part.type, part.value]));
  const day = dayOf(`${parts.get("year")}-${parts.get("month")}-${parts.get("day")}`) ?? 0;
  return { day, minute: minuteOf(`${parts.get("hour")}:${parts.get("minute")}`) ?? 0 };
}
