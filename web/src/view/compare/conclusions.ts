/** What a comparison of areas lets one conclude: the server's sentences in the order of weight, and what they do not say. */

import type { Change, Difference, Pair } from '../../api/comparison';
import type { AreaRow, Grade } from '../../api/types';
import { isLetter } from '../text/sentence';

function isClear({ difference }: Difference): boolean {
  return difference === 'higher' || difference === 'lower';
}

/** How far a ratio lies from 1, either way; none counts as furthest: one of the rates is zero. */
function reach({ rate_ratio: ratio }: Difference): number {
  return ratio == null || ratio <= 0 ? Number.POSITIVE_INFINITY : Math.abs(Math.log(ratio));
}

/** Conclusions by how clear they are, each group in the order of its weight. */
export interface Sorted<T> {
  clear: T[];
  unclear: T[];
  /** Nothing can be said: a number is hidden or not there. */
  unknown: T[];
}

/** The clear differences, the largest first, then the others in their order. */
export function sortedByWeight<T extends Pair | Change>(items: T[]): Sorted<T> {
  return {
    clear: items.filter(isClear).sort((a, b) => reach(b) - reach(a)),
    unclear: items.filter((item) => item.difference === 'not_clearly_different'),
    unknown: items.filter((item) => item.difference == null),
  };
}

const ORDER: Grade[] = ['A', 'B', 'C', 'D', 'E'];

function rangeOf({ grade, grade_best: best, grade_worst: worst }: AreaRow): [number, number] | null {
  if (!isLetter(grade)) return null;
  return [ORDER.indexOf(best ?? grade), ORDER.indexOf(worst ?? grade)];
}

/** Whether two areas have different letters whose ranges nevertheless meet: the letters alone do not separate them. */
export function lettersMislead(a: AreaRow, b: AreaRow): boolean {
  const [first, second] = [rangeOf(a), rangeOf(b)];
  if (!first || !second || a.grade === b.grade) return false;
  return first[0] <= second[1] && second[0] <= first[1];
}

/** Whether that holds for any two of the areas. */
export function anyLettersMislead(areas: AreaRow[]): boolean {
  return areas.some((area, index) => areas.slice(index + 1).some((other) => lettersMislead(area, other)));
}
