/** Sums by former district of an edition that has no districts: each commune goes whole to the one that holds most of it. */

import { gazetteerOf } from '../../api/gazetteer';
import { type GroupSum, sumsByGroup } from '../../view/quadrant/sums';
import { unitOf } from '../../view/text/attributes';
import { type Child, type Drawn, element } from '../elements/element';
import { areasOf, formerEdition, type Scene } from '../scene';
import { groupsOf } from '../table/columns';

function cell(value: number | null, format: (value: number) => string): Drawn {
  return element('td', {}, value === null ? '–' : format(value));
}

function row({ numbers }: Scene, sum: GroupSum): Drawn {
  return element(
    'tr',
    {},
    element('th', { scope: 'row' }, sum.name, element('small', {}, ` (${numbers.count(sum.areas)})`)),
    cell(sum.incidents, numbers.count),
    cell(sum.rate, numbers.rate),
    cell(sum.density, numbers.density),
  );
}

/** The table with how it was summed; nothing is summed where a commune has no number. */
export function formerParts(scene: Scene): Child[] {
  const { messages, view } = scene;
  const gazetteer = gazetteerOf(scene.answers);
  if (!gazetteer) return [element('p', { class: 'quiet' }, messages.say('state.loading'))];
  const sums = sumsByGroup(areasOf(scene), groupsOf(gazetteer, view.edition, view.level));
  const heads: [text: string, unit: string][] = [
    [messages.say('former.incidents'), ''],
    [messages.say('layer.rate'), unitOf('rate', scene)],
    [messages.say('layer.density'), messages.say('table.unit.density')],
  ];
  const head = ([text, unit]: [string, string]): Drawn =>
    element('th', { scope: 'col' }, text, unit && element('small', {}, unit));
  return [
    element('p', { class: 'quiet' }, messages.say('former.what', { name: messages.pick(formerEdition(scene)?.name) })),
    element(
      'table',
      { id: 'former-sums', class: 'figures' },
      element(
        'thead',
        {},
        element('tr', {}, element('th', { scope: 'col' }, messages.say('former.district')), ...heads.map(head)),
      ),
      element('tbody', {}, ...sums.map((sum) => row(scene, sum))),
    ),
  ];
}
