/** Two periods as one colour: by how much the rate changed, on the bands of the letters, and whether the change is clear. */

import type { Change } from '../../api/comparison';
import type { Grade } from '../../api/types';

const LETTERS: Grade[] = ['A', 'B', 'C', 'D', 'E'];

/** Whether a change lies beyond chance. */
export type Clearness = 'clear' | 'unclear';

/** The step of colour that a change falls into. */
export interface ChangeClass {
  /** The letter whose colour the change takes: A for the strongest fall, E for the strongest rise. */
  band: Grade;
  clearness: Clearness;
}

/** Where a ratio falls among ascending bounds. */
function bandOf(ratio: number, bounds: number[]): Grade {
  return LETTERS[bounds.filter((bound) => ratio > bound).length] ?? 'E';
}

/** `null` where nothing can be said. A rate that was zero before has no ratio: then only the direction is known. */
export function changeClass({ difference, rate_ratio: ratio }: Change, bounds: number[]): ChangeClass | null {
  if (difference == null) return null;
  const clearness = difference === 'not_clearly_different' ? 'unclear' : 'clear';
  if (ratio != null) return { band: bandOf(ratio, bounds), clearness };
  return { band: difference === 'higher' ? 'E' : difference === 'lower' ? 'A' : 'C', clearness };
}

/** How many areas changed which way. */
export interface ChangeTally {
  higher: number;
  lower: number;
  unclear: number;
  unknown: number;
}

/** Counts the changes of each kind. */
export function changeTally(changes: Change[]): ChangeTally {
  const count = (wanted: Change['difference'] | undefined): number =>
    changes.filter(({ difference }) => (difference ?? undefined) === wanted).length;
  return {
    higher: count('higher'),
    lower: count('lower'),
    unclear: count('not_clearly_different'),
    unknown: count(undefined),
  };
}
