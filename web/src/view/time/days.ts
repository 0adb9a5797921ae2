/** Days as people in Vietnam write them, dd/mm/yyyy, and periods that end with the last day of which incidents are known. */

import type { Meta } from '../../api/types';
import { addDays, type Span } from './time';

const WRITTEN = /^(\d{1,2})[/.\s-](\d{1,2})[/.\s-](\d{4})$/;
const ISO = /^\d{4}-\d{2}-\d{2}$/;

/** A day as a field shows it. */
export function writtenDay(day: string): string {
  const [year = '', month = '', date = ''] = day.split('-');
  return day === '' ? '' : `${date}/${month}/${year}`;
}

/** The day that somebody wrote, day before month; `null` where there is no such day. */
export function readDay(text: string): string | null {
  const trimmed = text.trim();
  const [, date = '', month = '', year = ''] = WRITTEN.exec(trimmed) ?? [];
  const iso = ISO.test(trimmed) ? trimmed : `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`;
  const parsed = new Date(`${iso}T00:00:00Z`);
  // A date that does not exist, as 30/02, is another day or none.
  return Number.isNaN(parsed.getTime()) || parsed.toISOString().slice(0, 10) !== iso ? null : iso;
}

/** The lengths of the quick choices in days. */
export const QUICK_DAYS = [1, 7, 30, 90] as const;

/** The last so many days of which incidents are known; `null` where none are, or too few. */
export function lastDays({ coverage }: Pick<Meta, 'coverage'>, days: number): Span | null {
  const last = [...(coverage?.periods ?? [])].sort((a, b) => (a.to < b.to ? 1 : -1))[0];
  if (!last) return null;
  const from = addDays(last.to, -days);
  return from < last.from ? null : { from, to: last.to };
}
