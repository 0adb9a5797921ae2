/** Class bounds that people can read: quantiles of the values, rounded to one or two leading digits. */

const LEADS = [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10];

/** The nearest number of the form 1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8 × 10ⁿ. */
export function rounded(value: number): number {
  if (value <= 0) return 0;
  const unit = 10 ** Math.floor(Math.log10(value));
  const lead = LEADS.reduce((best, next) => (Math.abs(next * unit - value) < Math.abs(best * unit - value) ? next : best));
  return Number((lead * unit).toPrecision(2));
}

function quantile(sorted: number[], share: number): number {
  const position = (sorted.length - 1) * share;
  const below = sorted[Math.floor(position)] ?? 0;
  const above = sorted[Math.ceil(position)] ?? below;
  return below + (above - below) * (position - Math.floor(position));
}

/** At most `classes − 1` distinct positive bounds, ascending; none when there is nothing to tell apart. */
export function readableBounds(values: number[], classes: number): number[] {
  const sorted = values.filter((value) => Number.isFinite(value)).sort((a, b) => a - b);
  const lowest = sorted[0];
  if (lowest === undefined || lowest === sorted.at(-1)) return [];
  const shares = Array.from({ length: classes - 1 }, (_, index) => (index + 1) / classes);
  const bounds = shares.map((share) => rounded(quantile(sorted, share))).filter((bound) => bound > 0);
  return [...new Set(bounds)];
}
