/** The selectors, in sections that fold: what is drawn, on which areas, over which days, of which incidents, by which scheme. */

import { type Child, type Drawn, element } from '../elements/element';
import { type Folded, fold } from '../elements/fold';
import { filterParts, isFiltered } from './filters';
import { layerParts } from './layers';
import { areaParts } from './areas';
import { schemeParts } from './scheme';
import { timeParts } from './time';
import type { Scene } from '../scene';

/** A section of the rail; none where it would be empty. */
function railSection(id: string, first: Folded, title: Child, parts: Child[]): Drawn | null {
  const filled = parts.filter((part) => part !== null && part !== undefined && part !== false);
  return filled.length === 0 ? null : fold(`rail-${id}`, first, title, ...filled);
}

function filterTitle(scene: Scene): Drawn {
  const { messages } = scene;
  const state = messages.say(isFiltered(scene) ? 'section.filter.some' : 'section.filter.none');
  return element('span', {}, messages.say('section.filter'), ' ', element('small', {}, state));
}

/** The sections of the rail; those that would be empty are left out. */
export function controlParts(scene: Scene): (Drawn | null)[] {
  const { messages } = scene;
  return [
    element('div', { class: 'layers' }, ...layerParts(scene)),
    railSection('time', 'open', messages.say('section.time'), timeParts(scene)),
    railSection('place', 'open', messages.say('section.place'), areaParts(scene)),
    railSection('filter', isFiltered(scene) ? 'open' : 'closed', filterTitle(scene), filterParts(scene)),
    railSection('scheme', 'closed', messages.say('rating'), schemeParts(scene)),
  ];
}
