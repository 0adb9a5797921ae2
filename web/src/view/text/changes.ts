/** What changed since the window before: where that lies, and which areas moved beyond chance. */

import type { AreaRow, Meta, Ratings } from '../../api/types';
import { choosable } from '../time/time';
import { mayFilterFreely, type Period } from '../view';

/** The window before the one that was rated, as far as the role may ask for it. */
export function periodBefore(ratings: Ratings, meta: Meta): Period | null {
  const before = ratings.trend?.window;
  if (!before) return null;
  if (choosable(meta).some(({ id }) => id === before.id)) return { window: before.id ?? '' };
  return mayFilterFreely(meta) ? { from: before.from, to: before.to } : null;
}

/** The areas by how they moved since the window before. */
export interface Moves {
  up: AreaRow[];
  down: AreaRow[];
  /** Areas of which it can be said that they did not clearly move. */
  equal: number;
  /** Areas of which nothing can be said. */
  unsaid: number;
}

/** Areas by how they moved, those that moved in the order of their ratio to the common level, farthest first. */
export function movesOf(areas: AreaRow[]): Moves {
  const moved = (arrow: 'up' | 'down'): AreaRow[] => {
    const found = areas.filter(({ trend }) => trend === arrow);
    const far = ({ ratio }: AreaRow): number => (ratio ?? 1) * (arrow === 'up' ? -1 : 1);
    return found.sort((a, b) => far(a) - far(b));
  };
  return {
    up: moved('up'),
    down: moved('down'),
    equal: areas.filter(({ trend }) => trend === 'equal').length,
    unsaid: areas.filter(({ trend }) => trend == null).length,
  };
}
