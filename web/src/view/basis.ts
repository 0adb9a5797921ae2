/**
 * What the numbers on show rest on: edition, level, period and filter. Of a view that was asked for, all that rests on other
 * numbers waits until these are here; the rest is shown at once.
 */

import { filterOf, isSamePeriod, type View } from './view';

/** The basis of a view's numbers in one text. */
export function basisOf(view: View): string {
  return `${view.level} ${filterOf(view).toString()}`;
}

/** Whether two views show the same numbers. */
export function isSameBasis(a: View, b: View): boolean {
  return basisOf(a) === basisOf(b);
}

/** Whether codes mean the same areas in two views. */
export function hasSameAreas(a: View, b: View): boolean {
  return a.edition === b.edition && a.level === b.level;
}

/** What is shown while `asked` is on its way: of it, all that the numbers on show can answer. */
export function shownMeanwhile(shown: View, asked: View): View {
  if (isSameBasis(shown, asked)) return asked;
  const { edition, level, period, categories, minSeverity, scheme, area, compared, camera } = shown;
  // Two periods that are compared change together.
  const against = isSamePeriod(period, asked.period) ? asked.against : shown.against;
  const numbers = { edition, level, period, against, categories, minSeverity, scheme };
  return hasSameAreas(shown, asked) ? { ...asked, ...numbers } : { ...asked, ...numbers, area, compared, camera };
}
