/** The course over time of the compared areas: the lines, the length of the steps, and the same numbers as a table. */

import { seriesAddress, type StepName } from '../../../api/comparison';
import type { Series, SeriesPoint } from '../../../api/series';
import { longestSpan } from '../../../view/time/periods';
import { filterOf, mayFilterFreely } from '../../../view/view';
import { type Drawn, element } from '../../elements/element';
import type { Scene } from '../../scene';
import { section } from '../../elements/section';
import { figure } from './chart';
import { linePlot, stepText } from './lines';
import { insteadOf, limitsText } from '../texts';
import type { Local } from '../local';

const STEPS: StepName[] = ['year', 'quarter'];

function stepSwitch(scene: Scene, chosen: StepName, local: Local): Drawn {
  const { messages } = scene;
  const buttons = STEPS.map((step) =>
    element(
      'button',
      {
        id: `compare-step-${step}`,
        type: 'button',
        'aria-pressed': String(step === chosen),
        click: () => local.chooseStep(step),
      },
      messages.say(`comparison.step.${step}`),
    ),
  );
  return element('div', { class: 'switch small', role: 'group', 'aria-label': messages.say('comparison.step') }, ...buttons);
}

function cellText(point: SeriesPoint, scene: Scene): string {
  const { rate, rate_low: low, rate_high: high } = point;
  return limitsText(rate ?? null, low ?? null, high ?? null, scene.numbers.rate) || scene.messages.say('value.hidden');
}

function pointTable(scene: Scene, series: Series): Drawn {
  const points = series.areas[0]?.points ?? [];
  const heads = series.areas.map(({ name }) => element('th', { scope: 'col' }, name));
  const rows = points.map((point, index) =>
    element(
      'tr',
      {},
      element('th', { scope: 'row' }, stepText(point, series.by, scene)),
      ...series.areas.map((line) => element('td', {}, cellText(line.points[index] ?? point, scene))),
    ),
  );
  const title = scene.messages.say('comparison.series.table');
  return element(
    'details',
    { class: 'fold numbers' },
    element('summary', { id: 'compare-series-table' }, title),
    element(
      'div',
      { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': title },
      element(
        'table',
        { class: 'columns' },
        element('thead', {}, element('tr', {}, element('td', {}), ...heads)),
        element('tbody', {}, ...rows),
      ),
    ),
  );
}

/** Without the steps that the ends of the span cut: their rates rest on few days. */
function wholeSteps(series: Series): Series {
  const areas = series.areas.map((line) => ({ ...line, points: line.points.filter((point) => point.partial !== true) }));
  return { ...series, areas };
}

/** The section of the course over time; nothing where the server knows no period. */
export function seriesPart(scene: Scene, codes: string[], local: Local): Drawn | null {
  const { messages, meta, view } = scene;
  const span = longestSpan(meta);
  if (!span) return null;
  const isFree = mayFilterFreely(meta);
  const step = isFree ? local.step : 'year';
  const title = messages.say('comparison.series');
  const known = scene.answers.of<Series>(seriesAddress(codes, step, filterOf(view, span)));
  if (known.state !== 'here') return section(title, insteadOf(known, scene));
  const series = wholeSteps(known.value);
  const drawn = linePlot(scene, series, local.width);
  if (!drawn) return section(title, element('p', { class: 'quiet' }, messages.say('hidden.series')));
  const note = [
    messages.say(codes.length <= 3 ? 'comparison.series.band' : 'comparison.series.note'),
    !isFree && messages.say('comparison.series.released'),
  ];
  return element(
    'div',
    {},
    figure(
      scene,
      { id: 'compare-series', title, note: note.filter(Boolean).join(' '), drawing: drawn },
      isFree && stepSwitch(scene, step, local),
    ),
    pointTable(scene, series),
  );
}
