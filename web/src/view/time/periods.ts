/** Two periods beside each other: which pairs make sense, and in which order they stand. Periods are half-open. */

import type { Meta, Window } from '../../api/types';
import { mayFilterFreely, type Period } from '../view';
import { choosable } from './time';

/** A half-open range of local days. */
export interface Days {
  from: string;
  to: string;
}

/** Two periods in the order of time. */
export interface PeriodPair {
  earlier: Period;
  later: Period;
}

/** The days of a period; nothing where its window is unknown. */
export function daysOf(period: Period, meta: Meta): Days | null {
  if ('from' in period) return period;
  return meta.windows.find((window) => window.id === period.window) ?? null;
}

/** Whether two ranges have any day in common. */
export function shareDays(a: Days, b: Days): boolean {
  return a.from < b.to && b.from < a.to;
}

/** The windows that the role may ask for, the newest first. */
export function windowsFor(meta: Meta): Window[] {
  return choosable(meta).sort((a, b) => b.to.localeCompare(a.to));
}

/** The kind of a window is the part of its name before the year and what follows the year: `TK-2025`, `ANTT-2025-xa`. */
function kindOf(window: Window): string {
  return window.id.replace(/-\d{4}/, '');
}

/** Whether every day of a window is counted: a cut one is shorter than its neighbour and says nothing beside it. */
function isWhole({ from, to, covered }: Window): boolean {
  return covered == null || (covered.from === from && covered.to === to);
}

/** Each window with the one of its kind that ends where it begins, the newest first. */
export function neighbouringPairs(meta: Meta): PeriodPair[] {
  const windows = windowsFor(meta).filter(isWhole);
  return windows.flatMap((later) => {
    const earlier = windows.find((window) => kindOf(window) === kindOf(later) && window.to === later.from);
    return earlier ? [{ earlier: { window: earlier.id }, later: { window: later.id } }] : [];
  });
}

function aYearBefore(day: string): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCFullYear(date.getUTCFullYear() - 1);
  return date.toISOString().slice(0, 10);
}

/** The same days a year before, so that seasons do not mislead; free days only where the role may choose them. */
function yearBefore(period: Days, meta: Meta): Days | null {
  const before = { from: aYearBefore(period.from), to: aYearBefore(period.to) };
  return mayFilterFreely(meta) && !shareDays(before, period) ? before : null;
}

/** The pair to begin with: the period on show and the one before it, or else the newest two of one kind. */
export function firstPair(period: Period, meta: Meta): PeriodPair | null {
  const pairs = neighbouringPairs(meta);
  if ('window' in period) {
    const own = pairs.find(({ later }) => 'window' in later && later.window === period.window);
    if (own) return own;
  } else {
    const before = yearBefore(period, meta);
    if (before) return { earlier: before, later: period };
  }
  return pairs[0] ?? null;
}

/** Both periods in the order of their days; none where they share some. */
export function inOrder(a: Period, b: Period, meta: Meta): PeriodPair | null {
  const [first, second] = [daysOf(a, meta), daysOf(b, meta)];
  if (!first || !second || shareDays(first, second)) return null;
  return first.from < second.from ? { earlier: a, later: b } : { earlier: b, later: a };
}

/** The longest span of days whose steps the role may see: all windows, or for the public the longest released one. */
export function longestSpan(meta: Meta): Period | null {
  const windows = windowsFor(meta);
  if (windows.length === 0) return null;
  const [begins, ends] = [windows.map(({ from }) => from).sort(), windows.map(({ to }) => to).sort()];
  if (mayFilterFreely(meta)) return { from: begins[0] ?? '', to: ends.at(-1) ?? '' };
  const days = ({ from, to }: Window): number => Date.parse(to) - Date.parse(from);
  const longest = windows.reduce((best, window) => (days(window) > days(best) ? window : best));
  return { window: longest.id };
}
