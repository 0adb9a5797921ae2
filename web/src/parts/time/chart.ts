/** The bars of the timeline with their axis: what the filter counts, step by step, inside the period and outside of it. */

import type { SeriesPoint } from '../../api/series';
import { shareOf } from '../../view/time/brush';
import { addDays, dayNumber, gapsOf, lengthOf, type Span, type Step, ticksOf } from '../../view/time/time';
import { node, svgNode } from '../elements/dom';
import { draw, type Drawn, element } from '../elements/element';
import type { Scene } from '../scene';

const HEIGHT = 100;
/** A step whose count is hidden has a low stump of its own kind. */
const STUMP = 7;
/** The part of a step that its bar fills. */
const FILLED = 0.84;

function barPath({ from, to }: Span, height: number, domain: Span): string {
  const days = lengthOf({ from, to });
  const left = dayNumber(from) - dayNumber(domain.from) + ((1 - FILLED) / 2) * days;
  return `M${left.toFixed(2)} ${HEIGHT}v${(-height).toFixed(2)}h${(FILLED * days).toFixed(2)}v${height.toFixed(2)}z`;
}

/** The highest count among the points; hidden ones count as none. */
export function mostOf(points: SeriesPoint[]): number {
  return Math.max(0, ...points.map(({ incidents }) => incidents ?? 0));
}

/** The points of which any day lies inside the domain. */
export function inDomain(points: SeriesPoint[], domain: Span): SeriesPoint[] {
  return points.filter(({ from, to }) => to > domain.from && from < domain.to);
}

/** Bars of known counts, and stumps for those that are hidden, each as one path. */
function paths(points: SeriesPoint[], domain: Span, most: number): Record<'known' | 'hidden', string> {
  const drawn = { known: '', hidden: '' };
  for (const point of points)
    if (point.incidents == null) drawn.hidden += barPath(point, STUMP, domain);
    else drawn.known += barPath(point, (HEIGHT * point.incidents) / Math.max(1, most), domain);
  return drawn;
}

/** The stretches of which no incidents are known, over the whole height: no bar is not the same as no data. */
export function uncoveredPath(domain: Span, known: Span[] | undefined): string {
  if (!known) return '';
  const start = dayNumber(domain.from);
  return gapsOf(domain, known)
    .map((gap) => `M${dayNumber(gap.from) - start} 0h${lengthOf(gap)}v${HEIGHT}h${-lengthOf(gap)}z`)
    .join('');
}

function tickText(scene: Scene, day: string, kind: 'year' | 'month' | 'day'): string {
  if (kind === 'year') return day.slice(0, 4);
  return kind === 'month' ? scene.numbers.month(day) : scene.numbers.dayOfYear(day);
}

function tick(text: string, share: number, kind: 'year' | 'month' | 'day' | 'middle'): Drawn {
  return element('span', { class: kind, style: { left: `${100 * share}%` } }, text);
}

/** Years of their own first day are named under the middle of their bars, all else where the calendar turns. */
function ticks(scene: Scene, points: SeriesPoint[], domain: Span, step: Step): Drawn[] {
  if (step !== 'year')
    return ticksOf(domain).map(({ day, kind }) => tick(tickText(scene, day, kind), shareOf(day, domain), kind));
  const whole = points.filter((point) => point.partial !== true);
  return whole.map(({ from, to }) =>
    tick(addDays(to, -1).slice(0, 4), (shareOf(from, domain) + shareOf(to, domain)) / 2, 'middle'),
  );
}

/** What the bars show: the counts of the steps inside a domain. */
export interface Bars {
  points: SeriesPoint[];
  domain: Span;
  step: Step;
}

/** The bars, the marks of the calendar under them, and the same in a sentence for screen readers. */
export class Chart {
  readonly root = node('div', { class: 'time-chart' });
  private readonly uncovered = svgNode('path', { class: 'uncovered' });
  private readonly outside = svgNode('path', { class: 'outside' });
  private readonly hidden = svgNode('path', { class: 'hidden' });
  private readonly inside = svgNode('path', { class: 'inside' });
  private readonly bars = svgNode(
    'svg',
    { preserveAspectRatio: 'none', 'aria-hidden': 'true' },
    this.uncovered,
    this.outside,
    this.hidden,
    this.inside,
  );
  private readonly axis = node('div', { class: 'time-axis', 'aria-hidden': 'true' });
  private readonly most = node('span', { class: 'time-most', 'aria-hidden': 'true' });
  private readonly spoken = node('p', { class: 'unseen' });
  private domain: Span = { from: '', to: '' };

  constructor() {
    this.root.append(this.bars, this.most, this.axis, this.spoken);
  }

  /** Draws the bars; `spoken` is the same in a sentence. */
  draw(scene: Scene, { points: all, domain, step }: Bars, spoken: string): void {
    const points = inDomain(all, domain);
    const most = mostOf(points);
    const drawn = paths(points, domain, most);
    this.domain = domain;
    this.bars.setAttribute('viewBox', `0 0 ${Math.max(1, lengthOf(domain))} ${HEIGHT}`);
    this.uncovered.setAttribute('d', uncoveredPath(domain, scene.meta.coverage?.periods));
    this.outside.setAttribute('d', drawn.known);
    this.hidden.setAttribute('d', drawn.hidden);
    this.most.textContent = most > 0 ? scene.numbers.count(most) : '';
    this.spoken.textContent = spoken;
    draw(this.axis, ...ticks(scene, points, domain, step));
  }

  /** Sets off the bars inside the period. */
  mark(span: Span, { points: all, domain }: Bars): void {
    const points = inDomain(all, domain);
    const inside = points.filter(({ from, to }) => from < span.to && to > span.from);
    this.inside.setAttribute('d', paths(inside, domain, mostOf(points)).known);
  }

  /** The day under a point of the screen. */
  dayAt(x: number): string {
    const { left, width } = this.bars.getBoundingClientRect();
    const share = Math.min(0.999999, Math.max(0, (x - left) / Math.max(1, width)));
    return addDays(this.domain.from, Math.floor(share * lengthOf(this.domain)));
  }

  /** How many days lie on one pixel. */
  get daysPerPx(): number {
    return lengthOf(this.domain) / Math.max(1, this.bars.getBoundingClientRect().width);
  }
}
