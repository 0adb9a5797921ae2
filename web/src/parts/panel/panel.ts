/** The panel: the selected area under its name; without a selection, the province. */

import type { AreaRow } from '../../api/types';
import { unreleasedText } from '../../view/text/unreleased';
import { type Drawn, element, icon } from '../elements/element';
import { later } from '../elements/later';
import { type Scene, selectedArea } from '../scene';
import { provinceParts } from './province';

type AreaParts = typeof import('./area').areaParts;

const area = later<AreaParts>(() => import('./area').then(({ areaParts }) => areaParts));

/** Loads what draws an area, so that the first one chosen need not wait. */
export function prepareArea(): void {
  area.ask();
}

function headline(scene: Scene, area: AreaRow): Drawn {
  const { messages, numbers } = scene;
  const facts = [
    area.population != null && messages.say('panel.people', { n: numbers.count(area.population) }),
    area.area_km2 != null && numbers.area(area.area_km2),
    messages.say('panel.code', { code: area.code }),
  ];
  return element(
    'header',
    {},
    element(
      'div',
      {},
      element('h2', { id: 'panel-title', tabindex: -1 }, area.name),
      element('p', { class: 'quiet' }, facts.filter(Boolean).join(' · ')),
    ),
    element(
      'button',
      {
        id: 'panel-close',
        type: 'button',
        class: 'icon',
        title: messages.say('panel.close'),
        'aria-label': messages.say('panel.close'),
        click: () => scene.change({ area: null }),
      },
      icon('M6 6l12 12M18 6 6 18'),
    ),
  );
}

/** The selected area; its name alone while the rest is on its way. */
function selectedParts(scene: Scene, selected: AreaRow): (Drawn | null)[] {
  area.ask();
  const waiting = (): Drawn[] => [element('p', { class: 'quiet' }, scene.messages.say('state.loading'))];
  return [headline(scene, selected), ...(area.here?.(scene, selected) ?? waiting())];
}

/** The panel of the selected area, or of the province. */
export function panelParts(scene: Scene): (Drawn | null)[] {
  const selected = selectedArea(scene);
  if (selected) return selectedParts(scene, selected);
  if (scene.ratings) return provinceParts(scene);
  return [element('p', { class: 'quiet' }, unreleasedText(scene.meta, scene) ?? scene.messages.say('state.loading'))];
}
