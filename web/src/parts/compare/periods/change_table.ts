/** Areas by two periods as one table: counts and rates of both, and by how much each differs. */

import type { Change, Measured } from '../../../api/comparison';
import type { PeriodPair } from '../../../view/time/periods';
import { unitOf } from '../../../view/text/attributes';
import { type Child, type Drawn, element } from '../../elements/element';
import type { Scene } from '../../scene';
import { limitsText, periodName } from '../texts';
import { changeSwatch } from './difference';

function hiddenCell({ messages }: Scene): Drawn {
  return element('td', {}, element('span', { class: 'quiet' }, messages.say('value.hidden')));
}

function countCell({ incidents }: Measured, scene: Scene): Drawn {
  return incidents == null ? hiddenCell(scene) : element('td', { class: 'number' }, scene.numbers.count(incidents));
}

/** By how many incidents the later period differs, with its sign. */
function differenceCell({ first, second }: Change, scene: Scene): Drawn {
  if (first.incidents == null || second.incidents == null) return hiddenCell(scene);
  return element('td', { class: 'number' }, scene.numbers.signed(second.incidents - first.incidents));
}

function rateCell({ rate, rate_low: low, rate_high: high }: Measured, scene: Scene): Drawn {
  if (rate == null) return hiddenCell(scene);
  const { numbers } = scene;
  const limits = low == null || high == null ? '' : `${numbers.rate(low)}–${numbers.rate(high)}`;
  return element('td', { class: 'number' }, numbers.rate(rate), limits && element('small', {}, limits));
}

function changeRow(scene: Scene, change: Change): Drawn {
  const { messages, numbers } = scene;
  const { rate_ratio: ratio, low, high, difference, first, second } = change;
  const verdict = difference == null ? messages.say('value.hidden') : messages.say(`comparison.verdict.${difference}`);
  return element(
    'tr',
    {},
    element('th', { scope: 'row' }, change.name),
    countCell(first, scene),
    countCell(second, scene),
    differenceCell(change, scene),
    rateCell(first, scene),
    rateCell(second, scene),
    element('td', { class: 'number' }, limitsText(ratio ?? null, low ?? null, high ?? null, numbers.ratio)),
    element('td', {}, changeSwatch(scene, change), ' ', verdict),
  );
}

function heads(scene: Scene, pair: PeriodPair): Drawn[] {
  const { messages } = scene;
  const [earlier, later] = [periodName(scene, pair.earlier), periodName(scene, pair.later)];
  const group = (text: string, unit: string, span: number): Drawn =>
    element('th', { scope: 'colgroup', colspan: span }, text, element('small', {}, unit));
  const column = (text: string): Drawn => element('th', { scope: 'col' }, text);
  const ends = [messages.say('comparison.change.ratio'), messages.say('comparison.change')];
  return [
    element(
      'tr',
      {},
      element('td', {}),
      group(messages.say('layer.count'), messages.say('comparison.unit.incidents'), 3),
      group(messages.say('layer.rate'), unitOf('rate', scene), 4),
    ),
    element(
      'tr',
      {},
      element('td', {}),
      ...[earlier, later, messages.say('comparison.more'), earlier, later, ...ends].map(column),
    ),
  ];
}

/** The table, wider than a phone: it scrolls on its own. */
export function changeTable(scene: Scene, pair: PeriodPair, changes: Change[]): Drawn {
  const { messages } = scene;
  const rows: Child[] = changes.map((change) => changeRow(scene, change));
  return element(
    'div',
    { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': messages.say('comparison.crossed') },
    element(
      'table',
      { id: 'crossed', class: 'columns periods crossed' },
      element('thead', {}, ...heads(scene, pair)),
      element('tbody', {}, ...rows),
    ),
    element('p', { class: 'quiet' }, messages.say('comparison.rates.table')),
  );
}
