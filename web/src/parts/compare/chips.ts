/** The compared areas as chips that can be taken away, and the choice of more. */

import { toggled } from '../../view/compare/compared';
import { MOST_COMPARED } from '../../view/view';
import { type Drawn, element, icon, valueIn } from '../elements/element';
import { areasOf, type Scene } from '../scene';
import { markIcon } from './charts/marks';

/** The name of an area of the level on show; its code while the names are on their way. */
export function nameOf(scene: Scene, code: string): string {
  return areasOf(scene).find((area) => area.code === code)?.name ?? code;
}

function announceCount(scene: Scene, compared: string[]): void {
  scene.announce(scene.messages.sayCount('comparison.count', compared.length, { n: scene.numbers.count(compared.length) }));
}

function chip(scene: Scene, codes: string[], code: string, index: number): Drawn {
  const name = nameOf(scene, code);
  const label = scene.messages.say('comparison.remove', { name });
  const remove = (): void => {
    const compared = codes.filter((item) => item !== code);
    scene.change({ compared, ...(scene.view.area === code && { area: null }) });
    announceCount(scene, compared);
    (document.querySelector<HTMLElement>('#compare .chip button') ?? document.getElementById('compare-add'))?.focus();
  };
  return element(
    'li',
    { class: 'chip' },
    markIcon(index),
    name,
    element(
      'button',
      { id: `compare-remove-${code}`, type: 'button', 'aria-label': label, title: label, click: remove },
      icon('M7 7l10 10M17 7 7 17'),
    ),
  );
}

/** A plain list of the browser: works by typing the first letters, by touch and with every screen reader. */
function adder(scene: Scene, codes: string[]): Drawn {
  const { messages, numbers } = scene;
  const rest = areasOf(scene)
    .filter((area) => !codes.includes(area.code))
    .sort((a, b) => numbers.compare(a.name, b.name));
  const add = (event: Event): void => {
    const code = valueIn(event);
    if (code === '') return;
    const compared = toggled(codes, code);
    scene.change({ compared });
    announceCount(scene, compared);
  };
  return element(
    'select',
    { id: 'compare-add', value: '', 'aria-label': messages.say('comparison.add'), change: add },
    element('option', { value: '' }, messages.say('comparison.add')),
    ...rest.map((area) => element('option', { value: area.code }, area.name)),
  );
}

/** The compared areas, the list that adds one, and the button that takes all away. */
export function chipsPart(scene: Scene, codes: string[]): Drawn {
  const { messages, numbers, view } = scene;
  const isFull = codes.length >= MOST_COMPARED;
  const clear = element(
    'button',
    { id: 'compare-clear', type: 'button', class: 'plain', click: () => scene.change({ compared: [], area: null }) },
    messages.say('comparison.clear'),
  );
  return element(
    'div',
    { class: 'chips' },
    element(
      'ul',
      { 'aria-label': messages.say('comparison.chosen') },
      ...codes.map((code, index) => chip(scene, codes, code, index)),
    ),
    isFull
      ? element('p', { class: 'quiet' }, messages.say('comparison.full', { n: numbers.count(MOST_COMPARED) }))
      : view.level !== 'province' && adder(scene, codes),
    codes.length > 1 && clear,
  );
}
