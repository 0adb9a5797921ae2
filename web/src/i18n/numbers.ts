/** Numbers and dates as Vietnamese or English readers write them, always through `Intl`. */

import type { Language } from '../view/view';

/** Numbers and dates as one language writes them, each with its unit. */
export interface Numbers {
  count(value: number): string;
  /** A rate: whole from 10 up, one decimal below. */
  rate(value: number): string;
  /** A ratio or share of one with two decimals. */
  ratio(value: number): string;
  /** A density: at most one decimal. */
  density(value: number): string;
  /** A bound of a band, with as many decimals as it has (two at most). */
  bound(value: number): string;
  /** One decimal, always. */
  tenths(value: number): string;
  percent(share: number): string;
  wholePercent(share: number): string;
  /** A change against the common level: a whole percentage with its sign. */
  change(share: number): string;
  /** A whole number with its sign. */
  signed(value: number): string;
  area(km2: number): string;
  /** A longitude or latitude, to about a hundred metres. */
  degrees(value: number): string;
  /** A half-open period as its first and last day. */
  period(from: string, to: string): string;
  day(date: string): string;
  /** The month of a day, with its year. */
  month(date: string): string;
  /** A day without its year. */
  dayOfYear(date: string): string;
  time(moment: Date): string;
  /** A moment as its time, with its day where that is not today. */
  moment(moment: Date): string;
  /** Orders names. They are Vietnamese in both languages: Đ is a letter of its own. */
  compare(a: string, b: string): number;
}

const DAY_MS = 86_400_000;

/** The last day that counts in a period that ends before `to`. */
export function lastDay(to: string): string {
  return new Date(Date.parse(`${to}T00:00:00Z`) - DAY_MS).toISOString().slice(0, 10);
}

/** The half-open end for a period whose last day is `day`. */
export function dayAfter(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + DAY_MS).toISOString().slice(0, 10);
}

/** The formats of a language; days are taken as written, whatever zone the device is in. */
export function numbersIn(lang: Language): Numbers {
  const locale = lang === 'vi' ? 'vi-VN' : 'en-GB';
  const format = (options: Intl.NumberFormatOptions): ((value: number) => string) => {
    const formatter = new Intl.NumberFormat(locale, options);
    return (value) => formatter.format(value);
  };
  const whole = format({ maximumFractionDigits: 0 });
  const tenths = format({ minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const percentage = format({ maximumFractionDigits: 1 });
  const signs = format({ maximumFractionDigits: 0, signDisplay: 'exceptZero' });
  // The true minus sign is as wide as the plus.
  const signed = (value: number): string => signs(value).replace('-', '\u2212');
  const clock = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit' });
  const localDate = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'numeric', year: 'numeric' });
  const collator = new Intl.Collator('vi');
  const month = lang === 'vi' ? 'numeric' : 'short';
  const named = (options: Intl.DateTimeFormatOptions): ((text: string) => string) => {
    const formatter = new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' });
    return (text) => formatter.format(new Date(`${text}T00:00:00Z`));
  };
  // Vietnamese documents, and the server's own sentences, write 05/01/2025.
  const two = lang === 'vi' ? '2-digit' : 'numeric';
  const day = named({ day: two, month: lang === 'vi' ? '2-digit' : 'short', year: 'numeric' });
  return {
    count: whole,
    rate: (value) => (value >= 10 ? whole : tenths)(value),
    ratio: format({ minimumFractionDigits: 2, maximumFractionDigits: 2 }),
    density: format({ maximumFractionDigits: 1 }),
    bound: format({ maximumFractionDigits: 2 }),
    tenths,
    // A space before the sign, as Vietnamese documents write it; it does not break.
    percent: (share) => `${percentage(100 * share)}\u00a0%`,
    wholePercent: (share) => `${whole(100 * share)}\u00a0%`,
    change: (share) => `${signed(100 * share)}\u00a0%`,
    signed,
    degrees: format({ minimumFractionDigits: 3, maximumFractionDigits: 3 }),
    area: (km2) => `${(km2 >= 10 ? whole : tenths)(km2)} km²`,
    period: (from, to) => `${day(from)} – ${day(lastDay(to))}`,
    day,
    month: named({ month, year: 'numeric' }),
    dayOfYear: named({ day: 'numeric', month }),
    time: (moment) => clock.format(moment),
    moment(moment) {
      const isToday = moment.toDateString() === new Date().toDateString();
      return isToday ? clock.format(moment) : `${clock.format(moment)}, ${localDate.format(moment)}`;
    },
    compare: (a, b) => collator.compare(a, b),
  };
}
