/** What of a series can be drawn in one stroke. */

import type { SeriesPoint } from '../../api/series';
import type { Maybe } from '../../api/types';

/** Whether a value is a number, and not hidden. */
export function isKnown(value: Maybe<number>): value is number {
  return value != null;
}

/** The runs of points that have a rate: a hidden one breaks the line instead of being bridged. */
export function runs(points: SeriesPoint[]): { point: SeriesPoint; index: number }[][] {
  const found: { point: SeriesPoint; index: number }[][] = [[]];
  points.forEach((point, index) => {
    if (isKnown(point.rate)) found.at(-1)?.push({ point, index });
    else if (found.at(-1)?.length) found.push([]);
  });
  return found.filter((run) => run.length > 0);
}
