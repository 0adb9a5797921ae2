/** The course of an area: its rate step by step with exact limits, as a chart and as a table. */

import { signal } from '@preact/signals-core';
import type { SeriesPoint, Tendency } from '../../api/series';
import type { AreaRow } from '../../api/types';
import { labelOf } from '../../view/text/attributes';
import { type By, courseScale, type CourseScale, SIZE, stepName, tendencyText } from '../../view/time/course';
import { addDays, dayNumber, holds, spanOf } from '../../view/time/time';
import { mayFilterFreely } from '../../view/view';
import { courseOf } from '../time/course';
import { type Child, type Drawn, element } from '../elements/element';
import { fold } from '../elements/fold';
import type { Scene } from '../scene';
import { section } from '../elements/section';

/** What the reader chose last stays for the next area. */
const chosen = signal<By>('year');

function marks(point: SeriesPoint, scale: CourseScale, kind: string): Drawn[] {
  if (point.rate == null) return [];
  const x = scale.x(point);
  const { rate_low: low, rate_high: high } = point;
  const limits =
    low != null && high != null ? [element('line', { x1: x, x2: x, y1: scale.y(low), y2: scale.y(high), class: 'limits' })] : [];
  return [...limits, element('circle', { cx: x, cy: scale.y(point.rate), r: kind === 'inside' ? 4.5 : 3.5, class: kind })];
}

function chart(scene: Scene, points: SeriesPoint[], by: By): Drawn {
  const scale = courseScale(points);
  const period = spanOf(scene.view.period, scene.meta.windows);
  const known = points.filter(({ rate }) => rate != null);
  const line = known.map(
    (point, index) => `${index === 0 ? 'M' : 'L'}${scale.x(point).toFixed(1)} ${scale.y(point.rate ?? 0).toFixed(1)}`,
  );
  const named = points.filter((point) => point.partial !== true && (by === 'year' || point.from.slice(5, 7) === '01'));
  const { left, width, base, top } = SIZE;
  return element(
    'svg',
    { class: 'course', viewBox: `0 0 ${width} ${SIZE.height}`, 'aria-hidden': 'true' },
    element('line', { x1: left, x2: width, y1: top, y2: top, class: 'ground' }),
    element('line', { x1: left, x2: width, y1: base, y2: base, class: 'axis' }),
    element('text', { x: left - 6, y: top + 5, class: 'tick', 'text-anchor': 'end' }, scene.numbers.rate(scale.top)),
    element('text', { x: left - 6, y: base + 4, class: 'tick', 'text-anchor': 'end' }, '0'),
    element('path', { d: line.join(''), class: 'line' }),
    ...points.flatMap((point) => marks(point, scale, period && holds(period, point) ? 'inside' : 'outside')),
    ...named.map((point) =>
      element(
        'text',
        { x: scale.x(point), y: SIZE.height - 6, class: 'tick', 'text-anchor': 'middle' },
        point.from.slice(5, 7) === '01' ? point.from.slice(0, 4) : addDays(point.to, -1).slice(0, 4),
      ),
    ),
  );
}

function limitsText({ numbers }: Scene, { rate_low: low, rate_high: high }: SeriesPoint): string {
  return low == null || high == null ? '–' : `${numbers.rate(low)}–${numbers.rate(high)}`;
}

function table(scene: Scene, points: SeriesPoint[], by: By): Drawn {
  const { messages, numbers } = scene;
  const heads = [messages.say('course.step'), labelOf('incidents', scene), labelOf('rate', scene), messages.say('course.limits')];
  const row = (point: SeriesPoint): Drawn =>
    element(
      'tr',
      {},
      element('th', { scope: 'row' }, stepName(scene, point, by), point.partial === true && ' *'),
      element('td', {}, point.incidents == null ? '–' : numbers.count(point.incidents)),
      element('td', {}, point.rate == null ? '–' : numbers.rate(point.rate)),
      element('td', {}, limitsText(scene, point)),
    );
  return element(
    'table',
    { class: 'figures' },
    element('caption', { class: 'unseen' }, messages.say('course.caption')),
    element('thead', {}, element('tr', {}, ...heads.map((head) => element('th', { scope: 'col' }, head)))),
    element('tbody', {}, ...points.map(row)),
  );
}

function choices(scene: Scene, area: AreaRow): Drawn | null {
  if (!mayFilterFreely(scene.meta)) return null;
  const button = (by: By): Drawn =>
    element(
      'button',
      {
        id: `course-${by}`,
        type: 'button',
        'aria-pressed': String(chosen.value === by),
        click: () => {
          chosen.value = by;
        },
      },
      scene.messages.say(`course.by.${by}`),
    );
  return element('div', { class: 'choices', role: 'group', 'aria-label': area.name }, button('year'), button('quarter'));
}

function drawn(scene: Scene, points: SeriesPoint[], by: By, tendency: Tendency | null): Child[] {
  const { messages } = scene;
  const hidden = points.filter(({ incidents }) => incidents == null).length;
  if (hidden === points.length) return [element('p', { class: 'quiet' }, messages.say('hidden.series'))];
  const trend = tendencyText(scene, tendency, by);
  return [
    element('p', { class: 'quiet' }, messages.say('course.what')),
    chart(scene, points, by),
    trend !== '' && element('p', {}, trend),
    hidden > 0 && element('p', { class: 'quiet' }, messages.say('hidden.years')),
    fold(
      'course-table',
      'closed',
      element('span', {}, messages.say('course.table')),
      table(scene, points, by),
      partly(scene, points),
    ),
  ];
}

function partly(scene: Scene, points: SeriesPoint[]): Child {
  return points.some(({ partial }) => partial) && element('p', { class: 'quiet' }, scene.messages.say('course.partial'));
}

/** The section of the course; the reader's step stays for the next area. */
export function coursePart(scene: Scene, area: AreaRow): Drawn {
  const { messages } = scene;
  const by = mayFilterFreely(scene.meta) ? chosen.value : 'year';
  const { state, points, tendency } = courseOf(scene, area.code, by);
  // Without its few first and last days a cut step says nothing that the whole ones do not.
  const shown = points.filter((point) => point.partial !== true || dayNumber(point.to) - dayNumber(point.from) > 31);
  const children: Child[] =
    shown.length > 0
      ? drawn(scene, shown, by, tendency)
      : [element('p', { class: 'quiet' }, messages.say(state === 'waiting' ? 'state.loading' : 'course.none'))];
  return section(messages.say('course'), choices(scene, area), ...children);
}
