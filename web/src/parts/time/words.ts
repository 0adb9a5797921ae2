/** What the timeline says: whose bars these are, which period is on show, and what was counted in it. */

import type { SeriesPoint } from '../../api/series';
import type { AreaRow, Ratings } from '../../api/types';
import { counted } from '../../view/time/series';
import { gapsOf, isSameSpan, type Span, type Step } from '../../view/time/time';
import { type Child, type Drawn, element } from '../elements/element';
import { type Scene, selectedArea } from '../scene';
import { coverageText } from '../legend/coverage';
import { swatch } from '../legend/swatch';
import { inDomain, mostOf } from './chart';

/** A period as the name of its window, where it has one, and its days. */
export function periodNamed({ meta, messages, numbers }: Scene, span: Span): { name: string; days: string } {
  const window = meta.windows.find((item) => isSameSpan(item, span));
  return { name: window ? messages.pick(window.name) : '', days: numbers.period(span.from, span.to) };
}

function whose(scene: Scene): string {
  return selectedArea(scene)?.name ?? scene.messages.say('panel.province');
}

/** The bars in a sentence. */
export function chartText(scene: Scene, points: SeriesPoint[], domain: Span, step: Step): string {
  const { messages, numbers } = scene;
  const known = inDomain(points, domain).filter(({ incidents }) => incidents != null);
  const uncovered = scene.meta.coverage ? gapsOf(domain, scene.meta.coverage.periods) : [];
  const gaps = uncovered.map(({ from, to }) => messages.say('time.chart.uncovered', { days: numbers.period(from, to) }));
  const steps = messages.say(`time.by.${step}`);
  const days = numbers.period(domain.from, domain.to);
  if (known.length === 0) return [messages.say('time.chart.none', { steps, whose: whose(scene), days }), ...gaps].join(' ');
  const least = Math.min(...known.map(({ incidents }) => incidents ?? 0));
  const values = { steps, whose: whose(scene), days, least: numbers.count(least), most: numbers.count(mostOf(known)) };
  return [messages.say('time.chart', values), ...gaps].join(' ');
}

/** How many incidents the period holds: from the bars, else from the ratings on the map. */
function countIn(scene: Scene, span: Span, points: SeriesPoint[], ratings: Ratings | null): number | null {
  const barred = counted(points, span);
  if (barred !== null) return barred;
  if (scene.view.area !== null) return ratings?.areas.find((area) => area.code === scene.view.area)?.incidents ?? null;
  const { with_point, by_commune, district_only } = ratings?.totals ?? {};
  return with_point == null || by_commune == null ? null : with_point + by_commune + (district_only ?? 0);
}

/** The selected area's grade in the period that the map shows. */
function gradeIn(scene: Scene, ratings: Ratings | null): Child {
  const row = ratings?.areas.find((area): area is AreaRow => area.code === scene.view.area);
  return row ? swatch(scene, 'grade', row) : null;
}

function stepText(scene: Scene, day: string, points: SeriesPoint[]): string | null {
  const { messages, numbers } = scene;
  const point = points.find(({ from, to }) => from <= day && day < to);
  if (!point) return null;
  const n = point.incidents == null ? messages.say('value.hidden') : numbers.count(point.incidents);
  return messages.say('time.pointed', { days: numbers.period(point.from, point.to), n });
}

/** What stands behind the line under the period. */
export interface PeriodCounts {
  points: SeriesPoint[];
  /** The numbers of the period; none while they are on their way. */
  ratings: Ratings | null;
  /** The day under the pointer. */
  pointed: string | null;
}

/** The lines under the bars: the period, whose counts these are, and how many. */
export function nowParts(scene: Scene, span: Span, { points, ratings, pointed }: PeriodCounts): Drawn[] {
  const { messages, numbers } = scene;
  const { name, days } = periodNamed(scene, span);
  const count = countIn(scene, span, points, ratings);
  const counts = count === null ? '' : messages.sayCount('time.counted', count, { n: numbers.count(count) });
  const waits = scene.isPending && ratings === null ? messages.say('pending.time') : '';
  const beneath = pointed === null ? null : stepText(scene, pointed, points);
  return [
    element('p', { id: 'time-period' }, gradeIn(scene, ratings), element('b', {}, name || days)),
    element('p', { class: 'quiet' }, beneath ?? [name && days, whose(scene), counts, waits].filter(Boolean).join(' · ')),
    element('p', { id: 'time-coverage', class: 'quiet' }, coverageText(scene, ratings)),
  ];
}
