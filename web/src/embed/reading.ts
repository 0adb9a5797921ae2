/** Choosing an area without a mouse, and the sentence that reads it. */

import { type Drawn, element } from '../parts/elements/element';
import { areasOf, scaleOf, type Scene, selectedArea } from '../parts/scene';
import { swatch } from '../parts/legend/swatch';
import { areaSentence } from '../view/text/sentence';
import type { Say } from './words';

function chooser(scene: Scene, say: Say): Drawn {
  const areas = [...areasOf(scene)].sort((a, b) => scene.numbers.compare(a.name, b.name));
  const chosen = selectedArea(scene)?.code ?? null;
  const options = areas.map((area) => element('option', { value: area.code, selected: area.code === chosen }, area.name));
  const choose = (event: Event): void => scene.change({ area: (event.target as HTMLSelectElement).value || null });
  return element(
    'select',
    { id: 'choose', 'aria-label': say('choose'), change: choose },
    element('option', { value: '', selected: chosen === null }, `${say('choose')}…`),
    ...options,
  );
}

function sentenceOf(scene: Scene, say: Say): Drawn {
  const area = selectedArea(scene);
  if (!area) return element('p', { class: 'quiet' }, say('choose.hint'));
  const sentence = areaSentence(area, scaleOf(scene), scene);
  return element('p', { class: 'sentence' }, swatch(scene, 'grade', area), element('span', {}, `${area.name}. ${sentence}`));
}

/** The list to choose an area from, and below it the sentence of the chosen one. */
export function readingParts(scene: Scene, say: Say): Drawn[] {
  return [chooser(scene, say), element('div', { role: 'status' }, sentenceOf(scene, say))];
}
