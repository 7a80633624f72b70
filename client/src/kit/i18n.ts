/** Words in the reader's language: the server's catalogue, and names that come in both. */

import { getJson } from "./http";

export type Language = "zh-CN" | "en";

export type Params = Readonly<Record<string, string | number>>;

interface Both {
  readonly zh: string;
  readonly en: string;
}

/** `{name}` placeholders of `words` filled from `params`. */
export function fill(words: string, params: Params): string {
  return words.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = params[name];
    return value === undefined ? whole : String(value);
  });
}

export class Words {
  readonly #number: Intl.NumberFormat;
  readonly #date: Intl.DateTimeFormat;
  readonly #month: Intl.DateTimeFormat;
  readonly #time: Intl.DateTimeFormat;
  readonly #moment: Intl.DateTimeFormat;

  /** Times are told in `timezone`. */
  constructor(
    readonly language: Language,
    readonly catalogue: Readonly<Record<string, string>>,
    timezone?: string,
  ) {
    const zone = timezone === undefined ? {} : { timeZone: timezone };
    this.#number = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });
    this.#date = new Intl.DateTimeFormat(language, { dateStyle: "long", timeZone: "UTC" });
    this.#month = new Intl.DateTimeFormat(language, { year: "numeric", month: "short", timeZone: "UTC" });
    this.#moment = new Intl.DateTimeFormat(language, { month: "short", day: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23", ...zone });
    this.#time = new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit", hourCycle: "h23", ...zone });
  }

  /** The words of `key`; the key itself where the catalogue has none, so a gap is seen and nothing breaks. */
  t(key: string, params: Params = {}): string {
    return fill(this.catalogue[key] ?? key, params);
  }

  /** `text` in the reader's language, or in the other where it has none. */
  pick(text: Both): string {
    return this.language === "zh-CN" ? text.zh || text.en : text.en || text.zh;
  }

  number(value: number): string {
    return this.#number.format(value);
  }

  /** A day counted from 1970-01-01, written out. */
  day(days: number): string {
    return this.#date.format(days * 86_400_000);
  }

  /** The month of a day counted from 1970-01-01. */
  month(days: number): string {
    return this.#month.format(days * 86_400_000);
  }

  /** The day and the clock time of an instant, in the park. */
  moment(iso: string): string {
    return this.#moment.format(new Date(iso));
  }

  /** The clock time of an instant, in the park. */
  instant(iso: string): string {
    return this.#time.format(new Date(iso));
  }
}

/** The words of `language` as the server has them. */
export async function loadWords(language: Language): Promise<Words> {
  return new Words(language, await getJson<Record<string, string>>(`/messages/${language}.json`));
}
