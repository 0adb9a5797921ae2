/**
 * The arithmetic of the timeline: days, steps, spans, the stretch of time on show, and which named window a span means.
 * Days are ISO texts in local days, half-open as the server takes them; nothing here knows a pixel or a request.
 */

import type { Meta, Window } from '../../api/types';
import { mayFilterFreely, type Period } from '../view';

/** The lengths of a step from the shortest. */
export const STEPS = ['day', 'week', 'month', 'quarter', 'year'] as const;
/** The length of a step of the timeline. */
export type Step = (typeof STEPS)[number];

/** Half-open: `to` is the first day that no longer counts. */
export interface Span {
  from: string;
  to: string;
}

const DAY_MS = 86_400_000;
const MONTHS: Partial<Record<Step, number>> = { month: 1, quarter: 3, year: 12 };
/** How much time is on show at once, in months, where steps are short; longer ones show everything. */
const SHOWN_MONTHS: Partial<Record<Step, number>> = { day: 3, week: 12 };
/** Two windows are of one length when they differ by no more days than leap years make. */
const LEAP_DAYS = 3;
const WEEKDAYS = 7;
/** 1970-01-05, the first Monday of the count of days. */
const FIRST_MONDAY = 4;

/** Days since 1970. */
export function dayNumber(day: string): number {
  return Math.round(Date.parse(`${day}T00:00:00Z`) / DAY_MS);
}

/** The day of a day number, as ISO 8601 writes it. */
export function dayOf(number: number): string {
  return new Date(number * DAY_MS).toISOString().slice(0, 10);
}

/** The day so many days later, or earlier for negative counts. */
export function addDays(day: string, count: number): string {
  return dayOf(dayNumber(day) + count);
}

/** The same day of another month; the last one where the month is too short. */
export function addMonths(day: string, count: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const first = new Date(Date.UTC(year, month - 1 + count, 1));
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  first.setUTCDate(Math.min(date, last));
  return first.toISOString().slice(0, 10);
}

/** The number of days of a span. */
export function lengthOf({ from, to }: Span): number {
  return dayNumber(to) - dayNumber(from);
}

/** Whether two spans have the same first and last day. */
export function isSameSpan(a: Span, b: Span): boolean {
  return a.from === b.from && a.to === b.to;
}

/** Whether `inner` lies within `outer`. */
export function holds(outer: Span, inner: Span): boolean {
  return outer.from <= inner.from && inner.to <= outer.to;
}

/** `span` moved by `count` steps, its length kept as the calendar counts it. */
export function shifted({ from, to }: Span, step: Step, count: number): Span {
  const months = MONTHS[step];
  if (months !== undefined) return { from: addMonths(from, months * count), to: addMonths(to, months * count) };
  const days = step === 'week' ? WEEKDAYS * count : count;
  return { from: addDays(from, days), to: addDays(to, days) };
}

/** The first and last day of a period; `null` for a window that nobody knows. */
export function spanOf(period: Period, windows: Window[]): Span | null {
  if (!('window' in period)) return period;
  const window = windows.find(({ id }) => id === period.window);
  return window ? { from: window.from, to: window.to } : null;
}

/** Whether incidents of any day of a window are known. */
export function hasDays({ covered }: Window): boolean {
  return covered !== null;
}

/** The windows that the role may choose and of which incidents are known. */
export function choosable(meta: Meta): Window[] {
  return meta.windows.filter((window) => hasDays(window) && (mayFilterFreely(meta) || window.released !== false));
}

/** All the time that the windows speak of, widened by `period`; `null` without any. */
export function extentOf(windows: Window[], period: Span | null): Span | null {
  const spans = period ? [...windows, period] : windows;
  const [first] = spans;
  if (!first) return null;
  return spans.reduce<Span>((all, { from, to }) => ({ from: from < all.from ? from : all.from, to: to > all.to ? to : all.to }), {
    from: first.from,
    to: first.to,
  });
}

/** The stretches of a span that lie in none of the spans in which something is known, in the order of time. */
export function gapsOf(span: Span, known: Span[]): Span[] {
  const gaps: Span[] = [];
  let { from } = span;
  // Everything before `from` is known or already a gap.
  for (const next of [...known].sort((a, b) => (a.from < b.from ? -1 : 1))) {
    if (next.to <= from) continue;
    if (next.from >= span.to) break;
    if (next.from > from) gaps.push({ from, to: next.from });
    from = next.to;
  }
  return from < span.to ? [...gaps, { from, to: span.to }] : gaps;
}

/** The named window with exactly these days, else the days themselves. */
export function periodOf(span: Span, windows: Window[]): Period {
  const window = windows.find((item) => isSameSpan(item, span));
  return window ? { window: window.id } : { from: span.from, to: span.to };
}

/** The window that `span` comes nearest to, when both its ends lie within `within` days; of equal ones the first. */
export function snapped(span: Span, windows: Window[], within: number): Window | null {
  return nearest(
    windows.filter(({ from, to }) => away(from, span.from) <= within && away(to, span.to) <= within),
    span,
  );
}

function away(a: string, b: string): number {
  return Math.abs(dayNumber(a) - dayNumber(b));
}

