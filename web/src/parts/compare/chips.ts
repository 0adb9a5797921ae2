/** The compared areas as chips that can be taken away, and the choice of more. */

import { toggled } from '../../view/compare/compared';
import { MOST_COMPARED } from '../../view/view';
import { type Drawn, element, icon } from '../elements/element';
import { areasOf, type Scene } from '../scene';
import { areaPicker } from './area_picker';
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

/** The field that finds one more. */
function adder(scene: Scene, codes: string[]): Drawn {
  return areaPicker(scene, codes, (code) => {
    const compared = toggled(codes, code);
    scene.change({ compared });
    announceCount(scene, compared);
    document.getElementById('compare-add')?.focus();
  });
}

/** The compared areas, the field that adds one, and the button that takes all away. */
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
