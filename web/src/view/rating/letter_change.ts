/**
 * What would change the letter of an area: how many incidents more or fewer, everything else staying as it is (the common
 * level, the prior, the dispersion). Worked out from the numbers of the explanation by the server's own rule: the letter is
 * the band of the median of a gamma distribution, given where that band is likely enough. Where the numbers given do not
 * lead back to the letter given, nothing is said.
 */

import type { Explanation, RatedClass } from '../../api/explanation';
import type { Bilingual, Grade } from '../../api/types';

const LETTERS: readonly Grade[] = ['A', 'B', 'C', 'D', 'E'];
/** The ratio that the server gives is the median of the distribution that it gives, to its last digits. */
const TRUE_TO = 5e-3;
/** Between two letters lies a stretch of ranges, never a long one. */
const MOST_TRIED = 2000;

/** The distribution of the ratio, and what one point of the score moves. */
interface Belief {
  shape: number;
  rate: number;
  /** Points that one unit of shape is worth. */
  dispersion: number;
  score: number;
}

/** Incidents of one severity: what each weighs, and how many there are. */
export interface Weight {
  points: number;
  /** Nothing where every incident weighs the same. */
  severity: Bilingual | null;
  observed: number;
}

/** A step to another letter: so many incidents of a weight; no weight where even none at all would not do. */
export interface LetterStep {
  way: 'fewer' | 'more';
  letter: Grade;
  incidents: number;
  weight: Weight;
}

/** What would change the letter, as far as it can be said. */
export type LetterChange =
  | { kind: 'steps'; steps: LetterStep[]; isWeighted: boolean }
  /** The number of incidents decides nothing: too little is expected for any letter. */
  | { kind: 'unreliable' };

type BelowOf = (shape: number, rate: number, value: number) => number;

/** The letter of the median and how likely its band is; by the distribution function alone. */
function letterOf({ shape, rate }: Belief, bands: readonly number[], below: BelowOf): { letter: Grade; probability: number } {
  const shares = bands.map((bound) => below(shape, rate, bound));
  const band = shares.filter((share) => share < 0.5).length;
  return { letter: LETTERS[band] ?? 'E', probability: (shares[band] ?? 1) - (shares[band - 1] ?? 0) };
}

function beliefOf({ weighted, unweighted, method }: Explanation): Belief | null {
  const { posterior, score } = weighted ?? {};
  if (posterior && score != null && method.dispersion != null)
    return { shape: posterior.shape, rate: posterior.rate, dispersion: method.dispersion, score };
  const { prior_mean: mean, prior_variance: variance, basis } = method;
  const { observed, expected } = unweighted ?? {};
  // The public's ratios rest on published counts alone, each incident one; anybody can work them out.
  if (basis !== 'published_counts' || mean == null || !variance || observed == null || expected == null) return null;
  return { shape: (mean * mean) / variance + observed, rate: mean / variance + expected, dispersion: 1, score: observed };
}

/** The incidents that weigh something, by what each weighs, the most numerous first. */
export function weightsOf(classes: readonly RatedClass[]): Weight[] {
  const found = new Map<string, Weight>();
  for (const { rated, weight: points, severity_name: severity, severity: id, observed } of classes) {
    if (!rated || points <= 0 || observed == null) continue;
    const key = `${id} ${points}`;
    const known = found.get(key) ?? { points, severity, observed: 0 };
    found.set(key, { ...known, observed: known.observed + observed });
  }
  return [...found.values()].sort((a, b) => b.observed - a.observed || a.points - b.points);
}

/** The least number up to `most` that `holds`, which once true stays true; one more than `most` where none does. */
function leastOf(most: number, holds: (n: number) => boolean): number {
  let [low, high] = [1, most + 1];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The least number of incidents of one weight that leads to another single letter; `null` where none does. */
function stepOf(belief: Belief, weight: Weight, way: LetterStep['way'], rule: Rule): LetterStep | null {
  const sign = way === 'fewer' ? -1 : 1;
  // Nothing can be taken away that is not there; adding ends where the last band is reached for certain.
  const most = way === 'fewer' ? weight.observed : Math.ceil((rule.most * belief.rate * belief.dispersion) / weight.points);
  const at = (incidents: number): { letter: Grade; probability: number } => {
    const shape = belief.shape + (sign * incidents * weight.points) / belief.dispersion;
    return letterOf({ ...belief, shape }, rule.bands, rule.below);
  };
  // The band of the median moves one way only; how likely it is rises and falls.
  const first = rule.now === null ? 1 : leastOf(most, (incidents) => at(incidents).letter !== rule.now);
  for (let incidents = first; incidents <= Math.min(most, first + MOST_TRIED); incidents += 1) {
    const { letter, probability } = at(incidents);
    if (probability >= rule.least) return { way, letter, incidents, weight };
  }
  return null;
}

interface Rule {
  bands: readonly number[];
  /** How likely a letter must be to be given alone. */
  least: number;
  now: Grade | null;
  /** A ratio beyond which nothing changes any more. */
  most: number;
  below: BelowOf;
}

/** What would change the letter of an area; `null` where it cannot be said from what the server gives. */
export function letterChange(explanation: Explanation, below: BelowOf): LetterChange | null {
  const { grade, method, weighted, withheld, level, classes } = explanation;
  if (withheld === 'reliability_below_min_reliability') return { kind: 'unreliable' };
  const now = LETTERS.find((letter) => letter === grade) ?? null;
  const belief = beliefOf(explanation);
  if (level === 'province' || (now === null && grade !== 'range') || !belief || weighted?.ratio == null) return null;
  const bands = method.bands;
  const found = letterOf(belief, bands, below);
  const isMedian = Math.abs(below(belief.shape, belief.rate, weighted.ratio) - 0.5) < TRUE_TO;
  const given = found.probability >= method.min_letter_probability ? found.letter : null;
  if (!isMedian || given !== now) return null;
  const rule: Rule = { bands, least: method.min_letter_probability, now, most: 2 * (bands.at(-1) ?? 1) + 1, below };
  const weights = classes ? weightsOf(classes) : [{ points: 1, severity: null, observed: belief.score }];
  const steps = (['fewer', 'more'] as const).flatMap((way) => {
    const tried = weights.map((weight) => stepOf(belief, weight, way, rule));
    return tried.find((step) => step !== null) ?? [];
  });
  return { kind: 'steps', steps, isWeighted: weights.some(({ points }) => points !== weights[0]?.points) };
}