/** The window whose ends together lie nearest to those of `span`. */
export function nearest(windows: Window[], span: Span): Window | null {
  const distance = ({ from, to }: Window): number => away(from, span.from) + away(to, span.to);
  return windows.reduce<Window | null>((best, next) => (best && distance(best) <= distance(next) ? best : next), null);
}

/** The day of the year on which years begin, as the windows of one year say. */
export function yearStart(windows: Window[]): string {
  const year = windows.find((window) => window.released !== false && Math.abs(lengthOf(window) - 365) <= 1);
  return year?.from.slice(5) ?? '01-01';
}

function floorOf(day: string, step: Step, year: string): string {
  if (step === 'day') return day;
  if (step === 'week') {
    const past = (dayNumber(day) - FIRST_MONDAY) % WEEKDAYS;
    return addDays(day, -((past + WEEKDAYS) % WEEKDAYS));
  }
  if (step === 'year') {
    const own = `${day.slice(0, 4)}-${year}`;
    return own <= day ? own : addMonths(own, -12);
  }
  const month = Number(day.slice(5, 7));
  const first = step === 'quarter' ? month - ((month - 1) % 3) : month;
  return `${day.slice(0, 4)}-${String(first).padStart(2, '0')}-01`;
}

/** The first days of the steps that `extent` touches, and the end of the last. */
export function boundaries(extent: Span, step: Step, year = '01-01'): string[] {
  const found = [floorOf(extent.from, step, year)];
  for (let last = found[0] ?? extent.to; last < extent.to; found.push(last)) last = shifted({ from: last, to: last }, step, 1).to;
  return found;
}

/** The boundary nearest to a day; of equal ones the earlier. */
export function nearestIndex(bounds: string[], day: string): number {
  let best = 0;
  bounds.forEach((bound, index) => {
    if (away(bound, day) < away(bounds[best] ?? bound, day)) best = index;
  });
  return best;
}

function clipped({ from, to }: Span, { from: first, to: last }: Span): Span {
  return { from: from > first ? from : first, to: to < last ? to : last };
}

/**
 * The stretch of time on show: the one before where it still holds the period, else the calendar's own (a quarter of days,
 * a year of weeks), else as much from the month in which the period begins, else the period with a step on either side.
 */
export function domainOf(extent: Span, step: Step, period: Span, before: Span | null): Span {
  const months = SHOWN_MONTHS[step];
  if (months === undefined) return extent;
  if (before && holds(before, period)) return before;
  const starts = [floorOf(period.from, months === 12 ? 'year' : 'quarter', '01-01'), floorOf(period.from, 'month', '01-01')];
  const stretches = starts.map((from) => clipped({ from, to: addMonths(from, months) }, extent));
  const around = { from: shifted(period, step, -1).from, to: shifted(period, step, 1).to };
  return stretches.find((stretch) => holds(stretch, period)) ?? clipped(around, extent);
}

/** `span` and what follows it step by step while it ends within `limit`. */
export function following(span: Span, step: Step, limit: Span): Span[] {
  const found = [span];
  for (let count = 1, next = shifted(span, step, 1); next.to <= limit.to; next = shifted(span, step, (count += 1)))
    found.push(next);
  return found;
}

/** The earliest span that `span` reaches going back step by step within `limit`. */
export function rewound(span: Span, step: Step, limit: Span): Span {
  let count = 0;
  while (shifted(span, step, count - 1).from >= limit.from) count -= 1;
  return shifted(span, step, count);
}

/** Windows as long as `span`, in the order of time. */
export function likeWindows(windows: Window[], span: Span): Window[] {
  const alike = windows.filter((window) => Math.abs(lengthOf(window) - lengthOf(span)) <= LEAP_DAYS);
  return alike.sort((a, b) => (a.from < b.from ? -1 : 1));
}

/** The window next to `span` among those of its length: `count` positions later. */
export function neighbour(windows: Window[], span: Span, count: number): Window | null {
  const alike = likeWindows(windows, span);
  const here = alike.findIndex((window) => isSameSpan(window, span));
  return here < 0 ? null : (alike[here + count] ?? null);
}

/** At most `most` of `items`, evenly spread, first and last among them. */
export function sampled<T>(items: T[], most: number): T[] {
  if (items.length <= most) return items;
  return Array.from({ length: most }, (_, index) => items[Math.round((index * (items.length - 1)) / (most - 1))] as T);
}

/** A mark of the calendar on an axis of days. */
export interface Tick {
  day: string;
  kind: 'year' | 'month' | 'day';
}

const MONTH_TICKS_UP_TO = 560;
const DAY_TICKS_UP_TO = 125;

/** The days that the axis names: years where much time is on show, months for about a year, half months for a quarter. */
export function ticksOf(domain: Span): Tick[] {
  const days = lengthOf(domain);
  const inside = ({ day }: Tick): boolean => day >= domain.from && day < domain.to;
  if (days > MONTH_TICKS_UP_TO)
    return boundaries(domain, 'year')
      .map((day): Tick => ({ day, kind: 'year' }))
      .filter(inside);
  const months = boundaries(domain, 'month');
  if (days > DAY_TICKS_UP_TO) return months.map((day): Tick => ({ day, kind: 'month' })).filter(inside);
  return months
    .flatMap((day): Tick[] => [
      { day, kind: 'day' },
      { day: addDays(day, 14), kind: 'day' },
    ])
    .filter(inside);
}
