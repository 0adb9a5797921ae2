/** Rules by which areas are picked out of the plot of model density against ratio, and how they are kept on a device. Pure. */

import type { AreaRow, Grade } from '../../api/types';

const LETTERS: readonly Grade[] = ['A', 'B', 'C', 'D', 'E'];

/** Which letters, and which side of which density. */
export interface QuadrantRule {
  /** The first and the last letter. */
  from: Grade;
  to: Grade;
  side: 'below' | 'above';
  /** Models per 10,000 residents. */
  density: number;
}

/** What the planner begins with. */
export const FIRST_RULE: QuadrantRule = { from: 'D', to: 'E', side: 'below', density: 6 };
/** More rules than this nobody finds his way in. */
export const MOST_RULES = 12;

function placeOf(letter: Grade): number {
  return LETTERS.indexOf(letter);
}

/** Whether an area has a letter within the rule's; a range counts when both its ends do. */
function hasLetter({ grade, grade_best: best, grade_worst: worst }: AreaRow, { from, to }: QuadrantRule): boolean {
  const ends = grade === 'range' ? [best, worst] : [grade];
  return ends.every((end) => {
    const place = LETTERS.findIndex((letter) => letter === end);
    return place >= placeOf(from) && place <= placeOf(to);
  });
}

/** The codes of the areas that a rule takes; areas without a letter or a density are in none. */
export function taken(areas: readonly AreaRow[], rule: QuadrantRule): string[] {
  const isOnSide = ({ model_density: density }: AreaRow): boolean =>
    density != null && (rule.side === 'below' ? density < rule.density : density >= rule.density);
  return areas.filter((area) => hasLetter(area, rule) && isOnSide(area)).map(({ code }) => code);
}

/** Whether two rules say the same. */
export function isSameRule(a: QuadrantRule, b: QuadrantRule): boolean {
  return a.from === b.from && a.to === b.to && a.side === b.side && a.density === b.density;
}

function isRule(value: unknown): value is QuadrantRule {
  if (typeof value !== 'object' || value === null) return false;
  const { from, to, side, density } = value as Record<string, unknown>;
  const isLetter = (letter: unknown): boolean => LETTERS.some((item) => item === letter);
  const isSide = side === 'below' || side === 'above';
  return isLetter(from) && isLetter(to) && isSide && typeof density === 'number' && Number.isFinite(density) && density >= 0;
}

/** The rules that a device keeps; what is none is left out. */
export function readRules(text: string | null): QuadrantRule[] {
  try {
    const found: unknown = JSON.parse(text ?? '[]');
    return Array.isArray(found) ? found.filter(isRule).slice(0, MOST_RULES) : [];
  } catch {
    return [];
  }
}

/** The rules with one more at their beginning; what is there already moves up. */
export function withRule(rules: readonly QuadrantRule[], rule: QuadrantRule): QuadrantRule[] {
  return [rule, ...rules.filter((other) => !isSameRule(other, rule))].slice(0, MOST_RULES);
}
