/** The folds for those who plan, loaded when they are opened: models against grades, and sums by former district. */

import { type Child, type Drawn, element } from '../elements/element';
import { fold } from '../elements/fold';
import { later, type Later } from '../elements/later';
import { formerEdition, type Scene } from '../scene';

type Parts = (scene: Scene) => Child[];

const quadrant = later<Parts>(() => import('./quadrant').then(({ quadrantParts }) => quadrantParts));
const former = later<Parts>(() => import('./former_districts').then(({ formerParts }) => formerParts));

function laterFold(scene: Scene, id: 'quadrant' | 'former', parts: Later<Parts>): Drawn {
  const { messages } = scene;
  const children = parts.here?.(scene) ?? [element('p', { class: 'quiet' }, messages.say('state.loading'))];
  return element(
    'div',
    { id: `${id}-part`, click: () => parts.ask() },
    fold(id, 'closed', element('h3', {}, messages.say(id)), ...children),
  );
}

/** Nothing for the public, and on a level with one area; sums by former district where the edition has none of its own. */
export function planningParts(scene: Scene): (Drawn | null)[] {
  const { meta, view } = scene;
  if (meta.role === 'public' || view.level === 'province') return [];
  return [
    laterFold(scene, 'quadrant', quadrant),
    view.level === 'commune' && formerEdition(scene) ? laterFold(scene, 'former', former) : null,
  ];
}
