/** What can be done with the selected area: put it beside others, print it. */

import { isPublished } from '../../api/published/mark';
import type { AreaRow } from '../../api/types';
import { MOST_COMPARED } from '../../view/view';
import { type Drawn, element } from '../elements/element';
import type { Scene } from '../scene';
import { printPage } from '../print/printing';

function compareButton({ messages, view, change, announce }: Scene, area: AreaRow): Drawn {
  const isIn = view.compared.includes(area.code);
  const isFull = !isIn && view.compared.length >= MOST_COMPARED;
  const turn = (): void => {
    change({ compared: isIn ? view.compared.filter((code) => code !== area.code) : [...view.compared, area.code] });
    announce(messages.say(isIn ? 'compared.out' : 'compared.in', { name: area.name }));
  };
  const label = messages.say(isFull ? 'compared.full' : isIn ? 'compared.remove' : 'compared.add');
  return element(
    'button',
    { id: 'panel-compare', type: 'button', 'aria-pressed': String(isIn), disabled: isFull, click: turn },
    label,
  );
}

/** The buttons that compare the area and print its panel. */
export function actionsPart(scene: Scene, area: AreaRow): Drawn {
  const { messages } = scene;
  return element(
    'div',
    { class: 'actions' },
    !isPublished && compareButton(scene, area),
    scene.view.compared.length > 1 &&
      element(
        'button',
        { id: 'panel-side', type: 'button', click: () => scene.change({ mode: 'compare' }) },
        messages.say('compared.show'),
      ),
    element('button', { id: 'panel-print', type: 'button', click: printPage }, messages.say('print')),
  );
}
