/** Axes of charts: from a value to its position, and the round values to print beside it. */

/** A scale from values to pixels with its round ticks. */
export interface Axis {
  /** The position of a value in pixels; what lies beyond the ends is put on them. */
  at(value: number): number;
  ticks: number[];
  from: number;
  to: number;
}

const ROUND = [1, 2, 2.5, 5, 10];

/** The smallest round step that needs no more than `most` of them. */
export function roundStep(reach: number, most: number): number {
  const rough = reach / most;
  const unit = 10 ** Math.floor(Math.log10(rough));
  return (ROUND.find((lead) => lead * unit >= rough * (1 - 1e-9)) ?? 10) * unit;
}

function between(value: number, from: number, to: number): number {
  return Math.min(Math.max(value, from), to);
}

/** From zero to a round value above `highest`. */
export function axisFromZero(highest: number, [start, end]: [number, number], most = 5): Axis {
  const step = roundStep(highest > 0 ? highest : 1, most);
  const count = Math.max(1, Math.ceil(highest / step - 1e-9));
  const to = step * count;
  return {
    at: (value) => start + (between(value, 0, to) / to) * (end - start),
    ticks: Array.from({ length: count + 1 }, (_, index) => Number((index * step).toPrecision(12))),
    from: 0,
    to,
  };
}

/** Of equal ratios, with the ticks as given. */
export function ratioAxis(lowest: number, highest: number, [start, end]: [number, number], ticks: number[]): Axis {
  const reach = Math.log(highest / lowest);
  return {
    at: (value) => start + (Math.log(between(value, lowest, highest) / lowest) / reach) * (end - start),
    ticks: ticks.filter((tick) => tick >= lowest && tick <= highest),
    from: lowest,
    to: highest,
  };
}

/** Of square roots, from zero: gives small values room without losing the zero. */
export function rootAxis(highest: number, [start, end]: [number, number], most = 5): Axis {
  const plain = axisFromZero(highest, [0, 1], most);
  return { ...plain, at: (value) => start + Math.sqrt(between(value, 0, plain.to) / plain.to) * (end - start) };
}

/** `positions` moved apart, in their order, so that neighbours keep `gap` and all stay below `end`. */
export function spacedOut(positions: number[], gap: number, end: number): number[] {
  const order = positions.map((position, index) => ({ position, index })).sort((a, b) => a.position - b.position);
  for (let i = 1; i < order.length; i += 1) {
    const [above, item] = [order[i - 1], order[i]];
    if (above && item) item.position = Math.max(item.position, above.position + gap);
  }
  let limit = end;
  for (const item of order.reverse()) {
    item.position = Math.min(item.position, limit);
    limit = item.position - gap;
  }
  return order.sort((a, b) => a.index - b.index).map(({ position }) => position);
}
