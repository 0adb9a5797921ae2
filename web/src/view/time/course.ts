/** The course of an area as a drawing and in words: where its points lie, what its steps are called, whether it rises. */

import type { SeriesPoint, Tendency } from '../../api/series';
import type { Voice } from '../text/sentence';
import { addDays, dayNumber, type Span } from './time';

/** The steps in which the course of an area is drawn. */
export type By = 'year' | 'quarter';

/** The drawing in its own pixels. */
export const SIZE = { width: 320, height: 132, top: 10, base: 108, left: 34 };
/** The scale reaches no farther than this many times the highest rate: limits of small numbers may run out of it. */
const REACH = 2.2;

/** From points of a course to pixels of its chart. */
export interface CourseScale {
  top: number;
  x(point: Span): number;
  y(rate: number): number;
}

/** The scale that holds all points with their limits. */
export function courseScale(points: SeriesPoint[]): CourseScale {
  const highest = Math.max(0, ...points.map(({ rate }) => rate ?? 0));
  const limit = Math.max(0, ...points.map(({ rate_high }) => rate_high ?? 0));
  const top = Math.max(1, Math.min(limit, REACH * highest) || limit);
  const [first, last] = [points[0], points.at(-1)];
  const start = first ? dayNumber(first.from) : 0;
  const days = Math.max(1, (last ? dayNumber(last.to) : 1) - start);
  const { left, width, base, top: above } = SIZE;
  return {
    top,
    x: ({ from, to }) => left + ((width - left) * ((dayNumber(from) + dayNumber(to)) / 2 - start)) / days,
    y: (rate) => base - ((base - above) * Math.min(rate, top)) / top,
  };
}

/** A step by its name: the year of its last day, or the quarter. */
export function stepName({ messages }: Voice, { from, to }: Span, by: By): string {
  const last = addDays(to, -1);
  if (by === 'year') return last.slice(0, 4);
  return messages.say('course.quarter', { q: String(Math.ceil(Number(from.slice(5, 7)) / 3)), year: from.slice(0, 4) });
}

/** Whether the rate rises or falls over all whole steps; nothing where the server says nothing. */
export function tendencyText({ messages, numbers }: Voice, tendency: Tendency | null, by: By): string {
  if (!tendency) return '';
  const steps = messages.say(`course.steps.${by}`, { n: numbers.count(tendency.steps) });
  const { rate_ratio_per_step: ratio } = tendency;
  const change =
    ratio == null || tendency.direction === 'not_clear' ? '' : messages.say('course.each', { change: numbers.change(ratio - 1) });
  return messages.say('course.tendency', { steps, words: messages.say(`course.${tendency.direction}`), change });
}
