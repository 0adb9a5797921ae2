/** Which requests give the course of an area over time, and their answers as one run of points. */

import type { SeriesPoint } from '../../api/series';
import type { Meta, Window } from '../../api/types';
import { choosable, extentOf, lengthOf, spanOf, type Span, type Step } from './time';
import { filterOf, mayFilterFreely, type Period, type View } from '../view';

/** The server gives no more points in one answer. */
const MOST_POINTS = 5000;

/** The fewest windows that together reach over all the days of all of them. */
export function cover(windows: Window[]): Window[] {
  const chosen: Window[] = [];
  let reached = '';
  for (;;) {
    const ahead = windows.filter(({ to }) => to > reached);
    const start = ahead.reduce((first, { from }) => (from < first ? from : first), ahead[0]?.from ?? '');
    const from = start > reached ? start : reached;
    const best = ahead
      .filter((window) => window.from <= from)
      .reduce<Window | null>((far, next) => (far && far.to >= next.to ? far : next), null);
    if (!best) return chosen;
    chosen.push(best);
    reached = best.to;
  }
}

function question(view: View, code: string, by: Step, period: Period): URLSearchParams {
  const query = filterOf(view, period);
  query.set('areas', code);
  query.set('by', by);
  return query;
}

/** What `/series` is asked for an area's course: one for who may ask freely; for the public released windows that cover all years. */
export function courseQueries(view: View, meta: Meta, code: string, by: Step): URLSearchParams[] {
  const windows = choosable(meta);
  if (!mayFilterFreely(meta)) return cover(windows).map(({ id }) => question(view, code, 'year', { window: id }));
  const extent = extentOf(windows, spanOf(view.period, windows));
  if (!extent) return [];
  const from = by === 'day' ? latest(extent) : extent.from;
  return [question(view, code, by, { from, to: extent.to })];
}

/** The last days of an extent, no more than one answer holds. */
function latest(extent: Span): string {
  const tooMany = lengthOf(extent) - MOST_POINTS;
  if (tooMany <= 0) return extent.from;
  return new Date(Date.parse(`${extent.from}T00:00:00Z`) + tooMany * 86_400_000).toISOString().slice(0, 10);
}

/** Points of several answers in the order of time; of the same step the whole one, then the first, is kept. */
export function merged(answers: SeriesPoint[][]): SeriesPoint[] {
  const kept = new Map<string, SeriesPoint>();
  for (const point of answers.flat()) {
    const known = kept.get(point.from);
    if (!known || (known.partial === true && point.partial !== true)) kept.set(point.from, point);
  }
  return [...kept.values()].sort((a, b) => (a.from < b.from ? -1 : 1));
}

/** How many incidents the points inside `span` hold; `null` where one is hidden, cut off or missing. */
export function counted(points: SeriesPoint[], span: Span): number | null {
  const inside = points.filter(({ from, to }) => from >= span.from && to <= span.to);
  const [first, last] = [inside[0], inside.at(-1)];
  if (first?.from !== span.from || last?.to !== span.to) return null;
  return inside.reduce<number | null>((sum, { incidents }) => (sum === null || incidents == null ? null : sum + incidents), 0);
}
