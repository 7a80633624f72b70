/** An instant as the pages of the server tell it. */

/** The time of day by the clocks of `zone`, with its date unless that is the date of `now`. */
export function instant(value: Date, now: Date, zone: string, language: string): string {
  const locale = language.startsWith("zh") ? "zh-CN" : "en-GB";
  const day = new Intl.DateTimeFormat(locale, { timeZone: zone, day: "numeric", month: "short" });
  const clock = new Intl.DateTimeFormat(locale, { timeZone: zone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  const year = new Intl.DateTimeFormat(locale, { timeZone: zone, year: "numeric" });
  const today = day.format(value) === day.format(now) && year.format(value) === year.format(now);
  return today ? clock.format(value) : `${day.format(value)} ${clock.format(value)}`;
}
