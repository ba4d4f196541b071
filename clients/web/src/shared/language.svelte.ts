/** The words of an app, in the language of whoever uses it. English is here at once, others come when they are wanted. */

import type { Words } from "./messages/en";

type Others<W> = Record<string, () => Promise<W>>;
const KEY = "language";

/** By their codes, as they call themselves. */
export const LANGUAGES = { en: "English", de: "Deutsch" };

export class Language<W extends Words> {
  code = $state("en");
  words = $state.raw() as W;

  constructor(
    private readonly english: W,
    private readonly others: Others<W>,
  ) {
    this.words = english;
  }

  async restore(): Promise<void> {
    const wanted = [localStorage.getItem(KEY), ...navigator.languages].map((code) => code?.slice(0, 2) ?? "");
    await this.set(wanted.find((code) => code in LANGUAGES) ?? "en");
  }

  async choose(code: string): Promise<void> {
    localStorage.setItem(KEY, code);
    await this.set(code);
  }

  money(amount: number): string {
    return new Intl.NumberFormat(this.code, { style: "currency", currency: "USD" }).format(amount);
  }

  moment(time: string): string {
    return new Intl.DateTimeFormat(this.code, { dateStyle: "medium", timeStyle: "short" }).format(new Date(time));
  }

  distance(km: number): string {
    const [value, unit] = km < 1 ? [Math.round(km * 100) * 10, "meter"] : [km, "kilometer"];
    const digits = km < 10 ? 1 : 0;
    return new Intl.NumberFormat(this.code, { style: "unit", unit, maximumFractionDigits: digits }).format(value);
  }

  /** A span as its two largest units: "2 d 3 h", "4 min 10 s". */
  span(ms: number): string {
    const s = Math.max(0, Math.floor(ms / 1_000));
    const parts: [number, string][] = [
      [Math.floor(s / 86_400), "day"],
      [Math.floor(s / 3_600) % 24, "hour"],
      [Math.floor(s / 60) % 60, "minute"],
      [s % 60, "second"],
    ];
    const first = Math.max(0, parts.findIndex(([count]) => count > 0));
    const shown = parts.slice(s === 0 ? 3 : first, s === 0 ? 4 : first + 2);
    const narrow = (count: number, unit: string) =>
      new Intl.NumberFormat(this.code, { style: "unit", unit, unitDisplay: "short" }).format(count);
    return shown.map(([count, unit]) => narrow(count, unit)).join(" ");
  }

  private async set(code: string): Promise<void> {
    // Without a network the other language may not be there.
    const words = await this.others[code]?.().catch(() => undefined);
    this.words = words ?? this.english;
    this.code = words ? code : "en";
    document.documentElement.lang = this.code;
  }
}

/** That of the app which runs, as far as all apps have the same words. */
export let language: Language<Words>;

/** Each app says once what it speaks. */
export function speak<W extends Words>(english: W, others: Others<W>): Language<W> {
  const spoken = new Language(english, others);
  language = spoken;
  return spoken;
}
