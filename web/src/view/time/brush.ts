/** What becomes of a period when it is dragged or moved by keys: onto the boundaries of steps, or from one released window to another. */

import type { Window } from '../../api/types';
import { addDays, dayNumber, lengthOf, likeWindows, nearest, nearestIndex, type Span } from './time';

/** What of the period is held: an end of it, or the whole. */
export type Grip = 'start' | 'end' | 'whole';

/** Where a period may lie: between any boundaries, or only where a window is. */
export type Grid = { bounds: string[] } | { windows: Window[] };

function withEnd(span: Span, grip: 'start' | 'end', index: number, bounds: string[]): Span {
  const last = bounds.length - 1;
  if (grip === 'start') {
    const latest = bounds.findLastIndex((bound) => bound < span.to);
    return { from: bounds[Math.max(0, Math.min(index, latest))] ?? span.from, to: span.to };
  }
  const earliest = bounds.findIndex((bound) => bound > span.from);
  if (earliest < 0) return span;
  return { from: span.from, to: bounds[Math.min(last, Math.max(index, earliest))] ?? span.to };
}

/** `span` beginning at a boundary, as many steps long as it was, or as many days. */
function movedTo(span: Span, index: number, bounds: string[]): Span {
  const [first, end] = [bounds.indexOf(span.from), bounds.indexOf(span.to)];
  const last = bounds.length - 1;
  if (first >= 0 && end > first) {
    const start = Math.max(0, Math.min(index, last - (end - first)));
    return { from: bounds[start] ?? span.from, to: bounds[start + end - first] ?? span.to };
  }
  const fitting = bounds.findLastIndex((bound) => addDays(bound, lengthOf(span)) <= (bounds[last] ?? span.to));
  const from = bounds[Math.max(0, Math.min(index, fitting))] ?? span.from;
  return { from, to: addDays(from, lengthOf(span)) };
}

function pulled(span: Span, grip: Grip, days: number): Span {
  return {
    from: grip === 'end' ? span.from : addDays(span.from, days),
    to: grip === 'start' ? span.to : addDays(span.to, days),
  };
}

/** `span` after its grip was pulled by some days. */
export function dragged(span: Span, grip: Grip, days: number, grid: Grid): Span {
  const wanted = pulled(span, grip, days);
  if ('windows' in grid) {
    const window = nearest(grip === 'whole' ? likeWindows(grid.windows, span) : grid.windows, wanted);
    return window ? { from: window.from, to: window.to } : span;
  }
  if (grip === 'whole') return movedTo(span, nearestIndex(grid.bounds, wanted.from), grid.bounds);
  return withEnd(span, grip, nearestIndex(grid.bounds, grip === 'start' ? wanted.from : wanted.to), grid.bounds);
}

/** The position of the boundary that lies `count` boundaries from a day, itself on one or not. */
function indexBeside(bounds: string[], day: string, count: number): number {
  if (count < 0) return bounds.findLastIndex((bound) => bound < day) + count + 1;
  const next = bounds.findIndex((bound) => bound > day);
  return next < 0 ? bounds.length - 1 : next + count - 1;
}

function windowBeside(windows: Window[], span: Span, grip: 'start' | 'end', count: number): Span {
  const end = grip === 'start' ? 'from' : 'to';
  const ahead = windows.filter((window) => (count > 0 ? window[end] > span[end] : window[end] < span[end]));
  const kept = ahead.filter((window) => (grip === 'start' ? window.to === span.to : window.from === span.from));
  const window = nearest(kept.length > 0 ? kept : ahead, span);
  return window ? { from: window.from, to: window.to } : span;
}

/** `span` with one end moved over `count` boundaries, or to the next window that way. */
export function stepped(span: Span, grip: 'start' | 'end', count: number, grid: Grid): Span {
  if ('windows' in grid) return windowBeside(grid.windows, span, grip, count);
  const index = indexBeside(grid.bounds, grip === 'start' ? span.from : span.to, count);
  return withEnd(span, grip, Math.max(0, index), grid.bounds);
}

/** The step, or the shortest window, that holds a day. */
export function stepAt(day: string, grid: Grid): Span | null {
  if ('windows' in grid) {
    const holding = grid.windows.filter(({ from, to }) => from <= day && day < to);
    return holding.reduce<Window | null>((short, next) => (short && lengthOf(short) <= lengthOf(next) ? short : next), null);
  }
  const index = grid.bounds.findLastIndex((bound) => bound <= day);
  const [from, to] = [grid.bounds[index], grid.bounds[index + 1]];
  return from !== undefined && to !== undefined ? { from, to } : null;
}

/** The share of `domain` that lies before a day, from 0 to 1. */
export function shareOf(day: string, domain: Span): number {
  return Math.min(1, Math.max(0, (dayNumber(day) - dayNumber(domain.from)) / Math.max(1, lengthOf(domain))));
}
