/** Where areas lie in the plot of model density against ratio, and which of them a box holds. Pure. */

import type { AreaRow } from '../../api/types';

/** An area with both numbers. */
export interface Placed {
  area: AreaRow;
  density: number;
  ratio: number;
}

/** A box over the plot in its own pixels, its corners in any order. */
export interface Box {
  x1: number;
  y1: number;
  x2: number;
  y2: number;
}

/** The areas of which both numbers are known. */
export function placedAreas(areas: readonly AreaRow[]): Placed[] {
  return areas.flatMap((area) => {
    const { model_density: density, ratio } = area;
    return density == null || ratio == null ? [] : [{ area, density, ratio }];
  });
}

/** The middle density: half of the areas have fewer models. */
export function middleDensity(placed: readonly Placed[]): number {
  const sorted = placed.map(({ density }) => density).sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const [below, above] = [sorted[Math.ceil(middle) - 1] ?? 0, sorted[Math.floor(middle)] ?? 0];
  return (below + above) / 2;
}

/** The codes of what lies within a box. */
export function within(box: Box, points: readonly { code: string; x: number; y: number }[]): string[] {
  const [left, right] = [Math.min(box.x1, box.x2), Math.max(box.x1, box.x2)];
  const [top, bottom] = [Math.min(box.y1, box.y2), Math.max(box.y1, box.y2)];
  return points.filter(({ x, y }) => x >= left && x <= right && y >= top && y <= bottom).map(({ code }) => code);
}
