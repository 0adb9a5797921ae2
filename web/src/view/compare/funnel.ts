/**
 * The limits of a funnel plot, by the method of the server: exact Poisson limits of the ratio at an expectation, and the
 * same with the variance between areas added on the scale of the square root (Spiegelhalter 2005; Spiegelhalter et al. 2012).
 * The server gives the position of each area in the funnel, not the curves; these are drawn from its own numbers.
 */

import type { AreaRow } from '../../api/types';

/** The range of ratios within which an area lies by chance, at one level of the funnel. */
export interface Limits {
  low: number;
  high: number;
}

/** Normal deviates of the two levels of the funnel. */
export const FUNNEL_LEVELS = [
  { level: 0.95, deviate: 1.959964 },
  { level: 0.998, deviate: 3.090232 },
] as const;

const NEGLIGIBLE = 1e-14;
/** From here on Stirling's series gives ten digits. */
const STIRLING_FROM = 12;

/** The logarithm of the gamma function, by Stirling's series (Abramowitz and Stegun, 6.1.41) after stepping up. */
function logGamma(a: number): number {
  if (a < STIRLING_FROM) return logGamma(a + 1) - Math.log(a);
  const inverse = 1 / a;
  const series = inverse / 12 - inverse ** 3 / 360 + inverse ** 5 / 1260 - inverse ** 7 / 1680;
  return (a - 0.5) * Math.log(a) - a + 0.5 * Math.log(2 * Math.PI) + series;
}

/**
 * The regularised lower incomplete gamma function P(a, x), by its power series, whose terms are all positive.
 * Abramowitz and Stegun, Handbook of Mathematical Functions (1964), 6.5.29.
 */
export function gammaShare(a: number, x: number): number {
  if (x <= 0) return 0;
  let [term, sum] = [1, 1];
  for (let n = 1; term > sum * NEGLIGIBLE; n += 1) {
    term *= x / (a + n);
    sum += term;
  }
  return sum * Math.exp(a * Math.log(x) - x - logGamma(a + 1));
}

/** The x at which P(a, x) reaches `share`. */
export function gammaQuantile(a: number, share: number): number {
  let [low, high] = [0, a + 10 * Math.sqrt(a) + 20];
  for (let step = 0; step < 60; step += 1) {
    const middle = (low + high) / 2;
    if (gammaShare(a, middle) < share) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** Where chance alone puts the ratio of an area of this expectation, at the ratio 1. */
export function chanceLimits(expected: number, level: number): Limits {
  const tail = (1 - level) / 2;
  return { low: gammaQuantile(expected, tail) / expected, high: gammaQuantile(expected + 1, 1 - tail) / expected };
}

/** The same with the variance between areas added. */
export function spreadLimits(expected: number, deviate: number, varianceBetween: number): Limits {
  const reach = deviate * Math.sqrt(0.25 / expected + varianceBetween);
  return { low: Math.max(0, 1 - reach) ** 2, high: (1 + reach) ** 2 };
}

/** The server's variance between areas, read off its plain and adjusted deviates; `null` where the role is given none. */
export function varianceBetween(areas: AreaRow[]): number | null {
  const plotted = areas.flatMap(({ funnel, unweighted }) => {
    const [z, adjusted, expected] = [funnel?.z, funnel?.z_adjusted, unweighted?.expected];
    return z && adjusted && expected ? [{ z, adjusted, expected }] : [];
  });
  // The furthest deviate loses the least to rounding.
  const furthest = plotted.reduce<(typeof plotted)[0] | null>((best, item) => {
    return best && Math.abs(best.z) >= Math.abs(item.z) ? best : item;
  }, null);
  if (!furthest) return null;
  return Math.max(0, (0.25 / furthest.expected) * ((furthest.z / furthest.adjusted) ** 2 - 1));
}
