/** The conclusions of a comparison: the server's sentences, the clear ones first, and what none of them says. */

import type { Against, Change, Pair } from '../../api/comparison';
import type { AreaRow } from '../../api/types';
import { anyLettersMislead, sortedByWeight } from '../../view/compare/conclusions';
import { type Child, type Drawn, element } from '../elements/element';
import type { Scene } from '../scene';

/** As many as are read at once; the others can be unfolded. */
const SHOWN_UNCLEAR = 3;

function listOf(scene: Scene, items: (Pair | Change | Against)[], kind: string): Drawn | null {
  if (items.length === 0) return null;
  const rows = items.map((item) => element('li', {}, scene.messages.pick(item.sentence)));
  return element('ul', { class: `conclusions ${kind}` }, ...rows);
}

/** All sentences in the order of their weight; of many unclear ones only some are open. */
export function weighed(scene: Scene, items: (Pair | Change)[]): Child[] {
  const { clear, unclear, unknown } = sortedByWeight(items);
  const quiet = [...unclear, ...unknown];
  if (quiet.length <= SHOWN_UNCLEAR) return [listOf(scene, clear, 'clear'), listOf(scene, quiet, 'unclear')];
  const n = scene.numbers.count(quiet.length);
  return [
    listOf(scene, clear, 'clear'),
    element(
      'details',
      { class: 'fold' },
      element('summary', {}, scene.messages.say('comparison.unclear', { n })),
      listOf(scene, quiet, 'unclear'),
    ),
  ];
}

/** The conclusions of every pair, and the warnings that go with many pairs. */
export function pairConclusions(scene: Scene, pairs: Pair[], rows: AreaRow[]): Child[] {
  const { messages, numbers } = scene;
  const made = pairs.filter(({ difference }) => difference != null).length;
  const notes = [
    made > 1 && messages.say('comparison.many', { n: numbers.count(made) }),
    anyLettersMislead(rows) && messages.say('comparison.letters'),
    messages.say('comparison.limits'),
  ];
  return [...weighed(scene, pairs), element('p', { class: 'quiet' }, notes.filter(Boolean).join(' '))];
}

/** The conclusions of one area against its groups. */
export function againstConclusions(scene: Scene, found: Against[]): Child[] {
  if (found.length === 0) return [];
  const limits = element('p', { class: 'quiet' }, scene.messages.say('comparison.limits'));
  return [listOf(scene, found, 'clear'), limits];
}
