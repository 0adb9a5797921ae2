/** An area named in a text, to be chosen from there. */

import type { AreaRow } from '../../api/types';
import type { Theme } from '../../view/view';
import { type Drawn, element } from '../elements/element';
import type { Scene } from '../scene';
import { swatch } from '../legend/swatch';

/** The layers that give each area a colour of its own. */
const COLOURED: readonly Theme[] = ['statutory', 'movement', 'rate', 'density', 'certified'];

/** The name of an area with its colour on the map; pressing it selects the area. */
export function areaButton(scene: Scene, area: AreaRow): Drawn {
  const { theme } = scene.view;
  const choose = (): void => scene.change({ area: area.code });
  return element(
    'button',
    { type: 'button', class: 'area-button', 'data-code': area.code, click: choose },
    swatch(scene, COLOURED.includes(theme) ? theme : 'grade', area),
    element('span', {}, area.name),
  );
}

/** Areas by name; beyond `most` only how many more. */
export function areaButtons(scene: Scene, areas: AreaRow[], most: number): Drawn {
  const rest = areas.length - most;
  const more = rest > 0 && element('li', { class: 'quiet' }, scene.messages.say('panel.more', { n: scene.numbers.count(rest) }));
  return element(
    'ul',
    { class: 'area-buttons' },
    ...areas.slice(0, most).map((area) => element('li', {}, areaButton(scene, area))),
    more,
  );
}
