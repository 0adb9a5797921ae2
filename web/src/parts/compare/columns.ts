/** The compared areas as columns of a table, one measure a row, each with its interval where it has one. */

import type { AreaRow } from '../../api/types';
import type { MessageKey } from '../../i18n/messages';
import { isLetter, reliabilityWords } from '../../view/text/sentence';
import { type Child, type Drawn, element } from '../elements/element';
import { scaleOf, type Scene } from '../scene';
import { swatch } from '../legend/swatch';
import { markIcon } from './charts/marks';

interface Measure {
  key: MessageKey;
  unit?: MessageKey;
  /** Nothing where the number is hidden or not there. */
  cell(area: AreaRow, scene: Scene): Child[];
}

function plain(valueOf: (area: AreaRow) => number | null | undefined, format: (scene: Scene) => (value: number) => string) {
  return (area: AreaRow, scene: Scene): Child[] => {
    const value = valueOf(area);
    return value == null ? [] : [format(scene)(value)];
  };
}

function ranged(
  valuesOf: (area: AreaRow) => (number | null | undefined)[],
  format: (scene: Scene) => (value: number) => string,
): Measure['cell'] {
  return (area, scene) => {
    const [value, low, high] = valuesOf(area);
    if (value == null) return [];
    const say = format(scene);
    return [say(value), low != null && high != null && element('small', {}, `${say(low)}–${say(high)}`)];
  };
}

function letterCell(area: AreaRow, scene: Scene): Child[] {
  const { grade, grade_best: best, grade_worst: worst } = area;
  const range = best && worst && best !== worst ? `${best}–${worst}` : '';
  const words = isLetter(grade)
    ? range
    : scene.messages.say(`legend.${grade === 'suppressed' || grade === 'insufficient' ? grade : 'none'}`);
  return [
    swatch(scene, 'grade', area),
    words && element('small', {}, words),
    isLetter(grade) && element('span', { class: 'unseen' }, grade),
  ];
}

function differenceCell({ difference }: AreaRow, { messages }: Scene): Child[] {
  return difference == null ? [] : [messages.say(`why.difference.${difference}`)];
}

const MEASURES: Measure[] = [
  { key: 'layer.grade', cell: letterCell },
  {
    key: 'comparison.ratio',
    cell: ranged(
      (area) => [area.ratio, area.ratio_low, area.ratio_high],
      ({ numbers }) => numbers.ratio,
    ),
  },
  { key: 'comparison.difference', cell: differenceCell },
  {
    key: 'panel.reliability',
    cell: (area, scene) => (area.reliability == null ? [] : [reliabilityWords(area.reliability, scaleOf(scene), scene.messages)]),
  },
  {
    key: 'panel.incidents',
    cell: plain(
      (area) => area.incidents,
      ({ numbers }) => numbers.count,
    ),
  },
  {
    key: 'comparison.population',
    cell: plain(
      (area) => area.population,
      ({ numbers }) => numbers.count,
    ),
  },
  {
    key: 'panel.rate',
    unit: 'panel.rate.unit',
    cell: ranged(
      (area) => [area.rate, area.rate_low, area.rate_high],
      ({ numbers }) => numbers.rate,
    ),
  },
  {
    key: 'panel.rate.smoothed',
    unit: 'panel.rate.unit',
    cell: plain(
      (area) => area.rate_smoothed,
      ({ numbers }) => numbers.rate,
    ),
  },
  {
    key: 'panel.models',
    cell: plain(
      (area) => area.models,
      ({ numbers }) => numbers.count,
    ),
  },
  {
    key: 'models.per_10k_residents',
    cell: plain(
      (area) => area.model_density,
      ({ numbers }) => numbers.density,
    ),
  },
  {
    key: 'comparison.certified',
    cell: plain(
      (area) => area.certified_share,
      ({ numbers }) => numbers.percent,
    ),
  },
  {
    key: 'layer.statutory',
    cell: ({ statutory }, { messages }) => (statutory == null ? [] : [messages.say(`statutory.${statutory}`)]),
  },
];

function measureRow(scene: Scene, rows: AreaRow[], { key, unit, cell }: Measure): Drawn {
  const { messages } = scene;
  const none = (area: AreaRow): Child[] => [
    element('span', { class: 'quiet' }, messages.say(area.incidents == null ? 'value.hidden' : 'value.none')),
  ];
  return element(
    'tr',
    {},
    element('th', { scope: 'row' }, messages.say(key), unit && element('small', {}, messages.say(unit))),
    ...rows.map((area) => {
      const children = cell(area, scene);
      return element('td', {}, ...(children.length > 0 ? children : none(area)));
    }),
  );
}

/** The measures of the areas side by side; it scrolls on its own where it is wider than the page. */
export function comparisonTable(scene: Scene, rows: AreaRow[]): Drawn {
  const { messages } = scene;
  const heads = rows.map((area, index) => element('th', { scope: 'col' }, markIcon(index), area.name));
  return element(
    'div',
    { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': messages.say('comparison.table') },
    element(
      'table',
      { class: 'columns' },
      element('thead', {}, element('tr', {}, element('td', {}), ...heads)),
      element('tbody', {}, ...MEASURES.map((measure) => measureRow(scene, rows, measure))),
    ),
  );
}
