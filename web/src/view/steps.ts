/** Which changes of the view are steps that Back undoes, and which of them so wide that undoing is offered beside them. */

import { isSamePeriod, type View } from './view';

/** A step is an entry of its own in the history; a move, such as of the map, changes the entry that is there. */
export type Change = 'step' | 'move';

/** What is a step whenever it changes. The level is one only where the reader chose it: by zoom it comes along with a move. */
const STEPS = [
  ...(['mode', 'edition', 'categories', 'minSeverity', 'scheme', 'group', 'leveling', 'theme', 'overlays', 'area'] as const),
  'compared',
  'wall',
] as const;

function differs(before: View, next: View, field: keyof View): boolean {
  return JSON.stringify(before[field]) !== JSON.stringify(next[field]);
}

/** Whether the way from one view to the next is a step. */
export function changeBetween(before: View, next: View): Change {
  // The wall walks by itself: nobody wants to go back through what it showed.
  if (before.wall && next.wall) return 'move';
  const isStep =
    STEPS.some((field) => differs(before, next, field)) ||
    !isSamePeriod(before.period, next.period) ||
    !isSamePeriod(before.against, next.against) ||
    (next.leveling === 'fixed' && before.level !== next.level);
  return isStep ? 'step' : 'move';
}

/** A change after which much is another: other boundaries, or other incidents. */
export type WideChange = 'edition' | 'filter';

/** What of a change is wide; `null` where nothing is. */
export function wideChange(before: View, next: View): WideChange | null {
  if (before.edition !== next.edition) return 'edition';
  const isFiltered = differs(before, next, 'categories') || before.minSeverity !== next.minSeverity;
  return isFiltered ? 'filter' : null;
}
