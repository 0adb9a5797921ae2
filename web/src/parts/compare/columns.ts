/** The compared areas as columns of a table, one measure a row, each with its interval where it has one. */

import type { AreaRow } from '../../api/types';
import type { MessageKey } from '../../i18n/messages';
import { type AttributeName, labelOf, unitOf, written } from '../../view/text/attributes';
import { endsText, isLetter, reliabilityWords } from '../../view/text/sentence';
import { gradeText, missingText } from '../../view/text/values';
import { type Child, type Drawn, element } from '../elements/element';
import { scaleOf, type Scene } from '../scene';
import { swatch } from '../legend/swatch';
import { markIcon } from './charts/marks';

interface Measure {
  /** What it is called: an attribute by the server's name for it, anything else by the page's own. */
  label: AttributeName | { key: MessageKey; of: AttributeName };
  /** Whether its unit stands below its name. */
  showsUnit?: true;
  /** Nothing where the number is hidden or not there. */
  cell(area: AreaRow, scene: Scene): Child[];
}

type NumberAttribute =
  'incidents' | 'detected' | 'prob_letter' | 'population' | 'rate_smoothed' | 'models' | 'model_density' | 'certified_share';

function plain(attribute: NumberAttribute): Measure {
  return {
    label: attribute,
    cell: (area, scene) => {
      const value = area[attribute];
      return value == null ? [] : [written(value, attribute, scene)];
    },
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
  const { grade } = area;
  const words = isLetter(grade) ? endsText(area) : gradeText(area, scene);
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
  { label: 'grade', cell: letterCell },
  {
    label: { key: 'comparison.ratio', of: 'ratio' },
    cell: ranged(
      (area) => [area.ratio, area.ratio_low, area.ratio_high],
      ({ numbers }) => numbers.ratio,
    ),
  },
  { label: { key: 'comparison.difference', of: 'difference' }, cell: differenceCell },
  {
    label: 'reliability',
    cell: (area, scene) => (area.reliability == null ? [] : [reliabilityWords(area.reliability, scaleOf(scene), scene.messages)]),
  },
  plain('prob_letter'),
  plain('incidents'),
  plain('detected'),
  plain('population'),
  {
    label: 'rate',
    showsUnit: true,
    cell: ranged(
      (area) => [area.rate, area.rate_low, area.rate_high],
      (scene) => (value) => written(value, 'rate', scene),
    ),
  },
  { ...plain('rate_smoothed'), showsUnit: true },
  plain('models'),
  plain('model_density'),
  plain('certified_share'),
  {
    label: { key: 'layer.statutory', of: 'statutory' },
    cell: ({ statutory }, { messages }) => (statutory == null ? [] : [messages.say(`statutory.${statutory}`)]),
  },
];

function measureHead(scene: Scene, { label, showsUnit }: Measure): Drawn {
  if (typeof label === 'object') return element('th', { scope: 'row' }, scene.messages.say(label.key));
  return element('th', { scope: 'row' }, labelOf(label, scene), showsUnit && element('small', {}, unitOf(label, scene)));
}

function measureRow(scene: Scene, rows: AreaRow[], measure: Measure): Drawn {
  const name = typeof measure.label === 'object' ? measure.label.of : measure.label;
  const none = (area: AreaRow): Child[] => [element('span', { class: 'quiet' }, missingText(area, name, scene))];
  return element(
    'tr',
    {},
    measureHead(scene, measure),
    ...rows.map((area) => {
      const children = measure.cell(area, scene);
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
